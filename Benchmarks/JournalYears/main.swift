import Glibc
import Groundwork
import Hall
import JournalSQLite
import Ports
import Seal

// Writes a state folder with the journal of many closed business days, with the product's own journal writer and snapshots.
// Arguments: the folder, the number of days (the last one is yesterday), tickets a day. Each ticket is a whole visit of
// ten events: taken with a slip, called, served, finished; every fourth has a notice. Prints the number of records.

guard CommandLine.arguments.count == 4, let days = Int(CommandLine.arguments[2]),
  let tickets = Int(CommandLine.arguments[3]), (1...4000).contains(days), (1...9000).contains(tickets)
else { preconditionFailure("usage: JournalYears FOLDER DAYS TICKETS") }

/// The events of one hall up to yesterday, and the state after them.
struct Past {
  private(set) var state = HallState()
  private var random = SeededRandom(seed: 1)
  private var events: [RecordedEvent] = []
  private var at = Timestamp(milliseconds: 0)

  private mutating func record(
    _ event: Event, by actor: Principal = .system, answer outcome: Outcome? = nil
  ) {
    let answer = outcome.map { outcome in
      IdempotencyRecord(
        key: IdempotencyKey(scope: "hall|/v1/steps", key: random.next().hexadecimal + random.next().hexadecimal),
        bodyDigest: (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }, outcome: outcome)
    }
    let recorded = RecordedEvent(sequence: state.sequence + 1, at: at, actor: actor, event: event, answer: answer)
    events.append(recorded)
    state.evolve(recorded)
  }

  /// The events of one business day.
  mutating func day(_ date: CivilDate, _ lane: LaneLetter, tickets: Int) -> [RecordedEvent] {
    events = []
    at = ZoneOffset.beijing.moment(date, CivilTime(minuteOfDay: 540))
    record(
      .day(
        .dayOpened(
          DayOpened(
            day: date, mode: .undifferentiated, catalogueVersion: "c0ffee",
            starts: [LaneStart(lane: lane, first: 1)], confirmed: true, order: OrderRule()))))
    for ordinal in 1...tickets { visit(ordinal, date, lane) }
    record(.day(.dayClosed(DayClosed(day: date, closed: [], totals: state.day?.totals ?? DayTotals()))))
    return events
  }

  private mutating func visit(_ ordinal: Int, _ date: CivilDate, _ lane: LaneLetter) {
    at = at.adding(seconds: 60)
    let code = PublicCode(entropy: random.next())
    let slip = SlipID(random.next().hexadecimal)
    let (kiosk, clerk) = (Principal.kiosk("kiosk-1"), Principal.staff(badge: "AJ001", role: .clerk))
    record(
      .queue(
        .ticketIssued(
          TicketIssued(
            code: code, number: TicketNumber(lane: lane, ordinal: ordinal), day: date, items: ["RS-004"],
            priority: false, kiosk: "kiosk-1", catalogueVersion: "c0ffee", ahead: 0))), by: kiosk)
    record(
      .print(.slipRequested(SlipRequested(slip: slip, subject: .ticket(code), kiosk: "kiosk-1", attempt: 1))),
      by: kiosk, answer: .ticket(code))
    record(.print(.attemptStarted(AttemptStarted(slip: slip, attempt: 1))))
    record(.print(.attemptPrepared(AttemptPrepared(slip: slip, attempt: 1, jobUUID: "urn:uuid:\(slip)\(slip)"))))
    record(.print(.attemptEnded(AttemptEnded(slip: slip, attempt: 1, outcome: .printed(.echo)))))
    record(.print(.paperUsed(PaperUsed(kiosk: "kiosk-1", millimetres: 90))))
    record(.window(.ticketCalled(TicketCalled(code: code, window: 1))), by: clerk, answer: .ticket(code))
    record(.window(.serviceStarted(TicketAtWindow(code: code, window: 1))), by: clerk, answer: .ticket(code))
    record(.window(.ticketFinished(TicketAtWindow(code: code, window: 1))), by: clerk, answer: .ticket(code))
    if ordinal % 4 == 0 { notice(ordinal / 4, date, ticket: code) }
  }

  private mutating func notice(_ ordinal: Int, _ date: CivilDate, ticket: PublicCode) {
    let notice = Notice(
      code: PublicCode(entropy: random.next()),
      number: Notice.number(division: "500151105", date: date, ordinal: ordinal), date: date, ordinal: ordinal,
      item: "RS-004", situations: ["student"], catalogueVersion: "c0ffee", issuedAt: at, ticket: ticket,
      kiosk: "kiosk-1", slip: nil, marks: NoticeMarks(have: ["居民身份证"], missing: ["户口簿"]))
    record(.notice(.noticeIssued(notice)), by: .kiosk("kiosk-1"), answer: .notice(notice.code))
  }
}

let folder = try StateFolder.claim(CommandLine.arguments[1])
let (journal, _) = try SQLiteJournal.open(stateFolder: folder, sealing: try HallSeal(keyFile: folder.keyFile))
guard let lane = LaneLetter("A") else { preconditionFailure("A is a lane") }
let today = Int(time(nil)) / 86_400
// Five days of seven, the last one yesterday.
let dates = (0..<days).map { today - 1 - ($0 + $0 / 5 * 2) }.reversed()
var past = Past()
for date in dates {
  let before = past.state.sequence
  try await journal.append(past.day(CivilDate(daysSinceEpoch: date), lane, tickets: tickets), after: before)
}
try await journal.keepSnapshot(of: past.state)
await journal.close()
print(past.state.sequence)
