import Foundation
import Groundwork
import Ports
import Testing

@testable import JournalSQLite

/// Goal: a checkpoint's file that is not as it was written is never taken silently.
///
/// Method: every byte of the file of a hall is changed, some bits each, in every state that such a file has; starts and
/// verification of a whole hall for some of them.
@Suite struct CheckpointDamageTests {
  private func position(_ sequence: Int64) -> ChainPosition {
    ChainPosition(sequence: sequence, digest: [UInt8](repeating: UInt8(truncatingIfNeeded: sequence), count: 32))
  }

  /// A file after so many whole checkpoints, with a position noted after the `noted`-th of them (0: none).
  private func file(of hall: TestHall, whole: Int, noted: Int) throws -> [UInt8] {
    try FileManager.default.createDirectory(atPath: hall.path, withIntermediateDirectories: true)
    let (file, _) = try CheckpointFile.open(hall.file("checkpoint"), sealing: hall.seal, fresh: true)
    for number in 1...whole {
      var ceilings = NumberCeilings()
      ceilings.raise(Sample.laneA, on: Sample.day, to: 50 * number)
      if number > 1 { try file.keep(Checkpoint(position: position(Int64(number) * 10), ceilings: ceilings)) }
      if number == noted { try file.note(position(Int64(number) * 10 + 5)) }
    }
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: hall.file("checkpoint"))))
  }

  @Test(
    "a flipped bit anywhere is damage or leaves nothing to read, and the position is never a made-up one",
    arguments: [(1, 1), (2, 1), (8, 8)])
  func flipped(_ whole: Int, _ noted: Int) throws {
    let hall = TestHall()
    let bytes = try file(of: hall, whole: whole, noted: noted)
    let codec = CheckpointCodec(sealing: hall.seal)
    let good = CheckpointReading(of: bytes, codec)
    #expect(good.damage.isEmpty)
    guard case .checkpoint(let written) = good.found else {
      Issue.record("the file was not read")
      return
    }
    var unreadable = 0
    for index in bytes.indices {
      let isBetween = index % 4096 >= CheckpointCodec.slotLength
      // Bytes between the slots are read alike, whatever the slots say.
      if isBetween, whole != 2 { continue }
      for bit in isBetween ? [index % 8] : [0, 3, 7] {
        var changed = bytes
        changed[index] ^= 1 << bit
        let reading = CheckpointReading(of: changed, codec)
        switch reading.found {
        case .nothing: Issue.record("byte \(index) bit \(bit)")
        case .unreadable: unreadable += 1
        case .checkpoint(let found):
          if reading.damage.isEmpty || found.position.sequence > written.position.sequence
            || (found != written && !reading.hasLostWhole && !reading.damage.contains("slot 2"))
          {
            Issue.record("byte \(index) bit \(bit): \(reading.damage)")
          }
        }
      }
    }
    // Only where the one whole slot is hit.
    #expect(unreadable == (whole == 1 ? 3 * CheckpointCodec.slotLength : 0))
  }

  @Test("a file that is too short or too long is damage", arguments: [-4096, -1, 1])
  func length(_ change: Int) throws {
    let hall = TestHall()
    let bytes = try file(of: hall, whole: 3, noted: 0)
    let changed = change < 0 ? Array(bytes.dropLast(-change)) : bytes + [0]
    #expect(CheckpointReading(of: changed, CheckpointCodec(sealing: hall.seal)).damage == ["length"])
  }

  @Test("an older slot in the place of the newest is seen by the position that stands beside it")
  func older() throws {
    let hall = TestHall()
    let bytes = try file(of: hall, whole: 3, noted: 3)
    var changed = bytes
    let slot = 4096
    changed.replaceSubrange(slot..<(slot + 512), with: [UInt8](repeating: 0, count: 512))
    let reading = CheckpointReading(of: changed, CheckpointCodec(sealing: hall.seal))
    #expect(reading.hasLostWhole && reading.damage == ["slot 1"])
    guard case .checkpoint(let found) = reading.found else {
      Issue.record("the file was not read")
      return
    }
    #expect(found.position == position(35))
  }

  /// Offsets in the slots and between them, where a hall that was closed once has them.
  private static let places = [
    3, 7, 12, 40, 300, 490, 1000, 4096, 4107, 4500, 4607, 8192, 8204, 8300, 8703, 9000, 12_287,
  ]

  @Test("verification and the start say it, the start goes on and writes the file anew", arguments: places)
  func reported(_ offset: Int) async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 30), after: 0)
      try await journal.append([Sample.record(32, Sample.issued(31))], after: 31)
    }
    let url = URL(fileURLWithPath: hall.file("checkpoint"))
    var bytes = try Data(contentsOf: url)
    bytes[offset] ^= 0x10
    try bytes.write(to: url)
    guard case .damaged(let parts) = try verify(hall).checkpoint else {
      Issue.record("verification said nothing")
      return
    }
    try await hall.withJournal { journal, opening in
      #expect(opening.condition == .intact && opening.damage == parts)
      #expect(try await journal.verify().checkpoint == .agrees)
      try await journal.append([Sample.record(33, Sample.issued(32))], after: 32)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: hall.file("checkpoint.damaged"))) == bytes)
    #expect(try verify(hall).isSound)
    try await hall.withJournal { _, opening in #expect(opening.condition == .intact && opening.damage.isEmpty) }
  }

  @Test("a flip while the hall is open is found by verification")
  func whileOpen() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 3), after: 0)
      #expect(try await journal.verify().isSound)
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: hall.file("checkpoint")))
      try handle.seek(toOffset: 4096 + 200)
      try handle.write(contentsOf: Data([0x55]))
      try handle.close()
      #expect(try await journal.verify().checkpoint == .damaged(parts: ["slot 1"]))
    }
  }

  @Test("a journal that was cut is not measured by older ceilings than it had")
  func cut() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(Sample.day(tickets: 300), after: 0) }
    try hall.edit("DELETE FROM journal WHERE sequence > 20")
    let url = URL(fileURLWithPath: hall.file("checkpoint"))
    let bytes = try Data(contentsOf: url)
    var conditions: Set<JournalOpening.Condition> = []
    for slot in [0, 4096] {
      var changed = bytes
      changed[slot + 100] ^= 1
      try changed.write(to: url)
      try await hall.withJournal { _, opening in
        #expect(!opening.damage.isEmpty)
        conditions.insert(opening.condition)
      }
    }
    #expect(conditions == [.unanchored])
  }

  private func verify(_ hall: TestHall) throws -> Verification {
    try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal)
  }
}
