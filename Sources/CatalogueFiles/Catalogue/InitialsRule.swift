import YAMLDocuments

/// The initials of an item's name: checked against the characters' readings where the file has them.
struct InitialsRule {
  private let table: YAMLTable
  private let pinyin: PinyinTable

  init(_ table: YAMLTable, _ pinyin: PinyinTable) {
    self.table = table
    self.pinyin = pinyin
  }

  /// Capital letters; derived from the most common readings when the file has none.
  func initials(of name: String) -> String {
    let letters = name.compactMap { character -> (character: Character, initials: [Character])? in
      let readings = pinyin.readings(of: character).compactMap(\.first)
      return readings.isEmpty ? nil : (character, readings.compactMap { $0.uppercased().first })
    }
    let made = String(letters.compactMap(\.initials.first))
    guard let given = table.text("pinyin", required: false, atMost: 60) else { return made }
    let fits =
      given.count == letters.count && zip(given, letters).allSatisfy { $1.initials.contains($0) }
    if !fits {
      table.log.warn(
        table.location(of: "pinyin"), "`pinyin` is \(given), but the name reads \(made)",
        "correct it, or take the line out and it is made from the name",
        zh: "拼音首字母是 \(given)，按名称应是 \(made)：请改正，或去掉这一行，由名称生成")
    }
    return given
  }
}
