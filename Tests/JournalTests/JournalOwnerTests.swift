import Foundation
import Ports
import Testing
import TestKit

@testable import JournalSQLite

/// Goal: a training's folder or journal is never taken for the hall's, nor the other way round, whatever was copied
/// where. Method: folders and files of the two exchanged, and every way in which a journal is opened.
@Suite("Whose a journal is")
struct JournalOwnerTests {
  private let hall = TestHall()
  private let training = TestHall()

  private func close(_ path: String, of owner: JournalOwner) async throws {
    let folder = try StateFolder.claim(path, of: owner)
    let (journal, _) = try SQLiteJournal.open(stateFolder: folder, sealing: hall.seal, log: .quiet, knobs: .none)
    await journal.close()
  }

  @Test("a folder of the one is refused by the other before anything is made in it")
  func folders() async throws {
    try await close(hall.path, of: .hall)
    try await close(training.path, of: .training)
    #expect(throws: StateFault.ofHall(hall.path)) { try StateFolder.claim(hall.path, of: .training) }
    #expect(throws: StateFault.ofTraining(training.path)) { try StateFolder.claim(training.path) }
    #expect(throws: StateFault.ofTraining(training.path)) { try StateFolder.claimForReading(training.path) }
    #expect(!FileManager.default.fileExists(atPath: hall.file("training")))
    // Each is still its owner's.
    try await close(hall.path, of: .hall)
    try await close(training.path, of: .training)
  }

  @Test("a journal that was copied into the other's folder is refused there, and by every reader")
  func journals() async throws {
    try await close(hall.path, of: .hall)
    try await close(training.path, of: .training)
    let (own, other) = (hall.file("journal.sqlite"), training.file("journal.sqlite"))
    let kept = hall.file("kept")
    try FileManager.default.moveItem(atPath: own, toPath: kept)
    try FileManager.default.copyItem(atPath: other, toPath: own)
    await #expect(throws: StateFault.ofTraining(own)) { try await close(hall.path, of: .hall) }
    #expect(throws: StateFault.ofTraining(other)) {
      try JournalVerifier.verify(backup: other, sealing: hall.seal)
    }
    #expect(throws: StateFault.ofTraining(other)) {
      try JournalOrder.check(other, sealing: hall.seal, asked: nil, on: nil)
    }
    try FileManager.default.removeItem(atPath: other)
    try FileManager.default.moveItem(atPath: kept, toPath: other)
    await #expect(throws: StateFault.ofHall(other)) { try await close(training.path, of: .training) }
  }

  @Test("a restore takes no journal of a training")
  func restore() async throws {
    try await close(training.path, of: .training)
    let folder = try StateFolder.claim(hall.path)
    #expect(throws: StateFault.self) {
      try JournalRestore.restore(training.file("journal.sqlite"), into: folder, sealing: hall.seal)
    }
    #expect(!FileManager.default.fileExists(atPath: hall.file("journal.sqlite")))
  }
}
