/// One question about a resident's case, with the answers that change which materials an item needs (情形).
package struct Question: Hashable, Sendable, Codable {
  /// How many answers hold at once.
  package enum Choice: String, Sendable, Codable, CaseIterable {
    /// Exactly one: the answers exclude each other (单选).
    case one
    /// Any number, none included (多选).
    case any
  }

  /// Unique in its item.
  package let key: String
  /// The question as a screen asks it; nil where the item has only this one and its answers say it all.
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

  /// What answers a question of any number with “none of these”: its situations are then settled, not open.
  package var noneKey: String { "none:\(key)" }
}

/// An answer that changes which materials an item needs (情形).
package struct Situation: Hashable, Sendable, Codable {
  /// Unique in its item.
  package let key: String
  package let label: String

  package init(key: String, label: String) {
    self.key = key
    self.label = label
  }
}
