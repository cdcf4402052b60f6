import Hall
import Slips
import Views

extension NoticeSince {
  /// - Parameters:
  ///   - own: the version under which the notice was issued.
  ///   - now: the active version.
  init(_ notice: Notice, own: Catalogue, now: Catalogue) {
    let before = own.item(notice.item)
    let after = now.item(notice.item)
    self.init(
      itemName: before?.name ?? notice.item, isInForce: own.version == now.version,
      changes: CatalogueChanges.ofItem(notice.item, from: own, to: now),
      lines: before.map { Self.lines($0.checklist(notice.situations), now: after) } ?? [],
      answersHold: after.map { item in
        notice.situations.allSatisfy(item.knows(answer:)) && item.nextQuestion(after: notice.situations) == nil
      } ?? false)
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
