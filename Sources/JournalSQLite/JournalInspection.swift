import Foundation
import Ports
import GRDB
import Groundwork
import Hall

/// Compares a journal with the checkpoint.
enum JournalInspection {
  /// The last record.
  static func head(_ db: Database) throws -> ChainPosition {
    let base = try JournalBase.position(db)
    let last = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM journal") ?? 0
    return last > base.sequence ? try position(db, at: last) ?? base : base
  }

  static func compare(
    _ db: Database, _ head: ChainPosition, with reading: CheckpointReading, _ firstStart: FirstStart,
    _ path: String, _ sealing: any Sealing
  ) throws -> JournalOpening {
    func opening(_ epoch: Int64, _ condition: JournalOpening.Condition) -> JournalOpening {
      JournalOpening(
        lastSequence: head.sequence, lastDigest: head.digest, epoch: epoch, condition: condition,
        damage: reading.damage)
    }
    guard case .checkpoint(let checkpoint) = reading.found else {
      if head.sequence == 0 { return opening(1, .vanished(traces: firstStart.traces)) }
      return opening(try highestEpoch(db, path, sealing), .unanchored)
    }
    let remembered = checkpoint.position
    if head.sequence == 0, remembered.sequence == 0, !firstStart.ofClosedDays.isEmpty {
      return opening(checkpoint.epoch, .vanished(traces: firstStart.ofClosedDays))
    }
    let there = try position(db, at: remembered.sequence)
    if reading.hasLostWhole, remembered.sequence > 0, there != remembered {
      // The ceilings of the slot that is lost may have been higher, and of a later day.
      return opening(checkpoint.epoch, .unanchored)
    }
    let latest = checkpoint.ceilings.latest
    let ceilings = latest?.lanes ?? [:]
    if head.sequence < remembered.sequence {
      return opening(
        checkpoint.epoch,
        .shorter(checkpointSequence: remembered.sequence, ceilings: ceilings, day: latest?.day))
    }
    guard remembered.sequence == 0 || there == remembered else {
      return opening(checkpoint.epoch, .differs(at: remembered.sequence, ceilings: ceilings, day: latest?.day))
    }
    if checkpoint.isClosed, head.sequence > remembered.sequence {
      return opening(checkpoint.epoch, .differs(at: remembered.sequence + 1, ceilings: ceilings, day: latest?.day))
    }
    return opening(checkpoint.epoch, .intact)
  }

  /// nil when there is no such record, or it has left.
  static func position(_ db: Database, at sequence: Int64) throws -> ChainPosition? {
    let base = try JournalBase.position(db)
    guard sequence > base.sequence else { return base != .origin && sequence == base.sequence ? base : nil }
    let digest = try Data.fetchOne(db, sql: "SELECT digest FROM journal WHERE sequence = ?", arguments: [sequence])
    return digest.map { ChainPosition(sequence: sequence, digest: [UInt8]($0)) }
  }

  /// The business day that was opened last; nil before the first.
  static func lastDay(_ db: Database) throws -> CivilDate? {
    try String.fetchOne(db, sql: "SELECT day FROM segments ORDER BY first DESC LIMIT 1").flatMap { CivilDate($0) }
  }

  /// The highest epoch of the journal's own acceptances, for a journal without a checkpoint.
  private static func highestEpoch(_ db: Database, _ path: String, _ sealing: any Sealing) throws -> Int64 {
    // Only runs where the checkpoint is missing. Acceptances are canonical JSON, which SQLite can query.
    let epochs = try Int64.fetchAll(
      db, sql: "SELECT body ->> '$.e.epoch' FROM journal WHERE body ->> '$.t' = 'journalAccepted'")
    return max(epochs.max() ?? 1, try JournalBase.read(db, path, sealing)?.state.epoch ?? 1)
  }
}
