/// Items that belong to one event of a life and are done together (高效办成一件事, 国发〔2024〕3号).
package struct ItemBundle: Hashable, Sendable, Codable {
  package let code: String
  package let name: String
  /// Codes of its items, at least two, in the order in which they are done.
  package let items: [String]
  package let note: String?

  package init(code: String, name: String, items: [String], note: String? = nil) {
    self.code = code
    self.name = name
    self.items = items
    self.note = note
  }
}

extension Catalogue {
  package func bundle(_ code: String) -> ItemBundle? { bundles.first { $0.code == code } }

  /// One list for all items of a bundle.
  ///
  /// - Parameter answers: for each item's code the chosen keys; an item without answers is open.
  package func checklist(of bundle: ItemBundle, _ answers: [String: [String]]) -> Checklist {
    Checklist(merging: bundle.items.compactMap { code in item(code)?.checklist(answers[code] ?? []) })
  }
}

extension Catalogue {
  /// A condition of the list of a bundle, in the words of the item whose answers it is about.
  package func words(of condition: Condition, in bundle: ItemBundle) -> String {
    let items = bundle.items.compactMap { item($0) }
    if let item = items.first(where: { item in
      condition.keys.allSatisfy { key in item.situations.contains { $0.key == key } }
    }) {
      return item.words(of: condition)
    }
    if case .any(let parts) = condition { return parts.map { words(of: $0, in: bundle) }.joined(separator: "，或者") }
    return items.first?.words(of: condition) ?? ""
  }
}

extension Checklist {
  /// Merges several lists, each material once.
  ///
  /// The originals of a material are those of the list that asks for most, because an original is shown and taken back.
  /// Photocopies stay with each item, so they add up. Entries are the same material when name and kind agree; groups
  /// when they are equal. What one list needs and another leaves open or dispensable, is needed.
  package init(merging lists: [Checklist]) {
    var entries: [Entry] = []
    for entry in lists.flatMap({ $0.toBring + $0.toFillIn + $0.mayLeave }) {
      if let index = entries.firstIndex(where: { $0.isSame(as: entry) }) {
        entries[index] = entries[index].merged(with: entry)
      } else {
        entries.append(entry)
      }
    }
    self.init(sorting: entries)
  }
}

extension Checklist.Entry {
  fileprivate func isSame(as other: Self) -> Bool {
    guard choices.count == 1, other.choices.count == 1 else { return self == other }
    return name == other.name && choices[0].material.kind == other.choices[0].material.kind
  }

  fileprivate func merged(with other: Self) -> Self {
    guard choices.count == 1, other.choices.count == 1 else { return self }
    let (a, b) = (choices[0], other.choices[0])
    let settled = a.onlyWhen == nil || b.onlyWhen == nil
    // The conditions of two items are over different situations; either may hold.
    let open: Condition? =
      settled ? nil : (a.onlyWhen == b.onlyWhen ? a.onlyWhen : .any([a, b].compactMap(\.onlyWhen)))
    return Self(name: name, choices: [.init(a.material.together(with: b.material), onlyWhen: open)])
  }
}

extension Material {
  fileprivate func together(with other: Material) -> Material {
    Material(
      name: name, kind: kind, originals: max(originals, other.originals), copies: copies + other.copies,
      necessity: min(necessity, other.necessity), medium: medium == other.medium ? medium : nil,
      size: size ?? other.size,
      electronicAccepted: electronicAccepted && other.electronicAccepted, shared: shared && other.shared,
      source: source ?? other.source, obtain: obtain ?? other.obtain, standard: standard ?? other.standard,
      basis: basis ?? other.basis, when: nil, anyOf: anyOf == other.anyOf ? anyOf : [], oneOf: nil,
      note: note ?? other.note)
  }
}
