import Foundation
import Hall
import JournalSQLite
import Ports
import Testing

@Suite struct BackupTests {
  @Test("a backup taken in use is sound, private and without key and checkpoint")
  func backup() async throws {
    let hall = TestHall()
    let copy = hall.file("backup.sqlite")
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 30), after: 0)
      let verification = try await journal.backup(to: copy)
      #expect(verification.isSound)
      #expect(verification.records == 31)
      // The journal grows on; the copy does not.
      try await journal.append([Sample.record(32, Sample.issued(31))], after: 31)
      await #expect(throws: StateFault.exists(copy)) { try await journal.backup(to: copy) }
    }
    #expect(try JournalVerifier.verify(backup: copy, sealing: hall.seal).records == 31)
    #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: hall.path).filter { $0.hasPrefix("backup") }
    #expect(
      names.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted() == [
        "backup.sqlite", "backup.sqlite.head",
      ])
  }

  @Test("backups and appends at the same time do not hurt each other")
  func beside() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      let events = Sample.day(tickets: 2000)
      let places = [hall.file("one.sqlite"), hall.file("two.sqlite")]
      async let copies = [journal.backup(to: places[0]), journal.backup(to: places[1])]
      for event in events { try await journal.append([event], after: event.sequence - 1) }
      for copy in try await copies { #expect(copy.isSound) }
      #expect(try await journal.verify().records == 2001)
    }
  }

  @Test("a backup that has no place leaves nothing behind and the journal goes on")
  func noPlace() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      await #expect(throws: StateFault.self) { try await journal.backup(to: hall.file("none/backup.sqlite")) }
      try await journal.append([Sample.record(1, Sample.opened())], after: 0)
    }
  }

  @Test("an older backup that is restored is recognised, and what it replaced is kept")
  func restore() async throws {
    let hall = TestHall()
    let copy = hall.file("backup.sqlite")
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 10), after: 0)
      _ = try await journal.backup(to: copy)
      try await journal.append((12...20).map { Sample.record($0, Sample.issued(Int($0) - 1)) }, after: 11)
    }
    let report = try restore(copy, hall)
    #expect(report.verification.records == 11)
    let replaced = try #require(report.replaced)
    #expect(try JournalVerifier.verify(backup: replaced, sealing: hall.seal).records == 20)
    try await hall.withJournal { journal, opening in
      #expect(opening.lastSequence == 11)
      guard case .shorter(20, let ceilings, Sample.day) = opening.condition else {
        Issue.record("the restored journal was taken for the newest: \(opening.condition)")
        return
      }
      #expect(ceilings[Sample.laneA] ?? 0 >= 19)
    }
  }

  /// Restores over a journal of 20 records, which only force allows; the folder is free afterwards.
  private func restore(_ copy: String, _ hall: TestHall) throws -> RestoredJournal {
    let folder = try StateFolder.claim(hall.path)
    #expect(throws: StateFault.journalHasRecords(hall.file("journal.sqlite"), count: 20)) {
      try JournalRestore.restore(copy, into: folder, sealing: hall.seal)
    }
    return try JournalRestore.restore(copy, into: folder, sealing: hall.seal, force: true)
  }

  @Test("a damaged backup is not restored")
  func damagedBackup() async throws {
    let hall = TestHall()
    let copy = hall.file("backup.sqlite")
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 10), after: 0)
      _ = try await journal.backup(to: copy)
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
    let place = try #require(bytes.firstRange(of: Data("RS-004".utf8)))
    bytes[place.lowerBound] ^= 1
    try bytes.write(to: URL(fileURLWithPath: copy))
    let folder = try StateFolder.claim(hall.path)
    #expect(throws: StateFault.self) {
      try JournalRestore.restore(copy, into: folder, sealing: hall.seal, force: true)
    }
    #expect(try JournalVerifier.verify(folder, sealing: hall.seal).records == 11)
  }

  @Test("a backup restored on a new machine has no checkpoint and is not trusted")
  func newMachine() async throws {
    let old = TestHall()
    let new = TestHall()
    try await old.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 10), after: 0)
      _ = try await journal.backup(to: old.file("backup.sqlite"))
    }
    let report = try JournalRestore.restore(
      old.file("backup.sqlite"), into: try StateFolder.claim(new.path), sealing: new.seal)
    #expect(report.replaced == nil)
    try await new.withJournal { _, opening in
      #expect(opening.condition == .unanchored)
      #expect(opening.lastSequence == 11)
    }
  }
}
