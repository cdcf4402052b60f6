import Hall

/// One line of a notice's list: a material with everything about it, or a group of which one is enough.
struct NoticeEntry {
  private let entry: Checklist.Entry
  private let item: Item
  private let inStation: Bool

  init(_ entry: Checklist.Entry, _ item: Item, inStation: Bool) {
    self.entry = entry
    self.item = item
    self.inStation = inStation
  }

  func block(number: Int, mark: CheckMark? = nil) -> SlipBlock {
    if entry.choices.count == 1 {
      return .checkItem(
        number: number, name: entry.name, copies: entry.choices[0].material.copyLines,
        details: details(of: entry.choices[0]), mark: mark)
    }
    let choices = entry.choices.flatMap { choice in
      let copies = choice.material.copyWords
      return ["· \(choice.material.name)　\(copies)"] + details(of: choice)
    }
    return .checkItem(number: number, name: entry.name, copies: [], details: [Wording.anyOf] + choices, mark: mark)
  }

  private func details(of listed: Checklist.Listed) -> [String] {
    let material = listed.material
    // Directly behind the name: accepted substitutes, necessity and form; then the source.
    let facts = [material.behind(inStation: inStation)?.words, material.necessity.words, material.form]
    var lines = [facts.compactMap(\.self).joined(separator: "｜")]
    if let source = material.source { lines.append(Wording.whereFrom(source)) }
    if let condition = listed.onlyWhen { lines.append(Wording.onlyWhen(item.words(of: condition))) }
    if !material.anyOf.isEmpty {
      lines.append(Wording.anyOf)
      lines += material.anyOf.map { "· \($0)" }
    }
    if let way = material.obtain { lines.append(Wording.howToGet(way)) }
    if let standard = material.standard { lines.append(Wording.standard(standard)) }
    if let note = material.note { lines.append(note) }
    return lines
  }
}
