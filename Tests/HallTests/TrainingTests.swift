import Groundwork
import TestKit
import Testing

@testable import Hall

/// Goal: a training is the hall with numbers that are none of the hall's, at any hour, and it ends before it is in
/// anybody's way. Method: the rules of halls of one, many and too many lanes; ends by a hall's hours.
@Suite("A training")
struct TrainingTests {
  @Test("its lanes keep order, names and windows, and their numbers begin with T001")
  func lanes() throws {
    let rules = try #require(HallRules.test().forTraining())
    #expect(rules.lanes.map(\.letter.description) == ["T", "U"])
    #expect(rules.lanes.map(\.name) == ["综合", "出件"] && rules.lanes.map(\.start) == [1, 1])
    #expect(rules.windows.map { $0.lanes.map(\.description).joined() } == ["T", "T", "TU", "U"])
    #expect(rules.catalogue.items.compactMap(rules.lane(for:)).map(\.description) == ["T", "U"])
    #expect(TicketNumber(lane: rules.lanes[0].letter, ordinal: rules.lanes[0].start).description == "T001")
  }

  @Test("a letter of the hall's own is never one of a training, also where the hall has a lane T")
  func ownLetters() throws {
    var rules = HallRules.test()
    rules.lanes = "BTU".compactMap { LaneLetter(String($0)) }.map { Lane(letter: $0, name: "队列") }
    let letters = try #require(rules.trainingLanes)
    #expect(rules.lanes.compactMap { letters[$0.letter]?.description } == ["V", "W", "X"])
  }

  @Test("twelve lanes find letters, thirteen do not")
  func tooMany() {
    var rules = HallRules.test()
    let all = "ABCDEFGHJKLMN".compactMap { LaneLetter(String($0)) }.map { Lane(letter: $0, name: "队列") }
    rules.lanes = Array(all.prefix(12))
    #expect(
      rules.forTraining().map { Set($0.lanes.map(\.letter)).isDisjoint(with: all.prefix(12).map(\.letter)) } == true)
    rules.lanes = all
    #expect(rules.forTraining() == nil)
  }

  private static let hours: OpeningHours = {
    let day = [("09:00", "12:00"), ("14:00", "17:30")].map {
      OpeningHours.Session(from: time($0.0), to: time($0.1))
    }
    return OpeningHours(sessions: [.monday: day])
  }()

  @Test(
    "it ends with the session, or where the next one begins, and at the latest after its minutes",
    arguments: [
      ("2026-11-23 10:00", 180, "2026-11-23 12:00"), ("2026-11-23 12:05", 180, "2026-11-23 14:00"),
      ("2026-11-23 14:00", 60, "2026-11-23 15:00"), ("2026-11-23 17:40", 120, "2026-11-23 19:40"),
      // A moment before the end of the session it is meant for after it.
      ("2026-11-23 11:50", 180, "2026-11-23 14:00"), ("2026-11-28 10:00", 180, "2026-11-28 13:00"),
    ])
  func end(begin: String, minutes: Int, end: String) {
    #expect(
      HallRules.trainingEnd(from: moment(begin), hours: Self.hours, .test, .beijing, minutes: minutes) == moment(end))
  }

  @Test("numbers are given outside of the hall's hours, and no lane is stopped before they end")
  func anyHour() throws {
    let rules = HallRules.test(hours: Self.hours)
    var hall = Bench(rules, at: "2026-11-23 21:00")
    try hall.openDay()
    let take = Command.queue(.takeTicket(TakeTicket(kiosk: "kiosk-1")))
    #expect(hall.refusal(take, by: .kiosk("kiosk-1")) != nil)
    var bench = Bench(try #require(rules.forTraining()), at: "2026-11-23 21:00")
    try bench.openDay()
    #expect(try bench.takeNumber() == "T001")
  }

  @Test("its report counts by session and person, and what nobody did is not there")
  func report() throws {
    let rules = try #require(HallRules.test().forTraining())
    var log = TrainingLog()
    let date = try #require(CivilDate("2026-11-23"))
    let (clerk, code) = (Principal.staff(badge: "AJ001", role: .clerk), PublicCode(entropy: 7))
    let opened = DayOpened(
      day: date, mode: rules.mode, catalogueVersion: "test", starts: [], confirmed: false)
    let issued = TicketIssued(
      code: code, number: try #require(TicketNumber("T001")), day: date, items: [], priority: false, kiosk: "kiosk-1",
      catalogueVersion: "test", ahead: 0)
    let events: [(Principal, Event)] = [
      (.system, .day(.dayOpened(opened))), (.kiosk("kiosk-1"), .queue(.ticketIssued(issued))),
      (clerk, .window(.ticketCalled(TicketCalled(code: code, window: 1)))),
      (clerk, .window(.ticketRecalled(TicketAtWindow(code: code, window: 1)))),
      (clerk, .window(.ticketRecalled(TicketAtWindow(code: code, window: 1)))),
      (clerk, .window(.serviceStarted(TicketAtWindow(code: code, window: 1)))),
      (.system, .day(.dayClosed(DayClosed(day: date, closed: [], totals: DayTotals())))),
      (.system, .day(.dayOpened(opened))),
    ]
    for (index, (actor, event)) in events.enumerated() {
      let at = moment("2026-11-23 10:00").adding(seconds: Int64(index))
      log.take(RecordedEvent(sequence: Int64(index + 1), at: at, actor: actor, event: event, answer: nil))
    }
    #expect(log.sessions.map(\.issued) == [1, 0])
    #expect(log.sessions[0].people == ["AJ001": [.called: 1, .recalled: 2, .served: 1]])
    #expect(log.sessions.map { $0.endedAt == nil } == [false, true])
  }
}
