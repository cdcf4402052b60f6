/// The phone numbers in a text of an office, such as “窗口咨询：一楼；电话：（023）4563 0000”.
///
/// A number is read as a whole or not at all. Digits that are neither a number nor clearly something else (邮编, 门牌, 时间)
/// are doubtful, so that no part of a number is taken for another number. Lengths follow the numbering plan: area codes 010 and 02x have lines
/// of eight digits, others of seven or eight.
struct PhoneText {
  /// In the order of the text, written as `023-45630000`, `023-45630000-8001`, `400-123-4567`, `13800000000`, `12345`.
  private(set) var numbers: [String] = []
  /// Runs of digits that might be a number but are not one.
  private(set) var doubtful: [String] = []

  init(_ text: String) {
    let scanner = PhoneScanner(text)
    var offset = 0
    var end = -10
    while let start = scanner.digit(from: offset) {
      if let after = scanner.time(at: start) {
        offset = after
        continue
      }
      if scanner.isFax(before: start), let fax = scanner.number(at: start, after: nil) {
        offset = fax.end
        continue
      }
      let bracketed = start > 0 && scanner.text[start - 1] == "("
      if let found = scanner.number(at: start, bracketed: bracketed, after: numbers.last) {
        numbers.append(found.number)
        offset = found.end
        end = found.end
        continue
      }
      let after = scanner.word(at: start)
      if !scanner.isSomethingElse(start..<after, afterNumber: scanner.joins(end, start)) {
        doubtful.append(String(scanner.text[start..<after]))
      }
      offset = after
    }
  }
}

/// Finds numbers at a position in a text.
private struct PhoneScanner {
  /// With half-width digits and signs.
  let text: [Character]

  init(_ text: String) { self.text = Array(CellText.half(text)) }

  func digit(from offset: Int) -> Int? { text[min(offset, text.count)...].firstIndex { Self.isDigit($0) } }

  private static func isDigit(_ character: Character) -> Bool { character >= "0" && character <= "9" }

  /// How many digits begin here.
  private func run(_ offset: Int) -> Int {
    guard offset < text.count else { return 0 }
    return text[offset...].prefix { Self.isDigit($0) }.count
  }

  private func character(_ offset: Int) -> Character? { text.indices.contains(offset) ? text[offset] : nil }

  private func skipBlanks(_ offset: Int) -> Int {
    var offset = offset
    while character(offset) == " " { offset += 1 }
    return offset
  }

  /// 9:00.
  func time(at offset: Int) -> Int? {
    let hours = run(offset)
    guard (1...2).contains(hours), character(offset + hours) == ":", run(offset + hours + 1) == 2 else { return nil }
    return offset + hours + 3
  }

  func isFax(before offset: Int) -> Bool { label(before: offset).hasSuffix("传真") }

  /// The text before, without the punctuation between a label and its number.
  private func label(before offset: Int) -> String {
    String(text[..<offset].reversed().drop { ": (+".contains($0) }.prefix(6).reversed())
  }

  /// Whether only a separator or a blank is between the end of a number and this position.
  func joins(_ end: Int, _ offset: Int) -> Bool {
    end >= 0 && offset - end <= 2 && text[end..<offset].allSatisfy { " -./".contains($0) }
  }

  /// A whole number, and its end.
  ///
  /// - Parameter number: the number before it, whose area code also applies to a second one after a comma or a slash.
  func number(at start: Int, bracketed: Bool = false, after number: String?) -> (number: String, end: Int)? {
    guard
      let found = abroad(start) ?? line(start, bracketed) ?? mobile(start) ?? service(start) ?? hotline(start)
        ?? second(start, number)
    else { return nil }
    // Digits that continue without a blank make it another number.
    if let next = character(found.end), "-.~Ee".contains(next), run(found.end + 1) > 0 { return nil }
    if let next = character(found.end), next.isLetter, next.isASCII { return nil }
    return found
  }

  /// +86 before a Chinese number.
  private func abroad(_ start: Int) -> (number: String, end: Int)? {
    let digits = String(text[start..<(start + run(start))])
    let isMarked = character(start - 1) == "+" || digits.hasPrefix("0086")
    let length = digits.hasPrefix("0086") ? 4 : 2
    guard digits.hasPrefix("0086") || digits.hasPrefix("86"), isMarked || digits.count == 13 || digits.count == 2 else {
      return nil
    }
    let offset = gap(start + length) ?? start + length
    return line(offset, false) ?? mobile(offset)
  }

  /// An area code and a line, or an area code and a hotline.
  private func line(_ start: Int, _ bracketed: Bool) -> (number: String, end: Int)? {
    guard character(start) == "0", let second = character(start + 1), Self.isDigit(second), second != "0" else {
      return nil
    }
    let length = second == "1" || second == "2" ? 3 : 4
    guard run(start) >= length else { return nil }
    var offset = start + length
    if bracketed {
      guard run(start) == length, character(skipBlanks(offset)) == ")" else { return nil }
      offset = skipBlanks(offset) + 1
    } else if character(offset) == ")" {
      offset += 1
    }
    let area = String(text[start..<(start + length)])
    let lengths = length == 3 ? [8] : [7, 8]
    guard
      let (digits, end) = grouped(
        gap(offset) ?? offset, atMost: 8, isWhole: { Self.isLine($0, lengths) || Self.isHotline($0, isAlone: false) })
    else { return nil }
    let whole = area + "-" + digits
    guard digits.count >= 7, let (extension_, after) = branch(end) else { return (whole, end) }
    return (whole + "-" + extension_, after)
  }

