import Groundwork
import Testing

@testable import Hall

/// Goal: whoever was asked first answers for it until somebody says what came of it.
@Suite("Questions without a ticket")
struct ConsultTests {
  private static let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)

  @Test("an answer given at once is counted; a question that was passed on is a task until it is closed")
  func task() throws {
    var bench = try Bench.open()
    var told = NoteConsult(.told)
    told.item = "RS-004"
    _ = try bench.note(told)
    #expect(bench.state.consults.tasks.isEmpty)
    let code = try bench.passOn()
    let task = try #require(bench.state.consults.tasks[code])
    #expect(task.responsible == "AJ001" && task.due == bench.today)
    #expect(bench.refusal(.consult(.close(code, result: "办好了")), by: .clerk(2)) == .consult(.notYourTask))
    try bench.ask(.consult(.close(code, result: "已答复")), by: .clerk(1))
    #expect(bench.state.consults.tasks.isEmpty)
    let tally = try #require(bench.state.consults.months[CalendarMonth(bench.today)]?["AJ001"])
    #expect((tally.asked, tally.tasks, tally.closed, tally.closedSameDay, tally.late) == (2, 1, 1, 1, 0))
    #expect(bench.refusal(.consult(.close(code, result: "再办")), by: .clerk(1)) == .consult(.unknownTask))
  }

  @Test("closed two working days later it is late, and counts where it was asked")
  func late() throws {
    var bench = try Bench.open()
    let code = try bench.passOn()
    let asked = bench.today
    bench.wait(seconds: 2 * 86_400)
    try bench.ask(.consult(.close(code, result: "已答复")), by: .clerk(1))
    let tally = try #require(bench.state.consults.months[CalendarMonth(asked)]?["AJ001"])
    #expect(tally.late == 1 && tally.closedSameDay == 0)
  }

  @Test("a coordinator gives the task of somebody who left to another, with a reason")
  func reassigned() throws {
    var bench = try Bench.open()
    let code = try bench.passOn()
    let wish = Command.consult(.reassign(code, to: "AJ002", reason: "调离"))
    #expect(bench.refusal(wish, by: .clerk(1)) == .request(.coordinatorOnly))
    try bench.ask(wish, by: Self.coordinator)
    #expect(bench.state.consults.tasks[code]?.responsible == "AJ002")
    #expect(bench.state.consults.tasks[code]?.noted.firstAsked == "AJ001")
    try bench.ask(.consult(.close(code, result: "已答复")), by: .clerk(2))
  }

  @Test(
    "what cannot be kept in the clear, or says nothing, is refused",
    arguments: [
      ("", "张主任"), ("电话13800138000", "张主任"), ("证件 500224199001011234", "张主任"), ("土地", ""),
      ("土地\n纠纷", "张主任"), (String(repeating: "土", count: 61), "张主任"),
    ])
  func refused(topic: String, to: String) throws {
    let bench = try Bench.open()
    var note = NoteConsult(.passedOn)
    (note.topic, note.to) = (topic, to)
    #expect(bench.refusal(.consult(.note(note)), by: .clerk(1)) == .consult(.badConsultText))
  }

  @Test("a task has somebody to see to it and a day that can be kept; an answer has neither")
  func shape() throws {
    let bench = try Bench.open()
    var note = NoteConsult(.passedOn)
    note.item = "RS-004"
    #expect(bench.refusal(.consult(.note(note)), by: .clerk(1)) == .consult(.badConsultText))
    note.to = "张主任"
    note.due = bench.today.adding(days: -1)
    #expect(bench.refusal(.consult(.note(note)), by: .clerk(1)) == .consult(.badTaskDate))
    note.due = bench.today.adding(days: 61)
    #expect(bench.refusal(.consult(.note(note)), by: .clerk(1)) == .consult(.badTaskDate))
    #expect(bench.refusal(.consult(.note(note)), by: .kiosk("kiosk-1")) == .request(.staffOnly))
    var told = NoteConsult(.told)
    (told.item, told.to) = ("RS-004", "张主任")
    #expect(bench.refusal(.consult(.note(told)), by: .clerk(1)) == .consult(.badConsultText))
  }

  @Test("months are kept for a year and one more")
  func months() throws {
    var state = ConsultState()
    var date = try #require(CivilDate("2026-01-15"))
    for ordinal in 0..<20 {
      state.evolve(
        .consultNoted(
          ConsultNoted(
            code: PublicCode(entropy: UInt64(ordinal)), item: "RS-004", topic: nil, answer: .told, to: nil,
            firstAsked: "AJ001", on: date, due: nil)))
      date = date.adding(days: 31)
    }
    #expect(state.months.count == ConsultState.monthsKept)
    #expect(state.months.keys.min() == CalendarMonth("2026-08"))
  }
}

extension Bench {
  fileprivate var today: CivilDate { rules.zone.civil(now).date }

  fileprivate mutating func note(_ note: NoteConsult) throws -> PublicCode {
    guard case .consult(let code) = try ask(.consult(.note(note)), by: .clerk(1)) else {
      throw Unexpected(outcome: "no consult")
    }
    return code
  }

  fileprivate mutating func passOn() throws -> PublicCode {
    var note = NoteConsult(.passedOn)
    (note.topic, note.to) = ("土地纠纷", "司法所")
    return try self.note(note)
  }
}
