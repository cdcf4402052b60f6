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
      /// Its number of copies, its form or its condition has changed.
      case changed
    }
  }

  /// - Parameters:
  ///   - own: the version under which the notice was issued.
  ///   - now: the active version.
  package init(_ notice: Notice, own: Catalogue, now: Catalogue) {
    let before = own.item(notice.item)
    let after = now.item(notice.item)
    itemName = before?.name ?? notice.item
    isInForce = own.version == now.version
    changes = CatalogueChanges.ofItem(notice.item, from: own, to: now)
    lines = before.map { Self.lines($0.checklist(notice.situations), now: after) } ?? []
    answersHold =
      after.map { item in
        notice.situations.allSatisfy(item.knows(answer:)) && item.nextQuestion(after: notice.situations) == nil
      } ?? false
  }

  private static func lines(_ list: Checklist, now item: Item?) -> [Line] {
    let groups: [(Line.Group, [Checklist.Entry])] = [
      (.bring, list.toBring), (.fill, list.toFillIn), (.spare, list.mayLeave),
    ]
    return groups.flatMap { group, entries in
      entries.map { entry in
        Line(
          group: group, name: entry.name,
          copies: entry.choices.count == 1 ? entry.choices[0].material.copyWords : "",
          since: since(entry, now: item?.materials ?? []))
      }
    }
  }

  private static func since(_ entry: Checklist.Entry, now materials: [Material]) -> Line.Since? {
    let before = entry.choices.map(\.material)
    let left = before.filter { old in materials.contains { $0.name == old.name } }
    if left.isEmpty { return .gone }
    return before.allSatisfy(materials.contains) ? nil : .changed
  }
}
