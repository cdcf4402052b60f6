/// The words of a line of a correction notice, which are sealed as one text.
package struct CorrectionWords: Hashable, Sendable {
  /// The name of what the list does not have; empty for a material of the list.
  package let name: String
  /// What exactly to bring; empty where the list's own words say it.
  package let ask: String
  /// The reason `other`, in words; empty for other reasons.
  package let reason: String

  /// The longest of each, in characters.
  package static let longest = 80

  package init(name: String, ask: String, reason: String) {
    self.name = name
    self.ask = ask
    self.reason = reason
  }

  package init(_ text: String) {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.init(
      name: parts.first ?? "", ask: parts.count > 1 ? parts[1] : "", reason: parts.count > 2 ? parts[2] : "")
  }

  package var text: String { [name, ask, reason].joined(separator: "\n") }
  package var isEmpty: Bool { name.isEmpty && ask.isEmpty && reason.isEmpty }
}
