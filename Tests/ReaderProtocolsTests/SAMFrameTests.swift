import Groundwork
import ReaderProtocols
import Testing

// Goal: frames of a card module are built as documented, and found in any stream. Method: the documented tables; every
// cut; noise and broken frames against a search over the whole stream at once.
@Suite("Frames of a card module")
struct SAMFrameTests {
  static let paperCommands: [(SAMCommand, [UInt8])] = [
    (.reset, [0x10, 0xFF, 0xEC]), (.status, [0x11, 0xFF, 0xED]), (.identity, [0x12, 0xFF, 0xEE]),
    (.find, [0x20, 0x01, 0x22]), (.select, [0x20, 0x02, 0x21]), (.readText, [0x30, 0x01, 0x32]),
    (.readAddresses, [0x30, 0x03, 0x30]),
  ]

  @Test("each command has the paper's bytes, and is read back", arguments: paperCommands)
  func command(command: SAMCommand, tail: [UInt8]) {
    let bytes = [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 3] + tail
    #expect(command.bytes == bytes)
    var reader = SAMFrameParser(.commands)
    #expect(reader.take(bytes) == [.frame(SAMFrame(body: Array(tail.prefix(2))))])
    #expect(SAMCommand(body: Array(tail.prefix(2))) == command)
  }

  static let paperReplies: [([UInt8], SAMStatus, Int)] = [
    ([0, 8, 0, 0, 0x9F, 0, 0, 0, 0, 0x97], .cardFound, 4), ([0, 4, 0, 0, 0x80, 0x84], .noCard, 0),
    ([0, 0x0C, 0, 0, 0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0x9C], .done, 8), ([0, 4, 0, 0, 0x81, 0x85], .selectionFailed, 0),
    ([0, 4, 0, 0, 0x90, 0x94], .done, 0), ([0, 4, 0, 0, 0x41, 0x45], .readingFailed, 0),
    ([0, 4, 0, 0, 0x91, 0x95], .noSuchItem, 0),
  ]

  @Test("the paper's replies are read and written", arguments: paperReplies)
  func reply(tail: [UInt8], status: SAMStatus, dataBytes: Int) throws {
    let bytes = [0xAA, 0xAA, 0xAA, 0x96, 0x69] + tail
    let reply = try #require(replies(in: bytes).first)
    #expect(reply.status == status)
    #expect(reply.data.count == dataBytes)
    #expect(SAMReply.bytes(status, reply.data) == bytes)
  }

  @Test("a card's answer has 1295 bytes; its text goes on, its photo ends at the frame", arguments: SyntheticCard.all)
  func photo(card: CardText) throws {
    let bytes = SyntheticCard.reply(card)
    #expect(bytes.count == 1295)
    let reply = try #require(replies(in: bytes).first)
    #expect(reply.text == card.bytes)
    #expect(reply.droppedCount == 1024)
    #expect(reply.data.count == 4 + 256)
    #expect(!reply.data.contains(0xAB))
  }

