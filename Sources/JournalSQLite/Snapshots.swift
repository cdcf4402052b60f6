import Foundation
import GRDB
import Hall
import JournalCodec
import Logging
import Ports

/// The snapshots in the state folder: `snapshot`, and the one before it as `snapshot.previous`.
///
/// A snapshot shortens a start and is never needed: one that cannot be used is ignored, with a line in the log.
struct Snapshots: Sendable {
  /// Bytes of the largest snapshot. A state that needs more is not stored: the start then replays from an older one.
  ///
  /// A state with all that `StateBounds` and the slices let it have takes some 200 MiB.
  static let largest: Int64 = 256 << 20

  let folder: StateFolder
  let sealing: any Sealing
  let log: Logger

  private var newest: String { folder.file("snapshot") }
  private var previous: String { folder.file("snapshot.previous") }

  /// Stores a state durably; the snapshot that there was becomes the previous one.
  ///
  /// - Parameter digest: of the record `state.sequence`.
  func keep(_ state: HallState, digest: [UInt8]) throws(StateFault) {
    let snapshot = SnapshotCodec.Snapshot(digest: digest, state: state)
    let fresh = try Files.prepare(for: newest) { (file, name) throws(StateFault) in
      var fault: StateFault?
      SnapshotCodec.encode(snapshot, seal: sealing.keyedDigest(of:)) { part, offset in
        guard fault == nil else { return }
        guard offset + Int64(part.count) <= Self.largest else {
          fault = .failed(newest, during: "writing", detail: "the state takes more than \(Self.largest) bytes")
          return
        }
        let error = FileWriting.write(part, at: offset) { rest, position in
          pwrite(file, rest.baseAddress, rest.count, off_t(position))
        }
        if error != 0 { fault = .notWritable(name, error) }
      }
      if let fault { throw fault }
    }
    if Files.exists(newest) { try Files.move(newest, to: previous) }
    try Files.move(fresh, to: newest)
    try Files.syncFolder(folder.path)
  }

  /// The newest snapshot whose record is in the journal, with the same digest; nil when there is none.
  func fitting(_ db: Database) throws -> SnapshotCodec.Snapshot? {
    for path in [newest, previous] {
      do {
        guard let bytes = try Files.contents(path, atMost: Self.largest) else { continue }
        let snapshot = try SnapshotCodec.decode(bytes, seal: sealing.keyedDigest(of:))
        let position = ChainPosition(sequence: snapshot.state.sequence, digest: snapshot.digest)
        if try JournalInspection.position(db, at: position.sequence) == position { return snapshot }
        log.notice("a snapshot is not used", metadata: ["path": "\(path)", "why": "its record is not in the journal"])
      } catch let error as DatabaseError {
        throw error
      } catch {
        log.notice("a snapshot is not used", metadata: ["path": "\(path)", "why": "\(error)"])
      }
    }
    return nil
  }

  /// Removes the snapshots, so that the next start replays every record.
  func discard() {
    for path in [newest, previous] { unlink(path) }
  }
}
