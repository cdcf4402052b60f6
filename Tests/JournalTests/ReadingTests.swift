import Foundation
import Hall
import JournalSQLite
import Ports
import TestKit
import Testing

/// Goal: a journal can be shown where nothing can be written. Method: the folder is opened for reading; the disk itself is
/// in `Tests/durability/disk-faults`.
@Suite struct ReadingTests {
  @Test("a journal that is only read has its state, refuses every write, and stays as it is")
  func reading() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(Sample.day(tickets: 5), after: 0) }
    let before = try contents(hall)
    let folder = try StateFolder.claimForReading(hall.path)
    let (journal, opening) = try SQLiteJournal.openForReading(stateFolder: folder, sealing: hall.seal, log: .quiet)
    #expect(opening.condition == .intact)
    #expect(try await journal.restore().state.sequence == 6)
    await #expect(throws: JournalFault.readOnly) {
      try await journal.append([Sample.record(7, Sample.issued(6))], after: 6)
    }
    await #expect(throws: JournalFault.readOnly) { _ = try await journal.probe() }
    await journal.close()
    #expect(try contents(hall) == before)
  }

  @Test("whoever reads keeps a writer out, and a second reader")
  func locked() throws {
    let hall = TestHall()
    _ = try StateFolder.claim(hall.path)
    let reader = try StateFolder.claimForReading(hall.path)
    #expect(throws: StateFault.self) { try StateFolder.claim(hall.path) }
    #expect(throws: StateFault.self) { try StateFolder.claimForReading(hall.path) }
    withExtendedLifetime(reader) {}
  }

  private func contents(_ hall: TestHall) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in ["journal.sqlite", "journal.sqlite-wal", "checkpoint", "lock"] {
      found[name] = try Data(contentsOf: URL(fileURLWithPath: hall.file(name)))
    }
    return found
  }
}
