import Hall
import YAMLDocuments

/// The context in which a material is checked.
struct MaterialRules {
  /// Keys of the item's situations.
  let situations: Set<String>
  let atVillage: Bool
  /// True where 社会保险经办条例 31 requires a legal basis for every paper but proof of identity.
  let socialInsurance: Bool
}

/// Reads one material of an item.
struct MaterialParser {
  private let table: YAMLTable
  private let rules: MaterialRules
  private var log: FaultLog { table.log }

  init(_ table: YAMLTable, _ rules: MaterialRules) {
    self.table = table
    self.rules = rules
  }

  func material() -> Material? {
    defer { table.mentionUnknown() }
    _ = table.node("extra")
    let name = table.text("name", atMost: 80)
    let kind = table.choice("kind", of: Material.Kind.allCases)
    let when = ConditionParser(situations: rules.situations, log: log).condition(table)
    let counts = counts(kind)
    let medium = table.choice("medium", of: Material.Medium.allCases, required: false)
    var material = Material(
      name: name ?? "", kind: kind ?? .original, originals: counts.originals, copies: counts.copies,
      necessity: .necessary, medium: medium, when: when)
    for field in Material.fields { field.read(table, into: &material) }
    material.necessity = necessity(name, note: material.note)
    guard name != nil, kind != nil else { return nil }
    check(material)
    return material
  }

  /// The necessity by `necessity`, in the words of published tables, or by `required`.
  ///
  /// `required` is also false for a material that only a situation needs.
  private func necessity(_ name: String?, note: String?) -> Material.Necessity {
    let conditional = table.node("when") != nil
    let required = table.flag("required")
    let said = table.choice("necessity", of: Material.Necessity.allCases, required: false)
    if table.node("required") == nil, table.node("necessity") == nil {
      log.fault(
        table.location, "`required` is missing", "write true, or false with `when` or `note`",
        zh: "没有写是否必要：写“必要”，或写“非必要”并说明何时需要")
    }
    if required == true, let said, said != .necessary {
      log.fault(
        table.location(of: "necessity"), "`necessity` is \(said.rawValue) beside `required: true`",
        "take one of them out",
        zh: "材料必要性是\(said.rawValue)，又写了 required: true：去掉其中一个")
    }
    let necessity = said ?? (required != false || conditional ? .necessary : .optional)
    if necessity == .optional, !conditional, note == nil {
      log.fault(
        table.location(of: said == nil ? "required" : "necessity"), "“\(name ?? "a material")” is 非必要 without a reason",
        "say in `when` or in `note` when it is needed",
        zh: "“\(name ?? "材料")”非必要，却没有说何时需要：写在适用情形（when）或备注（note）里")
    }
    return necessity
  }

  /// `copies` counts papers of the kind; where originals and photocopies are both required, `original_copies` and
  /// `photocopies` count each.
  private func counts(_ kind: Material.Kind?) -> (originals: Int, copies: Int) {
    let all = table.integer("copies", in: 0...99)
    let originals = table.integer("original_copies", in: 0...99)
    let photocopies = table.integer("photocopies", in: 0...99)
    if kind == .originalAndCopy {
      guard let originals, let photocopies else {
        log.fault(
          table.location, "how many originals and photocopies is not said", "write `original_copies` and `photocopies`",
          zh: "没有写原件、复印件各几份：写上原件份数和复印件份数")
        return (1, 1)
      }
      if let all, all != originals + photocopies {
        log.fault(
          table.location(of: "copies"), "\(all) `copies` are not \(originals) originals and \(photocopies) photocopies",
          "correct one of them",
          zh: "份数 \(all) 不等于原件 \(originals) 加复印件 \(photocopies)：改正其中之一")
      }
      return (originals, photocopies)
    }
    if table.node("copies") == nil {
      log.fault(
        table.location, "`copies` is missing", "write how many are handed in",
        zh: "没有写份数：写上要交几份")
    }
    return kind == .copy ? (originals ?? 0, all ?? 1) : (all ?? 1, photocopies ?? 0)
  }

  private func check(_ material: Material) {
    let names = [material.name] + material.anyOf
    // The issuer may be in the name: 村委会出具的亲属关系证明. At a village, a paper that names no issuer is issued by the village.
    let hasIssuer = material.source.map { source in !["申请人", "自备", "其他"].contains { source.holds($0) } } ?? false
    let isOfVillage =
      (rules.atVillage && !hasIssuer)
      || ([material.source, material.obtain] + names).contains(where: ForbiddenCertificate.isVillage)
    if isOfVillage, let certificate = names.lazy.compactMap(ForbiddenCertificate.named).first {
      log.fault(
        table.location(of: "name"), "\(certificate) may not be asked of a village committee (民发〔2020〕20号)",
        "take it out, or ask for what the responsible body issues",
        zh: "不得要求村（居）委会开具\(certificate)（民发〔2020〕20号）：去掉，或改要主管部门出具的")
    }
    if rules.socialInsurance, material.basis == nil, material.kind != .form, !Self.provesIdentity(material.name) {
      log.warn(
        table.location(of: "name"), "“\(material.name)” has no basis (社会保险经办条例 31 wants one beyond identity papers)",
        "add `basis`, or take it out",
        zh: "“\(material.name)”没有依据（社会保险经办条例第三十一条：身份证件以外的材料要有依据）：补上依据，或去掉")
    }
  }

  private static func provesIdentity(_ name: String) -> Bool {
    // A newborn is identified by the 出生医学证明. A photograph is not a 证明材料.
    ["身份证", "户口簿", "居住证", "社会保障卡", "出生医学证明", "照", "相片"].contains { name.holds($0) }
  }
}
