import YAMLDocuments

/// The text of a cell without the artefacts of spreadsheets, web pages and word processors.
enum CellText {
  /// Line breaks as `\n`, blanks of every width as a space, without invisible characters such as zero-width ones and
  /// direction marks.
  static func clean(_ cell: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "\n", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": text.append("\n")
      case "\t": text.append(" ")
      default:
        switch scalar.properties.generalCategory {
        case .format: continue
        case .spaceSeparator: text.append(" ")
        default: text.append(scalar)
        }
      }
    }
    var clean = String(text).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    for mark in ["_x000D_\n", "_x000D_", "<br>", "<br/>", "<br />"] where clean.holds(mark) {
      clean = clean.replacing(mark, with: "\n")
    }
    return clean.holds("&nbsp;") ? clean.replacing("&nbsp;", with: " ") : clean
  }

  /// Full-width digits, letters and punctuation as half-width ones, every kind of hyphen as one.
  static func half(_ text: String) -> String {
    var half = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: half.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x2010...0x2015, 0x2212, 0xFE63, 0xFE58: half.append("-")
      case 0x301C, 0x223C: half.append("~")
      default:
        switch scalar.properties.generalCategory {
        case .format: continue
        case .spaceSeparator: half.append(" ")
        default: half.append(scalar)
        }
      }
    }
    return String(half).replacing("－", with: "-")
  }

  /// Without any blank or line break.
  static func compact(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }

  /// The lines of a cell as one: a broken name is joined, sentences and numbered items stay apart.
  static func line(_ text: String, isName: Bool = false) -> String {
    SheetWords.lines(text).reduce("") { line, next in
      guard let last = line.last, let first = next.first else { return next }
      let isWord =
        last.isASCII && first.isASCII && (last.isLetter || last.isNumber) && (first.isLetter || first.isNumber)
      if isName { return line + (isWord ? " " : "") + next }
      if "。；;，,、：:".contains(last) { return line + next }
      return line + (ListMark(next) == nil ? " " : "；") + next
    }
  }

  /// Why a cell may not say what its writer meant, or refers to something that is missing; nil where there is no doubt.
  static func doubt(_ text: String) -> String? {
    let text = compact(half(text))
    if text.unicodeScalars.contains("\u{FFFD}") || (text.count > 1 && text.allSatisfy { $0 == "?" }) {
      return "乱码：请按“CSV UTF-8”重新导出"
    }
    if text.hasPrefix("#"), text.count > 1,
      text.allSatisfy({ $0 == "#" }) || text.last == "!" || text.last == "?"
        || ["#N/A", "#NULL!", "#SPILL!"].contains(text)
    {
      return "表格软件的出错标记：请改成文字"
    }
    if text.wholeMatch(of: /[0-9](\.[0-9]+)?[Ee]\+?[0-9]+/) != nil {
      return "表格软件改成的科学计数：请把这一列设为文本，重新填写"
    }
    if text.wholeMatch(
      of: /([0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日?|[0-9]{4}[-\/.][0-9]{1,2}[-\/.][0-9]{1,2}(0?0:00(:00)?)?/)
      != nil
      || text.wholeMatch(of: /([0-9]{1,2}-)?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(-[0-9]{1,2})?/) != nil
    {
      return "日期，多半是表格软件改的：请把这一列设为文本，重新填写"
    }
    if text.wholeMatch(of: /[（(]?(详|请|具体)*(见|参见|查看|附)+(附件|附表|附录|另表|后附|背面|下表|附页|文件|官网|网站|网上).{0,6}/) != nil
      || ["另附", "同左", "同右", "同下", "略"].contains(text)
    {
      return "“\(text)”，内容不在表里：请把内容写在这一格"
    }
    return nil
  }

  /// Whether a cell means "the same as above".
  static func isDitto(_ text: String) -> Bool {
    ["同上", "同前", "（同上）", "(同上)", "〃", "″", "\"", "”", "“", "''", "々", "同上。", "同上行"].contains(compact(text))
  }
}

/// The number of a list item: `1.`, `1、`, `（1）`, `①`.
struct ListMark: Hashable {
  enum Style { case stop, bracket, circle, chinese }
  let style: Style
  let number: Int
  /// Characters of the mark.
  let length: Int

  private static let circles: [Character] = Array("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
  private static let numerals: [Character] = Array("一二三四五六七八九十")

  /// The mark at the beginning of the text; nil for any other beginning, such as 1寸照片 or 2.5寸.
  init?(_ text: some StringProtocol) {
    let head = Array(text.prefix(6))
    guard let first = head.first else { return nil }
    if let circle = Self.circles.firstIndex(of: first) {
      self.init(style: .circle, number: circle + 1, length: 1)
      return
    }
    let start = "（(".contains(first) ? 1 : 0
    let digits = head[start...].prefix { $0.isNumber && Int(CellText.half(String($0))) != nil }
    var number = Int(CellText.half(String(digits)))
    var length = digits.count
    var isChinese = false
    if number == nil, start < head.count, let numeral = Self.numerals.firstIndex(of: head[start]) {
      (number, length, isChinese) = (numeral + 1, 1, true)
    }
    guard let number, (1...60).contains(number), (1...2).contains(length), start + length < head.count else {
      return nil
    }
    let after = start + length
    if start == 1 {
      guard "）)".contains(head[after]) else { return nil }
      self.init(style: isChinese ? .chinese : .bracket, number: number, length: after + 1)
      return
    }
    guard (isChinese ? "、." : "、.．)）").contains(head[after]), after + 1 >= head.count || !head[after + 1].isNumber
    else {
      return nil
    }
    self.init(style: isChinese ? .chinese : .stop, number: number, length: after + 1)
  }

  private init(style: Style, number: Int, length: Int) {
    self.style = style
    self.number = number
    self.length = length
  }
}
