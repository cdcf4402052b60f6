import Groundwork
import Hall
import Testing

/// Goal: after the journal was truncated nothing happens until staff accept it, and no number that may have been issued
/// is issued again.
@Suite("Accepting a restored journal")
struct JournalAcceptanceTests {
  private func restored() throws -> Bench {
    var bench = try Bench.open()
    for _ in 0..<3 { try bench.take() }
    bench.state.isAccepted = false
    return bench
  }

  @Test("until then every other command is refused")
  func refused() throws {
    let bench = try restored()
    let commands: [Command] = [
      .queue(.takeTicket(TakeTicket())), .day(.closeDay(CloseDay())), .day(.openDay(OpenDay(date: date("2026-11-24")))),
      .window(1, .call(nil)), .help(.askForHelp(kiosk: "kiosk-1")), .notice(.issueNotice(IssueNotice(item: "RS-004"))),
    ]
    for command in commands { #expect(bench.refusal(command, by: .coordinator) == .day(.journalNotAccepted)) }
    let accept = Command.day(.acceptJournal(AcceptJournal(epoch: 2, floors: [:], day: nil)))
    for actor in [Principal.clerk(1), .kiosk("kiosk-1"), .system] {
      #expect(bench.refusal(accept, by: actor) == .request(.coordinatorOnly))
    }
    for actor in [Principal.coordinator, .operator] { #expect(bench.refusal(accept, by: actor) == nil) }
  }

  @Test("numbering goes on above the ceiling, in a new epoch")
  func floors() throws {
    var bench = try restored()
    let accept = AcceptJournal(epoch: 7, floors: [try letter("A"): 120, try letter("E"): 20], day: date("2026-11-23"))
    try bench.ask(.day(.acceptJournal(accept)), by: .operator)
    #expect(bench.state.isAccepted)
    #expect(bench.state.epoch == 7)
    #expect(try bench.takeNumber() == "A121")
    #expect(try bench.takeNumber(["CJ-001"]) == "E021")
    #expect(try bench.takeNumber(["GA-001"]) == "H001")
  }

  @Test("a ceiling below what the journal holds changes nothing, and the epoch always grows")
  func lowFloor() throws {
    var bench = try restored()
    try bench.ask(
      .day(.acceptJournal(AcceptJournal(epoch: 0, floors: [try letter("A"): 1], day: date("2026-11-23")))),
      by: .operator)
    #expect(bench.state.epoch == 2)
    #expect(try bench.takeNumber() == "A004")
  }

  @Test("when the whole day is missing from the journal, its numbers still go on above the ceiling")
  func lostDay() throws {
    var bench = Bench()
    bench.state.isAccepted = false
    try bench.ask(
      .day(.acceptJournal(AcceptJournal(epoch: 2, floors: [try letter("A"): 50], day: date("2026-11-23")))),
      by: .operator)
    try bench.openDay()
    #expect(try bench.takeNumber() == "A051")
  }
}
