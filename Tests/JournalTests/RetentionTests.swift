import Foundation
import Groundwork
import JournalCodec
import Ports
import TestKit
import Testing

@testable import Hall
@testable import JournalSQLite

/// Goal: days leave the journal when their time is over, and nothing that the hall still needs leaves with them.
///
/// Method: a journal of ten closed days and an open one. Old days leave at each possible age; state, numbers, chain,
/// checkpoint, backups and exports are compared with those of the whole journal. A process that ends between two steps
/// is a journal that is closed there.
@Suite struct RetentionTests {
  private static let days = (0..<10).map { Sample.day.adding(days: $0) }
  /// Records of a closed day: opening, five numbers, a notice, the close.
  private static let perDay: Int64 = 8

  private static let events: [RecordedEvent] = {
    var events: [Event] = []
    for (index, day) in days.enumerated() {
      let notice = Notice(
        code: PublicCode(entropy: UInt64(900 + index)), number: "GZ-500151105-20261123-000\(index)",
        date: CivilDate(daysSinceEpoch: 20_780), ordinal: index, item: "MZ-001", situations: [],
        catalogueVersion: "c0ffee", issuedAt: Sample.start.adding(seconds: Int64(index)), ticket: nil, kiosk: nil,
        slip: nil)
      events.append(Sample.opened(day))
      events += (1...5).map { Sample.issued(index * 10 + $0, on: day) }
      events.append(.notice(.noticeIssued(notice)))
      events.append(.day(.dayClosed(DayClosed(day: day, closed: [], totals: DayTotals()))))
    }
    return zip(1..., events + [Sample.opened(Sample.day.adding(days: 10))]).map { Sample.record($0, $1) }
  }()

  private static let whole = events.reduce(into: HallState()) { $0.evolve($1) }

