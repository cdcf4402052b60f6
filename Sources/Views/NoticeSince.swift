import Hall

/// An old notice compared with the active catalogue, from its own version.
package struct NoticeSince: Hashable, Sendable {
  /// The item's name in the notice's own version.
  package let itemName: String
  /// True when its version is the active one.
  package let isInForce: Bool
  /// The differences, a sentence each; empty when the item is unchanged.
  package let changes: [String]
  /// The list as it was printed.
  package let lines: [Line]
  /// The item still exists and these answers still answer all its questions.
  package let answersHold: Bool

  /// One line of the old list.
  package struct Line: Hashable, Sendable {
    package let group: Group
    package let name: String
    /// How many of what; empty for a group of which one is enough.
    package let copies: String
    /// Nil when it is unchanged.
    package let since: Since?

    package enum Group: String, Sendable { case bring, fill, spare }
    package enum Since: String, Sendable {
      /// No longer on the item's list.
      case gone
      /// Another number, form or case.
      case changed
    }

    package init(group: Group, name: String, copies: String, since: Since?) {
      self.group = group
      self.name = name
      self.copies = copies
      self.since = since
    }
  }

  package init(itemName: String, isInForce: Bool, changes: [String], lines: [Line] = [], answersHold: Bool = true) {
    self.itemName = itemName
    self.isInForce = isInForce
    self.changes = changes
    self.lines = lines
    self.answersHold = answersHold
  }
}

extension NoticeSince {
  func write(into json: inout JSONText) {
    json.field("item_name", itemName)
    json.field("in_force", isInForce)
    json.field("answers_hold", answersHold)
    json.strings("changes", changes)
    json.array("lines", lines) { json, line in
      json.object { json in
        json.field("group", line.group.rawValue)
        json.field("name", line.name)
        json.field("copies", line.copies)
        json.field("since", line.since?.rawValue)
      }
    }
  }
}
