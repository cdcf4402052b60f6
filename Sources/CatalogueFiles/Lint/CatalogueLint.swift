package import Hall
package import Ports
package import YAMLDocuments

/// Findings for an office to check, beyond the faults that prevent a catalogue from being used.
package enum CatalogueLint {
  package enum Severity: String, Sendable { case error, warning }

  package struct Finding: Hashable, Sendable {
    package let severity: Severity
    package let fault: FileFault
  }

  /// Every finding of a file, in the order of its lines.
  ///
  /// Errors are faults that prevent a hall from opening with it, and content that a notice lacks by law.
  ///
  /// - Parameter calendar: compares promised and legal limits in different units; nil skips that.
  package static func findings(
    _ path: String, pinyin: PinyinTable, calendar: WorkCalendar? = nil, sealing: any Sealing
  ) -> [Finding] {
    let log = FaultLog()
    let catalogue = BoundedFile.text(path, log).flatMap { read($0, file: path, pinyin, calendar, sealing, log) }
    return sorted(Loaded(catalogue, log, first: path))
  }

  package static func findings(
    _ text: String, file: String, pinyin: PinyinTable, calendar: WorkCalendar? = nil, sealing: any Sealing
  ) -> [Finding] {
    let log = FaultLog()
    return sorted(Loaded(read(text, file: file, pinyin, calendar, sealing, log), log, first: file))
  }

  private static func read(
    _ text: String, file: String, _ pinyin: PinyinTable, _ calendar: WorkCalendar?, _ sealing: any Sealing,
    _ log: FaultLog
  ) -> Catalogue? {
    CatalogueFile.read(text, file: file, pinyin, calendar, sealing, log) { items, bundles in
      look(for: \.initials, in: items) { item, other, line in
        (
          "`pinyin` \(item.initials) is also that of \(other.code) (\(other.category)) in line \(line)",
          "check the names; the search lists both, each under its department",
          "拼音首字母 \(item.initials) 与第 \(line) 行的 \(other.code)（\(other.category)）相同：核对名称；查找时两个都列出，各在自己的部门下"
        )
      }
      look(for: \.name, in: items) { item, other, line in
        (
          "the name “\(item.name)” is also that of \(other.code) in line \(line)", "let the names tell them apart",
          "名称“\(item.name)”与第 \(line) 行的 \(other.code) 相同：让名称分得开"
        )
      }
      for (table, item) in items {
        checkInitials(item, table)
        checkFee(item, table)
        checkAnswers(item, table)
        checkException(item, table)
        checkDuties(item, table)
        TouchRule.check(item, table)
      }
      for (department, members) in Dictionary(grouping: items, by: \.item.category) {
        TouchRule.check(department: department, members)
      }
      for bundle in bundles { checkTexts(bundle) }
    }
  }

  private static func sorted(_ loaded: Loaded<Catalogue>) -> [Finding] {
    let all =
      loaded.faults.map { Finding(severity: .error, fault: $0) }
      + loaded.warnings.map { Finding(severity: .warning, fault: $0) }
    return all.enumerated().sorted { a, b in
      (a.element.fault.line, a.element.fault.column ?? 0, a.offset) < (
        b.element.fault.line, b.element.fault.column ?? 0, b.offset
      )
    }.map(\.element)
  }

  /// Warns of each item that shares the value of `key` with an earlier one.
  private static func look(
    for key: KeyPath<Item, String>, in items: [(table: YAMLTable, item: Item)],
    _ words: (Item, Item, Int) -> (what: String, remedy: String, chinese: String)
  ) {
    var first: [String: (item: Item, line: Int)] = [:]
    for (table, item) in items where !item[keyPath: key].isEmpty {
      guard let other = first[item[keyPath: key]] else {
        first[item[keyPath: key]] = (item, table.location.line)
        continue
      }
      let (what, remedy, chinese) = words(item, other.item, other.line)
      table.log.warn(table.location(of: key == \Item.name ? "name" : "pinyin"), what, remedy, zh: chinese)
    }
  }

  private static func checkInitials(_ item: Item, _ table: YAMLTable) {
    guard item.initials.isEmpty else { return }
    table.log.warn(
      table.location(of: "name"), "“\(item.name)” has no initials: no character of it has a known reading",
      "write `pinyin: …`, or nobody finds it by typing",
      zh: "“\(item.name)”没有拼音首字母，没有一个字认得读音：写上拼音首字母（pinyin），否则没人能打字找到它")
  }

  private static func checkFee(_ item: Item, _ table: YAMLTable) {
    let free = item.fee.holds("不收费")
    if free, item.fee.contains(where: \.isNumber) {
      table.log.warn(
        table.location(of: "fee"), "the fee “\(item.fee)” says that nothing is charged and how much",
        "write 不收费, or the amount",
        zh: "收费“\(item.fee)”又说不收费、又写了金额：写“不收费”或写金额")
    } else if !free, !item.fee.isEmpty, item.feeBasis == nil {
      table.log.warn(
        table.location(of: "fee"), "“\(item.fee)” is charged without a basis",
        "add `fee_basis: …` (收费依据), which the slip names",
        zh: "“\(item.fee)”没有收费依据：补上收费依据（fee_basis），告知单上要写")
    }
  }

  /// Personal items belong to town and village unless a law prevents that (铜府办〔2023〕32号 二（三）, 三（一）).
  private static func checkException(_ item: Item, _ table: YAMLTable) {
    guard item.audience == .person, item.elsewhere != nil, item.exceptionBasis == nil else { return }
    table.log.warn(
      table.location(of: "elsewhere"), "a personal item is done elsewhere without a basis",
      "add `exception_basis: …` (the law that keeps it from town and village), or let a window do it",
      zh: "面向个人的事项在别处办，却没有依据：补上不下放依据（exception_basis），或改由窗口办")
  }

  /// Warns of questions whose answers change nothing: each costs the resident a touch.
  private static func checkAnswers(_ item: Item, _ table: YAMLTable) {
    let named = Set(item.materials.compactMap(\.when).flatMap(\.keys))
    for question in item.questions where !question.situations.contains(where: { named.contains($0.key) }) {
      let words = question.ask ?? question.situations.map(\.label).joined(separator: "／")
      table.log.warn(
        table.location(of: question.ask == nil ? "situations" : "questions"), "no material depends on “\(words)”",
        "let a material's `when` name an answer, or take the question out",
        zh: "没有材料取决于“\(words)”：让材料的适用情形（when）用到它，或去掉这个问题")
    }
  }
}
