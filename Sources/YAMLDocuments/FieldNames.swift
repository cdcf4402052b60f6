/// What offices call the keys of a table, for messages in Chinese.
package struct FieldNames: Sendable {
  private let headings: [String: String]

  /// - Parameter headings: by key; a key without one is named as it stands.
  package init(_ headings: [String: String]) { self.headings = headings }

  /// A configuration, or another file that no office fills in: the key itself says where to look.
  package static let plain = FieldNames([:])

  /// 收费标准（fee）, or “key” where it has no heading.
  package func of(_ key: String) -> String { headings[key].map { "\($0)（\(key)）" } ?? "“\(key)”" }
}
