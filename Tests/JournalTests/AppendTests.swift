import Glibc
import Groundwork
import Hall
import JournalSQLite
import Ports
import Testing

@Suite struct AppendTests {
  @Test("what was appended is replayed in order after the folder was closed and opened again")
  func replays() async throws {
    let hall = TestHall()
    let events = Sample.day(tickets: 20)
    try await hall.withJournal { journal, opening in
      #expect(opening.condition == .intact)
      #expect(opening.lastSequence == 0)
      #expect(opening.epoch == 1)
      try await journal.append(Array(events.prefix(7)), after: 0)
      try await journal.append(Array(events.dropFirst(7)), after: 7)
    }
    try await hall.withJournal { journal, opening in
      #expect(opening.condition == .intact)
      #expect(opening.lastSequence == 21)
      let replayed = try await journal.replay(into: [RecordedEvent]()) { $0.append($1) }
      #expect(replayed == events)
    }
  }

  @Test("an append after another sequence than the newest is a conflict and writes nothing")
  func conflict() async throws {
    let hall = TestHall()
    let events = Sample.day(tickets: 3)
    try await hall.withJournal { journal, _ in
      try await journal.append(events, after: 0)
      await #expect(throws: JournalFault.conflict(expected: 2, found: 4)) {
        try await journal.append([Sample.record(3, Sample.issued(9))], after: 2)
      }
    }
    try await hall.withJournal { journal, opening in
      #expect(opening.lastSequence == 4)
    }
  }

  @Test("a batch with a gap in its numbers is refused")
  func gap() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      await #expect(throws: JournalFault.conflict(expected: 0, found: 0)) {
        try await journal.append([Sample.record(1, Sample.opened()), Sample.record(3, Sample.issued(1))], after: 0)
      }
    }
  }

  @Test("SQLite's only writer that lost count has nothing to catch up with: the process ends")
  func lostCount() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 1), after: 0)
      let last = await journal.lastSequence
      #expect(try await journal.events(after: last).isEmpty)
      _ = try? await journal.append([Sample.record(9, Sample.issued(9))], after: 8)
      do throws(JournalFault) {
        _ = try await journal.events(after: last)
        Issue.record("a journal whose writer lost count was read on")
      } catch {
        #expect(error.isFatal)
      }
    }
  }

  @Test("after a fatal fault nothing is written any more")
  func latched() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      _ = try? await journal.append([Sample.record(1, Sample.opened())], after: 5)
      await #expect(throws: JournalFault.self) {
        try await journal.append([Sample.record(1, Sample.opened())], after: 0)
      }
      await #expect(throws: JournalFault.self) { _ = try await journal.probe() }
    }
  }

  @Test("a probe writes and leaves the journal as it was")
  func probe() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      let rooms = [try await journal.probe(), try await journal.probe()]
      #expect(rooms == [.ample, .ample])
      #expect(await journal.lastSequence == 0)
    }
  }

  @Test("SQLite's errors are told apart by what they leave behind")
  func faults() {
    // https://www.sqlite.org/rescode.html: FULL 13, READONLY 8, READONLY_DBMOVED 1032, IOERR_FSYNC 1034, CORRUPT 11.
    #expect(SQLiteErrors.fault(13) == .full)
    #expect(SQLiteErrors.fault(8) == .readOnly)
    for code in [1032, 1034, 11, 10, 1555] as [Int32] { #expect(SQLiteErrors.fault(code).isFatal) }
    // IOERR_WRITE 778: a write that the file system refused changed nothing, one that the device failed may have.
    #expect(SQLiteErrors.fault(778, EROFS) == .readOnly)
    #expect(SQLiteErrors.fault(778, EDQUOT) == .full)
    #expect(SQLiteErrors.fault(778, EIO).isFatal)
    // A sync is never tried again, whatever its error is.
    #expect(SQLiteErrors.fault(1034, EROFS).isFatal)
  }
}
