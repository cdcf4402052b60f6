import ArgumentParser
import CatalogueFiles
import Control
import YAMLDocuments

struct ReservationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reservations", abstract: "Reservations (预约) from another system.", subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Takes every line of a table, or none and says what is wrong with each.",
      discussion: """
        CSV of Excel or WPS, with a heading: 日期,时间,事项,队列,姓名,电话 (date,time,item,lane,name,phone). The date as 2026-12-01, the time \
        as the start of a slot, the item by code or whole name; a lane's letter where there is no item. Name and phone may be left out. \
        At most 500 lines.
        """)
    @Argument(help: "The table.")
    var file: String
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws {
      let log = FaultLog()
      guard let bytes = BoundedFile.bytes(file, atMost: ControlRequest.mostText, log) else {
        let fault = log.faults.first
        return try answer.give(
          ControlReply(
            .usage, fault.map { "\($0)" } ?? "\(file) cannot be read",
            zh: fault.map { $0.chinese } ?? "\(file) 读不出来"))
      }
      var request = ControlRequest(.importReservations)
      do throws(TextEncoding.Fault) {
        request.text = try TextEncoding.decode(bytes).text
      } catch {
        return try answer.give(
          ControlReply(
            .usage, "\(file) is no table as text: save it as CSV (UTF-8)", zh: "\(file) 不是文本表格：另存为 CSV（UTF-8）"))
      }
      try answer.give(state.demand(request))
    }
  }
}
