import Dispatch
import Foundation
import GRDB
import Glibc
import Groundwork
import Hall
import JournalCodec
import Ports

/// Prepares the oldest segments to leave: verifies their records, exports them, and makes the state after them.
///
/// Reading and exporting change nothing in the journal. They are done in steps with pauses, as the verification of
/// skipped records is.
struct Retirement {
  /// Closed days that always stay: what a repeated answer, a page or the check of a date may need is within them.
  static let daysThatStay = 3
  /// The most segments that leave at a time, so that one event can name their files.
  static let daysAtATime = 31

  /// A prepared removal: where the journal begins afterwards, and what it notes about that.
  struct Leaving {
    let base: JournalBase
    let left: RecordsLeft
  }

  let folder: StateFolder
  let sealing: any Sealing

  /// A closed business day as its segment says.
  private struct Segment {
    let day: String
    let last: ChainPosition
  }

  /// - Parameter days: how many days a closed day stays.
  /// - Returns: nil when no segment is due.
  func prepare(keeping days: Int) throws(StateFault) -> Leaving? {
    let path = folder.journalFile
    let database = try JournalDatabase.openForReading(path, of: folder.owner)
    defer { try? database.close() }
    do {
      let (base, due) = try database.read { db in
        (try JournalBase.read(db, path, sealing), try Self.due(db, keeping: days).prefix(Self.daysAtATime))
      }
      guard let oldest = due.first, let newest = due.last else { return nil }
      let before = base?.position.sequence ?? 0
      var exports: [String] = []
      var (position, state) = (base?.position ?? .origin, base?.state ?? HallState())
      var decoder = RecordDecoder()
      for segment in due {
        let lines = JournalExport.Lines(after: position)
        let first = position.sequence + 1
        while position.sequence < segment.last.sequence {
          let start = DispatchTime.now().uptimeNanoseconds
          let next = try database.read { db in
            try RecordParser(sealing: sealing).read(
              db, after: position, through: min(position.sequence + 1024, segment.last.sequence)
            ) { position, body in
              state.evolve(try decoder.record(body, position.sequence))
              lines.add(body)
            }
          }
          guard next.sequence > position.sequence else {
            throw StateFault.badRecord(sequence: position.sequence + 1, problem: "is missing")
          }
          position = next
          usleep(UInt32((DispatchTime.now().uptimeNanoseconds - start) / 1000))
        }
        guard position == segment.last else {
          throw StateFault.damaged(path, detail: "the segment of \(segment.day) does not say what its records say")
        }
        exports.append(JournalExport.name(day: segment.day, first: first, last: position.sequence))
        try export(lines.end(position), as: exports[exports.count - 1])
      }
      let next = JournalBase(position: position, state: state)
      guard let from = CivilDate(oldest.day), let through = CivilDate(newest.day) else {
        throw StateFault.damaged(path, detail: "the segment of \(oldest.day) or \(newest.day) has no date")
      }
      let head = JournalHead(sequence: position.sequence, digest: position.digest, day: through, sealing: sealing)
      let left = RecordsLeft(
        first: before + 1, last: position.sequence, from: from, through: through, keepDays: days,
        head: head.description, carried: next.carried(sealing), exports: exports)
      return Leaving(base: next, left: left)
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
  }

  /// Removes the exports of business days that are older, counted as for the days themselves, and what a crash left
  /// of one.
  ///
  /// - Returns: their names, the oldest first.
  func removeExports(keeping days: Int) throws(StateFault) -> [String] {
    let exports = folder.file(JournalExport.folderName)
    let names = try Files.names(in: exports).sorted()
    guard !names.isEmpty else { return [] }
    let path = folder.journalFile
    let database = try JournalDatabase.openForReading(path, of: folder.owner)
    defer { try? database.close() }
    let present: CivilDate?
    do {
      present = try database.read { db in Self.present(try Self.closed(db)) }
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
    guard let present else { return [] }
    let due = names.filter { name in JournalExport.day(of: name).map { $0.adding(days: days) < present } ?? false }
    for name in due where unlink("\(exports)/\(name)") != 0 && errno != ENOENT {
      throw .failed("\(exports)/\(name)", during: "removing", detail: Files.text(errno))
    }
    if !due.isEmpty { try Files.syncFolder(exports) }
    return due
  }

  private static func closed(_ db: Database) throws -> [Row] {
    try Row.fetchAll(db, sql: "SELECT day, last, head FROM segments WHERE last IS NOT NULL ORDER BY first")
  }

  private static func date(_ row: Row) -> CivilDate? { CivilDate(row[0] as String) }

  /// The day from which ages count: the earliest of the days that always stay, never the clock's, so one day that was
  /// opened under a date far ahead removes nothing. Nil when no day may leave.
  private static func present(_ closed: [Row]) -> CivilDate? {
    closed.count > daysThatStay ? closed.suffix(daysThatStay).compactMap(date).min() : nil
  }

  /// The oldest closed segments whose time is over.
  private static func due(_ db: Database, keeping days: Int) throws -> [Segment] {
    let closed = try closed(db)
    guard let present = present(closed) else { return [] }
    return closed.dropLast(daysThatStay).prefix { row in date(row).map { $0.adding(days: days) < present } ?? false }
      .map { Segment(day: $0[0], last: ChainPosition(sequence: $0[1], digest: [UInt8]($0[2] as Data))) }
  }

  private func export(_ bytes: [UInt8], as name: String) throws(StateFault) {
    let exports = folder.file(JournalExport.folderName)
    if !Files.exists(exports) {
      guard mkdir(exports, 0o700) == 0 || errno == EEXIST else { throw .notWritable(exports, errno) }
      try Files.syncFolder(folder.path)
    }
    try Files.move(try Files.prepare(bytes, for: "\(exports)/\(name)"), to: "\(exports)/\(name)")
    try Files.syncFolder(exports)
  }
}
