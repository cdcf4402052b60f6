/// The differences between two versions of a catalogue, in the office's words.
package struct CatalogueChanges: Hashable, Sendable {
  package struct Change: Hashable, Sendable {
    package let code: String
    package let name: String
    /// One sentence each.
    package let lines: [String]
  }

  package let added: [Item]
  package let removed: [Item]
  package let changed: [Change]
  /// Bundles added, removed and changed.
  package let bundles: [String]

  package init(from old: Catalogue, to new: Catalogue) {
    let before = Dictionary(old.items.map { ($0.code, $0) }) { first, _ in first }
    let after = Set(new.items.map(\.code))
    added = new.items.filter { before[$0.code] == nil }
    removed = old.items.filter { !after.contains($0.code) }
    changed = new.items.compactMap { item in
      guard let other = before[item.code], other != item else { return nil }
      return Change(code: item.code, name: item.name, lines: ItemChanges(from: other, to: item).lines)
    }
    bundles = Self.bundles(old.bundles, new.bundles)
  }

  /// The changes of one item, a sentence each; empty when it is unchanged, or in neither version.
  package static func ofItem(_ code: String, from old: Catalogue, to new: Catalogue) -> [String] {
    switch (old.item(code), new.item(code)) {
    case (let before?, let after?): before == after ? [] : ItemChanges(from: before, to: after).lines
    case (_?, nil): ["这个事项已不在本厅目录中"]
    case (nil, _): []
    }
  }

  package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty && bundles.isEmpty }

  package var lines: [String] {
    added.map { "新增事项：\($0.code) \($0.name)" } + removed.map { "取消事项：\($0.code) \($0.name)" }
      + changed.flatMap { change in ["\(change.code) \(change.name)："] + change.lines.map { "  \($0)" } } + bundles
  }

  private static func bundles(_ old: [ItemBundle], _ new: [ItemBundle]) -> [String] {
    let added = new.filter { one in !old.contains { $0.code == one.code } }
    let removed = old.filter { one in !new.contains { $0.code == one.code } }
    let changed = new.filter { one in old.contains { $0.code == one.code && $0 != one } }
    return added.map { "新增一件事：\($0.code) \($0.name)" } + removed.map { "取消一件事：\($0.code) \($0.name)" }
      + changed.map { "一件事有变：\($0.code) \($0.name)（\($0.items.joined(separator: "、"))）" }
  }
}

/// The differences between two versions of one item.
struct ItemChanges {
  private(set) var lines: [String] = []

  init(from old: Item, to new: Item) {
    for field in Item.fields {
      switch field.shape {
      case .texts(let path, _, .lines), .texts(let path, _, .names), .texts(let path, _, .words):
        list(field.label, old[keyPath: path], new[keyPath: path])
      case .texts(_, _, .steps), .text, .code, .count, .flag, .choice:
        say(field.label, field.words(of: old), field.words(of: new))
      case .own(let part): compare(part, field.label, old, new)
      }
    }
  }

  private mutating func compare(_ part: Item.Part, _ label: String, _ old: Item, _ new: Item) {
    switch part {
    case .name: say(label, old.name, new.name)
    case .initials: say(label, old.initials, new.initials)
    case .category: say(label, old.category, new.category)
    case .queueGroup: say(label, old.queueGroup, new.queueGroup)
    case .audience: say(label, Self.words(old.audience), Self.words(new.audience))
    case .handledBy: say(label, Self.words(old.handledBy), Self.words(new.handledBy))
    case .level: say(label, Self.words(old.level), Self.words(new.level))
    case .questions: questions(old.questions, new.questions)
    case .materials: materials(old, new)
    case .stages: say(label, Self.words(old.stages), Self.words(new.stages))
    case .legalLimit: limit(label, old.legalLimit, new.legalLimit)
    case .promisedLimit: limit(label, old.promisedLimit, new.promisedLimit)
    case .correction: say(label, old.correction.map(Self.words), new.correction.map(Self.words))
    case .fee: say(label, old.fee, new.fee)
    case .consultPhone: say(label, old.consultPhone ?? "本厅电话", new.consultPhone ?? "本厅电话")
    case .supervisePhone: say(label, old.supervisePhone ?? "本厅电话", new.supervisePhone ?? "本厅电话")
    case .cityWide: say(label, old.cityWide ? "是" : "否", new.cityWide ? "是" : "否")
    case .elsewhere: say(label, old.elsewhere.map(Self.words), new.elsewhere.map(Self.words))
    // Items of one code are compared, by what is said in Chinese.
    case .code, .english, .categoryEnglish: break
    }
  }

  private mutating func say(_ field: String, _ old: String?, _ new: String?) {
    guard old != new else { return }
    switch (old.flatMap { $0.isEmpty ? nil : $0 }, new.flatMap { $0.isEmpty ? nil : $0 }) {
    case (nil, let new?): lines.append("\(field)：新增“\(new)”")
    case (let old?, nil): lines.append("\(field)：删去“\(old)”")
    case (let old?, let new?): lines.append("\(field)：由“\(old)”改为“\(new)”")
    case (nil, nil): break
    }
  }

