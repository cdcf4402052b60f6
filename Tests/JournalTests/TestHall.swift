import Foundation
import Groundwork
@testable import Hall
import Logging
import Ports
import Seal
import TestKit

@testable import JournalSQLite

/// A state folder of its own for one test, gone with it.
final class TestHall {
  let path: String
  let seal = HallSeal(key: HallKey(bytes: [UInt8](repeating: 7, count: HallKey.length)))

  init(at path: String? = nil) {
    self.path =
      path ?? FileManager.default.temporaryDirectory.appendingPathComponent("yichuang-journal-\(UUID())").path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func open(_ knobs: TestKnobs = .none) throws -> (journal: SQLiteJournal, opening: JournalOpening) {
    try SQLiteJournal.open(
      stateFolder: try StateFolder.claim(path), sealing: seal,
      log: .quiet,
      knobs: knobs)
  }

  /// Opens, lets `body` work and closes again, so that the folder is free afterwards.
  @discardableResult
  func withJournal<Result>(
    _ knobs: TestKnobs = .none, _ body: (SQLiteJournal, JournalOpening) async throws -> Result
  ) async throws -> Result {
    let (journal, opening) = try open(knobs)
    let result: Result
    do { result = try await body(journal, opening) } catch {
      await journal.close()
      throw error
    }
    await journal.close()
    return result
  }
}

/// Makes events whose contents depend on nothing but their number.
enum Sample {
  static let day = CivilDate(daysSinceEpoch: 20_780)
  static let laneA = lane("A")
  static let start = Timestamp(milliseconds: 1_795_400_000_000)

  static func lane(_ text: String) -> LaneLetter {
    guard let lane = LaneLetter(text) else { preconditionFailure("\(text) is no lane") }
    return lane
  }

  static func record(_ sequence: Int64, _ event: Event, answer: IdempotencyRecord? = nil) -> RecordedEvent {
    RecordedEvent(
      sequence: sequence, at: start.adding(seconds: sequence), actor: .kiosk("kiosk-1"), event: event, answer: answer)
  }

  static func issued(_ ordinal: Int, lane: LaneLetter = laneA, on day: CivilDate = day) -> Event {
    .queue(
      .ticketIssued(
        TicketIssued(
          code: PublicCode(entropy: UInt64(ordinal) &* 0x9E37_79B9_7F4A_7C15),
          number: TicketNumber(lane: lane, ordinal: ordinal),
          day: day, items: ["RS-004"], priority: false, kiosk: "kiosk-1", catalogueVersion: "c0ffee", ahead: ordinal - 1
        )))
  }

  static func opened(_ day: CivilDate = day) -> Event {
    .day(
      .dayOpened(
        DayOpened(
          day: day, mode: .undifferentiated, catalogueVersion: "c0ffee", starts: [LaneStart(lane: laneA, first: 1)],
          confirmed: false)))
  }

  /// Staff accept the journal.
  static func accepted(_ sequence: Int64, epoch: Int64) -> RecordedEvent {
    record(sequence, .day(.journalAccepted(JournalAccepted(epoch: epoch, floors: [], day: day))))
  }

  /// A day opening and `count` tickets after it.
  static func day(tickets count: Int) -> [RecordedEvent] {
    [record(1, opened())] + (1...count).map { record(Int64($0) + 1, issued($0)) }
  }
}
