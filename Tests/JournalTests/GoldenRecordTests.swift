import Foundation
import Groundwork
import Hall
import Testing
import JournalCodec
import Ports

@testable import JournalSQLite

/// Goal: every journal that was ever written stays readable.
///
/// Method: `Goldens/records-v1.jsonl` has a line for each kind of event, in the bytes of the release that first wrote
/// it. A line there is never changed; a new shape gets a new version and a new file.
@Suite struct GoldenRecordTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  private static func lines(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test("every golden record is read, and written again with the same bytes")
  func stable() throws {
    let lines = try Self.lines("records-v1.jsonl")
    var names: Set<String> = []
    for (number, line) in zip(1..., lines) {
      let recorded = try RecordCodec.decode(Array(line.utf8), sequence: Int64(number))
      #expect(String(decoding: RecordCodec.encode(recorded), as: UTF8.self) == line)
      names.insert(recorded.event.name)
    }
    #expect(names == Set(EventShape.all.map(\.name)))
  }

  @Test("every kind of event is written as the golden records say")
  func written() throws {
    let written = EverySample.records.map { String(decoding: RecordCodec.encode($0), as: UTF8.self) }
    if ProcessInfo.processInfo.environment["YICHUANG_GOLDEN"] == "rewrite" {
      let text = written.joined(separator: "\n") + "\n"
      try text.write(to: Self.folder.appendingPathComponent("records-v1.jsonl"), atomically: true, encoding: .utf8)
    }
    #expect(try Self.lines("records-v1.jsonl") == written)
  }

  @Test("a shape of version 2 is written as its own golden records say, and read; version 1 is never read by its rules")
  func secondVersion() throws {
    let written = EverySample.secondVersion.map { String(decoding: RecordCodec.encode($0), as: UTF8.self) }
    if ProcessInfo.processInfo.environment["YICHUANG_GOLDEN"] == "rewrite" {
      let text = written.joined(separator: "\n") + "\n"
      try text.write(to: Self.folder.appendingPathComponent("records-v2.jsonl"), atomically: true, encoding: .utf8)
    }
    let lines = try Self.lines("records-v2.jsonl")
    #expect(lines == written && lines.allSatisfy { $0.contains(#""v":2"#) })
    for (line, sample) in zip(lines, EverySample.secondVersion) {
      #expect(try RecordCodec.decode(Array(line.utf8), sequence: sample.sequence) == sample)
      for length in 0..<line.utf8.count {
        #expect(throws: RecordCodec.Fault.self) {
          try RecordCodec.decode(Array(line.utf8.prefix(length)), sequence: sample.sequence)
        }
      }
      #expect(throws: RecordCodec.Fault.self) {
        try RecordCodec.decode(Array(line.replacing(#""v":2"#, with: #""v":1"#).utf8), sequence: sample.sequence)
      }
    }
  }

  @Test("the chain over the golden records comes to the golden digest")
  func chain() throws {
    let hall = TestHall()
    var chain = HashChain(after: .origin, sealing: hall.seal)
    for line in try Self.lines("records-v1.jsonl") { _ = chain.take(Array(line.utf8)) }
    let digest = chain.position.digest.hexadecimal
    if ProcessInfo.processInfo.environment["YICHUANG_GOLDEN"] == "rewrite" {
      try (digest + "\n").write(
        to: Self.folder.appendingPathComponent("chain-v1.txt"), atomically: true, encoding: .utf8)
    }
    #expect(try Self.lines("chain-v1.txt") == [digest])
  }

  @Test(
    "the golden checkpoint of each format is read, and written again with the same bytes",
    arguments: [(CheckpointCodec.Format.plain, "checkpoint-v1.txt"), (.keyed, "checkpoint-v2.txt")])
  func checkpoint(_ format: CheckpointCodec.Format, _ golden: String) throws {
    let hall = TestHall()
    let codec = CheckpointCodec(sealing: hall.seal, format: format)
    var ceilings = NumberCeilings()
    ceilings.raise(Sample.laneA, on: Sample.day, to: 50)
    ceilings.raise(Sample.lane("E"), on: Sample.day, to: 9999)
    ceilings.raise(Sample.laneA, on: Sample.day.adding(days: 1), to: 100)
    let position = ChainPosition(sequence: 1_234_567_890_123, digest: [UInt8](0..<32))
    let expected = Checkpoint(epoch: 3, position: position, ceilings: ceilings, isClosed: format == .keyed)
    let slots = [codec.encode(expected, generation: 7), codec.encode(position, generation: 7)]
    let text = slots.map(\.hexadecimal)
    if ProcessInfo.processInfo.environment["YICHUANG_GOLDEN"] == "rewrite" {
      try (text.joined(separator: "\n") + "\n").write(
        to: Self.folder.appendingPathComponent(golden), atomically: true, encoding: .utf8)
    }
    #expect(try Self.lines(golden) == text)
    let read = try #require(codec.decodeWhole(slots[0][...]))
    #expect(read.checkpoint == expected)
    #expect(read.generation == 7)
    #expect(codec.decodePosition(slots[1][...])?.position == position)
    #expect(codec.decodePosition(slots[0][...]) == nil)
  }

  @Test("every record with a byte missing or too many is refused, never misread")
  func damaged() throws {
    for (number, line) in zip(1..., try Self.lines("records-v1.jsonl")) {
      let bytes = Array(line.utf8)
      for length in 0..<bytes.count {
        #expect(throws: RecordCodec.Fault.self) {
          try RecordCodec.decode(Array(bytes.prefix(length)), sequence: Int64(number))
        }
      }
      #expect(throws: RecordCodec.Fault.self) { try RecordCodec.decode(bytes + [0x20], sequence: Int64(number)) }
    }
  }

  @Test("a record of a newer version is named with its version")
  func newer() throws {
    let line = #"{"t":"ticketCalled","v":3,"at":1,"by":"system","e":{"code":"0"}}"#
    #expect(throws: RecordCodec.Fault.unknownEvent(name: "ticketCalled", version: 3)) {
      try RecordCodec.decode(Array(line.utf8), sequence: 1)
    }
    let unknown = #"{"t":"ticketFolded","v":1,"at":1,"by":"system","e":{"code":"0"}}"#
    #expect(throws: RecordCodec.Fault.unknownEvent(name: "ticketFolded", version: 1)) {
      try RecordCodec.decode(Array(unknown.utf8), sequence: 1)
    }
  }

  @Test(
    "texts of any kind come back as they were",
    arguments: [
      "", "缺纸", "\"\\/\u{0}\u{1F}\u{7F}\n\r\t", "a:b:c", "🖨️ é", "<script>",
    ])
  func texts(_ text: String) throws {
    let events: [Event] = [
      .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.other, text)))),
      .print(.attemptEnded(AttemptEnded(slip: SlipID(text), attempt: 1, outcome: .unknown(reason: text)))),
    ]
    for event in events {
      let recorded = RecordedEvent(
        sequence: 1, at: Sample.start, actor: .staff(badge: text, role: .clerk), event: event,
        answer: IdempotencyRecord(
          key: IdempotencyKey(scope: text, key: text), bodyDigest: [0, 255], outcome: .help(text)))
      #expect(try RecordCodec.decode(RecordCodec.encode(recorded), sequence: 1) == recorded)
    }
  }
}
