import Control
import Foundation
import Hall
import HallSetup
import YAMLDocuments

/// Questions in a terminal, each answered by one line.
struct SetupDialogue {
  let divisions: [Division]
  let models: [String]
  private let isChinese = Terminal.isChinese

  /// The end of the input: whoever typed has gone.
  static let ended = SetupFault(
    .usage, "setup was ended before its last question: nothing was changed",
    zh: "还没问完就结束了：什么也没有改")

  func say(_ english: String, zh chinese: String) {
    FileHandle.standardOutput.write(Data(((isChinese ? chinese : english) + "\n").utf8))
  }

  /// One line, trimmed; the default for an empty one.
  func line(_ question: String, default usual: String?) throws -> String {
    let offered = usual.map { $0.isEmpty ? "" : " [\($0)]" } ?? ""
    FileHandle.standardOutput.write(Data("\(question)\(offered)\(isChinese ? "：" : ": ")".utf8))
    guard let typed = TerminalInput.line() else { throw Self.ended }
    let text = typed.trimmed
    return text.isEmpty ? usual ?? "" : text
  }

  /// The question with what happens with its answer.
  func show(_ key: SetupKey) {
    guard let question = SetupQuestion.of(key) else { return }
    say("\n\(question.english)\n  \(question.useEnglish)", zh: "\n\(question.chinese)\n  \(question.useChinese)")
  }

  /// Asks until the answer can be read.
  ///
  /// - Parameters:
  ///   - prompt: the text in front of the answer, where the question itself has been shown.
  ///   - read: parses the answer as one of a file.
  func ask<Answer>(
    _ key: SetupKey, prompt: String? = nil, default usual: String?, _ read: (AnswersParser) -> Answer?
  ) throws -> Answer {
    if prompt == nil { show(key) }
    while true {
      let text = try line(prompt ?? ">", default: usual)
      if let answer = answer(key, .scalar(text, quoted: false), read) { return answer }
    }
  }

  /// Parses an answer that was put together from several lines; nil after its faults were shown.
  func answer<Answer>(
    _ key: SetupKey, _ content: YAMLNode.Content, _ read: (AnswersParser) -> Answer?
  ) -> Answer? {
    let log = FaultLog()
    let location = FileLocation(file: "")
    let value = YAMLNode(content, at: location)
    let root = YAMLNode(.table([(key: key.rawValue, location: location, value: value)]), at: location)
    guard let table = YAMLTable(root, "the answer", log) else { return nil }
    let answer = read(AnswersParser(table, divisions: divisions, models: models))
    for fault in log.faults {
      let line = fault.line > 0 ? "\(fault.location): " : ""
      say("  ! \(line)\(fault.words(inChinese: false))", zh: "  ！\(line)\(fault.chinese)")
    }
    return log.faults.isEmpty ? answer : nil
  }

  func yes(_ english: String, zh chinese: String, default usual: Bool) throws -> Bool {
    while true {
      let text = try line(isChinese ? chinese : english, default: usual ? "y" : "n").lowercased()
      if ["y", "yes", "是", "对"].contains(text) { return true }
      if ["n", "no", "不", "否", "不对"].contains(text) { return false }
      say("  ! write y or n", zh: "  ！写 y（是）或 n（否）")
    }
  }

  func number(_ english: String, zh chinese: String, in range: ClosedRange<Int>, default usual: Int) throws -> Int {
    while true {
      if let number = Int(try line(isChinese ? chinese : english, default: "\(usual)")), range.contains(number) {
        return number
      }
      say(
        "  ! write a whole number from \(range.lowerBound) to \(range.upperBound)",
        zh: "  ！写 \(range.lowerBound) 到 \(range.upperBound) 的整数")
    }
  }
}
