import Groundwork
import ReaderProtocols
import Testing

// Goal: whatever is received of a card or a code, in any pieces, damaged or truncated, none of it is in the transcript,
// and its structure is preserved for a decoder. Method: planted fields searched for in UTF-16, at every position of
// damage and every length.
@Suite("What belongs to people is replaced while it is recorded")
struct ScrubberTests {
  private static let photo = Array("NOT A PICTURE, BUT AS LONG AS ONE".utf8)

  /// Any six bytes of the secret, long enough to exclude coincidence.
  private static func shares(_ bytes: [UInt8], _ secret: [UInt8]) -> Bool {
    let pieces = Set(stride(from: 0, to: bytes.count - 5, by: 1).map { Array(bytes[$0..<($0 + 6)]) })
    return stride(from: 0, to: secret.count - 5, by: 1).contains { pieces.contains(Array(secret[$0..<($0 + 6)])) }
  }

  private static func secrets(of card: CardText) -> [[UInt8]] {
    let own: [CardField] = [.name, .latinName, .address]
    // The synthetic number has the same region and century.
    return (own.compactMap { card[$0] } + [String(card.number.dropFirst(8))]).filter { $0.utf16.count >= 3 }
      .map { $0.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } } + [photo]
  }

  private static let people: [CardText] = [
    CardText(
      .resident,
      [
        .name: "查无此人", .sex: "1", .nation: "14", .birth: "19870228", .address: "子虚市乌有路二十七号",
        .number: "000000198702285432", .issuer: "子虚市公安局", .validFrom: "20110417", .validTo: "20310417",
      ]),
    CardText(
      .permanentResident2017,
      [.latinName: "NOBODY, WHOSOEVER", .sex: "2", .number: "QZX987654321098", .birth: "19870228", .nationality: "QZX"]),
  ]

  @Test("a damaged byte anywhere, or an end anywhere, lets nothing through", arguments: people)
  func damage(card: CardText) {
    let reply = SAMReply.bytes(text: card.bytes, photo: Self.photo)
    let secrets = Self.secrets(of: card)
    var streams = [reply, [0x13, 0x37] + reply, Array(reply.dropFirst()), Array(reply.dropFirst(200)), reply + reply]
    streams += stride(from: 0, to: reply.count, by: 3).map { Array(reply.prefix($0)) }
    streams += stride(from: 0, to: reply.count, by: 1).map { place in
      var bytes = reply
      bytes[place] ^= 0x20
      return bytes
    }
    for bytes in streams {
      for command in [SAMCommand.readText, .find, .identity, nil] {
        var scrubber = CardScrubber()
        let scrubbed = scrubber.scrub(bytes, answering: command)
        #expect(scrubbed.count == bytes.count)
        #expect(!secrets.contains { Self.shares(scrubbed, $0) })
      }
    }
  }

  @Test("a sound answer stays one of the same kind, a damaged one stays damaged; the same person stays the same")
  func form() throws {
    var scrubber = CardScrubber()
    var numbers: [String] = []
    for card in Self.people + Self.people {
      var bytes = SAMReply.bytes(text: card.bytes, photo: Self.photo)
      var frames = SAMFrameParser(.replies)
      guard case .frame(let frame) = frames.take(scrubber.scrub(bytes, answering: .readText)).first else {
        Issue.record("no frame")
        return
      }
      let text = try CardText(try #require(SAMReply(frame)?.text))
      #expect(text.kind == card.kind && text.doubts.isEmpty)
      numbers.append(text.number)
      bytes[bytes.count - 1] ^= 1
      #expect(frames.take(scrubber.scrub(bytes, answering: .readText)).first == .damaged)
    }
    #expect(numbers[0] == numbers[2] && numbers[1] == numbers[3] && numbers[0].hasPrefix("000000"))
    #expect(numbers[1].hasPrefix("ZZZ"))
    #expect(scrubber.takeNotes().count == 8 && scrubber.takeNotes().isEmpty)
  }

  @Test("two people of one kind stay two")
  func twoPeople() throws {
    var scrubber = CardScrubber()
    let numbers = try ["000000198702285432", "000000198702285433"].map { number in
      let card = CardText(.resident, [.name: "查无此人", .number: number])
      let bytes = scrubber.scrub(SAMReply.bytes(text: card.bytes, photo: []), answering: .readText)
      var frames = SAMFrameParser(.replies)
      guard case .frame(let frame) = frames.take(bytes).first else { return "" }
      return try CardText(try #require(SAMReply(frame)?.text)).number
    }
    #expect(Set(numbers).count == 2 && numbers.allSatisfy { PersonNumber($0, on: .resident).problems.isEmpty })
  }

  @Test("the module's own words and number are kept")
  func ownWords() {
    let identity = SAMReply.bytes(.done, Array(1...16))
    var scrubber = CardScrubber()
    #expect(scrubber.scrub(identity, answering: .identity) == identity)
    #expect(scrubber.scrub(identity, answering: .find) == SAMReply.bytes(.done, [UInt8](repeating: 0, count: 16)))
    let refusal = SAMReply.bytes(.unknownCard)
    #expect(scrubber.scrub(refusal, answering: .select) == refusal)
  }

  @Test(
    "text keeps length, encoding and kinds of characters and says nothing",
    arguments: [
      ("Ab-9 x.7", "Ab-1 c.2"), ("000000198702285432", "123456789012345678"), ("子虚市 A042", "测试测 A123"),
      ("a\u{202E}b\u{7}９", "a\u{202E}b\u{7}１"), ("éΩ𠮷", "éé𠀀"),
    ])
  func text(original: String, replaced: String) {
    #expect(String(decoding: TextScrubber.scrub(Array(original.utf8)), as: UTF8.self) == replaced)
  }

  @Test("Chinese of scanners' old encoding stays so")
  func chinese() {
    // 子虚 1 in GBK, a four-byte character, punctuation.
    let bytes: [UInt8] = [0xD7, 0xD3, 0xD0, 0xE9, 0x31, 0x98, 0x39, 0xF6, 0x37, 0xA1, 0xA3]
    let scrubbed = TextScrubber.scrub(bytes)
    #expect(scrubbed == [0xB2, 0xE2, 0xCA, 0xD4, 0x31, 0x95, 0x32, 0x82, 0x36, 0xA1, 0xA3])
    #expect(ScanText(scrubbed).encoding == .gb18030)
    #expect(TextScrubber.scrub([0x41, 0x80, 0x38]) == [0x41, 0x80, 0x31])
  }

  @Test("transfers of every way keep their number and lengths, whatever is in them", arguments: ReaderWay.allCases)
  func lengths(way: ReaderWay) {
    var random = SeededRandom(seed: 7)
    for _ in 0..<300 {
      let transfers = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        (0..<Int.random(in: 0...64, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      for skipsID in [false, true] {
        let scrubbed = ScannerScrubber.scrub(
          transfers, way: way, settings: .init(tellsSymbol: skipsID), skipsID: skipsID)
        #expect(scrubbed.map(\.count) == transfers.map(\.count))
      }
    }
  }

  @Test("keys that are held over reports stay held")
  func heldKeys() {
    // 1 goes down, 2 goes down while it is held, both up; then 22.
    let reports: [[UInt8]] = [[0, 0, 0x1E], [0, 0, 0x1E, 0x1F], [0, 0, 0], [0, 0, 0x1F], [0, 0, 0], [0, 0, 0x1F]]
      .map { $0 + [UInt8](repeating: 0, count: 8 - $0.count) }
    let scrubbed = ScannerScrubber.scrub(reports, way: .keyboard, settings: .init())
    var decoder = KeyboardDecoder()
    for report in scrubbed { decoder.take(report) }
    guard case .code(let scan)? = decoder.silence() else {
      Issue.record("no code")
      return
    }
    #expect(scan.text == "1234")
  }

  @Test("bytes as digits, with runs, and every line, are read as they were written")
  func lines() throws {
    let bytes = [1, 2] + [UInt8](repeating: 0, count: 1024) + [UInt8](repeating: 7, count: 15)
    #expect(HexText.text(bytes).hasPrefix("010200{1024}0707") && HexText.bytes(HexText.text(bytes)) == bytes)
    for wrong in ["0", "zz", "00{", "00{0}", "00{99999}", "00{9000}", "{4}"] { #expect(HexText.bytes(wrong) == nil) }
    let events: [TranscriptLine.Event] = [
      .opened, .closed, .reset, .pause, .clear(endpoint: 0x81), .out(endpoint: 2, bytes, failure: nil),
      .input(endpoint: 0x81, [], failure: "stalled"), .more([5]), .again(3),
      .failed("claim 0: another program holds it"),
      .control([0x81, 6, 0, 0x22, 0, 0, 0, 4], [1, 2], failure: nil),
      .control([0x81, 6, 0, 0x22, 0, 0, 0, 4], [], failure: "stalled"),
    ]
    let all =
      [TranscriptLine.form(1), .fact(.numbers, "0400:c35a"), .note("a card's text")]
      + events.map { .moment(milliseconds: 61_007, $0) }
    for line in all { #expect(TranscriptLine(line.text) == line) }
    #expect(TranscriptLine("61.007 in 81 zz") == nil && TranscriptLine("soon opened") == nil)
  }
}
