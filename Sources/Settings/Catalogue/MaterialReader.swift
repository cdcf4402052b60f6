import Hall

/// What a material is held against beside its own fields.
struct MaterialRules {
  /// Keys of the item's situations.
  let situations: Set<String>
  let atVillage: Bool
  /// True where 社会保险经办条例 31 wants a law behind every paper but the identity's own.
  let socialInsurance: Bool
}

/// Reads one material of an item.
struct MaterialReader {
  private let table: Table
  private let rules: MaterialRules
  private var log: FaultLog { table.log }

  init(_ table: Table, _ rules: MaterialRules) {
    self.table = table
    self.rules = rules
  }

  func material() -> Material? {
    defer { table.mentionUnknown() }
    let name = table.text("name", atMost: 80)
    let kinds: [Material.Kind] = [.original, .copy, .originalAndCopy, .originalOrCopy, .form]
    let kind = table.choice("kind", of: kinds)
    let required = table.flag("required")
    if table.node("required") == nil {
      log.fault(table.place, "`required` is missing", "write true, or false with `when` or `note`")
    }
    let source = table.text("source", required: false)
    let basis = table.text("basis", required: false)
    let note = table.text("note", required: false, atMost: 200)
    let when = situation()
    if required == false, table.node("when") == nil, note == nil {
      log.fault(
        table.place(of: "required"), "“\(name ?? "a material")” is 非必要 without a reason",
        "say in `when` or in `note` when it is needed")
    }
    let counts = counts(kind)
    let anyOf = table.texts("any_of", atMost: 120)
    let electronic = table.flag("electronic_ok") ?? false
    guard let name, let kind else { return nil }
    check(name, kind, source: source, basis: basis)
    return Material(
      name: name, kind: kind, originals: counts.originals, copies: counts.copies, required: required ?? true,
      electronicAccepted: electronic, source: source, basis: basis, when: when, anyOf: anyOf, note: note)
  }

  private func situation() -> String? {
    guard let key = table.text("when", required: false, atMost: 40) else { return nil }
    if !rules.situations.contains(key) {
      let known = rules.situations.sorted().joined(separator: ", ")
      log.fault(
        table.place(of: "when"), "`when` names the situation \(key), which the item does not have",
        known.isEmpty ? "add it under `situations`" : "write one of: \(known)")
    }
    return key
  }

  /// `copies` counts the papers handed in, of the kind; where originals and photocopies are both asked for,
  /// `original_copies` and `photocopies` say how many of each.
  private func counts(_ kind: Material.Kind?) -> (originals: Int, copies: Int) {
    let all = table.integer("copies", in: 0...99)
    let originals = table.integer("original_copies", in: 0...99)
    let photocopies = table.integer("photocopies", in: 0...99)
    if kind == .originalAndCopy {
      guard let originals, let photocopies else {
        log.fault(
          table.place, "how many originals and photocopies is not said", "write `original_copies` and `photocopies`")
        return (1, 1)
      }
      if let all, all != originals + photocopies {
        log.fault(
          table.place(of: "copies"), "\(all) `copies` are not \(originals) originals and \(photocopies) photocopies",
          "correct one of them")
      }
      return (originals, photocopies)
    }
    if table.node("copies") == nil {
      log.fault(table.place, "`copies` is missing", "write how many are handed in")
    }
    return kind == .copy ? (originals ?? 0, all ?? 1) : (all ?? 1, photocopies ?? 0)
  }

  private func check(_ name: String, _ kind: Material.Kind, source: String?, basis: String?) {
    if let certificate = ForbiddenCertificate.named(by: name), rules.atVillage || ForbiddenCertificate.isVillage(source)
    {
      log.fault(
        table.place(of: "name"), "\(certificate) may not be asked of a village committee (民发〔2020〕20号)",
        "take it out, or ask for what the responsible body issues")
    }
    if rules.socialInsurance, basis == nil, kind != .form, !Self.provesIdentity(name) {
      log.warn(
        table.place(of: "name"), "“\(name)” has no basis (社会保险经办条例 31 wants one beyond identity papers)",
        "add `basis`, or take it out")
    }
  }

  private static func provesIdentity(_ name: String) -> Bool {
    // A newborn is known by the 出生医学证明; a photograph proves nothing and is no 证明材料.
    ["身份证", "户口簿", "居住证", "社会保障卡", "出生医学证明", "照", "相片"].contains { name.contains($0) }
  }
}

/// Certificates that a village or community committee must not issue: 民发〔2020〕20号, first list.
enum ForbiddenCertificate {
  private static let subjects = [
    "亲属关系", "居民身份信息", "户口登记项目内容变更申请", "居民养犬", "无犯罪记录", "社区戒毒社区康复人员情况", "人员失踪", "婚姻状况", "出生", "健在", "死亡", "疾病状况",
    "残疾状况", "婚育状况", "居民就业状况", "居民个人档案", "居民财产", "遗产继承权", "市场主体住所", "证件遗失",
  ]

  /// The certificate that a material's name is, word for word: 出生证明, but not 出生医学证明, which a hospital issues.
  static func named(by name: String) -> String? {
    let separators: Set<Character> = ["（", "）", "(", ")", "、", "／", "/", "，", "；", " ", "“", "”", "或", "和", "及"]
    let words = Set(name.split { separators.contains($0) }.map(String.init))
    return subjects.map { $0 + "证明" }.first { words.contains($0) }
  }

  static func isVillage(_ source: String?) -> Bool {
    guard let source else { return false }
    return ["村委会", "居委会", "村民委员会", "居民委员会", "村（居）", "村(居)", "村（社区）"].contains { source.contains($0) }
  }
}
