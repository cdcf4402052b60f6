import Foundation
import Groundwork
import Ports
import Testing

@testable import Hall
@testable import JournalSQLite

/// Goal: every record that is missing, changed, moved or added outside the daemon is detected and named.
///
/// Method: a journal of one closed day is damaged in each way through SQLite itself.
@Suite struct VerificationTests {
  private static let count: Int64 = 42

  private func hallWithADay() async throws -> TestHall {
    let hall = TestHall()
    var events = Sample.day(tickets: 40)
    var totals = DayTotals()
    totals.issued = 40
    events.append(Sample.record(42, .day(.dayClosed(DayClosed(day: Sample.day, closed: [], totals: totals)))))
    try await hall.withJournal { journal, _ in try await journal.append(events, after: 0) }
    return hall
  }

  private func verify(_ hall: TestHall) throws -> Verification {
    try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal)
  }

  @Test("an untouched journal is sound")
  func untouched() async throws {
    let hall = try await hallWithADay()
    let verification = try verify(hall)
    #expect(verification.isSound)
    #expect(verification.records == Self.count)
    #expect(verification.segments == 1)
    #expect(verification.checkpoint == .agrees)
    #expect(verification.headDigest.utf8.count == 64)
  }

  @Test(
    "an edit is named at the first record that it touches",
    arguments: [
      ("DELETE FROM journal WHERE sequence = 20", 20, "is missing"),
      ("DELETE FROM journal WHERE sequence = 1", 1, "is missing"),
      (
        "UPDATE journal SET body = CAST(replace(body, 'RS-004', 'RS-005') AS BLOB) WHERE sequence = 17", 17,
        "was changed"
      ),
      ("UPDATE journal SET digest = zeroblob(32) WHERE sequence = 30", 30, "was changed"),
      ("UPDATE journal SET digest = x'00' WHERE sequence = 42", 42, "was changed"),
      (
        """
        UPDATE journal SET sequence = -5 WHERE sequence = 5; UPDATE journal SET sequence = 5 WHERE sequence = 6;
        UPDATE journal SET sequence = 6 WHERE sequence = -5
        """, 5, "was changed"
      ),
      (
        """
        DELETE FROM journal WHERE sequence = 12;
        UPDATE journal SET sequence = sequence - 1 WHERE sequence > 12
        """, 12, "was changed"
      ),
      ("INSERT INTO journal SELECT 43, body, digest FROM journal WHERE sequence = 42", 43, "was changed"),
      ("INSERT INTO journal SELECT 0, body, digest FROM journal WHERE sequence = 42", 1, "is missing"),
    ])
  func edited(_ sql: String, _ sequence: Int64, _ problem: String) async throws {
    let hall = try await hallWithADay()
    try hall.edit(sql)
    guard case .badRecord(let found, let words) = try verify(hall).problem else {
      Issue.record("nothing was found")
      return
    }
    #expect(found == sequence)
    #expect(words.hasPrefix(problem))
    // Replay finds the same, so a hall never starts on such a journal.
    let (journal, _) = try hall.open()
    await #expect(throws: StateFault.badRecord(sequence: sequence, problem: words)) {
      try await journal.replay(into: 0) { count, _ in count += 1 }
    }
    await journal.close()
  }

  @Test("a segment that does not say what its records say is found")
  func segments() async throws {
    let hall = try await hallWithADay()
    try hall.edit("UPDATE segments SET last = 41")
    #expect(try verify(hall).problem != nil)
    try hall.edit("DELETE FROM segments")
    #expect(try verify(hall).problem != nil)
  }

  @Test("a chain that was made anew after an edit is found by the checkpoint")
  func rebuiltChain() async throws {
    let hall = try await hallWithADay()
    try hall.edit("UPDATE journal SET body = CAST(replace(body, 'RS-004', 'RS-005') AS BLOB) WHERE sequence = 17")
    try hall.rebuildChain()
    let verification = try verify(hall)
    let detail = "the segment of \(Sample.day) does not say what its records say"
    #expect(verification.problem == .damaged(hall.file("journal.sqlite"), detail: detail))
    #expect(verification.checkpoint == .differs(sequence: Self.count))
    let (journal, opening) = try hall.open()
    #expect(opening.condition == .differs(at: Self.count, ceilings: [Sample.laneA: 539], day: Sample.day))
    await journal.close()
  }

  @Test("a journal cut at its end or gone is found by the checkpoint", arguments: [0, 1, 25, 41])
  func truncated(_ kept: Int64) async throws {
    let hall = try await hallWithADay()
    try hall.edit("DELETE FROM journal WHERE sequence > \(kept); DELETE FROM segments WHERE last > \(kept)")
    #expect(try verify(hall).checkpoint == .remembersMore(sequence: Self.count))
    try await hall.withJournal { _, opening in
      #expect(opening.lastSequence == kept)
      #expect(
        opening.condition
          == .shorter(checkpointSequence: Self.count, ceilings: [Sample.laneA: 539], day: Sample.day))
    }
  }

  @Test("a journal file that was removed is not taken for a new hall")
  func removed() async throws {
    let hall = try await hallWithADay()
    try FileManager.default.removeItem(atPath: hall.file("journal.sqlite"))
    try await hall.withJournal { _, opening in
      #expect(
        opening.condition
          == .shorter(checkpointSequence: Self.count, ceilings: [Sample.laneA: 539], day: Sample.day))
    }
  }

  @Test("a journal without its checkpoint is not trusted, nor one whose checkpoint is damaged")
  func unanchored() async throws {
    let hall = try await hallWithADay()
    try FileManager.default.removeItem(atPath: hall.file("checkpoint"))
    #expect(try verify(hall).checkpoint == .missing)
    try await hall.withJournal { _, opening in #expect(opening.condition == .unanchored) }
    // Opening it did not accept it.
    try await hall.withJournal { _, opening in #expect(opening.condition == .unanchored) }
    try Data(repeating: 0x55, count: 12_288).write(to: URL(fileURLWithPath: hall.file("checkpoint")))
    #expect(try verify(hall).checkpoint == .unreadable)
    try await hall.withJournal { _, opening in #expect(opening.condition == .unanchored) }
  }

  @Test("one flipped bit anywhere in a record is found", arguments: 0..<40)
  func flipped(_ seed: Int) async throws {
    let hall = try await hallWithADay()
    var random = SeededRandom(seed: UInt64(seed))
    let sequence = Int64.random(in: 1...Self.count, using: &random)
    try hall.flipBit(of: sequence, using: &random)
    #expect(
      try verify(hall).problem == .badRecord(sequence: sequence, problem: "was changed after it was written"))
  }

  @Test("a journal of a newer format is left alone")
  func newerFormat() async throws {
    let hall = try await hallWithADay()
    try hall.edit("PRAGMA user_version = 3")
    #expect(throws: StateFault.newerFormat(hall.file("journal.sqlite"), found: 3, known: 2)) { try hall.open() }
    #expect(throws: StateFault.newerFormat(hall.file("journal.sqlite"), found: 3, known: 2)) { try verify(hall) }
  }

  @Test("a database that is something else is left alone")
  func otherDatabase() async throws {
    let hall = TestHall()
    _ = try StateFolder.claim(hall.path)
    try hall.edit("CREATE TABLE recipes (name TEXT)")
    #expect(throws: StateFault.notAJournal(hall.file("journal.sqlite"))) { try hall.open() }
  }

  @Test("verification of a journal in use sees what was appended before it began")
  func live() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 9), after: 0)
      let verification = try await journal.verify()
      #expect(verification.isSound)
      #expect(verification.records == 10)
    }
  }
}
