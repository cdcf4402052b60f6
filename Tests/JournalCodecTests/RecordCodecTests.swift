import FoundationEssentials
import Groundwork
import Testing
import JournalCodec

@testable import Hall

/// Goal: written records can be read, with the same bytes on every machine, and damaged or newer ones are reported as
/// such.
@Suite("The journal's JSON")
struct RecordCodecTests {
  @Test("every event reads back as it was written, with and without an answer")
  func roundTrip() throws {
    #expect(Set(Samples.events.map(\.name)) == Set(EventShape.all.map(\.name)), "every event has a sample")
    for (index, record) in Samples.records.enumerated() {
      let bytes = RecordCodec.encode(record)
      #expect(try RecordCodec.decode(bytes, sequence: record.sequence) == record, "sample \(index)")
    }
  }

  @Test("a decoder that remembers words reads every record as a new one does, damaged ones between them too")
  func remembering() throws {
    var decoder = RecordDecoder()
    // More principals and scopes than it caches, some with characters that JSON has to escape, each repeated.
    for round in 0..<60 {
      for (index, sample) in Samples.records.enumerated() {
        let name = ["a", "ab", Samples.awkward, "\(index)"][(round + index) % 4] + "\(round % 11)"
        let answer = IdempotencyRecord(
          key: IdempotencyKey(scope: "scope \(name)", key: "\(round)"), bodyDigest: [UInt8(round)], outcome: .done)
        let record = RecordedEvent(
          sequence: sample.sequence, at: sample.at, actor: .kiosk(name), event: sample.event, answer: answer)
        let bytes = RecordCodec.encode(record)
        #expect(try bytes.withUnsafeBytes { try decoder.decode($0, sequence: record.sequence) } == record)
        #expect(throws: RecordCodec.Fault.self) {
          try bytes.dropLast(1 + (round + index) % bytes.count).withUnsafeBytes {
            try decoder.decode($0, sequence: record.sequence)
          }
        }
      }
    }
  }

  @Test("every record is JSON that any other program reads, on one line")
  func json() throws {
    for record in Samples.records {
      let bytes = RecordCodec.encode(record)
      #expect(!bytes.contains(UInt8(ascii: "\n")))
      let line = try JSONDecoder().decode(Line.self, from: Data(bytes))
      #expect(line.t == record.event.name)
      #expect(line.v == Samples.version(of: record.event))
      #expect(line.at == record.at.milliseconds)
      #expect(line.a?.key == record.answer?.key.key)
      if case .window(.windowPaused(let paused)) = record.event, line.v == 1 {
        #expect(line.e.reason == paused.reason.text)
      }
    }
  }

  @Test("equal events give equal bytes")
  func deterministic() {
    for record in Samples.records { #expect(RecordCodec.encode(record) == RecordCodec.encode(record)) }
  }

  @Test("one line as it stands in the journal")
  func golden() throws {
    let record = try #require(Samples.records.first { $0.event.name == "ticketIssued" && $0.answer != nil })
    let text = String(decoding: RecordCodec.encode(record), as: UTF8.self)
    #expect(
      text == """
        {"t":"ticketIssued","v":1,"at":1795395600000,"by":"kiosk:kiosk-1","e":{"code":"00000000007J","number":"A042",\
        "day":"2026-11-23","items":["RS-004","YB-001"],"priority":true,"kiosk":"kiosk-1",\
        "catalogueVersion":"0011223344556677","ahead":3},"a":{"scope":"kiosk-1 /v1/tickets","key":"k\\"\\\\é号",\
        "body":"007fff","of":"ticket:00000000007J"}}
        """)
  }

  @Test(
    "an event of another version, or unknown by name, is told as such",
    arguments: [
      ("\"v\":1", "\"v\":3", "ticketCalled", 3), ("\"t\":\"ticketCalled\"", "\"t\":\"ticketSung\"", "ticketSung", 1),
    ])
  func unknown(old: String, new: String, name: String, version: Int) throws {
    let record = try #require(Samples.records.first { $0.event.name == "ticketCalled" })
    let text = String(decoding: RecordCodec.encode(record), as: UTF8.self)
    #expect(throws: RecordCodec.Fault.unknownEvent(name: name, version: version)) {
      try RecordCodec.decode(Array(text.replacing(old, with: new).utf8), sequence: 5)
    }
  }

  @Test(
    "what is no record is damaged, and the fault names the record and none of its content",
    arguments: [
      "", "{}", "[]", "null", "{\"at\":1}",
      "{\"t\":\"windowClosed\",\"v\":1,\"at\":9223372036854775807,\"by\":\"system\",\"e\":{\"window\":1}}",
      "{\"t\":\"windowClosed\",\"v\":1,\"at\":1,\"by\":\"system\",\"e\":{\"window\":1}} ",
      "{\"t\":\"windowClosed\",\"v\":1,\"at\":1,\"by\":\"thief\",\"e\":{\"window\":1}}",
    ])
  func damaged(text: String) {
    do {
      _ = try RecordCodec.decode(Array(text.utf8), sequence: 5)
      Issue.record("\(text) was read")
    } catch .damaged(let detail) {
      #expect(detail.hasPrefix("record 5 is not readable at byte "))
    } catch { Issue.record("\(error)") }
  }

  @Test("damaged bytes are refused or read as something, and never trap", arguments: 0..<8)
  func mutation(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var refused = 0
    for _ in 0..<1_000 {
      let record = try #require(Samples.records.randomElement(using: &random))
      var bytes = RecordCodec.encode(record)
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

/// The fields that any program reading the journal may rely on.
private struct Line: Decodable {
  struct Answer: Decodable { let key: String }
  struct Payload: Decodable { let reason: String? }
  let t: String
  let v: Int
  let at: Int64
  let a: Answer?
  let e: Payload
}
