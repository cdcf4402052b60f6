import Dispatch
import GRDB
import Glibc
import Groundwork
import Hall
import JournalCodec
import Ports
import Synchronization

/// The records before a snapshot, which a start does not read, verified while the hall is open.
///
/// They are read in steps, each a short transaction with a pause as long as the step after it, so that neither appends
/// nor the processor are held up.
final class SkippedRecords: Sendable {
  /// Records of one step: some milliseconds.
  private static let step: Int64 = 1024

  private let path: String
  private let sealing: any Sealing
  private let snapshot: SnapshotCodec.Snapshot
  private let owner: JournalOwner
  private let isStopped = Atomic<Bool>(false)

  init(_ path: String, of owner: JournalOwner, sealing: any Sealing, snapshot: SnapshotCodec.Snapshot) {
    self.path = path
    self.owner = owner
    self.sealing = sealing
    self.snapshot = snapshot
  }

  /// Ends the verification at its next step.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Verifies the hash chain, SQLite's structure, and that the records give the snapshot's state.
  ///
  /// - Returns: the records verified; fewer when it was stopped.
  func verify() throws(StateFault) -> Int64 {
    let database = try JournalDatabase.openForReading(path, of: owner)
    defer { try? database.close() }
    let end = ChainPosition(sequence: snapshot.state.sequence, digest: snapshot.digest)
    var decoder = RecordDecoder()
    do {
      let base = try database.read { try JournalBase.read($0, path, sealing) }
      var (position, state) = (base?.position ?? .origin, base?.state ?? HallState())
      let first = position.sequence
      while position.sequence < end.sequence {
        guard !isStopped.load(ordering: .relaxed) else { return position.sequence - first }
        let start = DispatchTime.now().uptimeNanoseconds
        let next = try database.read { db in
          try RecordParser(sealing: sealing).read(
            db, after: position, through: min(position.sequence + Self.step, end.sequence)
          ) { position, body in
            state.evolve(try decoder.record(body, position.sequence))
          }
        }
        guard next.sequence > position.sequence else {
          throw StateFault.badRecord(sequence: position.sequence + 1, problem: "is missing")
        }
        position = next
        usleep(UInt32((DispatchTime.now().uptimeNanoseconds - start) / 1000))
      }
      guard position == end else {
        throw StateFault.badRecord(sequence: end.sequence, problem: "was changed after it was written")
      }
      guard state == snapshot.state else { throw StateFault.snapshotDiffers(sequence: end.sequence) }
      try database.read { try JournalDatabase.checkStructure($0, path) }
      return position.sequence - first
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
  }
}
