import GRDB
package import Groundwork
package import Hall
package import Ports

/// Judges the calls of a journal by the order of their days, while its hash chain is verified.
package enum JournalOrder {
  /// - Parameters:
  ///   - path: a journal or a backup; it may be in use.
  ///   - asked: a number of which is told who was called before it.
  ///   - day: the number's business day; nil for the last that has it.
  /// - Throws: `StateFault` for a journal that is not there, or not whole: then nothing is said about calls.
  package static func check(
    _ path: String, sealing: any Sealing, asked: TicketNumber?, on day: CivilDate?
  ) throws(StateFault) -> OrderCheck {
    guard Files.exists(path) else { throw .noJournal(path) }
    let database = try JournalDatabase.openForReading(path)
    defer { try? database.close() }
    do {
      return try database.read { db in
        let base = try JournalBase.read(db, path, sealing)
        let beginning = OrderCheck(from: base?.state ?? HallState(), asked: asked, on: day)
        var check = try RecordParser(sealing: sealing).fold(db, into: beginning) { $0.take($1) }
        check.finish()
        return check
      }
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
  }
}
