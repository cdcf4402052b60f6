import Foundation
import GRDB
import Groundwork
import Hall
package import Ports
import JournalCodec

/// Verifies a whole journal: SQLite's structure, the hash chain over every record, the segments, the checkpoint.
package enum JournalVerifier {
  /// Verifies the journal of a state folder that no other process uses.
  ///
  /// - Throws: `StateFault` when the journal cannot be opened; a fault inside is in the result.
  package static func verify(
    _ folder: StateFolder, sealing: any Sealing, head: JournalHead? = nil
  ) throws(StateFault) -> Verification {
    let reading = try CheckpointFile.look(at: folder.checkpointFile, sealing: sealing)
    return try verify(
      folder.journalFile, against: reading, sealing: sealing,
      keptIn: CatalogueArchive(stateFolder: folder.path, sealing: sealing), head: head)
  }

  /// Verifies a backup.
  package static func verify(
    backup path: String, sealing: any Sealing, head: JournalHead? = nil
  ) throws(StateFault) -> Verification {
    try verify(path, against: nil, sealing: sealing, head: head)
  }

  /// - Parameter archive: the published catalogues; nil for a backup, which holds its own.
  static func verify(
    _ path: String, against reading: CheckpointReading?, sealing: any Sealing, keptIn archive: CatalogueArchive? = nil,
    head: JournalHead? = nil
  ) throws(StateFault) -> Verification {
    guard Files.exists(path) else { throw .noJournal(path) }
    let database = try JournalDatabase.openForReading(path)
    defer { try? database.close() }
    do {
      return try database.read { try look(through: $0, path, reading, sealing, archive, head) }
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
  }

  private static func look(
    through db: Database, _ path: String, _ reading: CheckpointReading?, _ sealing: any Sealing,
    _ archive: CatalogueArchive?, _ head: JournalHead?
  ) throws -> Verification {
    var last = try JournalBase.position(db)
    let first = last.sequence
    /// The digest of the record that the kept head names, once the chain is verified up to there.
    var reached = head?.sequence == first ? last.digest : nil
    var days: [DayBounds] = []
    var published: [String: String] = [:]
    /// What the records say of the state with which the journal begins; journals of earlier releases say nothing.
    var carried: String?
    var problem: StateFault?
    do {
      for catalogue in try JournalBase.read(db, path, sealing)?.state.catalogue.published ?? [] {
        published[catalogue.version] = catalogue.content
      }
      var decoder = RecordDecoder()
      last = try RecordParser(sealing: sealing).read(db) { position, body in
        let recorded = try decoder.record(body, position.sequence)
        last = position
        if position.sequence == head?.sequence { reached = position.digest }
        switch recorded.event {
        case .day(.dayOpened(let opened)): days.append(DayBounds(day: opened.day, opened: recorded.sequence))
        case .day(.dayClosed(let closed)) where days.last?.day == closed.day: days[days.count - 1].closed = position
        case .day(.recordsLeft(let e)) where e.last == first: carried = e.carried
        case .catalogue(.cataloguePublished(let e)): published[e.version] = e.content
        default: break
        }
      }
      problem = try check(days, against: db, path)
      if problem == nil, let carried, try JournalBase.carried(db, sealing) != carried {
        problem = .damaged(path, detail: "the state with which it begins is not the one that its records carried over")
      }
    } catch let fault as StateFault {
      problem = fault
    } catch let error as DatabaseError {
      problem = JournalDatabase.fault(error, path, during: "reading")
    }
    if problem == nil {
      let verdict = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
      if verdict != "ok" { problem = .damaged(path, detail: verdict) }
    }
    var verification = Verification(
      records: last.sequence - first, removed: first, headDigest: last.digest.hexadecimal, segments: days.count,
      problem: problem,
      checkpoint: try compare(db, reading, last),
      lostCatalogues: try CatalogueCopies.lost(published, archive, in: db, sealing))
    verification.lastDay = days.last?.day
    verification.head = head?.verdict(
      first: first, last: problem == nil ? last.sequence : .max, digest: reached, sealing: sealing)
    return verification
  }

  /// A business day as the records define it.
  private struct DayBounds {
    let day: CivilDate
    let opened: Int64
    var closed: ChainPosition?
  }

  /// Compares the segments with the records.
  private static func check(_ days: [DayBounds], against db: Database, _ path: String) throws -> StateFault? {
    let rows = try Row.fetchAll(db, sql: "SELECT day, opened, last, head FROM segments ORDER BY first")
    guard rows.count == days.count else {
      return .damaged(path, detail: "\(rows.count) segments for \(days.count) business days")
    }
    for (row, day) in zip(rows, days) {
      let head = (row[3] as Data?).map { [UInt8]($0) }
      guard row[0] == day.day.description, row[1] == day.opened, row[2] == day.closed?.sequence,
        head == day.closed?.digest
      else { return .damaged(path, detail: "the segment of \(day.day) does not say what its records say") }
    }
    return nil
  }

  private static func compare(
    _ db: Database, _ reading: CheckpointReading?, _ last: ChainPosition
  ) throws -> CheckpointVerdict {
    switch reading?.found {
    case nil: return .notLookedAt
    case .nothing: return .missing
    case .unreadable: return .unreadable
    case .checkpoint(let checkpoint):
      let remembered = checkpoint.position
      let agreement =
        reading.map { $0.damage.isEmpty ? .agrees : .damaged(parts: $0.damage) } ?? CheckpointVerdict.agrees
      if checkpoint.isClosed, last.sequence > remembered.sequence {
        return .differs(sequence: remembered.sequence + 1)
      }
      if remembered.sequence == 0 { return agreement }
      guard let there = try JournalInspection.position(db, at: remembered.sequence) else {
        return .remembersMore(sequence: remembered.sequence)
      }
      return there == remembered ? agreement : .differs(sequence: remembered.sequence)
    }
  }
}
