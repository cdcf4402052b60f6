import Foundation
import JournalSQLite
import Ports
import Testing

/// Goal: a restore restores everything in its source, or says why the source cannot be trusted. Method: a journal in
/// use is copied file by file, as an operator with `cp` does it, with and without its log.
@Suite struct RestoreSourceTests {
  /// Copies the named files of an open hall, whose newest records are still in the log, into a folder.
  private func copied(_ suffixes: [String], of hall: TestHall, to name: String) throws -> String {
    let folder = hall.file(name)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for suffix in suffixes {
      try FileManager.default.copyItem(
        atPath: hall.file("journal.sqlite" + suffix), toPath: "\(folder)/copy.sqlite" + suffix)
    }
    return "\(folder)/copy.sqlite"
  }

  private func restore(_ source: String, into hall: TestHall, force: Bool = false) throws -> RestoredJournal {
    try JournalRestore.restore(source, into: try StateFolder.claim(hall.path), sealing: hall.seal, force: force)
  }

  @Test("a database with its log beside it is restored with the records of the log")
  func withLog() async throws {
    let (old, new) = (TestHall(), TestHall())
    try await old.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 30), after: 0)
      let source = try copied(["", "-wal"], of: old, to: "both")
      let before = try Data(contentsOf: URL(fileURLWithPath: source))
      let report = try restore(source, into: new)
      #expect(report.verification.records == 31)
      // The source is only read.
      #expect(try Data(contentsOf: URL(fileURLWithPath: source)) == before)
      #expect(!FileManager.default.fileExists(atPath: source + "-shm"))
    }
    try await new.withJournal { _, opening in #expect(opening.lastSequence == 31) }
  }

  @Test("a database copied without its log is refused, and nothing is left of the try")
  func withoutLog() async throws {
    let (old, new) = (TestHall(), TestHall())
    try await old.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 30), after: 0)
      let source = try copied([""], of: old, to: "alone")
      #expect(throws: StateFault.copiedWithoutLog(source)) { try restore(source, into: new) }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: new.path) == ["lock"])
  }

  @Test("the journal of a hall that is open is refused, and so is the journal that would be replaced")
  func inUse() async throws {
    let (old, new) = (TestHall(), TestHall())
    try await old.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 3), after: 0)
      let source = old.file("journal.sqlite")
      #expect(throws: StateFault.inUse(source)) { try restore(source, into: new) }
    }
    // After closing it is complete: the empty log file shows that.
    #expect(try restore(old.file("journal.sqlite"), into: new).verification.records == 4)
    #expect(throws: StateFault.isTheJournal(old.file("journal.sqlite"))) {
      try restore(old.file("journal.sqlite"), into: old, force: true)
    }
  }

  @Test("what a restore replaced can be put back, records of its log included")
  func replaced() async throws {
    let hall = TestHall()
    let copy = hall.file("backup.sqlite")
    let (journal, _) = try hall.open()
    try await journal.append(Sample.day(tickets: 10), after: 0)
    _ = try await journal.backup(to: copy)
    try await journal.append((12...20).map { Sample.record($0, Sample.issued(Int($0) - 1)) }, after: 11)
    // As a killed daemon leaves it: the newest records are in the log only.
    let killed = TestHall()
    try FileManager.default.createDirectory(atPath: killed.path, withIntermediateDirectories: true)
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: hall.file("journal.sqlite" + suffix), toPath: killed.file("journal.sqlite" + suffix))
    }
    await journal.close()
    let first = try restore(copy, into: killed, force: true)
    let kept = try #require(first.replaced)
    #expect(first.verification.records == 11)
    let second = try restore(kept, into: killed, force: true)
    #expect(second.verification.records == 20)
    try await killed.withJournal { _, opening in #expect(opening.lastSequence == 20) }
  }

  @Test("a log that belongs to another database makes the source untrustworthy")
  func strangeLog() async throws {
    let (one, other, new) = (TestHall(), TestHall(), TestHall())
    try await one.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 30), after: 0)
      try await other.withJournal { strange, _ in
        try await strange.append(Sample.day(tickets: 900), after: 0)
        let source = try copied([""], of: one, to: "mixed")
        try FileManager.default.copyItem(atPath: other.file("journal.sqlite-wal"), toPath: source + "-wal")
        // Either SQLite or the hash chain finds the damage, or the copy is the other hall's whole journal.
        do {
          let report = try restore(source, into: new)
          #expect(report.verification.records == 901)
          #expect(report.verification.isSound)
        } catch let fault as StateFault {
          #expect(!FileManager.default.fileExists(atPath: new.file("journal.sqlite")), "\(fault)")
        }
      }
    }
  }

  @Test("a backup is one file that can be read without anything being written beside it")
  func oneFile() async throws {
    let hall = TestHall()
    let folder = hall.file("stick")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 10), after: 0)
      _ = try await journal.backup(to: "\(folder)/backup.sqlite")
    }
    _ = try JournalVerifier.verify(backup: "\(folder)/backup.sqlite", sealing: hall.seal)
    let new = TestHall()
    #expect(try restore("\(folder)/backup.sqlite", into: new).verification.records == 11)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["backup.sqlite", "backup.sqlite.head"])
  }

  @Test("a backup is not made beside a log that would be taken for its own", arguments: ["-wal", "-journal"])
  func strangeLogBeside(_ suffix: String) async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 3), after: 0)
      let copy = hall.file("backup.sqlite")
      try Data([1]).write(to: URL(fileURLWithPath: copy + suffix))
      await #expect(throws: StateFault.exists(copy + suffix)) { try await journal.backup(to: copy) }
    }
  }

  @Test("a torn copy is refused", arguments: [1, 2, 3, 5, 8])
  func torn(_ pages: Int) async throws {
    let (old, new) = (TestHall(), TestHall())
    let copy = old.file("backup.sqlite")
    try await old.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 400), after: 0)
      _ = try await journal.backup(to: copy)
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
    // The last pages were not written yet when they were read: zeros.
    let from = bytes.count - pages * 4096
    bytes.replaceSubrange(from..., with: Data(count: pages * 4096))
    try bytes.write(to: URL(fileURLWithPath: copy))
    #expect(throws: StateFault.self) { try restore(copy, into: new) }
    #expect(!FileManager.default.fileExists(atPath: new.file("journal.sqlite")))
  }
}
