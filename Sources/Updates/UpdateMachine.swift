import Control

/// The state machine of an update. It holds no state of its own: the record on the disk decides what is done next.
///
/// A phase is written durably, then its work is done, then the next phase is written. An interruption before anything is
/// installed ends the update. From `installing` on, an interruption brings the previous version back.
package struct UpdateMachine<Actions: UpdateActions>: Sendable {
  private let store: UpdateStore
  private let actions: Actions
  private let now: @Sendable () -> Int64

  /// - Parameter now: milliseconds since 1970.
  package init(_ store: UpdateStore, _ actions: Actions, now: @escaping @Sendable () -> Int64) {
    self.store = store
    self.actions = actions
    self.now = now
  }

  /// Begins an update whose checks were passed, and goes on to its end.
  ///
  /// - Returns: the record in a final phase.
  /// - Throws: `UpdateFault` where the backup failed (nothing was installed), or the previous version is not well either.
  package func run(_ record: UpdateRecord) async throws -> UpdateRecord {
    try store.write(record)
    return try await finish(record)
  }

  /// Brings an interrupted update to its end; one that has ended is returned as it is.
  package func resume(_ record: UpdateRecord) async throws -> UpdateRecord {
    switch record.phase {
    case .good, .rolledBack: return record
    case .accepted, .backedUp:
      return try enter(record, .rolledBack, Self.cutOffBefore)
    case .installing, .gating:
      return try await finish(enter(record, .rollingBack, Self.cutOff))
    case .rollingBack, .restoring:
      return try await finish(record)
    }
  }

  private static var cutOffBefore: UpdateRecord.Reason {
    .init("it was cut off before anything was installed", zh: "装之前就中断了")
  }

  private static var cutOff: UpdateRecord.Reason {
    .init("it was cut off while it was installed", zh: "安装时中断了")
  }

  private func finish(_ record: UpdateRecord) async throws -> UpdateRecord {
    var record = record
    while !record.phase.isFinal { record = try await step(record) }
    return record
  }

  private func enter(_ record: UpdateRecord, _ phase: UpdatePhase, _ reason: UpdateRecord.Reason? = nil) throws
    -> UpdateRecord
  {
    let entered = record.entering(phase, at: now(), because: reason)
    try store.write(entered)
    return entered
  }

  /// The work of one phase, and the phase that follows.
  private func step(_ record: UpdateRecord) async throws -> UpdateRecord {
    switch record.phase {
    case .accepted:
      do {
        try await actions.backUp(record)
      } catch let fault as UpdateFault {
        _ = try enter(record, .rolledBack, .init(fault.english, zh: fault.chinese))
        throw fault
      }
      return try enter(record, .backedUp)
    case .backedUp:
      return try enter(record, .installing)
    case .installing:
      do {
        try await actions.install(record)
      } catch let fault as UpdateFault {
        return try enter(record, .rollingBack, .init(fault.english, zh: fault.chinese))
      }
      return try enter(record, .gating)
    case .gating:
      if let reason = try await actions.gate(record, record.next.version, waits: true) {
        return try enter(record, .rollingBack, reason)
      }
      try store.keepNext()
      return try enter(record, .good)
    case .rollingBack:
      return try await rollBack(record)
    case .restoring:
      return try await restore(record)
    case .good, .rolledBack:
      return record
    }
  }

  private func rollBack(_ record: UpdateRecord) async throws -> UpdateRecord {
    // A package manager that refused, or found the disk full, has undone its own work. Unpacking again would need the same
    // room.
    if try await actions.gate(record, record.previous.version, waits: false) == nil { return try end(record) }
    try await actions.unpackPrevious(record)
    try await actions.configureAndStart(record)
    guard let reason = try await actions.gate(record, record.previous.version, waits: true) else {
      return try end(record)
    }
    if try await actions.refusesJournal() { return try enter(record, .restoring) }
    // The hall was not well before the update either: it is back in that state.
    if !record.baseline.wasWell { return try end(record) }
    throw Self.notWell(reason)
  }

  private func restore(_ record: UpdateRecord) async throws -> UpdateRecord {
    // A restore that was interrupted after its last step is not repeated: numbers may have been given since.
    if try await actions.gate(record, record.previous.version, waits: false) == nil { return try end(record) }
    try await actions.restoreCopy(record)
    if let reason = try await actions.gate(record, record.previous.version, waits: true) {
      throw Self.notWell(reason)
    }
    return try end(record)
  }

  private func end(_ record: UpdateRecord) throws -> UpdateRecord {
    try store.keepPrevious()
    return try enter(record, .rolledBack)
  }

  private static func notWell(_ reason: UpdateRecord.Reason) -> UpdateFault {
    UpdateFault(
      .unavailable,
      "the previous version is installed again and is not well (\(reason.english)): journalctl -u yichuangd -n 50, then yichuangctl update resume",
      zh: "已装回原来的版本，但大厅还不正常（\(reason.chinese)）：先看 journalctl -u yichuangd -n 50，再运行 yichuangctl update resume")
  }
}
