/// The offices' headings for the keys of a table, for messages in Chinese.
package struct FieldNames: Sendable {
  private let headings: [String: String]

  /// - Parameter headings: by key; a key without one is named itself.
  package init(_ headings: [String: String]) { self.headings = headings }

  /// For files that no office fills in, such as a configuration: the key itself is shown.
  package static let plain = FieldNames([:])

  /// 收费标准（fee）, or “key” where it has no heading.
  package func of(_ key: String) -> String { headings[key].map { "\($0)（\(key)）" } ?? "“\(key)”" }
}