  private func hall() async throws -> TestHall {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(Self.events, after: 0) }
    return hall
  }

  private func exports(_ hall: TestHall) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: hall.file("exports")).sorted().map {
      hall.file("exports/\($0)")
    }
  }

  /// The journal is sound, begins after `removed` records, and gives the state of all.
  private func expectWhole(_ hall: TestHall, removed: Int64) async throws {
    try await hall.withJournal { journal, opening in
      #expect(opening.condition == .intact)
      #expect(opening.lastSequence == Self.whole.sequence)
      let restored = try await journal.restore()
      #expect(restored.state == Self.whole)
      #expect(restored.state.queue.lastOrdinal(Sample.laneA, on: Self.days[0]) == 5, "no number is issued again")
      let skipped = try await journal.verifySkipped()
      #expect(skipped == 0 || skipped == restored.state.sequence - restored.replayed - removed)
      let verification = try await journal.verify()
      #expect(verification.problem == nil && verification.checkpoint == .agrees)
      #expect(verification.removed == removed && verification.records == Self.whole.sequence - removed)
    }
  }

  @Test("days leave at their age, and the rest gives the state of the whole", arguments: 0...9)
  func leave(_ keeping: Int) async throws {
    let hall = try await hall()
    let removed = Int64(max(0, 7 - keeping)) * Self.perDay
    try await hall.withJournal { journal, _ in
      let count = try await journal.retire(keeping: keeping) { _ in }
      #expect(count == removed)
      let again = try await journal.retire(keeping: keeping) { _ in }
      #expect(again == 0)
    }
    try await expectWhole(hall, removed: removed)
    guard removed > 0 else { return }
    // One export continues where the one before ends.
    var records: Int64 = 0
    for path in try exports(hall) {
      let verification = try JournalExport.verify(path, sealing: hall.seal)
      #expect(verification.problem == nil && verification.segments == 1)
      let lines = try zcat(path)
      #expect(lines.contains("\"after\":\(records),"))
      // As an earlier version wrote it.
      let plain = hall.file("plain.jsonl")
      try Data(lines.utf8).write(to: URL(fileURLWithPath: plain))
      #expect(try JournalExport.verify(plain, sealing: hall.seal) == verification)
      records += verification.records
    }
    #expect(records == removed)
    let attributes = try FileManager.default.attributesOfItem(atPath: try exports(hall)[0])
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("days go on leaving, and the journal goes on growing")
  func goOn() async throws {
    let hall = try await hall()
    try await hall.withJournal { journal, _ in
      for keeping in [5, 3, 1] { _ = try await journal.retire(keeping: keeping) { _ in } }
      try await journal.keepSnapshot(of: Self.whole)
    }
    try await expectWhole(hall, removed: 6 * Self.perDay)
    #expect(try exports(hall).count == 6)
    try await hall.withJournal { journal, _ in
      let next = Sample.record(Self.whole.sequence + 1, Sample.issued(500, on: Sample.day.adding(days: 10)))
      try await journal.append([next], after: Self.whole.sequence)
      let restored = try await journal.restore()
      #expect(restored.state.sequence == next.sequence && restored.replayed == 1)
    }
  }

  @Test("the newest days stay, also when a day was opened under a date far ahead")
  func farAhead() async throws {
    let hall = try await hall()
    let ahead = Sample.day.adding(days: 20_000)
    let close = { (day: CivilDate) in Event.day(.dayClosed(DayClosed(day: day, closed: [], totals: DayTotals()))) }
    let events = [close(Sample.day.adding(days: 10)), Sample.opened(ahead), close(ahead)]
    try await hall.withJournal { journal, _ in
      try await journal.append(
        zip((Self.whole.sequence + 1)..., events).map { Sample.record($0, $1) }, after: Self.whole.sequence)
      let count = try await journal.retire(keeping: 190) { _ in }
      #expect(count == 0)
      let most = try await journal.retire(keeping: 0) { _ in }
      #expect(most == 9 * Self.perDay, "twelve closed days, three stay")
    }
  }

  @Test("a backup and a restore of a journal whose old days have left are whole")
  func backup() async throws {
    let hall = try await hall()
    let copy = hall.file("backup.sqlite")
    try await hall.withJournal { journal, _ in
      _ = try await journal.retire(keeping: 2) { _ in }
      let verification = try await journal.backup(to: copy)
      #expect(verification.problem == nil && verification.removed == 5 * Self.perDay)
    }
    let other = TestHall()
    let report = try JournalRestore.restore(copy, into: try StateFolder.claim(other.path), sealing: hall.seal)
    #expect(report.verification.removed == 5 * Self.perDay)
    try await other.withJournal { journal, opening in
      #expect(opening.condition == .unanchored)
      let restored = try await journal.restore()
      #expect(restored.state == Self.whole)
    }
  }

  @Test("a snapshot of before the journal's beginning is not used")
  func oldSnapshot() async throws {
    let hall = try await hall()
    try await hall.withJournal { journal, _ in
      let early = Self.events.prefix(16).reduce(into: HallState()) { $0.evolve($1) }
      try await journal.keepSnapshot(of: early)
      _ = try await journal.retire(keeping: 2) { _ in }
    }
    try await expectWhole(hall, removed: 5 * Self.perDay)
  }

  @Test("a process that ends between two steps leaves the old journal or the new one")
  func between() async throws {
    let hall = try await hall()
    let retirement = { Retirement(folder: try StateFolder.claim(hall.path), sealing: hall.seal) }
    // Exported, and the journal still begins before.
    let base = try #require(try retirement().prepare(keeping: 2)).base
    try await expectWhole(hall, removed: 0)
    // Begun after them, and their records are still in the file.
    try await hall.withJournal { journal, _ in try await journal.begin(at: base) }
    try await expectWhole(hall, removed: 5 * Self.perDay)
    #expect(try hall.count("journal") == Int(Self.whole.sequence))
    // The next time removes them.
    try await hall.withJournal { journal, _ in
      let count = try await journal.retire(keeping: 2) { _ in }
      #expect(count == 5 * Self.perDay)
    }
    try await expectWhole(hall, removed: 5 * Self.perDay)
    #expect(try hall.count("journal") == Int(Self.whole.sequence - 5 * Self.perDay))
  }

  @Test("nothing leaves a journal that staff have not accepted")
  func notAccepted() async throws {
    let hall = try await hall()
    try FileManager.default.removeItem(atPath: hall.file("checkpoint"))
    try await hall.withJournal { journal, _ in
      let count = try await journal.retire(keeping: 0) { _ in }
      #expect(count == 0)
    }
    #expect(try hall.count("journal") == Int(Self.whole.sequence))
  }

  @Test("appends go on while old days leave")
  func beside() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Array(Self.events.dropLast(9)), after: 0)
      async let removed = journal.retire(keeping: 2, telling: { _ in })
      for event in Self.events.suffix(9) { try await journal.append([event], after: event.sequence - 1) }
      #expect(try await removed > 0)
      let verification = try await journal.verify()
      #expect(verification.problem == nil)
    }
  }

  @Test(
    "what is changed at the beginning is found",
    arguments: [
      "UPDATE base SET state = CAST(replace(state, 'MZ-001', 'MZ-002') AS BLOB)", "UPDATE base SET sequence = 48",
      "UPDATE base SET digest = zeroblob(32)", "DELETE FROM base",
      "DELETE FROM journal WHERE sequence <= 50",
    ])
  func tampered(_ sql: String) async throws {
    let hall = try await hall()
    try await hall.withJournal { journal, _ in _ = try await journal.retire(keeping: 2) { _ in } }
    try await expectWhole(hall, removed: 5 * Self.perDay)
    try hall.edit(sql)
    #expect(try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal).problem != nil)
    let (journal, _) = try hall.open()
    await #expect(throws: StateFault.self) { try await journal.restore() }
    await journal.close()
  }

  @Test("a segment that does not say what its records say stays")
  func wrongSegment() async throws {
    let hall = try await hall()
    try hall.edit("UPDATE segments SET head = zeroblob(32) WHERE first = 1")
    try await hall.withJournal { journal, _ in
      await #expect(throws: StateFault.self) { try await journal.retire(keeping: 2) { _ in } }
    }
    #expect(try hall.count("journal") == Int(Self.whole.sequence))
  }

  /// Lets days leave, with what leaves noted as the journal's next record.
  private func leave(_ hall: TestHall, _ change: @escaping @Sendable (RecordsLeft) -> RecordsLeft) async throws {
    try await hall.withJournal { journal, _ in
      _ = try await journal.retire(keeping: 2) { left throws(StateFault) in
        let record = Sample.record(Self.whole.sequence + 1, .day(.recordsLeft(change(left))))
        do throws(JournalFault) {
          try await journal.append([record], after: Self.whole.sequence)
        } catch { throw .failed("journal", during: "appending", detail: "\(error)") }
      }
    }
  }

  @Test("what leaves is in the journal before it is gone: the records, the rule, their head and their files")
  func told() async throws {
    let hall = try await hall()
    try await hall.withJournal { journal, _ in
      await #expect(throws: StateFault.self) {
        try await journal.retire(keeping: 2) { _ throws(StateFault) in
          throw .failed("journal", during: "appending", detail: "it takes no writes")
        }
      }
    }
    try await expectWhole(hall, removed: 0)
    try await leave(hall) { $0 }
    let verification = try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal)
    #expect(verification.problem == nil && verification.removed == 5 * Self.perDay)
    try await hall.withJournal { journal, _ in
      let left = try #require(try await journal.restore().state.days.left)
      #expect([left.first, left.last] == [1, 5 * Self.perDay])
      #expect([left.from, left.through] == [Self.days[0], Self.days[4]])
      #expect(left.keepDays == 2)
      #expect(try exports(hall) == left.exports.map { hall.file("exports/\($0)") })
      let newest = try #require(try exports(hall).last)
      let head = try #require(JournalHead(left.head))
      #expect(try JournalExport.verify(newest, sealing: hall.seal, kept: head).head == .found(later: 0))
    }
  }

  @Test("a beginning with another state than its records carried over is found")
  func carriedOver() async throws {
    let hall = try await hall()
    try await leave(hall) { left in
      RecordsLeft(
        first: left.first, last: left.last, from: left.from, through: left.through, keepDays: left.keepDays,
        head: left.head, carried: String(left.carried.reversed()), exports: left.exports)
    }
    let problem = try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal).problem
    #expect(problem.map { "\($0)" }?.contains("carried over") == true)
  }

  @Test("exports are removed at their own age, and nothing else with them")
  func exportsLeave() async throws {
    let hall = try await hall()
    try await hall.withJournal { journal, _ in
      let first = try await journal.retire(keeping: RetentionRule(days: 2, exportDays: 1000)) { _ in }
      #expect(first.records == 5 * Self.perDay && first.exports.isEmpty)
      try Data("kept".utf8).write(to: URL(fileURLWithPath: hall.file("exports/2020-01-01 notes.txt")))
      let names = try exports(hall).map { String($0.split(separator: "/").last ?? "") }
      let next = try await journal.retire(keeping: RetentionRule(days: 2, exportDays: 4)) { _ in }
      #expect(next.records == 0)
      #expect(next.exports == names.filter { $0.hasSuffix(".gz") }.prefix(3).map(\.self))
      #expect(try exports(hall).count == 3)
      let again = try await journal.retire(keeping: RetentionRule(days: 2, exportDays: 4)) { _ in }
      #expect(again == RetiredDays())
    }
    try await expectWhole(hall, removed: 5 * Self.perDay)
  }

  @Test("an export that is cut off, or that something follows, is no whole export")
  func cutExport() async throws {
    let hall = try await hall()
    try await hall.withJournal { journal, _ in _ = try await journal.retire(keeping: 6) { _ in } }
    let path = try #require(try exports(hall).first)
    let good = try Data(contentsOf: URL(fileURLWithPath: path))
    for count in 0..<good.count {
      try good.prefix(count).write(to: URL(fileURLWithPath: path))
      #expect(throws: StateFault.self, "\(count) bytes") { try JournalExport.verify(path, sealing: hall.seal) }
    }
    try (good + Data([0])).write(to: URL(fileURLWithPath: path))
    #expect(throws: StateFault.self) { try JournalExport.verify(path, sealing: hall.seal) }
  }

  @Test("an export with one changed byte is found")
  func damagedExport() async throws {
    let hall = try await hall()
    try await hall.withJournal { journal, _ in _ = try await journal.retire(keeping: 6) { _ in } }
    let path = try #require(try exports(hall).first)
    let good = try Data(contentsOf: URL(fileURLWithPath: path))
    for offset in stride(from: 0, to: good.count - 1, by: 37) {
      var bad = good
      bad[offset] ^= 1
      try bad.write(to: URL(fileURLWithPath: path))
      let isFound: Bool
      do { isFound = try JournalExport.verify(path, sealing: hall.seal).problem != nil } catch { isFound = true }
      #expect(isFound, "byte \(offset)")
    }
  }
}
