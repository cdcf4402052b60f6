import Foundation
import Groundwork
import Testing
import Ports

@testable import JournalSQLite

@Suite struct CheckpointTests {
  private func open(_ hall: TestHall) throws -> (CheckpointFile, CheckpointReading) {
    try FileManager.default.createDirectory(atPath: hall.path, withIntermediateDirectories: true)
    return try CheckpointFile.open(hall.file("checkpoint"), sealing: hall.seal, fresh: true)
  }

  private func position(_ sequence: Int64) -> ChainPosition {
    ChainPosition(sequence: sequence, digest: [UInt8](repeating: UInt8(truncatingIfNeeded: sequence), count: 32))
  }

  @Test("a position noted without a sync is found again")
  func noted() throws {
    let hall = TestHall()
    let (file, found) = try open(hall)
    #expect(found.found == .checkpoint(Checkpoint()))
    for sequence in 1...9 as ClosedRange<Int64> { try file.note(position(sequence)) }
    #expect(
      try CheckpointFile.look(at: hall.file("checkpoint"), sealing: hall.seal).found
        == .checkpoint(Checkpoint(position: position(9))))
  }

  @Test("a slot that was torn while it was written leaves the one before", arguments: 1..<512)
  func torn(_ length: Int) throws {
    let hall = TestHall()
    let path = URL(fileURLWithPath: hall.file("checkpoint"))
    do {
      let (file, _) = try open(hall)
      try file.keep(Checkpoint(epoch: 2, position: position(10)))
      try file.note(position(12))
    }
    let before = try Data(contentsOf: path)
    do {
      let (file, _) = try CheckpointFile.open(hall.file("checkpoint"), sealing: hall.seal, fresh: false)
      try file.keep(Checkpoint(epoch: 3, position: position(12)))
    }
    let after = try Data(contentsOf: path)
    let slot = try #require(after.indices.first { before[$0] != after[$0] }) / 4096 * 4096
    // The first `length` bytes of the slot are new and the others old: a torn sector write.
    var mixed = before
    mixed.replaceSubrange(slot..<(slot + length), with: after[slot..<(slot + length)])
    try mixed.write(to: path)
    let reading = try CheckpointFile.look(at: hall.file("checkpoint"), sealing: hall.seal)
    #expect(reading.found == .checkpoint(Checkpoint(epoch: 2, position: position(12))))
  }

  @Test("a position from before the newest whole slot does not count")
  func stalePosition() throws {
    let hall = TestHall()
    let (file, _) = try open(hall)
    try file.note(position(5))
    try file.keep(Checkpoint(epoch: 2, position: position(3)))
    #expect(
      try CheckpointFile.look(at: hall.file("checkpoint"), sealing: hall.seal).found
        == .checkpoint(Checkpoint(epoch: 2, position: position(3))))
  }
}
