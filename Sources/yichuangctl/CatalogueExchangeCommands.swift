import ArgumentParser
import CatalogueFiles
import Control
import Foundation
import Hall
import YAMLDocuments

struct CatalogueDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Says in words what is different between two catalogue files.")
  @Argument(help: "The older file.")
  var old: String
  @Argument(help: "The newer file.")
  var new: String
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let readings = try Readings.load(nil)
    var catalogues: [Catalogue] = []
    for file in [old, new] {
      let loaded = CatalogueFile.load(file, pinyin: readings, sealing: ClosedHall.seal)
      guard let catalogue = loaded.value else { return try answer.give(Reference.faults(loaded.faults, file)) }
      catalogues.append(catalogue)
    }
    let changes = CatalogueChanges(from: catalogues[0], to: catalogues[1])
    try answer.give(
      ControlReply(
        changes.isEmpty ? "内容没有不同" : changes.lines.joined(separator: "\n"),
        [
          "from": .text(catalogues[0].version), "to": .text(catalogues[1].version),
          "added": .list(changes.added.map { .text($0.code) }),
          "removed": .list(changes.removed.map { .text($0.code) }),
          "changed": .list(
            changes.changed.map {
              .object(["code": .text($0.code), "name": .text($0.name), "lines": .list($0.lines.map(ControlValue.text))])
            }),
          "bundles": .list(changes.bundles.map(ControlValue.text)),
        ]))
  }
}

struct CatalogueImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Makes a catalogue file of a hall's own table (CSV from WPS or Excel).",
    discussion: """
      UTF-8, UTF-16 and GB 18030 are recognised. Columns have the names of the 实施清单; what no field stands for is kept under \
      `extra`. Every row is reported. The file is written also with errors, to be mended there; it ends with 78 then.
      """)
  @Argument(help: "The table.")
  var file: String
  @Option(help: "Where the catalogue goes (default: nowhere, only the report).")
  var output: String?
  @Option(help: "The date of the catalogue (default: today).")
  var asOf: String?
  @Flag(help: "Report only rows of which there is something to say.")
  var quiet = false
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let imported: CatalogueImport
    do {
      imported = try CatalogueImport.load(
        file, asOf: asOf ?? Self.today, pinyin: try Readings.load(nil), sealing: ClosedHall.seal)
    } catch let refused as CatalogueImport.Refused {
      return try answer.give(
        ControlReply(.configuration, "\(file)：\(refused.description)", ["faults": .list([.text(refused.description)])]))
    }
    if let output { try Data(imported.text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic) }
    let report = imported.report
    let summary = "\(imported.catalogue?.items.count ?? 0) 个事项可用，\(report.errors) 处错误，\(report.warnings) 处提醒"
    try answer.give(
      ControlReply(
        report.errors > 0 ? .configuration : .done,
        (report.lines(onlyRemarks: quiet) + [summary]).joined(separator: "\n"),
        [
          "encoding": .text(report.encoding.rawValue), "errors": .number(Int64(report.errors)),
          "warnings": .number(Int64(report.warnings)),
          "unknown_columns": .list(report.unknownColumns.map(ControlValue.text)),
          "rows": .list(report.rows.map(Self.value)),
          "general": .list(report.general.map { .text($0.words) }),
        ]))
  }

  private static func value(_ row: ImportReport.Row) -> ControlValue {
    .object([
      "line": .number(Int64(row.line)), "row": .number(Int64(row.number)), "what": .text(row.what),
      "severity": .text(row.severity.rawValue),
      "remarks": .list(
        row.remarks.map { .object(["severity": .text($0.severity.rawValue), "words": .text($0.words)]) }),
    ])
  }

  private static var today: String {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
  }
}

/// The pinyin table, which every parser of a catalogue needs.
enum Readings {
  static func load(_ path: String?) throws -> PinyinTable {
    let file = try path ?? Reference.file("pinyin.tsv")
    let table = PinyinTable.load(file)
    guard let readings = table.value else { throw ValidationError(Reference.faults(table.faults, file).sentence) }
    return readings
  }
}
