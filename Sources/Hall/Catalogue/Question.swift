/// One question about a resident's case, whose answers change the needed materials (情形).
package struct Question: Hashable, Sendable, Codable {
  /// How many answers may hold at once.
  package enum Choice: String, Sendable, Codable, CaseIterable {
    /// Exactly one: the answers exclude each other (单选).
    case one
    /// Any number, none included (多选).
    case any
  }

  /// Unique in its item.
  package let key: String
  /// The question's text on a screen; nil where the item has only this one and its answers suffice.
  package let ask: String?
  package let choice: Choice
  /// At least one.
  package let situations: [Situation]

  package init(key: String, ask: String? = nil, choice: Choice, situations: [Situation]) {
    self.key = key
    self.ask = ask
    self.choice = choice
    self.situations = situations
  }

  /// The key of “none of these” for a question with any number of answers: its situations are then settled, not open.
  package var noneKey: String { "none:\(key)" }
}

/// An answer that changes the needed materials (情形).
package struct Situation: Hashable, Sendable, Codable {
  /// Unique in its item.
  package let key: String
  package let label: String

  package init(key: String, label: String) {
    self.key = key
    self.label = label
  }
}
