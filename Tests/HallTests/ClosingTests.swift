import Groundwork
import Testing

@testable import Hall

/// Goal: a closed day is summed up once and truly, and its head leaves on a slip like any other.
@Suite("The closing slip")
struct ClosingTests {
  private let head = "12-20261123-9K2F-ABCD-EFGH-JKMN-PQRS-TVWX"

  private func closed(_ bench: Bench) throws -> ClosedDay { try #require(bench.state.days.closed) }

  private func note(_ bench: inout Bench, sequence: Int64? = nil, by actor: Principal = .system) throws {
    let noted = NoteHead(closedSequence: try sequence ?? closed(bench).closedSequence, head: head)
    try bench.ask(.day(.noteHead(noted)), by: actor)
  }

  @Test("numbers are counted by lane, each once, with the day's first and last call")
  func figures() throws {
    var bench = try Bench.open()
    let opened = bench.now
    bench.wait(seconds: 60)
    for _ in 0..<5 { try bench.take() }
    try bench.at(1, .call(nil))
    let first = bench.now
    bench.wait(seconds: 60)
    try bench.at(1, .finish)
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    try bench.at(1, .call(nil))
    try bench.at(1, .abandon)
    bench.wait(seconds: 60)
    try bench.at(1, .call(nil))
    let last = bench.now
    try bench.ask(.notice(.issueNotice(IssueNotice(item: "RS-004", kiosk: "kiosk-2"))), by: .kiosk("kiosk-2"))
    bench.wait(seconds: 60)
    try bench.closeDay(force: true)
    let day = try closed(bench)
    var expected = LaneFigures(lane: try letter("A"))
    (expected.issued, expected.called, expected.served) = (5, 4, 1)
    (expected.missed, expected.abandoned, expected.open) = (1, 1, 2)
    #expect(day.lanes == [expected])
    #expect(day.date == date("2026-11-23"))
    #expect([day.openedAt, day.closedAt] == [opened, bench.now])
    #expect([day.firstCallAt, day.lastCallAt] == [first, last])
    #expect([day.notices, day.noticesPrinted] == [1, 0])
  }

  @Test("a day that was opened again is summed up whole")
  func openedAgain() throws {
    var bench = try Bench.open()
    try bench.take()
    try bench.closeDay()
    bench.wait(seconds: 60)
    try bench.openDay()
    try bench.take()
    try bench.closeDay()
    #expect(try closed(bench).lanes.map(\.issued) == [2])
  }

  @Test("the head is noted once, by the system, and printed at the first kiosk with a slip printer")
  func noted() throws {
    var bench = try Bench.open()
    try bench.closeDay()
    let command = Command.day(.noteHead(NoteHead(closedSequence: try closed(bench).closedSequence, head: head)))
    #expect(bench.refusal(command, by: .coordinator) == .request(.coordinatorOnly))
    try note(&bench, sequence: 1)
    #expect(try closed(bench).kept == nil, "the head of another closing")
    try note(&bench)
    let kept = try #require(try closed(bench).kept)
    #expect(kept.text == head)
    let slip = try #require(kept.slip.flatMap { bench.state.print.slips[$0] })
    #expect(slip.subject == .closing(kept.code))
    #expect(slip.kiosk == "kiosk-1")
    let before = bench.events.count
    try note(&bench)
    #expect(bench.events.count == before)
  }

  @Test("its slip is owed for ten minutes, asked about like others, and printed again by its code")
  func owed() throws {
    var bench = try Bench.open()
    try bench.closeDay()
    try note(&bench)
    let kept = try #require(try closed(bench).kept)
    let id = try #require(kept.slip)
    let slip = try #require(bench.state.print.slips[id])
    #expect(slip.expiresAt == slip.requestedAt.adding(seconds: 600))
    try bench.ask(.print(.start(id, attempt: 1)))
    try bench.ask(.print(.end(id, attempt: 1, .unknown(reason: "power"), millimetres: 0)))
    try bench.ask(.print(.reprint(kept.code, kiosk: nil)), by: .coordinator)
    #expect(bench.state.print.slips[id]?.attempt == 2)
    #expect(bench.state.print.openSlips.map(\.id) == [id])
    try bench.ask(.print(.start(id, attempt: 2)))
    try bench.ask(.print(.end(id, attempt: 2, .notSent(reason: "offline"), millimetres: 0)))
    try bench.ask(.print(.acknowledge(kept.code)), by: .coordinator)
    #expect(bench.state.print.slips[id]?.acknowledged == true)
    // It outlives the next opening, and no longer than until the opening after the next closing.
    bench.wait(seconds: 86_400)
    try bench.openDay()
    #expect(bench.state.print.slips[id] != nil)
    try bench.closeDay()
    bench.wait(seconds: 86_400)
    try bench.openDay()
    #expect(bench.state.print.slips[id] == nil)
  }

  @Test("where no printer prints it the head is noted all the same", arguments: [true, false])
  func noPrinter(isOff: Bool) throws {
    var bench = try Bench.open(.test(isOff ? .off : .kiosk("kiosk-2")))
    try bench.closeDay()
    try note(&bench)
    let kept = try #require(try closed(bench).kept)
    #expect(kept.slip == nil)
    #expect(bench.refusal(.print(.reprint(kept.code, kiosk: nil)), by: .coordinator) == .print(.unknownSlip))
    // Somebody may have it printed elsewhere.
    try bench.ask(.print(.reprint(kept.code, kiosk: "kiosk-1")), by: .coordinator)
    #expect(try closed(bench).kept?.slip != nil)
  }

  @Test("a printer of rolls is taken before one of sheets")
  func choice() {
    let kiosks = [
      KioskRule(id: "office", prints: true, printsTickets: false), KioskRule(id: "none", prints: false),
      KioskRule(id: "roll", prints: true),
    ]
    #expect(HallRules.test(.anywhere, kiosks: kiosks).closingPrinter?.id == "roll")
    #expect(HallRules.test(.anywhere, kiosks: Array(kiosks.prefix(2))).closingPrinter?.id == "office")
    #expect(HallRules.test(.kiosk("office"), kiosks: kiosks).closingPrinter?.id == "office")
    #expect(HallRules.test(.off, kiosks: kiosks).closingPrinter == nil)
  }
}

extension HallRules {
  fileprivate static func test(_ rule: ClosingSlipRule, kiosks: [KioskRule]? = nil) -> HallRules {
    let rules = bench()
    return HallRules(
      identity: rules.identity, address: rules.address, hoursText: rules.hoursText, consultPhone: rules.consultPhone,
      supervisePhone: rules.supervisePhone, mode: rules.mode, lanes: rules.lanes, windows: rules.windows,
      calendar: rules.calendar, hours: rules.hours, catalogue: rules.catalogue, kiosks: kiosks ?? rules.kiosks,
      closingSlip: rule)
  }
}
