package import Hall

/// Finds a division by what a person types.
package struct DivisionSearch: Sendable {
  private let divisions: [Division]

  package init(_ divisions: [Division]) { self.divisions = divisions }

  /// The one with this code or this whole name; otherwise all with the text in their name or at the start of their code.
  package func matches(_ typed: String) -> [Division] {
    let text = typed.filter { !$0.isWhitespace }
    guard !text.isEmpty else { return [] }
    let exact = divisions.filter { $0.code == text || $0.name == text }
    if !exact.isEmpty { return exact }
    return divisions.filter { $0.name.contains(text) || $0.code.hasPrefix(text) }
  }
}