  private static func isLine(_ digits: String, _ lengths: [Int]) -> Bool {
    lengths.contains(digits.count) && digits.first != "0"
  }

  private static func isHotline(_ digits: String, isAlone: Bool) -> Bool {
    switch digits.count {
    case 3: isAlone && ["110", "112", "114", "119", "120", "122"].contains(digits)
    case 5: digits.hasPrefix("1") || digits.hasPrefix("9")
    case 6: digits.hasPrefix("96") || digits.hasPrefix("116") || digits.hasPrefix("118")
    default: false
    }
  }

  /// 转8001, -8001.
  private func branch(_ end: Int) -> (digits: String, end: Int)? {
    let offset = skipBlanks(end)
    var start: Int?
    if character(end) == "-" { start = end + 1 }
    for word in ["转分机", "转接", "转", "分机"] where start == nil && text[offset...].starts(with: word) {
      start = skipBlanks(offset + word.count)
      if character(start ?? 0) == ":" { start = skipBlanks((start ?? 0) + 1) }
    }
    guard let start, (1...5).contains(run(start)), time(at: start) == nil else { return nil }
    return (String(text[start..<(start + run(start))]), start + run(start))
  }

  private func mobile(_ start: Int) -> (number: String, end: Int)? {
    guard character(start) == "1", let second = character(start + 1), ("3"..."9").contains(second) else { return nil }
    return grouped(start, atMost: 11) { $0.count == 11 }.map { (number: $0.digits, end: $0.end) }
  }

  /// 400-123-4567.
  private func service(_ start: Int) -> (number: String, end: Int)? {
    guard text[start...].starts(with: "400") || text[start...].starts(with: "800") else { return nil }
    return grouped(start, atMost: 10) { $0.count == 10 }.map { digits, end in
      (number: digits.prefix(3) + "-" + digits.dropFirst(3).prefix(3) + "-" + digits.suffix(4), end: end)
    }
  }

  private func hotline(_ start: Int) -> (number: String, end: Int)? {
    let end = start + run(start)
    let digits = String(text[start..<end])
    guard Self.isHotline(digits, isAlone: true), !isCounted(end), !isPostcode(before: start) else { return nil }
    // 建设路119 is a house.
    if digits.count == 3, let before = character(start - 1), "路街巷道段弄村组区楼第".contains(before) { return nil }
    return (digits, end)
  }

  /// The second of 023-45630000、45630001.
  private func second(_ start: Int, _ number: String?) -> (number: String, end: Int)? {
    guard let parts = number?.split(separator: "-"), parts.count >= 2, parts[0].hasPrefix("0"), parts[1].count >= 7,
      run(start) == parts[1].count, let before = text[..<start].last(where: { $0 != " " }), "、/,;，；或和".contains(before)
    else { return nil }
    let end = start + run(start)
    return (parts[0] + "-" + String(text[start..<end]), end)
  }

  /// Digits in groups of at least three with a blank or a hyphen between them.
  private func grouped(
    _ start: Int, atMost most: Int, isWhole: (String) -> Bool
  ) -> (digits: String, end: Int)? {
    var digits = ""
    var offset = start
    while run(offset) > 0, digits.isEmpty || run(offset) >= 3 {
      digits += String(text[offset..<(offset + run(offset))])
      offset += run(offset)
      if isWhole(digits) { return (digits, offset) }
      guard digits.count < most, let next = gap(offset) else { return nil }
      offset = next
    }
    return nil
  }

  /// After blanks, a hyphen, or both; nil for neither.
  private func gap(_ offset: Int) -> Int? {
    var end = skipBlanks(offset)
    if character(end) == "-" { end = skipBlanks(end + 1) }
    return end > offset && end - offset <= 4 ? end : nil
  }

  /// The end of a run of digits with what may belong to it: 2.345630E+10.
  func word(at start: Int) -> Int {
    var end = start + run(start)
    while let next = character(end), "-.~/+Ee".contains(next) {
      let signs = text[end...].prefix { "-.~/+Ee".contains($0) }.count
      guard run(end + signs) > 0 else { break }
      end += signs + run(end + signs)
    }
    return end
  }

  /// A unit or ordinal after digits.
  private func isCounted(_ end: Int) -> Bool {
    character(skipBlanks(end)).map { "号楼室层栋幢座单路街巷弄组社队区米元份人年月日天时点分窗岁个次%:".contains($0) } ?? false
  }

  private func isPostcode(before start: Int) -> Bool {
    ["邮编", "邮政编码", "编码"].contains { label(before: start).hasSuffix($0) }
  }

  /// Digits that are not a phone number: a house, a postcode, hours, a floor.
  func isSomethingElse(_ range: Range<Int>, afterNumber: Bool) -> Bool {
    let word = text[range]
    if isPostcode(before: range.lowerBound) { return word.count == 6 && word.allSatisfy { Self.isDigit($0) } }
    let parts = word.split { !Self.isDigit($0) }
    guard !afterNumber, word.allSatisfy({ Self.isDigit($0) || "-~".contains($0) }) else { return false }
    return parts.allSatisfy { $0.count <= 2 } || (parts.allSatisfy { $0.count <= 4 } && isCounted(range.upperBound))
  }
}
