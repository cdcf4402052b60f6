import Hall

/// How one kind of event stands in the journal: its name, and a reader for each version of its shape.
///
/// A shape that was released never changes. What has to say more gets the next version: its payload raises
/// `newestVersion` and says in `shapeVersion` which version a value needs; the reading of earlier versions stays.
package struct EventShape: Sendable {
  /// The name of the event in journal and feed.
  package let name: String
  /// The newest version that this program reads and writes.
  package let newestVersion: Int
  let reader: any ShapeReader

  init<Payload: RecordPayload>(
    _ name: String, _: Payload.Type, _ make: @escaping @Sendable (Payload) -> Event
  ) {
    self.name = name
    newestVersion = Payload.newestVersion
    reader = PayloadReader(make: make)
  }

  /// The shapes of every slice's events.
  package static let all: [EventShape] =
    DayEvent.shapes + QueueEvent.shapes + WindowEvent.shapes + NoticeEvent.shapes + HelpEvent.shapes + PrintEvent.shapes
    + CatalogueEvent.shapes + AwarenessEvent.shapes

  /// By name as bytes: going through a year's journal asks for half a million.
  private static let byName = all.map { (name: Array($0.name.utf8), shape: $0) }

  /// A shape by its name; nil for any other text.
  static func named(_ name: UnsafeRawBufferPointer) -> EventShape? {
    byName.first { $0.name.count == name.count && $0.name.elementsEqual(name) }?.shape
  }
}

/// A slice's events as the journal keeps them.
protocol RecordedSlice {
  static var shapes: [EventShape] { get }
  /// What the event carries.
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
    }
  }
}

/// Reads an event's payload.
protocol ShapeReader: Sendable {
  /// - Parameter version: 1 to the shape's newest.
  func read(_ record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) -> Event
}

private struct PayloadReader<Payload: RecordPayload>: ShapeReader {
  let make: @Sendable (Payload) -> Event

  func read(_ record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) -> Event {
    make(try Payload(from: &record, version: version))
  }
}
