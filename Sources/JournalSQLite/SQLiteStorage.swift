package import Groundwork
package import Hall
package import Logging
package import Ports

/// Journals as SQLite files: what a program chooses when it chooses this adapter.
package struct SQLiteStorage: JournalStorage {
  private let log: Logger

  /// - Parameter log: of every journal that is opened through it.
  package init(log: Logger = Logger(label: "journal")) { self.log = log }

  package func claim(_ path: String, of owner: JournalOwner) throws(StateFault) -> any ClaimedFolder {
    SQLiteFolder(folder: try StateFolder.claim(path, of: owner), log: log)
  }

  package func claimForReading(_ path: String, of owner: JournalOwner) throws(StateFault) -> any ClaimedFolder {
    SQLiteFolder(folder: try StateFolder.claimForReading(path, of: owner), log: log)
  }

  package func verify(
    backup path: String, sealing: any Sealing, head: JournalHead?
  ) throws(StateFault) -> Verification {
    try JournalVerifier.verify(backup: path, sealing: sealing, head: head)
  }

  package func verify(
    export path: String, sealing: any Sealing, head: JournalHead?
  ) throws(StateFault) -> Verification {
    try JournalExport.verify(path, sealing: sealing, kept: head)
  }

  package func isExport(_ path: String) -> Bool { JournalExport.isNamed(path) }

  package func checkOrder(
    of path: String, sealing: any Sealing, asked: TicketNumber?, on day: CivilDate?
  ) throws(StateFault) -> OrderCheck {
    try JournalOrder.check(path, sealing: sealing, asked: asked, on: day)
  }

  package func follow<Folded: Sendable>(
    _ path: String, of owner: JournalOwner, sealing: any Sealing, into initial: Folded,
    _ take: @escaping @Sendable (inout Folded, RecordedEvent) -> Void
  ) -> @Sendable () async throws(StateFault) -> Folded {
    let follower = JournalFollower(path, of: owner, sealing: sealing, into: initial, take)
    return { () async throws(StateFault) in try await follower.read() }
  }

  package func endedCases(
    in path: String, of owner: JournalOwner
  ) -> @Sendable (PublicCode, ZoneOffset) async throws(StateFault) -> HallState? {
    let search = EndedCaseSearch(path, of: owner)
    return { code, zone async throws(StateFault) in try await search.find(code, zone: zone) }
  }

  package func daysOpened(in folder: String) throws(StateFault) -> Int { try ReplicaFile.daysOpened(folder) }

  package func openOutbox(
    in folder: String, newHolder: String, cards: Set<String>
  ) throws(StateFault) -> (outbox: any OutboxPort, table: LeaseTable, isCopy: Bool) {
    let opened = try SQLiteOutbox.open(stateFolder: folder, newHolder: newHolder, cards: cards)
    return (opened.outbox, opened.table, opened.isCopy)
  }
}

/// A claimed folder whose journal is a SQLite file.
struct SQLiteFolder: ClaimedFolder {
  let folder: StateFolder
  let log: Logger

  var path: String { folder.path }
  var owner: JournalOwner { folder.owner }
  var journalFile: String { folder.journalFile }
  var keyFile: String { folder.keyFile }
  var takesFiles: Bool { folder.takesFiles }
  var isFirstStart: Bool { folder.firstStart.isPossible }

  func begin() throws(StateFault) { try folder.begin() }

  func openJournal(sealing: any Sealing) throws(StateFault) -> (journal: any StoredJournal, opening: JournalOpening) {
    let opened = try SQLiteJournal.open(stateFolder: folder, sealing: sealing, log: log)
    return (opened.journal, opened.opening)
  }

  func openJournalForReading(
    sealing: any Sealing
  ) throws(StateFault) -> (journal: any StoredJournal, opening: JournalOpening) {
    let opened = try SQLiteJournal.openForReading(stateFolder: folder, sealing: sealing, log: log)
    return (opened.journal, opened.opening)
  }

  func verify(sealing: any Sealing, head: JournalHead?) throws(StateFault) -> Verification {
    try JournalVerifier.verify(folder, sealing: sealing, head: head)
  }

  func copyJournal(to path: String, sealing: any Sealing, withHead: Bool) throws(StateFault) -> Verification {
    try JournalBackup.copy(of: folder, to: path, sealing: sealing, withHead: withHead)
  }

  func restoreJournal(
    _ source: String, sealing: any Sealing, force: Bool
  ) throws(StateFault) -> RestoredJournal {
    try JournalRestore.restore(source, into: folder, sealing: sealing, force: force)
  }

  func catalogues(sealing: any Sealing) -> any CatalogueKeeping {
    CatalogueArchive(stateFolder: folder.path, sealing: sealing)
  }

  func diskLook() -> @Sendable () -> JournalFault? {
    let look = DiskLook(stateFolder: folder.path)
    return { look() }
  }

  func openReplica(sealing: any Sealing) throws(StateFault) -> (journal: any StoredJournal, opening: JournalOpening) {
    let opened = try ReplicaFile.open(stateFolder: folder, sealing: sealing, log: log)
    return (opened.journal, opened.opening)
  }

  func discardReplica(sealing: any Sealing) throws(StateFault) {
    try ReplicaFile.discard(folder, sealing: sealing, log: log)
  }

  func page(
    after start: ChainPosition, sealing: any Sealing
  ) throws(StateFault) -> [(body: [UInt8], digest: [UInt8])] {
    try ReplicaFile.page(folder, after: start, sealing: sealing)
  }

  func assign(to owner: JournalOwner) throws(StateFault) { try ReplicaFile.assign(folder, to: owner) }
}
