import ArgumentParser
import CatalogueFiles
import Control
import Hall
import Settings
import YAMLDocuments

struct CatalogueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue", abstract: "Looks after the catalogue of items.",
    subcommands: [
      Check.self, CatalogueLintCommand.self, CatalogueDiff.self, CatalogueImportCommand.self,
      CatalogueExportCommand.self,
    ])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Says every fault of a catalogue file, with its line and what to write instead.")
    @Argument(help: "The catalogue file.")
    var file: String
    @Option(help: "The table of readings (default: the installed one).")
    var pinyin: String?
    @Option(help: "The table of holidays by which limits in different units are compared (default: the installed one).")
    var holidays: String?
    @OptionGroup var answer: AnswerOptions

    func run() throws {
      let table = PinyinTable.load(try pinyin ?? Reference.file("pinyin.tsv"))
      guard let readings = table.value else { return try answer.give(Reference.faults(table.faults, file)) }
      let year = HolidayFile.load(try holidays ?? Reference.file("holidays.yaml"))
      guard let calendar = year.value else { return try answer.give(Reference.faults(year.faults, file)) }
      let loaded = CatalogueFile.load(file, pinyin: readings, calendar: calendar, sealing: ClosedHall.seal)
      guard let catalogue = loaded.value else {
        return try answer.give(Reference.faults(loaded.faults, file))
      }
      let warnings = loaded.warnings.map { $0.line(inChinese: Terminal.isChinese) }
      let count = catalogue.items.count
      try answer.give(
        ControlReply(
          (["\(file): \(count) items, version \(catalogue.version)"] + warnings.map { "warning: \($0)" })
            .joined(separator: "\n"),
          zh: (["\(file)：\(count) 个事项，版本 \(catalogue.version)"] + warnings.map { "提醒：\($0)" })
            .joined(separator: "\n"),
          [
            "items": .number(Int64(catalogue.items.count)), "version": .text(catalogue.version),
            "warnings": .list(warnings.map(ControlValue.text)),
          ]))
    }
  }
}

/// Files installed with the package.
enum Reference {
  static func file(_ name: String) throws -> String {
    do throws(ShareFolder.Missing) {
      return try ShareFolder.find().reference + "/" + name
    } catch {
      throw ValidationError(Terminal.isChinese ? error.chinese : error.description)
    }
  }

  /// The folder of printer models.
  static func models() throws -> String {
    do throws(ShareFolder.Missing) { return try ShareFolder.find().models } catch {
      throw ValidationError(Terminal.isChinese ? error.chinese : error.description)
    }
  }

  static func faults(_ faults: [FileFault], _ file: String) -> ControlReply {
    let count = faults.count
    let lines = faults.map { $0.line(inChinese: Terminal.isChinese) }
    return ControlReply(
      .configuration,
      (["\(file) cannot be used: \(count) fault\(count == 1 ? "" : "s")"] + lines).joined(separator: "\n"),
      zh: (["\(file) 不能用，有 \(count) 处错误："] + lines).joined(separator: "\n"),
      ["faults": .list(lines.map(ControlValue.text))])
  }
}
