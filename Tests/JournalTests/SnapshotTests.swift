import Foundation
import Groundwork
import JournalCodec
import Ports
import Seal
import TestKit
import Testing

@testable import Hall
@testable import JournalSQLite

/// Goal: a start from a snapshot gives the state of a full replay, and one that cannot be used never keeps a hall from
/// starting.
///
/// Method: a journal of two closed days with the snapshot of the first; both are damaged in each way.
@Suite struct SnapshotTests {
  private static let first: Int64 = 42
  private static let all: Int64 = 85

  private static let events: [RecordedEvent] = {
    let days = [Sample.day, Sample.day.adding(days: 1)]
    let events = days.flatMap { day in
      [Sample.opened(day)] + (1...40).map { Sample.issued($0 + (day == days[0] ? 0 : 100), on: day) }
        + [.day(.dayClosed(DayClosed(day: day, closed: [], totals: DayTotals())))]
    }
    let published = Event.catalogue(
      .cataloguePublished(CataloguePublished(version: "c0ffee", content: "00", items: 1, cause: .start)))
    return zip(1..., events + [published]).map { Sample.record($0, $1) }
  }()

  private static func state(after count: Int64 = all) -> HallState {
    events.prefix(Int(count)).reduce(into: HallState()) { $0.evolve($1) }
  }

