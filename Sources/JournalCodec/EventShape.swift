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

  private static let table = NameTable(all.map { Array($0.name.utf8) })

  /// A shape by its name; nil for any other text.
  static func named(_ name: UnsafeRawBufferPointer) -> EventShape? {
    table.index(of: name).map { all[$0] }
  }
}

/// Finds names by their bytes. A replay looks one up for each record, so no candidate is copied or compared but the likely one.
///
/// Open addressing with linear probing; the hash is FNV-1a.
private struct NameTable: Sendable {
  private let names: [[UInt8]]
  /// Indices of names, -1 for an empty slot; a power of two, at least four times as many as names.
  private let slots: [Int16]

  init(_ names: [[UInt8]]) {
    self.names = names
    var count = 1
    while count < names.count * 4 { count *= 2 }
    var slots = [Int16](repeating: -1, count: count)
    for (index, name) in names.enumerated() {
      var slot = name.withUnsafeBytes { Self.hash($0) } & (count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (count - 1) }
      slots[slot] = Int16(index)
    }
    self.slots = slots
  }

  func index(of name: UnsafeRawBufferPointer) -> Int? {
    var slot = Self.hash(name) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if names[index].withUnsafeBytes({ $0.count == name.count && $0.elementsEqual(name) }) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
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
