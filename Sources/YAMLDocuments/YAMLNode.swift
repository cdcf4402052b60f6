import Yams

/// A YAML document as a tree of texts, each node with its location.
///
/// Scalars keep their text: `12345` may be a phone number and `off` a key, so the caller decides what a scalar means,
/// not YAML's type resolution.
package struct YAMLNode {
  package indirect enum Content {
    /// `~`, `null` or nothing.
    case null
    /// `quoted` distinguishes a text that looks like a number or a flag from one.
    case scalar(String, quoted: Bool)
    case list([YAMLNode])
    case table([(key: String, location: FileLocation, value: YAMLNode)])
  }

  package let content: Content
  package let location: FileLocation

  /// The document's root, or nil with a fault in the log.
  package static func document(_ text: String, file: String, _ log: FaultLog) -> YAMLNode? {
    guard !isFullOfAliases(text, file: file, log) else { return nil }
    do {
      // Without tag resolution, which is not used here: its regular expressions took a fifth of the time.
      let parser = try Parser(yaml: text, resolver: .basic)
      guard let root = try parser.singleRoot() else {
        log.fault(
          FileLocation(file: file), "is empty", "start from the example that comes with the package",
          zh: "是空的：从安装包里的例子开始")
        return nil
      }
      // The anchors of the nodes live only as long as the parser.
      return withExtendedLifetime(parser) { YAMLNode(root, file: file, log) }
    } catch let error as YamlError {
      log.report(error, file: file)
    } catch {
      log.fault(
        FileLocation(file: file), "is not YAML", "start from the example that comes with the package",
        zh: "不是 YAML：从安装包里的例子开始")
    }
    return nil
  }

  /// A document made here, which needs no parsing.
  package init(_ content: Content, at location: FileLocation) {
    self.content = content
    self.location = location
  }

  /// True, with a fault in the log, for a text that `document` refuses before parsing it.
  package static func isFullOfAliases(_ text: String, file: String, _ log: FaultLog) -> Bool {
    guard aliasMarks(text) > mostAliasMarks else { return false }
    log.fault(
      FileLocation(file: file), "is full of aliases (*)", "write the values out where they are needed",
      zh: "用了太多引用（*）：把内容写在用到的地方")
    return true
  }

  /// The most aliases of a document. Aliases of aliases grow exponentially while the file stays small, and the parser
  /// compares keys by value before anything can be refused here.
  private static let mostAliasMarks = 20

  /// The number of asterisks at positions where an alias may begin.
  private static func aliasMarks(_ text: String) -> Int {
    var count = 0
    var before = UInt8(ascii: " ")
    var isMark = false
    for byte in text.utf8 {
      if isMark, byte > 0x20, byte != UInt8(ascii: "*") { count += 1 }
      isMark = byte == UInt8(ascii: "*") && (before <= 0x20 || "[{,:-?".utf8.contains(before))
      before = byte
    }
    return count
  }

  private init(_ node: Node, file: String, _ log: FaultLog) {
    let location = FileLocation(file: file, line: node.mark?.line ?? 0, column: node.mark?.column)
    self.location = location
    guard node.anchor == nil else {
      log.fault(
        location, "an anchor (&) stands here", "write the value out where it is needed",
        zh: "这里有锚点（&）：把内容写在用到的地方")
      content = .null
      return
    }
    switch node {
    case .scalar(let scalar):
      let plain = scalar.style == .plain || scalar.style == .any
      content =
        plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
        ? .null : .scalar(scalar.string, quoted: !plain)
    case .sequence(let sequence):
      content = .list(sequence.map { YAMLNode($0, file: file, log) })
    case .mapping(let mapping):
      content = .table(
        mapping.compactMap { key, value in
          let location = FileLocation(file: file, line: key.mark?.line ?? 0, column: key.mark?.column)
          guard case .scalar(let scalar) = key else {
            log.fault(
              location, "a key that is not a word", "write `key: value`",
              zh: "键不是文字：写成 key: value")
            return nil
          }
          return (key: scalar.string, location: location, value: YAMLNode(value, file: file, log))
        })
    case .alias:
      log.fault(
        location, "an alias (*) stands here", "write the value out where it is needed",
        zh: "这里有引用（*）：把内容写在用到的地方")
      content = .null
    }
  }

  /// The same in Chinese.
  package var chineseKind: String {
    switch content {
    case .null: "空的"
    case .scalar(let text, _): "“\(text.prefix(40))”"
    case .list: "列表"
    case .table: "一组“键: 值”"
    }
  }

  /// The kind of node, for a message.
  package var kind: String {
    switch content {
    case .null: "nothing"
    case .scalar(let text, _): "“\(text.prefix(40))”"
    case .list: "a list"
    case .table: "a table"
    }
  }
}

extension FaultLog {
  fileprivate func report(_ error: YamlError, file: String) {
    let remedy = "mend the line (indentation, quotes and brackets are the usual reasons)"
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      fault(
        FileLocation(file: file, line: mark.line, column: mark.column), "is not YAML: \(problem)", remedy,
        zh: "不是 YAML（\(problem)）：改正这一行，多半是缩进、引号或括号")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.sorted().joined(separator: ", ")
      fault(
        FileLocation(file: file, line: context.mark.line, column: context.mark.column),
        "the key \(names) stands here twice",
        "keep one of them",
        zh: "\(names) 写了两次：留一个")
    case .reader(let problem, _, _, _):
      fault(
        FileLocation(file: file), "is not YAML: \(problem)", "take control characters out of the file",
        zh: "不是 YAML（\(problem)）：去掉控制字符")
    default:
      fault(
        FileLocation(file: file), "is not YAML", remedy,
        zh: "不是 YAML：改正这一行，多半是缩进、引号或括号")
    }
  }
}
