import FoundationEssentials
import Groundwork
package import Hall

/// The journal's JSON: one line for one event, with the version of its shape.
///
/// `{"a":…,"at":1795400000000,"by":…,"e":{…},"t":"ticketIssued","v":1}`. The sequence is not in the line: the journal keeps it
/// beside the line and chains both. Keys are sorted, so equal events give equal bytes.
package enum RecordCodec {
  /// An event that this program does not know how to read: it was written by a newer one, or it is damaged.
  package enum Fault: Error, Equatable, Sendable {
    case unknownEvent(name: String, version: Int)
    case damaged(detail: String)
  }

  package static func encode(_ recorded: RecordedEvent) throws(Fault) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let line = Line(at: recorded.at, by: recorded.actor, event: recorded.event, answer: recorded.answer)
    do { return [UInt8](try encoder.encode(line)) } catch { throw .damaged(detail: "an event cannot be written") }
  }

  package static func decode(_ bytes: [UInt8], sequence: Int64) throws(Fault) -> RecordedEvent {
    do {
      let line = try JSONDecoder().decode(Line.self, from: Data(bytes))
      return RecordedEvent(sequence: sequence, at: line.at, actor: line.by, event: line.event, answer: line.answer)
    } catch let fault as Fault {
      throw fault
    } catch {
      throw .damaged(detail: "record \(sequence) is not readable")
    }
  }

  private struct Line: Codable {
    let at: Timestamp
    let by: Actor
    let event: Event
    let answer: StoredAnswer?

    enum CodingKeys: String, CodingKey {
      case at, by
      case event = "e"
      case answer = "a"
      case name = "t"
      case version = "v"
    }

    init(at: Timestamp, by: Actor, event: Event, answer: StoredAnswer?) {
      self.at = at
      self.by = by
      self.event = event
      self.answer = answer
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      at = try container.decode(Timestamp.self, forKey: .at)
      by = try container.decode(Actor.self, forKey: .by)
      answer = try container.decodeIfPresent(StoredAnswer.self, forKey: .answer)
      let name = try container.decode(String.self, forKey: .name)
      let version = try container.decode(Int.self, forKey: .version)
      guard version == 1, let shape = EventShape(rawValue: name) else {
        throw Fault.unknownEvent(name: name, version: version)
      }
      event = try shape.decode(from: container, forKey: .event)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(at, forKey: .at)
      try container.encode(by, forKey: .by)
      try container.encodeIfPresent(answer, forKey: .answer)
      try container.encode(event.name, forKey: .name)
      try container.encode(1, forKey: .version)
      try event.encodePayload(into: &container, forKey: .event)
    }
  }
}