  @Test(
    "lengths come from the frame: fingerprints of 1024, 512 and none, a photo of none", arguments: [0, 512, 1024],
    [0, 1024])
  func fingerprints(fingerprintBytes: Int, photoBytes: Int) throws {
    let words = [256, photoBytes, fingerprintBytes].flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    let rest = Array(repeating: UInt8(0xCD), count: photoBytes + fingerprintBytes)
    let bytes = SAMReply.bytes(.done, words + SyntheticCard.resident.bytes + rest)
    if photoBytes == 1024 { #expect(bytes.count == [0: 1297, 512: 1809, 1024: 2321][fingerprintBytes]) }
    let reply = try #require(replies(in: bytes).first)
    #expect(reply.text == SyntheticCard.resident.bytes)
    #expect(!reply.data.contains(0xCD))
  }

  @Test("a long reply whose lengths make no sense keeps nothing but its status")
  func senselessLengths() throws {
    let bytes = SAMReply.bytes(.done, [1, 0, 3, 0xFF] + Array(repeating: 0xCD, count: 1280))
    let reply = try #require(replies(in: bytes).first)
    #expect(reply.data.isEmpty && reply.text == nil)
  }

  @Test("the number of a module is written as vendors print it")
  func identity() throws {
    let bytes: [UInt8] = [5, 0, 3, 0] + [0x85, 0x15, 0x34, 0x01] + [1, 0, 0, 0] + [0xFF, 0xFF, 0xFF, 0xFF]
    #expect(SAMIdentity(bytes)?.description == "05.03-20190597-0000000001-4294967295")
    #expect(SAMIdentity(bytes + [0]) == nil)
  }

  @Test("appended addresses leave the blank ones out")
  func addresses() throws {
    func address(_ text: String) -> [UInt8] {
      let units = Array(text.utf16) + Array(repeating: 0x20, count: 35 - text.utf16.count)
      return units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    }
    let bytes = SAMReply.bytes(.done, address("一号") + address("二号") + address(""))
    let reply = try #require(replies(in: bytes).first)
    #expect(reply.addresses == ["一号", "二号"])
    #expect(SAMCommand.readAddresses.isAnswered(by: reply))
  }

  @Test("frames are found whole behind any noise and in any pieces", arguments: 0..<60)
  func resynchronises(seed: Int) {
    var chance = SeededRandom(seed: UInt64(seed))
    for _ in 0..<10 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...5, using: &chance) {
        bytes += hostileNoise(&chance)
        bytes += Bool.random(using: &chance) ? SyntheticCard.reply(.init(.resident, [:])) : SAMReply.bytes(.noCard)
      }
      let expected = framesByWholeSearch(bytes)
      var reader = SAMFrameParser(.replies)
      var found: [SAMFrame] = []
      for piece in chance.pieces(bytes) {
        found += frames(reader.take(piece))
        #expect(reader.heldBytes <= 6 + 0x090A)
      }
      found += frames(reader.silence())
      #expect(found == expected)
      #expect(reader.heldBytes == 0)
    }
  }

  @Test("noise without the mark hides no frame and delays none", arguments: 0..<20)
  func plainNoise(seed: Int) {
    var chance = SeededRandom(seed: UInt64(seed))
    for _ in 0..<50 {
      let noise = chance.noise(count: Int.random(in: 0...40, using: &chance)).map { $0 == 0x96 ? 0 : $0 }
      var reader = SAMFrameParser(.replies)
      var found: [SAMFrame] = []
      for piece in chance.pieces(noise + SAMReply.bytes(.cardFound, [0, 0, 0, 0])) {
        found += frames(reader.take(piece))
      }
      #expect(found == [SAMFrame(body: [0, 0, 0x9F, 0, 0, 0, 0])])
    }
  }

  @Test("a wrong check byte is said, and the frame behind it is found")
  func damaged() {
    var bytes = SAMReply.bytes(.noCard)
    bytes[bytes.count - 1] ^= 1
    var reader = SAMFrameParser(.replies)
    #expect(reader.take(bytes + SAMReply.bytes(.noCard)) == [.damaged, .frame(SAMFrame(body: [0, 0, 0x80]))])
  }

  @Test("the first byte of the preamble may be missing")
  func lenient() {
    var reader = SAMFrameParser(.replies)
    #expect(reader.take(SAMReply.bytes(.noCard).dropFirst()) == [.frame(SAMFrame(body: [0, 0, 0x80]))])
  }

  private func replies(in bytes: [UInt8]) -> [SAMReply] {
    var reader = SAMFrameParser(.replies)
    return frames(reader.take(bytes)).compactMap { SAMReply($0) }
  }

  private func frames(_ outcomes: [SAMFrameParser.Outcome]) -> [SAMFrame] {
    outcomes.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
  }

  /// Noise, with beginnings of frames, wrong lengths and halves of real frames in it.
  private func hostileNoise(_ chance: inout SeededRandom) -> [UInt8] {
    switch Int.random(in: 0..<4, using: &chance) {
    case 0: chance.noise(count: Int.random(in: 0...80, using: &chance))
    case 1: SAMFrame.preamble + chance.noise(count: Int.random(in: 0...10, using: &chance))
    case 2: Array(repeating: 0xAA, count: Int.random(in: 0...9, using: &chance))
    default: chance.mutate(SAMReply.bytes(.cardFound, [0, 0, 0, 0]))
    }
  }

  /// Every offset of the whole stream in turn: a valid frame there is taken, anything else is one byte of noise.
  private func framesByWholeSearch(_ bytes: [UInt8]) -> [SAMFrame] {
    var found: [SAMFrame] = []
    var at = 0
    while at + 6 <= bytes.count {
      let length = Int(bytes[at + 4]) << 8 | Int(bytes[at + 5])
      if bytes[at..<(at + 4)] == [0xAA, 0xAA, 0x96, 0x69], (4...0x90A).contains(length), at + 6 + length <= bytes.count,
        bytes[(at + 4)..<(at + 6 + length)].reduce(0, ^) == 0
      {
        let body = Array(bytes[(at + 6)..<(at + 5 + length)])
        let kept = body.count == 3 + 4 + 256 + 1024 ? 3 + 4 + 256 : body.count
        found.append(SAMFrame(body: Array(body.prefix(kept)), droppedCount: body.count - kept))
        at += 6 + length
      } else {
        at += 1
      }
    }
    return found
  }
}
