import FoundationEssentials
import Groundwork
import Testing
import Wire

@testable import Hall

/// Goal: what is written can be read, byte for byte the same on every machine, and what is damaged or new is said to be so.
@Suite("The journal's JSON")
struct RecordCodecTests {
  @Test("every event reads back as it was written, with and without an answer")
  func roundTrip() throws {
    let shapes = Set(Samples.events.map(\.shape))
    #expect(shapes == Set(EventShape.allCases), "every event has a sample")
    for (index, record) in Samples.records.enumerated() {
      let bytes = try RecordCodec.encode(record)
      #expect(try RecordCodec.decode(bytes, sequence: record.sequence) == record, "sample \(index)")
    }
  }

  @Test("the bytes are those of Foundation's encoder with sorted keys")
  func sameAsFoundation() throws {
    for record in Samples.records {
      let bytes = try RecordCodec.encode(record)
      let object = try JSONDecoder().decode(Tree.self, from: Data(bytes))
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      #expect(String(decoding: try encoder.encode(object), as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test("equal events give equal bytes")
  func deterministic() throws {
    for record in Samples.records { #expect(try RecordCodec.encode(record) == RecordCodec.encode(record)) }
  }

  @Test("one line as it stands in the journal")
  func golden() throws {
    let record = try #require(Samples.records.first { $0.event.shape == .ticketIssued && $0.answer != nil })
    let text = String(decoding: try RecordCodec.encode(record), as: UTF8.self)
    #expect(
      text == """
        {"a":{"bodyDigest":[0,127,255],"key":{"key":"k\\"\\\\é号","scope":"kiosk-1 /v1/tickets"},\
        "outcome":{"ticket":{"_0":"00000000007J"}}},"at":1795395600000,"by":{"kiosk":{"_0":"kiosk-1"}},\
        "e":{"ahead":3,"catalogueVersion":"0011223344556677","code":"00000000007J","day":"2026-11-23",\
        "items":["RS-004","YB-001"],"kiosk":"kiosk-1","number":"A042","priority":true},"t":"ticketIssued","v":1}
        """)
  }

  @Test(
    "an event of another version, or unknown by name, is told as such",
    arguments: [
      ("\"v\":1", "\"v\":2", "ticketCalled", 2), ("\"t\":\"ticketCalled\"", "\"t\":\"ticketSung\"", "ticketSung", 1),
    ])
  func unknown(old: String, new: String, name: String, version: Int) throws {
    let record = try #require(Samples.records.first { $0.event.shape == .ticketCalled })
    let text = String(decoding: try RecordCodec.encode(record), as: UTF8.self)
    #expect(throws: RecordCodec.Fault.unknownEvent(name: name, version: version)) {
      try RecordCodec.decode(Array(text.replacing(old, with: new).utf8), sequence: 5)
    }
  }

  @Test(
    "what is no record is damaged, and the fault names the record and none of its content",
    arguments: [
      "", "{}", "[]", "null", "{\"at\":1}",
      "{\"at\":9223372036854775807,\"by\":{\"system\":{}},\"e\":{},\"t\":\"dayOpened\",\"v\":1}",
    ])
  func damaged(text: String) {
    #expect(throws: RecordCodec.Fault.damaged(detail: "record 5 is not readable")) {
      try RecordCodec.decode(Array(text.utf8), sequence: 5)
    }
  }

  @Test("damaged bytes are refused or read as something, and never trap", arguments: 0..<8)
  func mutation(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var refused = 0
    for _ in 0..<1_000 {
      let record = try #require(Samples.records.randomElement(using: &random))
      var bytes = try RecordCodec.encode(record)
      for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        default: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        }
      }
      do { _ = try RecordCodec.decode(bytes, sequence: 1) } catch { refused += 1 }
    }
    #expect(refused > 500)
  }
}

/// JSON as a tree, so that one encoder can be held against another.
private indirect enum Tree: Codable {
  case null, bool(Bool), int(Int64), string(String), array([Tree]), object([String: Tree])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .int(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([Tree].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: Tree].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .int(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
