import ArgumentParser
import CatalogueFiles
import Control
import Settings
import YAMLDocuments

struct CatalogueLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Says everything that is wrong or doubtful in a catalogue file, line by line.",
    discussion:
      "Ends with 78 when there is an error: the hall would not open with the file, or a notice would not say what it has to by law. Warnings are worth a look."
  )
  @Argument(help: "The catalogue file.")
  var file: String
  @Option(help: "The table of readings (default: the installed one).")
  var pinyin: String?
  @Option(help: "The table of holidays by which limits in different units are compared (default: the installed one).")
  var holidays: String?
  @Flag(help: "Warnings count as errors.")
  var strict = false
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let table = PinyinTable.load(try pinyin ?? Reference.file("pinyin.tsv"))
    guard let readings = table.value else { return try answer.give(Reference.faults(table.faults, file)) }
    let year = HolidayFile.load(try holidays ?? Reference.file("holidays.yaml"))
    guard let calendar = year.value else { return try answer.give(Reference.faults(year.faults, file)) }
    let findings = CatalogueLint.findings(file, pinyin: readings, calendar: calendar, sealing: ClosedHall.seal)
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count - errors
    let refused = errors > 0 || (strict && warnings > 0)
    try answer.give(
      ControlReply(
        refused ? .configuration : .done,
        (findings.map(\.line) + [
          Terminal.isChinese
            ? "\(file)：\(errors) 处错误，\(warnings) 处提醒" : "\(file): \(errors) errors, \(warnings) warnings"
        ]).joined(separator: "\n"),
        [
          "errors": .number(Int64(errors)), "warnings": .number(Int64(warnings)),
          "findings": .list(findings.map(\.value)),
        ]))
  }
}

extension CatalogueLint.Finding {
  /// `FILE:LINE:COLUMN: error: what; remedy`, in Chinese where the terminal is (`LANG`).
  fileprivate var line: String {
    let isChinese = Terminal.isChinese
    let word = isChinese ? (severity == .error ? "错误" : "提醒") : severity.rawValue
    return "\(fault.location): \(word): \(fault.words(inChinese: isChinese))"
  }

  fileprivate var value: ControlValue {
    .object([
      "severity": .text(severity.rawValue), "file": .text(fault.file), "line": .number(Int64(fault.line)),
      "column": fault.column.map { .number(Int64($0)) } ?? .null, "problem": .text(fault.what),
      "remedy": .text(fault.remedy), "chinese": .text(fault.chinese),
    ])
  }
}
