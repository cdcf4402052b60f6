import Hall
import YAMLDocuments

/// `frequent:` the items that a kiosk offers first (常办).
struct FrequentSection {
  /// Items that fit under the large keys of the smallest panel.
  static let atMost = 8
  /// Items shown when the file names none.
  static let byItself = 6

  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  /// The codes as written; without the key the first items of the catalogue.
  ///
  /// - Parameter catalogue: nil when it could not be loaded, which has its own fault.
  func codes(_ catalogue: Catalogue?) -> [String] {
    guard top.node("frequent") != nil else {
      return (catalogue?.items ?? []).prefix(Self.byItself).map(\.code)
    }
    var codes: [String] = []
    for node in top.list("frequent", atMost: Self.atMost) ?? [] {
      guard let code = YAMLTable.text(node, "frequent", atMost: 20, log) else { continue }
      if let catalogue, catalogue.item(code) == nil {
        log.fault(
          node.location, "no item has the code “\(code)”", "write a code of the catalogue, or take it out",
          zh: "常办里的“\(code)”没有这个事项：写目录里的编码，或去掉")
      } else if codes.contains(code) {
        log.fault(
          node.location, "the item \(code) stands here twice", "keep it where its turn is",
          zh: "常办里事项 \(code) 写了两次：留一个，按先后排")
      }
      codes.append(code)
    }
    return codes
  }
}
