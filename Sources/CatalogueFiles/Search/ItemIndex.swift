package import Hall
import YAMLDocuments

/// Finds items by what residents type: Chinese, full pinyin, initials, a mixture, or the code.
///
/// A query matches a run of characters of a name or alias. Each character is matched by itself, by one of its readings
/// or by a reading's first letter (zh, ch and sh count as first letters too); the last reading may be incomplete. So 养老
/// is found by yanglao, yl and yanglaob. A character with several readings is found by each. All hits are listed,
/// because two items may have the same initials (城乡居民基本医疗保险参保登记 and 城乡居民基本养老保险参保登记). Items that only need a paper come
/// last, and only for its whole name, such as 户口本 and 身份证.
package struct ItemIndex: Sendable {
  /// The most characters of a query: no name is longer, and the positions fit into the bits of a word.
  package static let longestQuery = 63

  private struct SearchUnit: Sendable {
    let character: Character
    let readings: [[UInt8]]
  }

  private struct Name: Sendable {
    let units: [SearchUnit]
    /// A name other than the printed one.
    let isAlias: Bool
  }

  private struct Entry: Sendable {
    let item: Item
    let code: [Character]
    let names: [Name]
    /// The names of its papers.
    let papers: [[SearchUnit]]
  }

  private let entries: [Entry]

  package init(_ items: [Item], _ table: PinyinTable) {
    entries = items.map { item in
      func units(_ text: String) -> [SearchUnit] {
        Self.folded(text).map { SearchUnit(character: $0, readings: table.readings(of: $0).map { Array($0.utf8) }) }
      }
      let others = Self.distinct(item.aliases + CommonName.of(item.name) + [item.english?.name].compactMap(\.self))
      let papers = item.materials.flatMap { [$0.name] + $0.anyOf }
      return Entry(
        item: item, code: Self.folded(item.code),
        names: [Name(units: units(item.name), isAlias: false)] + others.map { Name(units: units($0), isAlias: true) },
        papers: Self.distinct(papers.flatMap { [$0] + CommonName.ofPaper($0) }).map(units))
    }
  }

  /// Each item's folded names, in the catalogue's order, and the readings of their characters.
  package var table:
    (
      items: [(code: String, names: [String], papers: [String])],
      readings: [(character: String, readings: [String])]
    )
  {
    var readings: [Character: [String]] = [:]
    for unit in entries.flatMap({ $0.names.flatMap(\.units) + $0.papers.flatMap(\.self) })
    where readings[unit.character] == nil {
      readings[unit.character] = unit.readings.map { String(decoding: $0, as: UTF8.self) }
    }
    return (
      entries.map { entry in
        (
          entry.item.code, entry.names.map { String($0.units.map(\.character)) },
          entry.papers.map { String($0.map(\.character)) }
        )
      },
      readings.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { (String($0.key), $0.value) }
    )
  }

  /// Items that match the query, best first, otherwise in the catalogue's order.
  ///
  /// - Parameters:
  ///   - query: the typed text; a blank one matches everything.
  ///   - department: only items of this category (办事类别), or nil for all.
  package func search(_ query: String, department: String? = nil) -> [Item] {
    let wanted = Self.folded(String(query.prefix(Self.longestQuery)))
    let candidates = entries.filter { department == nil || $0.item.category == department }
    guard !wanted.isEmpty else {
      // Only punctuation was typed, which matches nothing.
      return query.allSatisfy(\.isWhitespace) ? candidates.map(\.item) : []
    }
    let hits = candidates.enumerated().compactMap { offset, entry in
      nearness(entry, wanted).map { (nearness: $0, offset: offset, item: entry.item) }
    }
    return hits.sorted { ($0.nearness, $0.offset) < ($1.nearness, $1.offset) }.map(\.item)
  }

  /// 0 for the best match; nil when nothing of the entry matches.
  private func nearness(_ entry: Entry, _ wanted: [Character]) -> Int? {
    if entry.code == wanted { return 0 }
    var best: Int? = entry.code.starts(with: wanted) ? 3 : nil
    for name in entry.names {
      let nearness =
        meets(name.units, wanted, anywhere: false) ? 1 : meets(name.units, wanted, anywhere: true) ? 2 : nil
      guard let nearness else { continue }
      let found = nearness + (name.isAlias ? 1 : 0)
      best = min(best ?? found, found)
    }
    if best != nil { return best }
    return entry.papers.contains { isWhole($0, wanted) } ? 4 : nil
  }

  /// True when all of the units match all of the query, without an incomplete reading.
  private func isWhole(_ units: [SearchUnit], _ wanted: [Character]) -> Bool {
    guard units.count > 1 else { return false }
    let letters = Self.letters(wanted)
    var reached: UInt64 = 1
    for unit in units {
      reached = step(unit, wanted, letters, from: reached).reached
      if reached == 0 { return false }
    }
    return reached & (1 << wanted.count) != 0
  }

  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// True when a run of the units matches the whole query; the run begins at the first unit, or anywhere.
  ///
  /// Bit n of `reached`: the first n characters of the query are matched by the units so far. A query that can be
  /// divided into readings in many ways therefore takes no longer than any other.
  private func meets(_ units: [SearchUnit], _ wanted: [Character], anywhere: Bool) -> Bool {
    let letters = Self.letters(wanted)
    var reached: UInt64 = 1
    for unit in units {
      let next = step(unit, wanted, letters, from: reached)
      if next.isEnded || next.reached & (1 << wanted.count) != 0 { return true }
      reached = anywhere ? next.reached | 1 : next.reached
      if reached == 0 { return false }
    }
    return false
  }

  private static func letters(_ wanted: [Character]) -> [UInt8] { wanted.map { $0.isLetter ? $0.asciiValue ?? 0 : 0 } }

  /// Positions of the query after a unit; `isEnded` when it reaches the query's end, where the last reading may be
  /// incomplete.
  private func step(
    _ unit: SearchUnit, _ wanted: [Character], _ letters: [UInt8], from reached: UInt64
  ) -> (reached: UInt64, isEnded: Bool) {
    var next: UInt64 = 0
    var isEnded = false
    for position in wanted.indices where reached & (1 << position) != 0 {
      if wanted[position] == unit.character { next |= 1 << (position + 1) }
      for reading in unit.readings {
        let common = zip(letters[position...], reading).prefix { $0 == $1 }.count
        guard common > 0 else { continue }
        if position + common == wanted.count { isEnded = true }
        next |= 1 << (position + 1)
        if common == reading.count { next |= 1 << (position + common) }
        if common >= 2, reading[1] == UInt8(ascii: "h") { next |= 1 << (position + 2) }
      }
    }
    return (next, isEnded)
  }

  /// Lower case, half width, ü as v, without spaces and punctuation (xi'an, 零星（手工）).
  private static func folded(_ text: String) -> [Character] {
    text.unicodeScalars.compactMap { scalar -> Character? in
      var value = scalar.value
      if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
      if value == 0xFC || value == 0xDC { value = 0x76 }
      guard let folded = Unicode.Scalar(value), folded.properties.isAlphabetic || folded.properties.numericType != nil
      else { return nil }
      return folded.isASCII ? Character(folded.properties.lowercaseMapping) : Character(folded)
    }
  }
}
