/// The formats of records, numbered over all events: a program that reads a format reads every record of it and of the
/// formats before.
///
/// In a hall with several machines a record of a newer format is written only once every machine reads it; see
/// `FormatRaised`. A hall on one machine has one program, and no such step.
package struct RecordFormats: Sendable {
  /// Format 1 is everything that the first halls with several machines could read; format 2 has `formatRaised`.
  package static let newest = 2

  /// The newest format that this program reads.
  package let newest: Int
  /// The format of an event's record, 1 to `newest`.
  package let format: @Sendable (Event) -> Int

  package init(newest: Int, format: @escaping @Sendable (Event) -> Int) {
    self.newest = newest
    self.format = format
  }

  /// The formats of this program. A new event, or a new version of one, names the next format in `Event.recordFormat`.
  package static let ofThisProgram = RecordFormats(newest: newest) { $0.recordFormat }
}

extension Event {
  /// `formatRaised` is of the first format: it is written once every machine reads the format to which it raises.
  var recordFormat: Int { 1 }
}

/// Every machine of the hall reads this format: from now on its records may be written.
package struct FormatRaised: Hashable, Sendable {
  /// 2 to the newest that the writer reads.
  package let format: Int

  package init(format: Int) { self.format = format }
}

extension HallState {
  /// Without an effect where another machine has raised the format already.
  func decideRaiseFormat(_ format: Int, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor == .system else { throw .request(.coordinatorOnly) }
    guard format > days.format else { return Decision([], .done) }
    return Decision([.day(.formatRaised(FormatRaised(format: format)))], .done)
  }
}
