package import Hall
package import Ports
package import YAMLDocuments

/// The catalogue of items as a file.
///
/// What would make a slip or a ticket wrong is a fault. What an office should check again is a warning, and so is data
/// that this program does not read.
package enum CatalogueFile {
  /// - Parameter calendar: compares promised and legal limits in different units; nil skips that.
  package static func load(
    _ path: String, pinyin: PinyinTable, calendar: WorkCalendar? = nil, sealing: any Sealing
  ) -> Loaded<Catalogue> {
    let log = FaultLog()
    let catalogue = BoundedFile.text(path, log).flatMap { read($0, file: path, pinyin, calendar, sealing, log) }
    return Loaded(catalogue, log, first: path)
  }

  package static func read(
    _ text: String, file: String, pinyin: PinyinTable, calendar: WorkCalendar? = nil, sealing: any Sealing
  ) -> Loaded<Catalogue> {
    let log = FaultLog()
    return Loaded(read(text, file: file, pinyin, calendar, sealing, log), log, first: file)
  }

  static let mostItems = 2000

  /// - Parameter look: called with every item and bundle and its table, to add more to the log.
  package static func read(
    _ text: String, file: String, _ pinyin: PinyinTable, _ calendar: WorkCalendar?, _ sealing: any Sealing,
    _ log: FaultLog, look: (_ items: [(table: YAMLTable, item: Item)], _ bundles: [YAMLTable]) -> Void = { _, _ in }
  ) -> Catalogue? {
    YAMLNode.document(text, file: file, log).flatMap { read($0, pinyin, calendar, sealing, log, look: look) }
  }

  /// - Parameter look: as above.
  static func read(
    _ root: YAMLNode, _ pinyin: PinyinTable, _ calendar: WorkCalendar?, _ sealing: any Sealing, _ log: FaultLog,
    look: (_ items: [(table: YAMLTable, item: Item)], _ bundles: [YAMLTable]) -> Void = { _, _ in }
  ) -> Catalogue? {
    guard let top = YAMLTable(root, "the file", log, names: .ofItem) else { return nil }
    // These keys are for people and other programs, so they are not reported as unread.
    for key in ["schema", "region", "notice", "enums", "phone_refs"] { _ = top.node(key) }
    let asOf = top.text("as_of", atMost: 10) ?? ""
    var first: [String: Int] = [:]
    var read: [(table: YAMLTable, item: Item)] = []
    let promises = PromiseCache()
    let categories = categories(top)
    for table in top.tables("items", required: true, atMost: mostItems, names: .ofItem) {
      guard let item = ItemParser(table, pinyin, calendar, promises, categories: categories).item() else { continue }
      if let line = first[item.code] {
        log.fault(
          table.location(of: "code"), "the code \(item.code) is taken by the item in line \(line)",
          "give one of them another code",
          zh: "事项编码 \(item.code) 与第 \(line) 行的事项相同：给其中一个换编码")
      } else {
        first[item.code] = table.location(of: "code").line
      }
      read.append((table, item))
    }
    let items = read.map(\.item)
    let bundles = bundles(top, among: first)
    look(read, bundles.map(\.table))
    if items.isEmpty {
      log.fault(
        top.location(of: "items"), "there is no item", "write at least one",
        zh: "一个事项也没有：至少写一个")
    }
    top.mentionUnknown()
    return Catalogue(
      version: CanonicalForm.version(root, sealing), asOf: asOf, items: items, bundles: bundles.map(\.bundle))
  }

  /// `english`: the English names of categories.
  private static func categories(_ top: YAMLTable) -> [String: String] {
    guard let node = top.node("english") else { return [:] }
    guard case .table(let pairs) = node.content else {
      top.log.fault(
        node.location, "`english` should be a table, not \(node.kind)",
        "write a line for each category: 医疗保障: Health insurance",
        zh: "类别英文名（english）应是一组“类别: 英文”，这里是\(node.chineseKind)：每个类别写一行，如 医疗保障: Health insurance")
      return [:]
    }
    var names: [String: String] = [:]
    for pair in pairs { names[pair.key] = YAMLTable.text(pair.value, pair.key, atMost: 60, top.log) }
    return names
  }

  /// - Parameter items: lines of the items by their codes; a bundle's code must differ from all.
  private static func bundles(_ top: YAMLTable, among items: [String: Int]) -> [(table: YAMLTable, bundle: ItemBundle)]
  {
    var first = items
    return top.tables("bundles", atMost: 100, names: .ofBundle).compactMap { table in
      guard let bundle = BundleParser(table).bundle(among: Set(items.keys)) else { return nil }
      if let line = first.updateValue(table.location(of: "code").line, forKey: bundle.code) {
        table.log.fault(
          table.location(of: "code"), "the code \(bundle.code) is taken in line \(line)",
          "give one of them another code",
          zh: "“一件事”编码 \(bundle.code) 与第 \(line) 行相同：给其中一个换编码")
      }
      return (table, bundle)
    }
  }
}