  private mutating func list(_ field: String, _ old: [String], _ new: [String]) {
    let (added, removed) = (new.filter { !old.contains($0) }, old.filter { !new.contains($0) })
    lines += added.map { "\(field)：新增“\($0)”" } + removed.map { "\(field)：删去“\($0)”" }
    if added.isEmpty, removed.isEmpty, old != new { lines.append("\(field)：顺序有变") }
  }

  private mutating func limit(_ label: String, _ old: TimeLimit?, _ new: TimeLimit?) {
    say(label, old?.words, new?.words)
    say(label + "原文", old?.wording, new?.wording)
  }

  private mutating func questions(_ old: [Question], _ new: [Question]) {
    list("情形", old.map(Self.words), new.map(Self.words))
    guard old != new, old.map(Self.words) == new.map(Self.words) else { return }
    lines.append("情形：内部标识有变")
  }

  private mutating func materials(_ before: Item, _ after: Item) {
    let (old, new) = (before.materials, after.materials)
    // Two materials of one name differ in their situation; they are paired in order.
    var left = old
    for material in new {
      guard let index = left.firstIndex(where: { $0.name == material.name }) else {
        lines.append("材料：新增“\(material.name)”（\(Self.summary(material, of: after))）")
        continue
      }
      let other = left.remove(at: index)
      let fields = Self.differences((other, before), (material, after))
      if !fields.isEmpty { lines.append("材料“\(material.name)”：\(fields.joined(separator: "；"))") }
    }
    lines += left.map { "材料：删去“\($0.name)”" }
    if left.isEmpty, old.count == new.count, old.map(\.name) != new.map(\.name),
      old.map(\.name).sorted() == new.map(\.name).sorted()
    {
      lines.append("材料：顺序有变")
    }
  }
}

extension ItemChanges {
  private static func words(_ correction: ItemCorrection) -> String {
    let within = correction.returnWithin.map { "，申请人 \($0.count)\($0.unit.words)内补齐（\($0.basis)）" } ?? ""
    return "\(correction.count)\(correction.unit.words)内告知\(correction.basis.map { "（\($0)）" } ?? "")"
      + (correction.deemedAcceptance ? "，逾期视为受理" : "") + within
  }

  private static func summary(_ material: Material, of item: Item) -> String {
    ([material.copyWords, material.necessity.rawValue]
      + [material.when.map { "情形：\(item.words(of: $0))" }]
      .compactMap(\.self)).joined(separator: "，")
  }

  /// Keys of situations are not compared: a case with the same wording is the same to its reader.
  private static func differences(
    _ before: (material: Material, item: Item), _ after: (material: Material, item: Item)
  ) -> [String] {
    Material.fields.compactMap { field in
      let (old, new) = (words(of: field, before), words(of: field, after))
      return old == new ? nil : "\(field.label)由“\(old ?? "无")”改为“\(new ?? "无")”"
    }
  }

  private static func words(
    of field: CatalogueField<Material>, _ side: (material: Material, item: Item)
  ) -> String? {
    let material = side.material
    guard case .own(let part) = field.shape else { return field.words(of: material) }
    switch part {
    case .kind: return copies(material)
    case .necessity: return material.necessity.rawValue
    case .medium: return material.medium?.rawValue
    case .when: return material.when.map(side.item.words(of:))
    // Materials of one name are compared; the kind is told with its numbers.
    case .name, .copies, .originals, .photocopies: return nil
    }
  }

  /// Compares the words and also the numbers, because different kinds may be worded alike.
  private static func copies(_ material: Material) -> String {
    let kinds: [Material.Kind: String] = [
      .original: "原件", .copy: "复印件", .originalAndCopy: "原件和复印件", .originalOrCopy: "原件或复印件", .form: "表格",
    ]
    return "\(kinds[material.kind] ?? "")，原件\(material.originals)、复印件\(material.copies)"
  }

  private static func words(_ question: Question) -> String {
    let choice = question.choice == .one ? "单选" : "多选"
    return "\(question.ask ?? "情形")（\(choice)：\(question.situations.map(\.label).joined(separator: "、"))）"
  }

  private static func words(_ audience: Item.Audience) -> String { audience == .person ? "个人" : "企业" }
  private static func words(_ level: Item.Level) -> String { level == .town ? "镇街" : "村（社区）" }
  private static func words(_ elsewhere: Item.Elsewhere) -> String {
    [elsewhere.reason, elsewhere.place, elsewhere.address, elsewhere.hours, elsewhere.phone].joined(separator: "，")
  }

  private static func words(_ handler: Item.Handler) -> String {
    switch handler {
    case .window: "窗口"
    case .agent: "代办员"
    case .village: "村（社区）便民服务站"
    case .police: "公安窗口"
    }
  }

  private static func words(_ stages: [Item.Stage]) -> String {
    let offices: [Item.Stage.Office: String] = [.village: "村（社区）", .town: "镇街", .district: "区", .city: "市"]
    return stages.map { "\(offices[$0.office] ?? "")\($0.does)" }.joined(separator: " → ")
  }
}
