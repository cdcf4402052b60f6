import Hall
import YAMLDocuments

/// Reads a bundle of items (高效办成一件事): `{code, name, items: [code, …], note}`.
struct BundleParser {
  private let table: YAMLTable
  private var log: FaultLog { table.log }

  init(_ table: YAMLTable) { self.table = table }

  /// - Parameter known: codes of the catalogue's items.
  func bundle(among known: Set<String>) -> ItemBundle? {
    defer { table.mentionUnknown() }
    let code = table.text("code", atMost: 20)
    let name = table.text("name", atMost: 60)
    var items: [String] = []
    for node in table.list("items", required: true, atMost: 20) ?? [] {
      guard let item = YAMLTable.text(node, "items", atMost: 20, log, .ofBundle) else { continue }
      if !known.contains(item) {
        log.fault(
          node.location, "the bundle names the item \(item), which is not in the catalogue", "check the code",
          zh: "“一件事”里的事项 \(item) 不在目录中：请核对编码")
      } else if items.contains(item) {
        log.fault(
          node.location, "the bundle names \(item) twice", "keep one of them",
          zh: "“一件事”里事项 \(item) 写了两次：留一个")
      } else {
        items.append(item)
      }
    }
    if items.count < 2, table.list("items")?.count ?? 0 < 2 {
      log.fault(
        table.location(of: "items"), "a bundle of fewer than two items", "name the items that are done in one go",
        zh: "“一件事”少于两个事项：写明哪些事项一次办")
    }
    let note = table.text("note", required: false, atMost: 200)
    guard let code, let name else { return nil }
    return ItemBundle(code: code, name: name, items: items, note: note)
  }
}