  /// - Parameter snapshots: the records at which snapshots are made, in order.
  private func hall(_ snapshots: [Int64] = [first]) async throws -> TestHall {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Self.events, after: 0)
      for sequence in snapshots { try await journal.keepSnapshot(of: Self.state(after: sequence)) }
    }
    return hall
  }

  private func expectStart(_ hall: TestHall, replayed: Int64) async throws {
    try await hall.withJournal { journal, opening in
      #expect(opening.condition == .intact)
      let restored = try await journal.restore()
      #expect(restored.replayed == replayed)
      #expect(restored.state == Self.state())
    }
  }

  @Test("a start reads only the records after the snapshot, and has the state of all")
  func shortens() async throws {
    let hall = try await hall()
    try await expectStart(hall, replayed: Self.all - Self.first)
    let attributes = try FileManager.default.attributesOfItem(atPath: hall.file("snapshot"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try await hall.withJournal { journal, _ in
      _ = try await journal.restore()
      let counts = [try await journal.verifySkipped(), try await journal.verifySkipped()]
      #expect(counts == [Self.first, 0], "once is enough")
      // It goes on from there.
      try await journal.append(
        [Sample.record(Self.all + 1, Sample.opened(Sample.day.adding(days: 2)))], after: Self.all)
    }
    #expect(try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal).problem == nil)
  }

  @Test("a snapshot that is written and sealed in several parts is read as a whole")
  func large() async throws {
    let hall = try await hall([])
    try await hall.withJournal { journal, _ in
      var state = Self.state()
      for number in 0..<3000 {
        state.notices.old[PublicCode(entropy: UInt64(number))] = Notice(
          code: PublicCode(entropy: UInt64(number)), number: "GZ-500151105-20261123-\(number)", date: Sample.day,
          ordinal: number, item: "SB-001", situations: [String(repeating: "s", count: 1000)], catalogueVersion: "0",
          issuedAt: Sample.start, ticket: nil,
          kiosk: nil, slip: nil)
      }
      try await journal.keepSnapshot(of: state)
      let size = try FileManager.default.attributesOfItem(atPath: hall.file("snapshot"))[.size] as? Int ?? 0
      #expect(size > 3 << 20)
    }
    try await hall.withJournal { journal, _ in
      let restored = try await journal.restore()
      #expect(restored.replayed == 0 && restored.state.notices.old.count == 3000)
    }
  }

  @Test("without a snapshot a start reads every record")
  func none() async throws {
    let hall = try await hall([])
    try await expectStart(hall, replayed: Self.all)
    try await hall.withJournal { journal, _ in
      let count = try await journal.verifySkipped()
      #expect(count == 0)
    }
  }

  @Test("a snapshot with one changed byte, anywhere, is ignored")
  func flipped() async throws {
    let hall = try await hall()
    let file = URL(fileURLWithPath: hall.file("snapshot"))
    let good = try Data(contentsOf: file)
    for offset in stride(from: 0, to: good.count, by: good.count / 40) {
      var bad = good
      bad[offset] ^= 1
      try bad.write(to: file)
      try await expectStart(hall, replayed: Self.all)
    }
    for length in [0, 1, 80, 150, good.count / 2, good.count - 1] {
      try good.prefix(length).write(to: file)
      try await expectStart(hall, replayed: Self.all)
    }
    try (good + Data([10])).write(to: file)
    try await expectStart(hall, replayed: Self.all)
    try good.write(to: file)
    try await expectStart(hall, replayed: Self.all - Self.first)
  }

  @Test(
    "a snapshot of another format or layout is ignored",
    arguments: [(#""snapshot":1"#, #""snapshot":2"#), (#""layout":\#(StateCodec.layout)"#, #""layout":999"#)])
  func otherShape(_ here: String, _ there: String) async throws {
    let hall = try await hall()
    let file = URL(fileURLWithPath: hall.file("snapshot"))
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", maxSplits: 2).map(String.init)
    let head = lines[0].replacing(here, with: there)
    // As the program with that shape would have sealed it.
    let seal = hall.seal.keyedDigest([0] + Array("\(head)\n\(lines[2])".utf8)).hexadecimal
    try "\(head)\n\(seal)\n\(lines[2])".write(to: file, atomically: false, encoding: .utf8)
    try await expectStart(hall, replayed: Self.all)
  }

  @Test("a snapshot under another hall's key is ignored")
  func otherKey() async throws {
    let hall = try await hall()
    let other = HallSeal(key: HallKey(bytes: [UInt8](repeating: 8, count: HallKey.length)))
    let digest = try await hall.withJournal { journal, _ in try await journal.digest(of: Self.first) }
    try Snapshots(folder: try StateFolder.claim(hall.path), sealing: other, log: .quiet)
      .keep(Self.state(after: Self.first), digest: digest)
    try FileManager.default.removeItem(atPath: hall.file("snapshot.previous"))
    try await expectStart(hall, replayed: Self.all)
  }

  @Test("where the newest snapshot cannot be used, the one before it is")
  func previous() async throws {
    let hall = try await hall([Self.first, 84])
    try await expectStart(hall, replayed: Self.all - 84)
    try Data(repeating: 0, count: 5000).write(to: URL(fileURLWithPath: hall.file("snapshot")))
    try await expectStart(hall, replayed: Self.all - Self.first)
    // As a crash between the two renames leaves it.
    try FileManager.default.moveItem(atPath: hall.file("snapshot"), toPath: hall.file("snapshot.new"))
    try await expectStart(hall, replayed: Self.all - Self.first)
  }

  @Test("a snapshot of records that are not in the journal is ignored, and the journal is recognised as shorter")
  func beyond() async throws {
    let hall = try await hall([84])
    try hall.edit("DELETE FROM journal WHERE sequence > 60; DELETE FROM segments WHERE last > 60")
    try await hall.withJournal { journal, opening in
      guard case .shorter = opening.condition else {
        Issue.record("\(opening.condition)")
        return
      }
      let restored = try await journal.restore()
      #expect(restored.state == Self.state(after: 60))
    }
  }

  @Test("a journal that is not the one that the checkpoint remembers is read from its first record")
  func notIntact() async throws {
    let hall = try await hall()
    try FileManager.default.removeItem(atPath: hall.file("checkpoint"))
    try await hall.withJournal { journal, opening in
      #expect(opening.condition == .unanchored)
      let restored = try await journal.restore()
      #expect(restored.replayed == Self.all)
    }
  }

  @Test(
    "damage before the snapshot does not keep the hall closed, and is found while it is open", arguments: [1, 17, 42])
  func damagedBefore(_ sequence: Int64) async throws {
    let hall = try await hall()
    var random = SeededRandom(seed: UInt64(sequence))
    try hall.flipBit(of: sequence, using: &random)
    try await hall.withJournal { journal, _ in
      let restored = try await journal.restore()
      #expect(restored.state == Self.state())
      await #expect(throws: StateFault.badRecord(sequence: sequence, problem: "was changed after it was written")) {
        try await journal.verifySkipped()
      }
      #expect(try await journal.verify().problem != nil)
    }
  }

  @Test(
    "a record that is missing before the snapshot is found",
    arguments: ["sequence = 9", "sequence < 9", "sequence < 40"])
  func missingBefore(_ which: String) async throws {
    let hall = try await hall()
    try hall.edit("DELETE FROM journal WHERE \(which)")
    try await hall.withJournal { journal, _ in
      let restored = try await journal.restore()
      #expect(restored.state == Self.state())
      let first: Int64 = which.contains("=") ? 9 : 1
      await #expect(throws: StateFault.badRecord(sequence: first, problem: "is missing")) {
        try await journal.verifySkipped()
      }
    }
  }

  @Test("damage after the snapshot keeps the hall closed, as without one")
  func damagedAfter() async throws {
    let hall = try await hall()
    var random = SeededRandom(seed: 1)
    try hall.flipBit(of: 50, using: &random)
    let (journal, _) = try hall.open()
    await #expect(throws: StateFault.badRecord(sequence: 50, problem: "was changed after it was written")) {
      try await journal.restore()
    }
    await journal.close()
  }

  @Test("a snapshot whose state is not that of the records is found while the hall is open, and removed")
  func planted() async throws {
    let hall = try await hall([])
    try await hall.withJournal { journal, _ in
      var wrong = Self.state(after: Self.first)
      wrong.queue.tickets.removeAll()
      try await journal.keepSnapshot(of: wrong)
    }
    try await hall.withJournal { journal, _ in
      let restored = try await journal.restore()
      #expect(restored.state != Self.state())
      await #expect(throws: StateFault.snapshotDiffers(sequence: Self.first)) { try await journal.verifySkipped() }
    }
    try await expectStart(hall, replayed: Self.all)
  }

  @Test("a verification that is cancelled ends, and the next start does it")
  func cancelled() async throws {
    let hall = try await hall()
    try await hall.withJournal { journal, _ in
      let verification = Task { try await journal.verifySkipped() }
      verification.cancel()
      let count = try await verification.value
      #expect(count <= Self.first)
    }
    try await hall.withJournal { journal, _ in
      let count = try await journal.verifySkipped()
      #expect(count == Self.first)
    }
  }

  @Test("snapshots and appends at the same time do not hurt each other")
  func beside() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Array(Self.events.prefix(42)), after: 0)
      async let kept: Void = {
        for _ in 0..<20 { try await journal.keepSnapshot(of: Self.state(after: 42)) }
      }()
      for event in Self.events.dropFirst(42) { try await journal.append([event], after: event.sequence - 1) }
      try await kept
    }
    try await expectStart(hall, replayed: Self.all - 42)
  }
}
