/// One version of the hall's items, named by the digest of its canonical form.
package struct Catalogue: Hashable, Sendable, Codable {
  /// First 16 hexadecimal digits of the digest of the source's canonical form.
  package let version: String
  /// The date the source gives, `2026-11-22`.
  package let asOf: String
  package let items: [Item]

  package init(version: String, asOf: String, items: [Item]) {
    self.version = version
    self.asOf = asOf
    self.items = items
  }

  package func item(_ code: String) -> Item? { items.first { $0.code == code } }
}
