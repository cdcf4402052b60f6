import Hall
import YAMLDocuments

/// Translates cells of a hall's table into values of the catalogue file.
enum SheetWords {
  /// A cell that means "nothing".
  static func isNothing(_ text: String) -> Bool { ["", "无", "-", "—", "－", "/", "／", "\\", "暂无"].contains(text) }

  /// The default 主题分类, and with it the 队列分组: the comprehensive lane serves it.
  static let category = "便民服务"

  /// The hall's own phone, in an exported table.
  static let hallsPhone = "本厅电话"

  static let kinds: [(word: String, kind: Material.Kind)] = [
    ("原件", .original), ("复印件", .copy), ("原件和复印件", .originalAndCopy), ("原件及复印件", .originalAndCopy),
    ("原件或复印件", .originalOrCopy), ("表格", .form), ("申请表格", .form),
  ]

  /// 原件、复印件 and the like; nil for anything else, such as the ambiguous 原件/复印件.
  static func kind(_ text: String) -> Material.Kind? {
    let word = CellText.compact(CellText.half(text)).replacing("纸质", with: "")
    if let known = kinds.first(where: { $0.word == word }) { return known.kind }
    if ["原件、复印件", "原件,复印件", "原件与复印件", "原件+复印件", "原件;复印件", "复印件和原件", "原件和复印件各一份", "原件加复印件"].contains(word) {
      return .originalAndCopy
    }
    return ["申请表", "表单", "申请表格文书", "申请文书"].contains(word) ? .form : nil
  }

  static func necessity(_ text: String) -> Material.Necessity? {
    let word = CellText.compact(text)
    if let known = Material.Necessity(rawValue: word) { return known }
    if ["是", "√", "✓", "必须", "必需", "必备", "必要材料", "必须提供", "必需材料"].contains(word) { return .necessary }
    if ["否", "×", "非必须", "非必需", "不必要", "非必要材料", "非必须提供"].contains(word) { return .optional }
    return ["容缺", "容缺受理", "可容缺", "容缺后补材料"].contains(word) ? .deferrable : nil
  }

  /// 纸质／电子 means either, in any order and with any separator.
  static func medium(_ text: String) -> Material.Medium? {
    var words = CellText.compact(CellText.half(SheetWords.lines(text).joined(separator: "/")))
    if words == "均可" || words == "不限" { return .either }
    for joint in ["/", "、", ",", ";", "或者", "或", "和", "及", "与", "+", "均可", "皆可"] {
      words = words.replacing(joint, with: " ")
    }
    let parts = Set(words.split(separator: " "))
    let paper: Set<Substring> = ["纸质", "纸质版", "纸质材料", "纸质件", "纸"]
    let electronic: Set<Substring> = ["电子", "电子版", "电子材料", "电子件", "电子文档"]
    guard !parts.isEmpty, parts.isSubset(of: paper.union(electronic)) else { return nil }
    let isPaper = !parts.isDisjoint(with: paper)
    return parts.isDisjoint(with: electronic) ? .paper : isPaper ? .either : .electronic
  }

  static let handlers: [(word: String, handler: Item.Handler)] = [
    ("窗口", .window), ("代办员", .agent), ("村（社区）", .village), ("公安", .police),
  ]

  /// Nil for both town and village, and for words that are not a level.
  static func level(_ text: String) -> Item.Level? {
    let isVillage = text.contains("村") || text.contains("社区")
    if isTown(text) { return isVillage ? nil : .town }
    if isVillage { return .village }
    return text.isEmpty || ["国家", "省", "市", "区", "县"].contains { text.contains($0) } ? .town : nil
  }

  static func isTown(_ text: String) -> Bool { ["镇", "乡", "街"].contains { text.contains($0) } }

