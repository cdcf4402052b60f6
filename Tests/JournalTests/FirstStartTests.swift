import Foundation
import Ports
import Testing

@testable import JournalSQLite

/// Goal: a hall that was in use never opens as a new one, and a new one opens at its first start without questions,
/// wherever that start was killed.
@Suite struct FirstStartTests {
  /// What a hall can leave behind; each alone is enough.
  private static let traces = [
    "hall.key", "journal.sqlite-wal", "journal.sqlite.replaced-1", "checkpoint.damaged", "snapshot",
    "snapshot.previous",
    "pages.secrets", "sessions.secrets", "staff.secrets", "exports/2026-11-23-1-40.jsonl", "security/2026-11-23.log",
    "keys/day-2026-11-23.key", "catalogues/c0ffee.json",
  ]

  private func put(_ name: String, in hall: TestHall) throws {
    let file = URL(fileURLWithPath: hall.file(name))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("x".utf8).write(to: file)
  }

  private func marker(of hall: TestHall) -> Bool {
    FileManager.default.fileExists(atPath: hall.file(FirstStart.marker))
  }

  @Test(
    "an empty folder, and one with what is no hall's, is a new hall",
    arguments: [nil, "lock", "lost+found/x", "slips/1.png"])
  func new(_ name: String?) async throws {
    let hall = TestHall()
    if let name { try put(name, in: hall) }
    try await hall.withJournal { journal, opening in
      #expect(opening.condition == .intact)
      #expect(!marker(of: hall))
      try await journal.append(Sample.day(tickets: 1), after: 0)
    }
  }

  @Test("a folder with a trace of an earlier life is not, until staff accept it", arguments: traces)
  func used(_ name: String) async throws {
    let hall = TestHall()
    try put(name, in: hall)
    let trace = String(name.prefix { $0 != "/" })
    try await hall.withJournal { _, opening in #expect(opening.condition == .vanished(traces: [trace])) }
    // Looking again does not make it new, although the folder has a journal and a checkpoint file now.
    try await hall.withJournal { journal, opening in
      guard case .vanished(let traces) = opening.condition else {
        Issue.record("\(opening.condition)")
        return
      }
      #expect(traces.contains(trace) && traces.contains("journal.sqlite"))
      #expect(!opening.condition.sentence.isEmpty && !opening.condition.chinese.isEmpty)
      await #expect(throws: (any Error).self) { try await journal.append(Sample.day(tickets: 1), after: 0) }
    }
    try await hall.withJournal { journal, opening in
      try await journal.append([Sample.accepted(1, epoch: opening.epoch + 1)], after: 0)
    }
    try await hall.withJournal { _, opening in #expect(opening.condition == .intact) }
  }

  @Test(
    "a journal that lost its file or its records together with the checkpoint is not a new hall's",
    arguments: [true, false])
  func lost(_ withFile: Bool) async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(Sample.day(tickets: 3), after: 0) }
    if withFile {
      for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: hall.file("journal.sqlite" + end)) }
      try put("hall.key", in: hall)
    } else {
      try hall.edit("DELETE FROM journal; DELETE FROM segments")
    }
    try FileManager.default.removeItem(atPath: hall.file("checkpoint"))
    try await hall.withJournal { _, opening in
      guard case .vanished(traces: _) = opening.condition else {
        Issue.record("\(opening.condition)")
        return
      }
    }
  }

  @Test("a hall that has appended nothing opens again, but not beside a snapshot")
  func empty() async throws {
    let hall = TestHall()
    try await hall.withJournal { _, _ in }
    try await hall.withJournal { _, opening in #expect(opening.condition == .intact) }
    try put("snapshot", in: hall)
    try await hall.withJournal { _, opening in #expect(opening.condition == .vanished(traces: ["snapshot"])) }
  }

  /// What a first start has made when it is killed; the marker is removed last.
  private static let steps = ["hall.key.new", "hall.key", "journal.sqlite", "checkpoint.new", "checkpoint"]

  @Test("a first start that was killed before its end is begun again", arguments: 0...steps.count)
  func killed(_ count: Int) async throws {
    let hall = TestHall()
    let made = Self.steps.prefix(count)
    try StateFolder.claim(hall.path).begin()
    #expect(marker(of: hall))
    let whole = TestHall()
    try await whole.withJournal { _, _ in }
    for name in made {
      if FileManager.default.fileExists(atPath: whole.file(name)) {
        try FileManager.default.copyItem(atPath: whole.file(name), toPath: hall.file(name))
      } else {
        try put(name, in: hall)
      }
    }
    try await hall.withJournal { _, opening in
      #expect(opening.condition == .intact)
      #expect(!marker(of: hall))
    }
  }

  @Test(
    "a marker beside the traces of a day makes no new hall",
    arguments: traces.filter { $0 != "hall.key" && $0 != "journal.sqlite-wal" })
  func plantedMarker(_ name: String) async throws {
    let hall = TestHall()
    try put(FirstStart.marker, in: hall)
    try put(name, in: hall)
    try await hall.withJournal { _, opening in
      #expect(opening.condition == .vanished(traces: [String(name.prefix { $0 != "/" })]))
      #expect(!marker(of: hall))
    }
  }

  @Test("a marker beside a journal with records changes nothing")
  func markerBesideRecords() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(Sample.day(tickets: 3), after: 0) }
    try put(FirstStart.marker, in: hall)
    try FileManager.default.removeItem(atPath: hall.file("checkpoint"))
    try await hall.withJournal { _, opening in #expect(opening.condition == .unanchored) }
  }
}
