/// Parses a YAML table key by key. Keys that are missing, of the wrong type or out of range are logged, and so are keys
/// that were not read.
package final class YAMLTable {
  package let location: FileLocation
  package let log: FaultLog
  /// The headings of its keys.
  private let names: FieldNames
  private let values: [String: (location: FileLocation, value: YAMLNode)]
  private let order: [String]
  private var asked: Set<String> = []

  /// Nil with a fault in the log when the node is not a table; `what` names it in the message.
  package init?(_ node: YAMLNode, _ what: String, _ log: FaultLog, names: FieldNames = .plain) {
    guard case .table(let pairs) = node.content else {
      log.fault(
        node.location, "\(what) should be a table, not \(node.kind)", "write `key: value` lines",
        zh: "这里应是一组“键: 值”，不是\(node.chineseKind)：写成 key: value 的行")
      return nil
    }
    location = node.location
    self.log = log
    self.names = names
    order = pairs.map(\.key)
    values = Dictionary(pairs.map { ($0.key, (location: $0.location, value: $0.value)) }) { first, _ in first }
  }

  /// Every text of the table and its descendants, with its key and location, in the order of the file.
  package func eachText(
    except skipped: Set<String> = [], _ visit: (_ key: String, _ text: String, _ location: FileLocation) -> Void
  ) {
    func walk(_ node: YAMLNode, _ key: String) {
      switch node.content {
      case .null: break
      case .scalar(let text, _): visit(key, text, node.location)
      case .list(let elements): for element in elements { walk(element, key) }
      case .table(let pairs): for pair in pairs where !skipped.contains(pair.key) { walk(pair.value, pair.key) }
      }
    }
    for key in order where !skipped.contains(key) {
      if let value = values[key]?.value { walk(value, key) }
    }
  }

  /// The heading of a key, for a message in Chinese.
  package func name(of key: String) -> String { names.of(key) }

  /// The location of a key, or of the table when the key is missing.
  package func location(of key: String) -> FileLocation { values[key]?.location ?? location }

  /// The value's node; nil when the key is missing or null.
  package func node(_ key: String) -> YAMLNode? {
    asked.insert(key)
    guard let value = values[key]?.value else { return nil }
    if case .null = value.content { return nil }
    return value
  }

  /// The same, with a fault when there is none.
  ///
  /// - Parameter chinese: the remedy in Chinese.
  private func node(_ key: String, required: Bool, _ remedy: String, chinese: String = "写上") -> YAMLNode? {
    let node = node(key)
    if node == nil, required {
      log.fault(
        location(of: key), "`\(key)` is missing", remedy,
        zh: "没有写\(names.of(key))：\(chinese)")
    }
    return node
  }

  /// A line of text without control characters, trimmed; blank counts as missing.
  package func text(_ key: String, required: Bool = true, atMost length: Int = 200) -> String? {
    let remedy = "write `\(key): …`"
    guard let node = node(key, required: required, remedy) else { return nil }
    return Self.text(node, key, atMost: length, log, names)
  }

  package func texts(_ key: String, atMost length: Int = 400) -> [String] {
    (list(key) ?? []).compactMap { Self.text($0, key, atMost: length, log, names) }
  }

  /// The elements of a list; nil when the key is missing.
  package func list(_ key: String, required: Bool = false, atMost count: Int = 2000) -> [YAMLNode]? {
    guard let node = node(key, required: required, "write a list under `\(key)`", chinese: "在它下面写列表") else {
      return nil
    }
    guard case .list(let elements) = node.content else {
      log.fault(
        node.location, "`\(key)` should be a list, not \(node.kind)", "write `- …` lines or `[…, …]`",
        zh: "\(names.of(key))应是列表，这里是\(node.chineseKind)：写成“- …”的行或 […, …]")
      return nil
    }
    guard elements.count <= count else {
      log.fault(
        node.location, "`\(key)` has \(elements.count) entries", "\(count) are the most",
        zh: "\(names.of(key))有 \(elements.count) 条：最多 \(count) 条")
      return nil
    }
    return elements
  }

  /// - Parameter own: the headings of the entries' keys; nil for those of this table.
  package func tables(
    _ key: String, required: Bool = false, atMost count: Int = 2000, names own: FieldNames? = nil
  ) -> [YAMLTable] {
    (list(key, required: required, atMost: count) ?? []).compactMap {
      YAMLTable($0, "an entry of `\(key)`", log, names: own ?? names)
    }
  }

  package func table(_ key: String, required: Bool = true) -> YAMLTable? {
    node(key, required: required, "write the section `\(key):`", chinese: "写上 \(key): 这一节").flatMap {
      YAMLTable($0, "`\(key)`", log, names: names)
    }
  }

  package func integer(_ key: String, in range: ClosedRange<Int>, required: Bool = false) -> Int? {
    let remedy = "write a whole number from \(range.lowerBound) to \(range.upperBound)"
    let chinese = "写 \(range.lowerBound) 到 \(range.upperBound) 的整数"
    guard let node = node(key, required: required, remedy, chinese: chinese) else { return nil }
    guard case .scalar(let text, quoted: false) = node.content, let number = Int(text), range.contains(number) else {
      log.fault(
        node.location, "`\(key)` is \(node.kind)", remedy,
        zh: "\(names.of(key))是\(node.chineseKind)：\(chinese)")
      return nil
    }
    return number
  }

  /// A number with at most three digits after the point, in thousandths.
  ///
  /// - Parameter range: in thousandths; whole numbers at its ends.
  package func decimal(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let node = node(key) else { return nil }
    let (low, high) = (range.lowerBound / 1000, range.upperBound / 1000)
    guard case .scalar(let text, quoted: false) = node.content, let number = Self.thousandths(text),
      range.contains(number)
    else {
      log.fault(
        node.location, "`\(key)` is \(node.kind)", "write a number from \(low) to \(high), such as 0.85",
        zh: "\(names.of(key))是\(node.chineseKind)：写 \(low) 到 \(high) 的数，如 0.85")
      return nil
    }
    return number
  }

  private static func thousandths(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !text.hasPrefix("-"), !text.hasPrefix("+"), let whole = Int(parts[0]),
      (0...1_000_000).contains(whole)
    else { return nil }
    let digits = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || (1...3).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    return whole * 1000 + (Int(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0)
  }

  package func flag(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    switch node.content {
    case .scalar("true", quoted: false): return true
    case .scalar("false", quoted: false): return false
    default:
      log.fault(
        node.location, "`\(key)` is \(node.kind)", "write true or false",
        zh: "\(names.of(key))是\(node.chineseKind)：写 true 或 false")
      return nil
    }
  }

  package func choice<Choice: RawRepresentable<String>>(
    _ key: String, of choices: [Choice], required: Bool = true
  ) -> Choice? {
    let words = choices.map(\.rawValue).joined(separator: ", ")
    guard let node = node(key, required: required, "write one of: \(words)", chinese: "请写其中之一：\(words)") else {
      return nil
    }
    if case .scalar(let text, _) = node.content, let choice = choices.first(where: { $0.rawValue == text }) {
      return choice
    }
    log.fault(
      node.location, "`\(key)` is \(node.kind)", "write one of: \(words)",
      zh: "\(names.of(key))是\(node.chineseKind)：请写其中之一：\(words)")
    return nil
  }

  /// Keys that were not read, each with its location and the read key that it resembles.
  package func unasked() -> [(key: String, location: FileLocation, meant: String?)] {
    order.filter { !asked.contains($0) }.map { key in
      let nearest = asked.min { ($0.distance(to: key), $0) < ($1.distance(to: key), $1) }
      let meant = nearest.flatMap { $0.distance(to: key) <= max(1, key.count / 3) ? $0 : nil }
      return (key: key, location: location(of: key), meant: meant)
    }
  }

  /// Reports unread keys as faults: a misspelt setting would silently have no effect.
  package func refuseUnknown() {
    for unknown in unasked() {
      let remedy = unknown.meant.map { "did you mean `\($0)`?" } ?? "take it out"
      log.fault(
        unknown.location, "`\(unknown.key)` is not known here", remedy,
        zh: "\(names.of(unknown.key))这里不认得：\(unknown.meant.map { "是不是 \($0)？" } ?? "去掉它")")
    }
  }

  /// Reports unread keys as warnings: foreign data may have more keys than are read.
  package func mentionUnknown() {
    for unknown in unasked() {
      let remedy = unknown.meant.map { "did you mean `\($0)`?" } ?? "nothing reads it"
      log.warn(
        unknown.location, "`\(unknown.key)` is not known here", remedy,
        zh: "\(names.of(unknown.key))不认得：\(unknown.meant.map { "是不是 \($0)？" } ?? "没有用到它")")
    }
  }

  package static func text(
    _ node: YAMLNode, _ what: String, atMost length: Int, _ log: FaultLog, _ names: FieldNames = .plain
  ) -> String? {
    guard case .scalar(let raw, _) = node.content else {
      log.fault(
        node.location, "`\(what)` should be text, not \(node.kind)", "write one line of text",
        zh: "\(names.of(what))应是文字，这里是\(node.chineseKind)：写一行文字")
      return nil
    }
    let text = raw.trimmed
    if text.isEmpty {
      log.fault(
        node.location, "`\(what)` is blank", "write it or take the line out",
        zh: "\(names.of(what))是空的：写上，或去掉这一行")
    } else if text.count > length {
      log.fault(
        node.location, "`\(what)` has \(text.count) characters", "\(length) are the most",
        zh: "\(names.of(what))有 \(text.count) 个字：最多 \(length) 个")
    } else if text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) {
      log.fault(
        node.location, "`\(what)` holds a control character or a line break", "write one line of text",
        zh: "\(names.of(what))里有控制字符或换行：写成一行文字")
    } else {
      return text
    }
    return nil
  }
}

extension StringProtocol {
  package var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }

  /// The edit distance with swaps of neighbours (optimal string alignment).
  fileprivate func distance(to other: some StringProtocol) -> Int {
    let source = Array(self.prefix(64))
    let target = Array(other.prefix(64))
    var rows = [Array(0...target.count)]
    for i in source.indices {
      var row = [i + 1]
      for j in target.indices {
        let exchanged = rows[i][j] + (source[i] == target[j] ? 0 : 1)
        var best = Swift.min(exchanged, Swift.min(rows[i][j + 1], row[j]) + 1)
        if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
          best = Swift.min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[source.count][target.count]
  }
}
