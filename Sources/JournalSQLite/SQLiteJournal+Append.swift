import Foundation
import GRDB
package import Hall
import Logging
package import Ports
import JournalCodec

extension SQLiteJournal {
  @discardableResult
  package func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) -> Appending {
    try appendNow(events, after: sequence)
    return .written
  }

  /// First the ceilings, then the records, then the position. Durability and the uniqueness of numbers depend on this
  /// order.
  ///
  /// - Parameter stored: the bytes and digests of the events, where they were made elsewhere; nil encodes them.
  func appendNow(
    _ events: [RecordedEvent], after sequence: Int64, stored: [StoredRecord]? = nil
  ) throws(JournalFault) {
    if let fault = fault ?? mover.fault { throw fault }
    guard sequence == head.sequence, Self.follow(events, sequence) else {
      // The only writer has lost count: its newest sequence is not the newest one here.
      fault = .conflict(expected: sequence, found: head.sequence)
      throw .conflict(expected: sequence, found: head.sequence)
    }
    guard !events.isEmpty else { return }
    let acceptance = acceptance(in: events)
    guard isAccepted || acceptance != nil else {
      throw latched(.broken(detail: "the journal is not whole and has not been accepted"))
    }
    do {
      let batch = try stored.map { (records) throws(JournalFault) in try verified(records) } ?? encode(events)
      if let raised = checkpoint.checkpoint.ceilings.raised(for: events) {
        var next = checkpoint.checkpoint
        next.ceilings = raised
        try checkpoint.keep(next)
      }
      Failpoint.beforeAppend.reach()
      try write(batch, events)
      knobs.syncDelay.wait()
      Failpoint.afterAppend.reach()
      head = batch.last
      try remember(events, acceptance)
    } catch {
      throw latched(error)
    }
  }

  /// Only this process appends (`StateLock`), so there is no newer event than its caller has.
  package func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    guard fault == nil, sequence == head.sequence else {
      throw .broken(detail: "the journal ends at \(head.sequence), and its only writer appended elsewhere")
    }
    return []
  }

  package func probe() async throws(JournalFault) -> JournalRoom {
    if let fault = fault ?? mover.fault { throw fault }
    guard isShort else {
      try trial()
      return .ample
    }
    if reserve.make() {
      isShort = false
      isTrialDue = true
      mover.hurries(false)
      log.notice("there is room again: the reserve is made")
    }
    // Only one write after each change: probes come twice a second, and a write for each would use up the reserve.
    if isTrialDue { try trial() }
    isTrialDue = false
    return isShort ? .reserve : .ample
  }

  /// The disk is full: the reserve is given up, and the WAL is checkpointed often, so that its file need not grow.
  private func comeShort() {
    isShort = true
    isTrialDue = true
    if reserve.release() { log.warning("the disk is full: the reserve is given up") }
    mover.hurries(true)
    mover.note(bytes: 0, in: database)
  }

  // Not async, so that GRDB's blocking calls are chosen; they keep the actor's order.
  private func trial() throws(JournalFault) {
    do {
      try database.writeWithoutTransaction { db in
        try db.translatingFaults {
          try db.inTransaction(.immediate) {
            try db.execute(sql: "INSERT INTO probe VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1")
            return .commit
          }
        }
      }
      knobs.syncDelay.wait()
      mover.note(bytes: 0, in: database)
    } catch {
      throw latched(replaced(error as? JournalFault ?? JournalFault(error)))
    }
  }

  /// Records with their bytes and digests, and the head after them.
  private struct Batch {
    var rows: [(sequence: Int64, body: [UInt8], digest: [UInt8])] = []
    var last: ChainPosition
    var byteCount = 0
  }

  private func encode(_ events: [RecordedEvent]) -> Batch {
    var chain = HashChain(after: head, sealing: sealing)
    var batch = Batch(last: head)
    batch.rows.reserveCapacity(events.count)
    for event in events {
      let body = RecordCodec.encode(event)
      let digest = chain.take(body)
      batch.rows.append((event.sequence, body, digest))
      batch.byteCount += body.count
    }
    batch.last = chain.position
    return batch
  }

  /// Records of a shared journal, once more in the hash chain behind this copy's newest one.
  private func verified(_ records: [StoredRecord]) throws(JournalFault) -> Batch {
    var chain = HashChain(after: head, sealing: sealing)
    var batch = Batch(last: head)
    batch.rows.reserveCapacity(records.count)
    for record in records {
      guard chain.take(record.body) == record.digest else {
        throw .broken(detail: "record \(record.event.sequence) is not in the hash chain of this machine's copy")
      }
      batch.rows.append((record.event.sequence, record.body, record.digest))
      batch.byteCount += record.body.count
    }
    batch.last = chain.position
    return batch
  }

  private func write(_ batch: Batch, _ events: [RecordedEvent]) throws(JournalFault) {
    do {
      try database.writeWithoutTransaction { db in
        try db.translatingFaults {
          try db.inTransaction(.immediate) {
            let insert = try db.cachedStatement(sql: "INSERT INTO journal (sequence, body, digest) VALUES (?, ?, ?)")
            for row in batch.rows {
              try insert.execute(arguments: [row.sequence, Data(row.body), Data(row.digest)])
            }
            for (event, row) in zip(events, batch.rows) {
              try Segments.note(event, digest: row.digest, in: db)
            }
            return .commit
          }
        }
      }
    } catch {
      throw error as? JournalFault ?? JournalFault(error)
    }
    mover.note(bytes: batch.byteCount, in: database)
  }

  /// Updates the checkpoint to the new head.
  ///
  /// A position that the file system refuses stays behind, which is allowed: the records are durable and are answered. If
  /// an acceptance cannot be written, the process ends, and the next start asks staff again.
  private func remember(_ events: [RecordedEvent], _ acceptance: JournalAccepted?) throws(JournalFault) {
    do throws(JournalFault) {
      try keepHead(events, acceptance)
    } catch {
      guard error.isFatal || acceptance != nil else {
        log.notice("the checkpoint stays behind", metadata: ["fault": "\(error)"])
        return
      }
      throw error.isFatal ? error : .broken(detail: "the acceptance is not in the checkpoint: \(error)")
    }
  }

  private func keepHead(_ events: [RecordedEvent], _ acceptance: JournalAccepted?) throws(JournalFault) {
    var next = checkpoint.checkpoint
    next.position = head
    var isTurning = false
    if let acceptance {
      next.epoch = acceptance.epoch
      next.isClosed = false
      if let day = acceptance.day {
        for floor in acceptance.floors { next.ceilings.raise(floor.lane, on: day, to: floor.first) }
        next.ceilings.use(day)
      }
      isAccepted = true
      isTurning = true
    }
    for event in events.lazy.map(\.event) {
      switch event {
      case .day(.dayOpened(let opened)):
        next.ceilings.use(opened.day)
        isTurning = true
      case .day(.dayClosed): isTurning = true
      default: break
      }
    }
    if isTurning { return try checkpoint.keep(next) }
    guard !knobs.refusesPositions else { throw .readOnly }
    try checkpoint.note(head)
  }

  /// The last acceptance in a batch that raises the epoch.
  private func acceptance(in events: [RecordedEvent]) -> JournalAccepted? {
    var found: JournalAccepted?
    for case .day(.journalAccepted(let accepted)) in events.lazy.map(\.event)
    where accepted.epoch > checkpoint.checkpoint.epoch {
      found = accepted
    }
    return found
  }

  private static func follow(_ events: [RecordedEvent], _ sequence: Int64) -> Bool {
    zip(events, (sequence + 1)...).allSatisfy { $0.sequence == $1 }
  }

  /// A read-only file system never takes writes again through these handles once another one was mounted over it.
  private func replaced(_ fault: JournalFault) -> JournalFault {
    guard fault == .readOnly, folder.isReplaced else { return fault }
    return .broken(detail: "the state folder was mounted anew")
  }

  /// Records a fault after which nothing more may be written.
  private func latched(_ fault: JournalFault) -> JournalFault {
    if fault.isFatal { self.fault = fault }
    if fault == .full { comeShort() }
    return fault
  }
}
