import Hall

/// The record form of one kind of event: its name, and a parser for each version of its shape.
///
/// A released shape never changes. An event that needs more gets the next version: its payload raises `newestVersion`,
/// and `shapeVersion` tells which version a value needs. The parsers of earlier versions stay.
package struct EventShape: Sendable {
  /// The name of the event in journal and feed.
  package let name: String
  /// The newest version that this program reads and writes.
  package let newestVersion: Int
  let reader: any ShapeParser

  init<Payload: RecordPayload>(
    _ name: String, _: Payload.Type, _ make: @escaping @Sendable (Payload) -> Event
  ) {
    self.name = name
    newestVersion = Payload.newestVersion
    reader = PayloadParser(make: make)
  }

  /// The shapes of every slice's events.
  package static let all: [EventShape] =
    DayEvent.shapes + QueueEvent.shapes + WindowEvent.shapes + NoticeEvent.shapes + HelpEvent.shapes + PrintEvent.shapes
    + CatalogueEvent.shapes + AwarenessEvent.shapes + StaffEvent.shapes + EmergencyEvent.shapes
    + ArrangementEvent.shapes + ReservationEvent.shapes + CaseEvent.shapes + ConsultEvent.shapes + AgencyEvent.shapes
    + LeaseEvent.shapes

  /// By name as bytes: replaying a year's journal needs half a million lookups.
  private static let byName = all.map { (name: Array($0.name.utf8), shape: $0) }

  /// A shape by its name; nil for any other text.
  static func named(_ name: UnsafeRawBufferPointer) -> EventShape? {
    byName.first { $0.name.count == name.count && $0.name.elementsEqual(name) }?.shape
  }
}

/// The records of a slice's events.
protocol RecordedSlice {
  static var shapes: [EventShape] { get }
  /// The payload of the event.
  var payload: any RecordPayload { get }
}

extension Event {
  var payload: any RecordPayload {
    switch self {
    case .day(let event): event.payload
    case .queue(let event): event.payload
    case .window(let event): event.payload
    case .notice(let event): event.payload
    case .help(let event): event.payload
    case .print(let event): event.payload
    case .catalogue(let event): event.payload
    case .awareness(let event): event.payload
    case .staff(let event): event.payload
    case .arrangement(let event): event.payload
    case .emergency(let event): event.payload
    case .reservation(let event): event.payload
    case .cases(let event): event.payload
    case .consult(let event): event.payload
    case .agency(let event): event.payload
    case .lease(let event): event.payload
    }
  }
}

/// Parses an event's payload.
protocol ShapeParser: Sendable {
  /// - Parameter version: 1 to the shape's newest.
  func read(_ record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) -> Event
}

private struct PayloadParser<Payload: RecordPayload>: ShapeParser {
  let make: @Sendable (Payload) -> Event

  func read(_ record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) -> Event {
    make(try Payload(from: &record, version: version))
  }
}
