import YAMLDocuments

/// Whether a cell names one material or several.
///
/// Offices write “居民身份证、户口簿” or a numbered list into one cell. With one line for both, a resident might bring only one.
/// Such a cell is split where its parts are plainly papers, and refused where that is uncertain.
enum MaterialNames: Hashable {
  case one(String)
  /// A single name that may be a list: a part of it looks like a paper's name.
  case listLike(String)
  case several([String])
  case unclear

  init(_ cell: String) {
    let text = cell.trimmed
    if let points = Self.points(text) {
      self = .several(points)
      return
    }
    var name = text
    if let mark = ListMark(name), mark.style != .chinese { name = name.dropFirst(mark.length).trimmed }
    let lines = Self.joinedLines(name)
    guard lines.count > 1 else {
      self = Self.inLine(lines.first ?? "")
      return
    }
    guard lines.allSatisfy(Self.isPaper) else {
      self = .unclear
      return
    }
    var names: [String] = []
    for line in lines {
      switch Self.inLine(line) {
      case .one(let name), .listLike(let name): names.append(name)
      case .several(let more): names += more
      case .unclear:
        self = .unclear
        return
      }
    }
    self = .several(names)
  }

  /// The items of a numbered list, from the first on; nil with fewer than two.
  private static func points(_ text: String) -> [String]? {
    guard let first = ListMark(text), first.number == 1 else { return nil }
    var points: [String] = []
    var rest = text.dropFirst(first.length)
    var start = rest.startIndex
    var wanted = 2
    while start < rest.endIndex {
      let before = start > rest.startIndex ? rest[rest.index(before: start)] : "\n"
      if let mark = ListMark(rest[start...]), mark.style == first.style, mark.number == wanted,
        !before.isNumber, first.style != .chinese || before.isNewline || "；;。".contains(before)
      {
        points.append(String(rest[..<start]))
        rest = rest[rest.index(start, offsetBy: mark.length)...]
        start = rest.startIndex
        wanted += 1
      } else {
        start = rest.index(after: start)
      }
    }
    guard !points.isEmpty else { return nil }
    points.append(String(rest))
    let names = points.map { point in
      var name = CellText.line(point, isName: true)
      while let last = name.last, "；;，,。、".contains(last) { name.removeLast() }
      return name.trimmed
    }
    return names.filter { !$0.isEmpty }
  }

  /// Lines, with broken ones joined again.
  private static func joinedLines(_ text: String) -> [String] {
    SheetWords.lines(text).reduce(into: []) { lines, next in
      guard let last = lines.last else { return lines.append(next) }
      let goesOn =
        "（(、，,；;及和或与/＋+".contains(next.first ?? "、") || "、，,；;及和或与/＋+".contains(last.last ?? "、")
        || base(next).isEmpty || !isPaper(last)
      if goesOn { lines[lines.count - 1] = last + next } else { lines.append(next) }
    }
  }

  private static func inLine(_ name: String) -> MaterialNames {
    let name = String(name.trimmed.reversed().drop { "；;，,。、".contains($0) }.reversed())
    let outside = withoutBrackets(name)
    let strong = split(name, at: "；;")
    if strong.count > 1 {
      return strong.allSatisfy { isPaper($0) && inLine($0) == .one($0) } ? .several(strong) : .unclear
    }
    let parts = split(name, at: "、，,/／＋+")
    if parts.count > 1 {
      let papers = parts.map(isPaper)
      // 家庭收入、财产状况证明材料 is one paper about several things; a paper before the last part is one of several.
      guard papers.dropLast().contains(true) else { return .listLike(name) }
      let isChoice =
        outside.contains("或") || outside.contains("之一") || outside.contains("任选")
        || outside.contains { "/／".contains($0) }
      let isOpen = ["等", "等材料", "等资料", "等证件", "等证明", "等证明材料"].contains { outside.hasSuffix($0) }
      guard papers.allSatisfy(\.self), !isChoice, !isOpen else { return .unclear }
      return .several(parts.flatMap(joinedByWord))
    }
    if outside.contains("或") { return .one(name) }
    let both = joinedByWord(name)
    return both.count > 1 ? .several(both) : .one(name)
  }

  /// 身份证和户口簿 as two; 原件和复印件 of one paper stay together.
  private static func joinedByWord(_ name: String) -> [String] {
    for word in ["以及", "和", "及", "与"] {
      let parts = split(name.replacing(word, with: "\u{1}"), at: "\u{1}")
      if parts.count > 1, parts.allSatisfy(isPaper) { return parts }
    }
    return [name]
  }

  /// Parts outside of brackets, without blank ones.
  private static func split(_ name: String, at marks: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in name {
      if "（(《〈【[“".contains(character) { depth += 1 }
      if "）)》〉】]”".contains(character) { depth = max(0, depth - 1) }
      if depth == 0, marks.contains(character) { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    let said = parts.map(\.trimmed).filter { !$0.isEmpty }
    return said.map { $0.replacing("\u{1}", with: "和") }
  }

  private static func withoutBrackets(_ name: String) -> String {
    var depth = 0
    return String(
      name.filter { character in
        if "（(《".contains(character) { depth += 1 }
        defer { if "）)》".contains(character) { depth = max(0, depth - 1) } }
        return depth == 0
      })
  }

  /// The paper's name without its form: （原件1份）, 复印件2份, 各一张.
  private static func base(_ part: String) -> String {
    var name = withoutBrackets(CellText.half(part).replacing("(", with: "（").replacing(")", with: "）")).trimmed
    var before = ""
    while before != name {
      before = name
      name = name.replacing(/[0-9一二两三四五六]+(份|张|页|套|本|寸)$/, with: "").trimmed
      for tail in [
        "各", "一式", "等", "的", "正副本", "正本", "副本", "复印件", "原件", "扫描件", "电子版", "电子件", "和", "及", "与", "、", "，", ",",
      ]
      where name.hasSuffix(tail) {
        name = name.dropLast(tail.count).trimmed
      }
    }
    return name
  }

  static func isPaper(_ part: String) -> Bool {
    let name = base(part)
    return name.count > 1 && papers.contains { name.hasSuffix($0) }
  }

  /// Endings of papers' names.
  private static let papers = [
    "证", "书", "簿", "本", "册", "表", "件", "单", "照", "片", "卡", "票", "据", "函", "图", "章", "信", "折", "材料", "资料", "证明", "协议",
    "合同", "档案",
    "报告", "承诺", "声明", "申请", "委托", "决议", "章程", "流水", "明细", "记录", "病历", "处方", "许可", "批复", "文件", "通知", "备案", "公证", "户口",
    "驾照", "账号", "账户",
  ]
}
