import ArgumentParser
import CatalogueFiles
import Control
import Foundation
import Groundwork
import Hall
import Seal
import Settings
import SlipRender
import Slips
import YAMLDocuments

struct CatalogueExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes a catalogue as a table for WPS and Excel, or as a poster for the wall.",
    discussion: """
      The table is CSV in UTF-8 with BOM; cells that a spreadsheet would run as a formula carry an apostrophe, which importing \
      takes away. A poster is a PDF with a code beside each item, which a kiosk opens: `village` is both lists of a village \
      (服务事项, 代办事项), `hall` every item.
      """)

  enum Poster: String, ExpressibleByArgument, CaseIterable {
    case village, service, agency, hall

    var contents: [DirectoryPoster.Content] {
      switch self {
      case .village: [.service, .agency]
      case .service: [.service]
      case .agency: [.agency]
      case .hall: [.hall]
      }
    }
  }

  enum Paper: String, ExpressibleByArgument, CaseIterable { case a3, a4 }

  @Argument(help: "The catalogue file.")
  var file: String
  @Flag(help: "As CSV, which is what is written without --poster.")
  var csv = false
  @Option(help: "As a poster.")
  var poster: Poster?
  @Option(help: "The poster's paper.")
  var paper = Paper.a3
  @Option(help: "The hall's configuration: its name, agents and phones stand on the poster.")
  var config: String?
  @Option(help: "Where it goes.")
  var output: String
  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if csv, poster != nil { throw ValidationError("--csv and --poster are two outputs: choose one") }
    if poster == nil, config != nil { throw ValidationError("--config belongs to --poster") }
  }

  func run() async throws {
    let loaded = CatalogueFile.load(file, pinyin: try Readings.load(nil), sealing: ClosedHall.seal)
    guard let catalogue = loaded.value else { return try answer.give(Reference.faults(loaded.faults, file)) }
    var bytes = Array(CatalogueExport.csv(catalogue).utf8)
    if let poster {
      var rules: HallRules?
      if let config {
        let read = ConfigurationFile.load(config, models: try Reference.models(), sealing: ClosedHall.seal)
        guard let settings = read.value else { return try answer.give(Reference.faults(read.faults, config)) }
        rules = settings.rules
      }
      let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
      let today = (rules?.zone ?? .beijing).civil(now).date
      let posters = poster.contents.map { DirectoryPoster($0, of: catalogue, for: rules, printedOn: today) }
      guard posters.contains(where: { !$0.sections.isEmpty }) else {
        return try answer.give(
          ControlReply(
            .configuration, "\(file): no item has `directory: \(poster.contents[0].rawValue)`: write it at each",
            zh: "\(file) 里没有 directory: \(poster.contents[0].rawValue) 的事项：给每个事项写上"))
      }
      do throws(SlipRenderFault) {
        bytes = try await SlipRenderer().posters(posters.filter { !$0.sections.isEmpty }, onA3: paper == .a3)
      } catch {
        if case .posterTooLong(let piece) = error {
          return try answer.give(
            ControlReply(
              .configuration,
              "\(file): “\(piece)” does not fit on the poster's page, and nothing is cut off: shorten its course, papers or place",
              zh: "\(file) 里的“\(piece)”一页海报放不下，又不能截断：把流程、材料或地点写短"
            ))
        }
        return try answer.give(
          ControlReply(
            .installation, "the poster cannot be drawn (\(error)): install fonts-noto-cjk",
            zh: "海报画不出来（\(error)）：装上字体 fonts-noto-cjk"))
      }
    }
    try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic)
    try answer.give(
      ControlReply(
        "\(output): \(catalogue.items.count) items of version \(catalogue.version)",
        zh: "\(output)：\(catalogue.items.count) 个事项，版本 \(catalogue.version)",
        ["items": .number(Int64(catalogue.items.count)), "version": .text(catalogue.version)]))
  }
}
