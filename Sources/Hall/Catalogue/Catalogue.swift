/// One version of the hall's items, named by the digest of its canonical form.
package struct Catalogue: Hashable, Sendable, Codable {
  /// First 16 hexadecimal digits of the digest of the source's canonical form.
  package let version: String
  /// The date the source gives, `2026-11-22`.
  package let asOf: String
  package let items: [Item]
  package let bundles: [ItemBundle]

  package init(version: String, asOf: String, items: [Item], bundles: [ItemBundle] = []) {
    self.version = version
    self.asOf = asOf
    self.items = items
    self.bundles = bundles
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    version = try fields.decode(String.self, forKey: .version)
    asOf = try fields.decode(String.self, forKey: .asOf)
    items = try fields.decode([Item].self, forKey: .items)
    // A version stored by an older release has none.
    bundles = try fields.decodeIfPresent([ItemBundle].self, forKey: .bundles) ?? []
  }

  package func item(_ code: String) -> Item? { items.first { $0.code == code } }

  /// One of a village's two lists (村（社区）服务事项、代办事项目录), in the catalogue's order.
  package func directory(_ directory: Item.Directory) -> [Item] { items.filter { $0.directory == directory } }
}
