import Foundation
import GRDB
package import Groundwork
package import Hall
import JournalCodec
package import Ports

/// Looks up one case in the journal: those that ended long ago have left the hall's state.
///
/// It reads only the records that hold the case's code, with a connection and a thread of its own; one question after the other. What it
/// reads is not verified against the hash chain: that is `verify`'s task.
package actor EndedCaseSearch {
  private let executor = QueueExecutor(label: "ended-case-search")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let path: String
  private let owner: JournalOwner

  /// Records of one case at the most.
  private static let mostRecords = 2_000

  /// - Parameter path: a journal; it may be in use.
  package init(_ path: String, of owner: JournalOwner = .hall) {
    self.path = path
    self.owner = owner
  }

  /// A state that knows this case and nothing else; nil where the journal has none of that code.
  ///
  /// - Parameter zone: for the civil date of its end.
  /// - Throws: `StateFault` for a journal that is not there or cannot be read.
  package func find(_ code: PublicCode, zone: ZoneOffset) throws(StateFault) -> HallState? {
    guard Files.exists(path) else { throw .noJournal(path) }
    let database = try JournalDatabase.openForReading(path, of: owner)
    defer { try? database.close() }
    do {
      return try database.read { db -> HallState? in
        var decoder = RecordDecoder()
        var state = HallState()
        let rows = try Row.fetchCursor(
          db,
          sql: "SELECT sequence, body FROM journal WHERE instr(body, ?) > 0 ORDER BY sequence LIMIT ?",
          arguments: [Data(code.description.utf8), Self.mostRecords])
        while let row = try rows.next() {
          let sequence: Int64 = row[0]
          let body: Data = row[1]
          let recorded = try body.withUnsafeBytes { try decoder.record($0, sequence) }
          guard case .cases(let event) = recorded.event, event.code == code else { continue }
          state.evolve(recorded)
          if state.cases[code]?.endedOn != nil {
            state.cases.known[code]?.endedOn = zone.civil(recorded.at).date
          }
        }
        return state.cases[code] == nil ? nil : state
      }
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
  }
}
