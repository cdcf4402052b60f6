import Foundation
import Groundwork
import Ports
import Seal
import TestKit
import Testing

@testable import JournalSQLite

/// Goal: whoever can write the files of a hall but has no key cannot rewrite journal and checkpoint so that they agree.
///
/// Method: a hall is closed, its journal is edited and its hash chain made anew, and the checkpoint is written with what
/// such a person has: another key, the digest of earlier releases, older slots.
@Suite struct KeyedCheckpointTests {
  private static let count: Int64 = 31
  private let stranger = HallSeal(key: HallKey(bytes: [UInt8](repeating: 8, count: HallKey.length)))

  private func hallWithADay() async throws -> TestHall {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(Sample.day(tickets: 30), after: 0) }
    return hall
  }

  private func verify(_ hall: TestHall) throws -> Verification {
    try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal)
  }

  private func write(_ checkpoint: Checkpoint, _ hall: TestHall, _ codec: CheckpointCodec) throws {
    var bytes = [UInt8](repeating: 0, count: CheckpointReading.length)
    bytes.replaceSubrange(4096..<(4096 + 512), with: codec.encode(checkpoint, generation: 1))
    try Data(bytes).write(to: URL(fileURLWithPath: hall.file("checkpoint")))
  }

  /// The checkpoint that the edited journal would have.
  private func rewritten(_ hall: TestHall) throws -> Checkpoint {
    try hall.edit("UPDATE journal SET body = CAST(replace(body, 'RS-004', 'RS-005') AS BLOB) WHERE sequence = 17")
    try hall.rebuildChain()
    let digest = try hall.digest(of: Self.count)
    return Checkpoint(position: ChainPosition(sequence: Self.count, digest: digest))
  }

  @Test(
    "a checkpoint under another key, or under none, does not vouch for a rewritten journal", arguments: [true, false])
  func rewritten(_ isPlain: Bool) async throws {
    let hall = try await hallWithADay()
    let forged = try rewritten(hall)
    try write(forged, hall, isPlain ? .init(sealing: hall.seal, format: .plain) : .init(sealing: stranger))
    #expect(try verify(hall).checkpoint == .unreadable)
    try await hall.withJournal { _, opening in #expect(opening.condition == .unanchored) }
    // The control: with the hall's key it would.
    try write(forged, hall, .init(sealing: hall.seal))
    #expect(try verify(hall).isSound)
    try await hall.withJournal { _, opening in #expect(opening.condition == .intact) }
  }

  @Test("the newest position was refused: after an orderly end its records are not taken for somebody else's")
  func stayedBehind() async throws {
    let hall = TestHall()
    var knobs = TestKnobs.none
    knobs.refusesPositions = true
    let events = Sample.day(tickets: 30)
    try await hall.withJournal(knobs) { journal, _ in
      try await journal.append(Array(events.prefix(20)), after: 0)
      try await journal.append(Array(events.dropFirst(20)), after: 20)
    }
    #expect(try verify(hall).isSound)
    try await hall.withJournal { _, opening in #expect(opening.condition == .intact) }
  }

  @Test("one slot under another key beside one that is good is damage, and its content does not count")
  func mixed() async throws {
    let hall = try await hallWithADay()
    let url = URL(fileURLWithPath: hall.file("checkpoint"))
    var bytes = try Data(contentsOf: url)
    let newest = CheckpointReading(of: [UInt8](bytes), .init(sealing: hall.seal))
    let forged = CheckpointCodec(sealing: stranger).encode(
      Checkpoint(epoch: 9, position: .origin), generation: newest.generation + 1)
    let slot = Int(newest.generation + 1) % 2
    bytes.replaceSubrange((slot * 4096)..<(slot * 4096 + 512), with: forged)
    try bytes.write(to: url)
    #expect(try verify(hall).checkpoint == .damaged(parts: ["slot \(slot)"]))
    try await hall.withJournal { _, opening in #expect(opening.condition == .intact && opening.epoch == 1) }
  }

  @Test("records that were added to a closed journal are found, with a chain that fits")
  func added() async throws {
    let hall = try await hallWithADay()
    try hall.edit("INSERT INTO journal SELECT 32, body, digest FROM journal WHERE sequence = 31")
    try hall.rebuildChain()
    #expect(try verify(hall).checkpoint == .differs(sequence: 32))
    try await hall.withJournal { _, opening in
      guard case .differs(at: 32, ceilings: _, day: _) = opening.condition else {
        Issue.record("\(opening.condition)")
        return
      }
    }
  }

  @Test("a journal whose process died may be ahead of its checkpoint")
  func died() async throws {
    let hall = TestHall()
    let before = try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 5), after: 0)
      let before = try Data(contentsOf: URL(fileURLWithPath: hall.file("checkpoint")))
      try await journal.append([Sample.record(7, Sample.issued(6))], after: 6)
      return before
    }
    // As after a power cut: the position that was noted last is not on the disk.
    try before.write(to: URL(fileURLWithPath: hall.file("checkpoint")))
    try await hall.withJournal { _, opening in
      #expect(opening.condition == .intact && opening.lastSequence == 7)
    }
  }

  @Test("a checkpoint of an earlier release is taken over once")
  func takenOver() async throws {
    let hall = try await hallWithADay()
    let plain = CheckpointCodec(sealing: hall.seal, format: .plain)
    var ceilings = NumberCeilings()
    ceilings.raise(Sample.laneA, on: Sample.day, to: 50)
    let old = Checkpoint(
      epoch: 4, position: ChainPosition(sequence: Self.count, digest: try hall.digest(of: Self.count)),
      ceilings: ceilings)
    try write(old, hall, plain)
    try FileManager.default.removeItem(atPath: hall.file("checkpoint.keyed"))
    #expect(try verify(hall).checkpoint == .agrees)
    try await hall.withJournal { _, opening in
      #expect(opening.condition == .intact && opening.epoch == 4 && opening.damage.isEmpty)
      guard case .checkpoint(let taken) = try CheckpointFile.look(at: hall.file("checkpoint"), sealing: hall.seal).found
      else {
        Issue.record("nothing was written")
        return
      }
      #expect(taken.ceilings == ceilings)
    }
    #expect(!FileManager.default.fileExists(atPath: hall.file("checkpoint.damaged")))
    // A second one is somebody else's.
    try write(old, hall, plain)
    #expect(try verify(hall).checkpoint == .unreadable)
    try await hall.withJournal { _, opening in #expect(opening.condition == .unanchored) }
  }

  @Test("a checkpoint of an earlier release is still measured against the journal")
  func takenOverShort() async throws {
    let hall = try await hallWithADay()
    let position = ChainPosition(sequence: Self.count, digest: try hall.digest(of: Self.count))
    try write(Checkpoint(position: position), hall, .init(sealing: hall.seal, format: .plain))
    try FileManager.default.removeItem(atPath: hall.file("checkpoint.keyed"))
    try hall.edit("DELETE FROM journal WHERE sequence > 20")
    try await hall.withJournal { _, opening in
      #expect(opening.condition == .shorter(checkpointSequence: Self.count, ceilings: [:], day: nil))
    }
  }

  @Test("a hall with another hall.key asks staff")
  func otherKey() async throws {
    let hall = try await hallWithADay()
    let (journal, opening) = try SQLiteJournal.open(
      stateFolder: try StateFolder.claim(hall.path), sealing: stranger, log: .quiet, knobs: .none)
    #expect(opening.condition == .unanchored)
    await journal.close()
  }
}
