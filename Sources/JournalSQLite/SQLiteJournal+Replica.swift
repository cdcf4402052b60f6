import GRDB
import Glibc
package import Logging
package import Ports

extension SQLiteJournal {
  package var position: ChainPosition { head }

  /// Stores what an append of its own stores too: the ceilings of numbers before the records, the position after them.
  package func take(_ records: [StoredRecord]) async throws(JournalFault) {
    try appendNow(records.map(\.event), after: head.sequence, stored: records)
  }
}

/// This machine's copy of a shared journal, as a file.
package enum ReplicaFile {
  /// Opens the copy; makes an empty one where there is none. Blocks while SQLite checks its structure.
  ///
  /// The shared journal is authoritative: a copy that its checkpoint does not fit is moved aside and fetched anew, without
  /// asking staff. The ceilings of numbers stay.
  ///
  /// - Throws: `StateFault`; `.ofOne` for the journal of one machine.
  package static func open(
    stateFolder folder: StateFolder, sealing: any Sealing, log: Logger = Logger(label: "journal")
  ) throws(StateFault) -> (journal: SQLiteJournal, opening: JournalOpening) {
    do throws(StateFault) {
      let opened = try SQLiteJournal.open(stateFolder: folder, sealing: sealing, log: log)
      if opened.opening.condition == .intact { return opened }
      log.warning(
        "this machine's copy of the shared journal is not the one that its checkpoint remembers",
        metadata: ["condition": "\(opened.opening.condition)"])
    } catch {
      switch error {
      case .damaged, .notAJournal: log.warning("this machine's copy of the shared journal is damaged")
      default: throw error
      }
    }
    try discard(folder, sealing: sealing, log: log)
    return try SQLiteJournal.open(stateFolder: folder, sealing: sealing, log: log)
  }

  /// Moves the copy aside, with its snapshots, so that it is fetched anew from the first record.
  ///
  /// What it had is kept beside it: after a rollback of the shared journal it shows what was lost.
  package static func discard(
    _ folder: StateFolder, sealing: any Sealing, log: Logger = Logger(label: "journal")
  ) throws(StateFault) {
    let journal = folder.journalFile
    var number = 1
    while Files.exists("\(journal).replaced-\(number)") { number += 1 }
    let kept = "\(journal).replaced-\(number)"
    // The checkpoint first: after a crash in between a copy without one is discarded again.
    let (file, reading) = try CheckpointFile.open(folder.checkpointFile, sealing: sealing, fresh: true)
    var next = Checkpoint()
    if case .checkpoint(let known) = reading.found { next = known }
    next.position = .origin
    next.isClosed = false
    do throws(JournalFault) { try file.keep(next) } catch {
      throw JournalDatabase.fault(error, folder.checkpointFile)
    }
    for name in ["snapshot", "snapshot.previous"] { unlink(folder.file(name)) }
    unlink(journal + "-shm")
    if Files.exists(journal + "-wal") { try Files.move(journal + "-wal", to: kept + "-wal") }
    if Files.exists(journal) { try Files.move(journal, to: kept) }
    try Files.syncFolder(folder.path)
    log.warning("the copy is fetched anew; what it was is kept", metadata: ["path": "\(kept)"])
  }

  /// Gives the journal of a closed hall to another owner: a replica is never appended to alone, and a journal never
  /// taken for a replica.
  package static func assign(_ folder: StateFolder, to owner: JournalOwner) throws(StateFault) {
    let path = folder.journalFile
    guard Files.exists(path) else { throw .noJournal(path) }
    do {
      let queue = try DatabaseQueue(path: path)
      defer { try? queue.close() }
      try queue.writeWithoutTransaction { db in
        let present = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard [JournalOwner.hall, .replica].contains(where: { $0.applicationID == present }) else {
          throw StateFault.notAJournal(path)
        }
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try db.execute(sql: "PRAGMA application_id = \(owner.applicationID)")
      }
    } catch {
      throw JournalDatabase.fault(error, path, during: "marking")
    }
  }

  /// How many business days the journal of a folder has opened, those that are open included.
  package static func daysOpened(_ folder: String) throws(StateFault) -> Int {
    let path = folder + "/journal.sqlite"
    let database = try JournalDatabase.openForReading(path)
    defer { try? database.close() }
    do {
      return try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM segments") ?? 0 }
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
  }

  /// The records of a closed journal as they are stored, in order: up to 2,000 behind a position.
  ///
  /// - Throws: `StateFault`; also for a journal whose oldest days have left, because a shared one begins with its first
  ///   record.
  package static func page(
    _ folder: StateFolder, after start: ChainPosition, sealing: any Sealing
  ) throws(StateFault) -> [(body: [UInt8], digest: [UInt8])] {
    let path = folder.journalFile
    let database = try JournalDatabase.openForReading(path)
    defer { try? database.close() }
    do {
      return try database.read { db in
        guard try JournalBase.position(db) == .origin else {
          throw StateFault.failed(
            path, during: "copying",
            detail: "its oldest days have left, and a shared journal begins with its first record")
        }
        var page: [(body: [UInt8], digest: [UInt8])] = []
        try RecordParser(sealing: sealing).read(db, after: start, through: start.sequence + 2_000) { position, body in
          page.append((Array(body), position.digest))
        }
        return page
      }
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
  }
}

extension SQLiteJournal {
  /// How this copy opens after the shared journal has lost records that it had.
  ///
  /// Staff have to accept that; numbers then continue above those that may have been given.
  ///
  /// - Parameters:
  ///   - sequence: the newest record that was here.
  ///   - epoch: the highest known one.
  package func opening(afterLosing sequence: Int64, epoch: Int64) -> JournalOpening {
    let latest = checkpoint.checkpoint.ceilings.latest
    return JournalOpening(
      lastSequence: head.sequence, lastDigest: head.digest, epoch: epoch,
      condition: .shorter(checkpointSequence: sequence, ceilings: latest?.lanes ?? [:], day: latest?.day))
  }

  /// The numbers that may have been given, by this copy's checkpoint.
  package var ceilings: NumberCeilings { checkpoint.checkpoint.ceilings }
  /// The highest epoch that this copy's checkpoint knows.
  package var epoch: Int64 { checkpoint.checkpoint.epoch }
}
