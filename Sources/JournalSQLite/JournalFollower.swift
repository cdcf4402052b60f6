import GRDB
import Groundwork
package import Hall
import JournalCodec
package import Ports

/// A fold of a journal's records that each `read` brings up to date.
///
/// Only the records since the last read are read, and the hash chain is verified over them. It has a connection and a
/// thread of its own, so that appends never wait for it.
package actor JournalFollower<Folded: Sendable> {
  private let executor = QueueExecutor(label: "journal-follower")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let path: String
  private let owner: JournalOwner
  private let sealing: any Sealing
  private let take: @Sendable (inout Folded, RecordedEvent) -> Void
  private let initial: Folded
  private var folded: Folded
  /// Nil before the first question.
  private var position: ChainPosition?

  /// - Parameters:
  ///   - path: a journal; it may be in use.
  ///   - owner: whose it has to be.
  ///   - take: called in the order of the records.
  package init(
    _ path: String, of owner: JournalOwner = .hall, sealing: any Sealing, into initial: Folded,
    _ take: @escaping @Sendable (inout Folded, RecordedEvent) -> Void
  ) {
    self.path = path
    self.owner = owner
    self.sealing = sealing
    self.take = take
    self.initial = initial
    folded = initial
  }

  /// The fold of all records up to now.
  ///
  /// - Throws: `StateFault` for a journal that is not there, or not whole; then the next question begins where this did.
  package func read() throws(StateFault) -> Folded {
    guard Files.exists(path) else { throw .noJournal(path) }
    let database = try JournalDatabase.openForReading(path, of: owner)
    defer { try? database.close() }
    do {
      (folded, position) = try database.read { [initial, folded, position, sealing, take] db in
        // Days may have left that nobody has asked about.
        let base = try JournalBase.position(db)
        let position = position.flatMap { $0.sequence < base.sequence ? nil : $0 }
        var folded = position == nil ? initial : folded
        var decoder = RecordDecoder()
        let end = try RecordParser(sealing: sealing).read(db, after: position) { position, body in
          take(&folded, try decoder.record(body, position.sequence))
        }
        return (folded, end)
      }
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
    return folded
  }
}
