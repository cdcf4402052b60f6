import Foundation
import Hall
import Ports
import Synchronization
import Testing
import TestKit

@testable import JournalSQLite

/// Goal: a machine's copy of a shared journal has the same bytes and the same chain, and is never written to alone. Method:
/// records of one journal go into the copy of another folder, as they are stored.
@Suite("The copy of a shared journal")
struct ReplicaTests {
  private let hall = TestHall()
  private let other = TestHall()

  /// Opens the copy in the second folder, lets `body` work and closes it, so that the folder is free afterwards.
  private func withCopy(_ body: (SQLiteJournal, JournalOpening) async throws -> Void) async throws {
    let (journal, opening) = try ReplicaFile.open(
      stateFolder: try StateFolder.claim(other.path, of: .replica), sealing: hall.seal, log: .quiet)
    do { try await body(journal, opening) } catch {
      await journal.close()
      throw error
    }
    await journal.close()
  }

  private func openOwn(_ hall: TestHall, of owner: JournalOwner) throws {
    _ = try SQLiteJournal.open(
      stateFolder: try StateFolder.claim(hall.path, of: owner), sealing: hall.seal, log: .quiet, knobs: .none)
  }

  /// Ten records of a day in the first folder, as they are stored.
  private func records() async throws -> [StoredRecord] {
    let events = Sample.day(tickets: 9)
    try await hall.withJournal { journal, _ in _ = try await journal.append(events, after: 0) }
    let page = try ReplicaFile.page(try StateFolder.claim(hall.path), after: .origin, sealing: hall.seal)
    return zip(events, page).map { StoredRecord(event: $0, body: $1.body, digest: $1.digest) }
  }

  @Test("it takes records as they are, in order, and a start replays them")
  func takes() async throws {
    let records = try await records()
    #expect(records.count == 10)
    try await withCopy { journal, _ in
      try await journal.take(Array(records[..<4]))
      #expect(await journal.position == records[3].position)
    }
    try await withCopy { journal, opening in
      #expect(opening.condition == .intact && opening.lastSequence == 4)
      // Not in order: nothing of it is taken.
      await #expect(throws: JournalFault.self) { try await journal.take([records[5]]) }
    }
    try await withCopy { journal, _ in
      try await journal.take(Array(records[4...]))
      #expect(try await journal.restore().state.sequence == 10)
      #expect(try await journal.verify(against: nil).isSound)
    }
  }

  @Test("changed bytes are not taken")
  func changed() async throws {
    var records = try await records()
    records[2] = StoredRecord(event: records[2].event, body: records[2].body + [0x20], digest: records[2].digest)
    let changed = records
    try await withCopy { journal, _ in
      await #expect(throws: JournalFault.self) { try await journal.take(changed) }
    }
  }

  @Test("neither is taken for the other; the mark of the file decides, and a backup of a copy is a hall's")
  func marks() async throws {
    let records = try await records()
    let backup = other.file("backup.sqlite")
    try await withCopy { journal, _ in
      try await journal.take(records)
      _ = try await journal.backup(to: backup)
    }
    let (own, copied) = (hall.file("journal.sqlite"), other.file("journal.sqlite"))
    #expect(throws: StateFault.ofSeveral(copied)) { try openOwn(other, of: .hall) }
    #expect(throws: StateFault.ofOne(own)) { try openOwn(hall, of: .replica) }
    // Who only reads takes it for the hall's.
    #expect(try JournalVerifier.verify(try StateFolder.claim(other.path), sealing: hall.seal).isSound)
    #expect(try JournalVerifier.verify(backup: backup, sealing: hall.seal).isSound)
    try FileManager.default.removeItem(atPath: copied)
    try FileManager.default.moveItem(atPath: backup, toPath: copied)
    #expect(throws: StateFault.ofOne(copied)) { try openOwn(other, of: .replica) }
    try ReplicaFile.assign(try StateFolder.claim(hall.path), to: .replica)
    #expect(throws: StateFault.ofSeveral(own)) { try openOwn(hall, of: .hall) }
    try ReplicaFile.assign(try StateFolder.claim(hall.path), to: .hall)
    try await hall.withJournal { _, opening in #expect(opening.condition == .intact && opening.lastSequence == 10) }
  }

  @Test("a copy that its checkpoint does not fit is moved aside and fetched anew; the ceilings of numbers stay")
  func discarded() async throws {
    let records = try await records()
    let ceilings = Mutex(NumberCeilings())
    try await withCopy { journal, _ in
      try await journal.take(records)
      let found = await journal.ceilings
      ceilings.withLock { $0 = found }
    }
    #expect(ceilings.withLock { $0.latest?.lanes.isEmpty } == false)
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
      try? FileManager.default.removeItem(atPath: other.file(name))
    }
    try await withCopy { journal, opening in
      #expect(opening.condition == .intact && opening.lastSequence == 0)
      #expect(await journal.ceilings == ceilings.withLock { $0 })
      try await journal.take(records)
    }
    try ReplicaFile.discard(try StateFolder.claim(other.path, of: .replica), sealing: hall.seal, log: .quiet)
    #expect(FileManager.default.fileExists(atPath: other.file("journal.sqlite.replaced-1")))
    try await withCopy { _, opening in #expect(opening.lastSequence == 0) }
  }
}
