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
  static let largest: Int64 = 64 << 20

  let folder: StateFolder
  let sealing: any Sealing
  let log: Logger

  private var newest: String { folder.file("snapshot") }
  private var previous: String { folder.file("snapshot.previous") }

  /// Stores a state durably; the snapshot that there was becomes the previous one.
  ///
  /// - Parameter digest: of the record `state.sequence`.
  func keep(_ state: HallState, digest: [UInt8]) throws(StateFault) {
    let bytes = SnapshotCodec.encode(.init(digest: digest, state: state), seal: sealing.keyedDigest)
    guard bytes.count <= Self.largest else {
      throw .failed(newest, during: "writing", detail: "the state takes \(bytes.count) bytes")
    }
    let fresh = try Files.prepare(bytes, for: newest)
    if Files.exists(newest) { try Files.move(newest, to: previous) }
    try Files.move(fresh, to: newest)
    try Files.syncFolder(folder.path)
  }

  /// The newest snapshot whose record is in the journal, with the same digest; nil when there is none.
  func fitting(_ db: Database) throws -> SnapshotCodec.Snapshot? {
    for path in [newest, previous] {
      do {
        guard let bytes = try Files.contents(path, atMost: Self.largest) else { continue }
        let snapshot = try SnapshotCodec.decode(bytes, seal: sealing.keyedDigest)
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
