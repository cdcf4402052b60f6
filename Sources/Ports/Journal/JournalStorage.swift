package import Groundwork
package import Hall

/// The journals on this machine's disk, whatever stores them.
///
/// Programs choose an adapter in one file each. Everything else works through this port.
package protocol JournalStorage: Sendable {
  /// Locks a state folder for this process; creates it, with mode 0700, when its parent exists.
  ///
  /// - Throws: `StateFault` when there is no such folder, it cannot be written, another process holds it, or it is not
  ///   this owner's.
  func claim(_ path: String, of owner: JournalOwner) throws(StateFault) -> any ClaimedFolder

  /// Locks a folder on a read-only file system, without writing anything. Another daemon is kept out.
  func claimForReading(_ path: String, of owner: JournalOwner) throws(StateFault) -> any ClaimedFolder

  /// Verifies a backup, or a journal that was replaced.
  ///
  /// - Parameter head: one that was kept elsewhere; nil for none.
  /// - Throws: `StateFault` when it cannot be opened; a fault inside is in the result.
  func verify(backup path: String, sealing: any Sealing, head: JournalHead?) throws(StateFault) -> Verification

  /// Verifies a file of business days that have left the journal.
  ///
  /// - Throws: `StateFault` when it cannot be read; a fault inside is in the result.
  func verify(export path: String, sealing: any Sealing, head: JournalHead?) throws(StateFault) -> Verification

  /// Whether a file is named as an export of business days.
  func isExport(_ path: String) -> Bool

  /// Judges the calls of a journal by the order of their days, while its hash chain is verified.
  ///
  /// - Parameters:
  ///   - path: a journal or a backup; it may be in use.
  ///   - asked: a number of which is told who was called before it.
  ///   - day: the number's business day; nil for the last that has it.
  /// - Throws: `StateFault` for a journal that is not there, or not whole: then nothing is said about calls.
  func checkOrder(
    of path: String, sealing: any Sealing, asked: TicketNumber?, on day: CivilDate?
  ) throws(StateFault) -> OrderCheck

  /// Something made of a journal's records, which each question brings up to date.
  ///
  /// - Parameters:
  ///   - path: a journal; it may be in use.
  ///   - take: called in the order of the records.
  /// - Returns: what the records up to now make. It throws `StateFault` for a journal that is not there, or not whole.
  func follow<Folded: Sendable>(
    _ path: String, of owner: JournalOwner, sealing: any Sealing, into initial: Folded,
    _ take: @escaping @Sendable (inout Folded, RecordedEvent) -> Void
  ) -> @Sendable () async throws(StateFault) -> Folded

  /// Looks up one case in a journal: those that ended long ago have left the hall's state.
  ///
  /// - Returns: a state that knows the case of a code and nothing else; nil where the journal has none.
  func endedCases(
    in path: String, of owner: JournalOwner
  ) -> @Sendable (PublicCode, ZoneOffset) async throws(StateFault) -> HallState?

  /// How many business days the journal of a folder has opened, those that are open included.
  func daysOpened(in folder: String) throws(StateFault) -> Int

  /// Opens the outbox of a state folder, of a machine in a hall with several; makes it where there is none.
  ///
  /// - Parameters:
  ///   - newHolder: names the account where it is made.
  ///   - cards: the addresses of this machine's network cards; empty where there are none to tell it by.
  /// - Returns: the outbox, what it has, and whether it was another machine's (a copied disk).
  /// - Throws: `StateFault`; an outbox that cannot be read is damage that staff have to know of.
  func openOutbox(
    in folder: String, newHolder: String, cards: Set<String>
  ) throws(StateFault) -> (outbox: any OutboxPort, table: LeaseTable, isCopy: Bool)
}

