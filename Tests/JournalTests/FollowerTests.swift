import Foundation
import Hall
import JournalSQLite
import Ports
import Testing

/// Goal: what is made of the journal's records is brought up to date by the new ones alone, and never by changed ones.
@Suite struct FollowerTests {
  @Test("each question reads only the records since the last one, while the journal is in use")
  func follows() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      let records = Sample.day(tickets: 5)
      try await journal.append(records, after: 0)
      let follower = JournalFollower(hall.file("journal.sqlite"), sealing: hall.seal, into: [Int64]()) {
        $0.append($1.sequence)
      }
      #expect(try await follower.read() == Array(1...6))
      #expect(try await follower.read() == Array(1...6))
      try await journal.append([Sample.record(7, Sample.issued(6))], after: 6)
      #expect(try await follower.read() == Array(1...7))
    }
  }

  @Test("a record that was changed is refused, and so is a journal that is not there")
  func changed() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(Sample.day(tickets: 5), after: 0) }
    try hall.edit("UPDATE journal SET body = CAST(replace(body, 'A003', 'A009') AS BLOB) WHERE sequence = 4")
    let follower = JournalFollower(hall.file("journal.sqlite"), sealing: hall.seal, into: 0) { count, _ in count += 1 }
    await #expect(throws: StateFault.self) { _ = try await follower.read() }
    let nowhere = JournalFollower(hall.file("none.sqlite"), sealing: hall.seal, into: 0) { count, _ in count += 1 }
    await #expect(throws: StateFault.self) { _ = try await nowhere.read() }
  }
}