  /// A number, or how often something is done: 1, 0次, 最多跑一次; nil for anything else.
  static func count(_ text: String, in range: ClosedRange<Int>) -> Int? {
    var bare = text.trimmed
    for word in ["最多", "跑", "次"] { bare = bare.replacing(word, with: "") }
    let number: Int?
    if bare.count == 1, let digit = bare.first {
      // The standard library knows the digits of every script, including ０, 一 and 两.
      number = digit == "零" ? 0 : digit == "两" ? 2 : digit.wholeNumberValue
    } else {
      let digits = CellText.half(bare)
      number = digits.first != "0" && digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) ? Int(digits) : nil
    }
    return number.flatMap { range.contains($0) ? $0 : nil }
  }

  /// Nil for words that name no group.
  static func isForPersons(_ text: String) -> Bool? {
    if ["自然人", "个人", "居民", "公民", "群众", "村民", "不限"].contains(where: { text.contains($0) }) { return true }
    return ["法人", "企业", "单位", "组织", "个体"].contains { text.contains($0) } ? false : nil
  }

  /// 通办范围: a range beyond this hall's own district; nil for any other words.
  static func range(_ text: String) -> YAMLText? {
    let word = CellText.compact(text)
    if word == "是" || word == "true" { return .plain("true") }
    if ["否", "不通办", "不支持", "无通办", "false", "本地", "本镇", "本街道", "全镇", "镇内", "区内", "全区", "全区通办", "全县通办", "区内通办"].contains(
      word)
    {
      return .plain("false")
    }
    return ["全市", "市内", "全国", "跨省", "全省", "川渝", "西南", "跨区", "跨市"].contains { word.contains($0) } ? .text(word) : nil
  }

  /// Nil for neither yes nor no.
  static func yes(_ text: String) -> Bool? {
    let word = CellText.compact(CellText.half(text)).lowercased()
    if ["是", "有", "√", "✓", "✔", "可", "可以", "1", "true", "支持", "y", "yes", "能"].contains(word) { return true }
    return ["否", "无", "×", "✗", "x", "不可", "不可以", "0", "false", "不支持", "n", "no", "不能", "没有"].contains(word)
      ? false : nil
  }

  struct Limit: Hashable {
    let count: Int
    let unit: LimitUnit
    /// Text in brackets after it.
    let rest: String?
  }

  /// 10个工作日, ３０日, 2个月, 即时办结, 法律未规定期限, with the unit possibly in another cell; nil for anything else.
  static func limit(_ text: String, unit: String) -> Limit? {
    // With a number beside the words (20个工作日，未规定的除外), the number counts.
    if ["未规定", "没有规定", "无规定", "无法定", "未作规定", "不设期限"].contains(where: { text.contains($0) }),
      !CellText.half(text).contains(where: \.isNumber)
    {
      return Limit(count: 0, unit: .notSet, rest: nil)
    }
    var whole = CellText.compact(CellText.half(text))
    var rest: String?
    if let open = whole.firstIndex(of: "("), whole.last == ")", open > whole.startIndex {
      let inside = whole[whole.index(after: open)...].dropLast()
      // 20（工作日）, 5个工作日（自受理之日起）.
      if limitUnit(String(inside)) == nil { rest = String(inside) } else { whole += inside }
      whole = String(whole[..<open]) + (rest == nil ? String(inside) : "")
    }
    let unit = CellText.compact(CellText.half(unit))
    let immediate = ["即时", "即时办结", "即时办理", "当场", "当场办结", "当场办理", "即办", "即办件", "即来即办", "立等可取", "立即办结", "当场即办"]
    let digits = whole.prefix { $0.isASCII && $0.isNumber }
    let said = String(whole.dropFirst(digits.count))
    if immediate.contains(said) || (said.isEmpty && immediate.contains(unit)) {
      return digits.isEmpty || Int(digits) == 0 ? Limit(count: 0, unit: .immediate, rest: rest) : nil
    }
    guard let count = Int(digits), count <= 3650 else { return nil }
    let own = said.isEmpty || said == ".0" ? nil : limitUnit(said)
    guard own != nil || said.isEmpty || said == ".0" else { return nil }
    let other = unit.isEmpty ? nil : limitUnit(unit)
    guard unit.isEmpty || other != nil, own == nil || other == nil || own == other, let read = own ?? other else {
      return nil
    }
    return Limit(count: count, unit: count == 0 && read == .workingDay ? .immediate : read, rest: rest)
  }

  private static func limitUnit(_ text: String) -> LimitUnit? {
    var word = text
    for tail in ["办结", "以内", "之内", "内"] where word.hasSuffix(tail) { word = String(word.dropLast(tail.count)) }
    switch word {
    case "个工作日", "工作日", "工作天", "个工作天": return .workingDay
    case "日", "天", "自然日", "个自然日", "日历日", "个日历日": return .naturalDay
    case "月", "个月": return .month
    default: return nil
    }
  }

  /// A count: 2, ２, 2份, 两份, 各1份, 一式三份; nil for anything else, such as 1-2, 1/1 and 1月2日.
  static func count(_ text: String) -> Int? {
    var word = CellText.compact(CellText.half(text))
    for mark in ["'", "‘", "’", "各", "一式"] where word.hasPrefix(mark) { word = String(word.dropFirst(mark.count)) }
    for unit in ["份", "张", "页", "套", "本", "件", "个"] where word.hasSuffix(unit) {
      word = String(word.dropLast(unit.count))
    }
    if let point = word.firstIndex(of: "."), !word[point...].dropFirst().isEmpty,
      word[point...].dropFirst().allSatisfy({ $0 == "0" })
    {
      word = String(word[..<point])
    }
    let numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    if let numeral = numerals.firstIndex(of: word) { return numeral }
    if word == "两" || word == "贰" { return 2 }
    if word == "壹" { return 1 }
    guard (1...2).contains(word.utf8.count), word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(word)
  }

  /// 原件1份，复印件2份; nil for a plain number.
  static func pair(_ text: String) -> (originals: Int, photocopies: Int)? {
    let word = CellText.compact(CellText.half(text)).replacing("各", with: "")
    var counts = [0, 0]
    var rest = word[...]
    var found = false
    while !rest.isEmpty {
      let kind = rest.hasPrefix("原件") ? 0 : rest.hasPrefix("复印件") ? 1 : nil
      guard let kind, counts[kind] == 0 else { return nil }
      rest = rest.dropFirst(kind == 0 ? 2 : 3)
      let number = rest.prefix { $0.isASCII && $0.isNumber || "一二两三四五六".contains($0) }
      guard let count = count(String(number)), count > 0 else { return nil }
      rest = rest.dropFirst(number.count).drop { "份张,、;和及+".contains($0) }
      counts[kind] = count
      found = true
    }
    return found ? (counts[0], counts[1]) : nil
  }

  /// The counts at the end of a name: 户口簿（原件1份，复印件1份）, 身份证复印件2份, 照片2张.
  static func tail(_ name: String) -> (originals: Int, photocopies: Int)? {
    let word = CellText.compact(CellText.half(name))
    if word.hasSuffix(")"), let open = word.lastIndex(of: "(") {
      let inside = String(word[word.index(after: open)...].dropLast())
      return pair(inside) ?? (inside.hasSuffix("份") || inside.hasSuffix("张") ? count(inside).map { ($0, 0) } : nil)
    }
    guard let unit = word.last, "份张".contains(unit) else { return nil }
    let number = String(
      word.dropLast().reversed().prefix { $0.isASCII && $0.isNumber || "一二两三四五六".contains($0) }.reversed())
    guard let count = count(number), count > 0 else { return nil }
    return word.dropLast(number.count + 1).hasSuffix("复印件") ? (0, count) : (count, 0)
  }

  enum Phone: Hashable {
    case number(String)
    /// The first of several.
    case first(String)
    case hall
    /// Digits that may be part of a number, or a number that a spreadsheet changed.
    case doubtful(String)
    case none
  }

  /// The phone number in a text such as “电话咨询：023-45678901”.
  static func phone(_ text: String) -> Phone {
    let word = CellText.compact(text)
    if word == "@hall" || ["本厅", "本厅电话", "本中心", "本中心电话"].contains(word) { return .hall }
    let read = PhoneText(text)
    if let doubtful = read.doubtful.first { return .doubtful(doubtful) }
    guard let first = read.numbers.first else { return .none }
    return Set(read.numbers).count > 1 ? .first(first) : .number(first)
  }

  /// The lines of a cell, without blank ones.
  static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }
  }

  /// Steps are lines or separated by arrows, often numbered.
  static func steps(_ text: String) -> [String] {
    var text = text
    for arrow in ["-->", "->", "—>", "－>", "⇒", "➔", "➜", "➞", "＞", ">", "↓"] {
      text = text.replacing(arrow, with: "→")
    }
    return text.split { $0.isNewline || $0 == "→" }.map(\.trimmed).filter { !$0.isEmpty }.map { step in
      guard let mark = ListMark(step) else { return step }
      return step.dropFirst(mark.length).trimmed
    }.filter { !$0.isEmpty }
  }
}