/// A state folder that this process has locked, until it is released or the process ends.
package protocol ClaimedFolder: Sendable {
  /// Without a slash at the end.
  var path: String { get }
  var owner: JournalOwner { get }
  /// The file of the journal.
  var journalFile: String { get }
  /// The file of the hall's key.
  var keyFile: String { get }
  /// Whether a file can be made in the folder now; tried out, because a damaged file system still says that it is writable.
  var takesFiles: Bool { get }

  /// Whether the hall's first start has not ended: it has issued nothing, and there is nothing to show.
  var isFirstStart: Bool { get }

  /// Before the first file of a hall is made here: marks a first start, where this is one.
  func begin() throws(StateFault)

  /// Opens the journal; creates it when there is none and there never was one. Blocks: for use at start only.
  ///
  /// - Throws: `StateFault`, with a sentence that says what to do.
  func openJournal(sealing: any Sealing) throws(StateFault) -> (journal: any StoredJournal, opening: JournalOpening)

  /// Opens the journal on a read-only file system, or to look at it without writing.
  func openJournalForReading(
    sealing: any Sealing
  ) throws(StateFault) -> (journal: any StoredJournal, opening: JournalOpening)

  /// Verifies the journal, which no other process uses.
  func verify(sealing: any Sealing, head: JournalHead?) throws(StateFault) -> Verification

  /// Copies the journal, which no other process uses, and verifies the copy; changes nothing in the folder.
  ///
  /// - Parameter withHead: writes the copy's head beside it (`JournalHead.fileSuffix`); false where the hall's key is not at hand.
  /// - Throws: `StateFault.exists` when there is a file already; any other fault leaves no file.
  func copyJournal(to path: String, sealing: any Sealing, withHead: Bool) throws(StateFault) -> Verification

  /// Replaces the journal with a backup. The next opening finds that records are missing, and staff have to accept it.
  ///
  /// - Parameter force: replaces a journal that has records; it is kept beside the restored one.
  /// - Throws: `StateFault.journalHasRecords` without force; the faults of verification when the source is damaged;
  ///   `.inUse`, `.copiedWithoutLog` and `.changedWhileCopied` when the source may be incomplete.
  func restoreJournal(_ source: String, sealing: any Sealing, force: Bool) throws(StateFault) -> RestoredJournal

  /// The published catalogues.
  func catalogues(sealing: any Sealing) -> any CatalogueKeeping

  /// Looks whether the folder's file system takes writes and its disk answers, without writing anything. Blocks for as long as the
  /// disk does not answer.
  func diskLook() -> @Sendable () -> JournalFault?

  /// Opens this machine's copy of a shared journal; makes an empty one where there is none.
  ///
  /// A copy that its checkpoint does not fit is moved aside and fetched anew. The ceilings of numbers stay.
  /// - Throws: `StateFault`; `.ofOne` for the journal of one machine.
  func openReplica(sealing: any Sealing) throws(StateFault) -> (journal: any StoredJournal, opening: JournalOpening)

  /// Moves the copy aside, with its snapshots, so that it is fetched anew from the first record.
  func discardReplica(sealing: any Sealing) throws(StateFault)

  /// The records of a closed journal as they are stored, in order: up to 2,000 behind a position.
  ///
  /// - Throws: `StateFault`; also for a journal whose oldest days have left, because a shared one begins with its first
  ///   record.
  func page(
    after start: ChainPosition, sealing: any Sealing
  ) throws(StateFault) -> [(body: [UInt8], digest: [UInt8])]

  /// Gives the journal, which is closed, to another owner.
  func assign(to owner: JournalOwner) throws(StateFault)
}

/// An opened journal of this machine's disk.
package protocol StoredJournal: JournalPort, JournalReading, SnapshotKeeping, ReplicaKeeping {
  /// The disk was full, and there is no room for the reserve yet.
  var isShort: Bool { get async }
  /// The numbers that may have been given, by its checkpoint.
  var ceilings: NumberCeilings { get async }
  /// The highest epoch that its checkpoint knows.
  var epoch: Int64 { get async }

  /// The hall's state: the snapshot's, and the records after it.
  ///
  /// - Throws: `StateFault.badRecord` naming the first record that is not what was written.
  func restore() async throws(StateFault) -> RestoredState

  /// How staff find this copy after the shared journal has lost records that it had: numbers go on above those that may be
  /// out once they have accepted that.
  ///
  /// - Parameters:
  ///   - sequence: the newest record that was here.
  ///   - epoch: the highest known one.
  func opening(afterLosing sequence: Int64, epoch: Int64) async -> JournalOpening
}

/// What a restore did.
package struct RestoredJournal: Hashable, Sendable {
  /// The verification of the restored journal.
  package let verification: Verification
  /// The path to which the previous journal was moved; nil when there was none.
  package let replaced: String?

  package init(verification: Verification, replaced: String?) {
    self.verification = verification
    self.replaced = replaced
  }
}
