import Groundwork
import ReaderLink
import ReaderProtocols
import Testing

// Goal: each end receives what the other sends, in whatever pieces, and rejects anything else. Method: every message
// there and back; hand-written bytes; seeded mutation.
@Suite("The words between daemon and reader process")
struct ReaderLinkTests {
  private static let card = LinkCard(
    CardText(
      .resident,
      [
        .name: "测试甲", .sex: "1", .nation: "01", .birth: "19000101", .number: "000000190001010017",
        .address: "虚构路１号", .validFrom: "20200101", .validTo: "长期",
      ]))

  static let reports: [LinkReport] = [
    .hello, .arrived(portPath: "1-2.3", kind: .cardReader, name: "读卡器", serial: nil),
    .arrived(portPath: "1-2", kind: .scanner, name: "0c2e:0901", serial: "S1"), .left(portPath: "1-2"),
    .found(portPath: "1-2"), .card(portPath: "1-2", card), .fieldEmpty(portPath: "1-2"), .codeTrouble(portPath: "2-1"),
    .pong(UInt32.max),
    .note("1-2 (0400:c35a): another program holds it"),
    .code(portPath: "1-2", text: "安居镇", isWhole: true, symbol: "]Q1"),
    .code(portPath: "1-2", text: "", isWhole: false, symbol: nil),
  ]

  static let orders: [LinkOrder] = [
    .begin, .readCards(true, portPaths: []), .readCards(false, portPaths: ["1-2", "1-3.4"]), .read(true), .read(false),
    .rescan, .reset(portPath: "1-2"), .ping(0),
  ]

  @Test("every report is heard as it was said")
  func reportsHeard() throws {
    let all =
      Self.reports + ReaderCondition.allCases.map { .condition(portPath: "1-1", $0) }
      + CardTrouble.allCases.map { .cardTrouble(portPath: "1-1", $0) }
    let bytes = all.flatMap { $0.frame.bytes ?? [] }
    for size in [1, 3, 4096] {
      var decoder = LinkDecoder()
      var heard: [LinkReport] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        heard += try decoder.take(bytes[start..<min(start + size, bytes.count)]).map { try LinkReport($0) }
      }
      #expect(heard == all)
      #expect(decoder.heldBytes == 0)
    }
  }

  @Test("every order is heard as it was said")
  func ordersHeard() throws {
    let settings = KeyboardDecoder.Settings(layout: .us, alt: .unicode, tellsSymbol: true, capsLock: true)
    let matches = [
      ReaderMatch(.cardBulk, vendor: 0x0400, product: 0xC35A),
      ReaderMatch(.pos, vendor: 0x0C2E, product: nil, mustBegin: true),
      ReaderMatch(.keyboard, vendor: 0xFFFF, product: 0, keyboard: settings),
    ].compactMap(\.self)
    let all = matches.map(LinkOrder.match) + Self.orders
    var decoder = LinkDecoder()
    let heard = try decoder.take(all.flatMap { $0.frame.bytes ?? [] }).map { try LinkOrder($0) }
    #expect(heard == all && matches.count == 3)
  }

  @Test("a card says what a hall needs and no more")
  func cardSaysLittle() throws {
    let frame = LinkReport.card(portPath: "1-2", Self.card).frame
    let bytes = try #require(frame.bytes)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("虚构"))
    #expect(frame.fields.count == 7)
    #expect(Self.card.number == "000000190001010017" && Self.card.validTo == "长期")
    var dumped = "\(Self.card)"
    dump(Self.card, to: &dumped)
    #expect(!dumped.contains(Self.card.number) && !dumped.contains(Self.card.name))
  }

  @Test(
    "what is no message is a fault, and nothing comes after it",
    arguments: [
      ([0, 0, 0, 1, 1], .length(1)), ([0, 0, 0x20, 1], .length(8193)),
      ([0xFF, 0xFF, 0xFF, 0xFF], .length(0xFFFF_FFFF)),
      ([0, 0, 0, 2, 2, 1], .version(2)), ([0, 0, 0, 3, 1, 1, 0], .fields), ([0, 0, 0, 4, 1, 1, 0, 1], .fields),
    ] as [([UInt8], LinkFrame.Fault)])
  func faults(bytes: [UInt8], fault: LinkFrame.Fault) throws {
    var decoder = LinkDecoder()
    #expect(throws: fault) { try decoder.take(bytes) }
    #expect(try decoder.take(LinkReport.hello.frame.bytes ?? []).isEmpty)
    #expect(decoder.heldBytes == 0)
  }

  @Test(
    "fields that do not fit their kind are refused",
    arguments: [
      LinkFrame(kind: 0), LinkFrame(kind: 99), LinkFrame(kind: 1, fields: [[]]), LinkFrame(kind: 3, fields: [[]]),
      LinkFrame(kind: 3, fields: [Array("/etc".utf8)]),
      LinkFrame(kind: 3, fields: [[UInt8](repeating: 0x31, count: 41)]),
      LinkFrame(kind: 4, fields: [Array("1-1".utf8), Array("well".utf8)]),
      LinkFrame(kind: 8, fields: [Array("1-1".utf8), [0xFF], [1], []]),
      LinkFrame(kind: 8, fields: [Array("1-1".utf8), [], [2], []]),
      LinkFrame(kind: 8, fields: [Array("1-1".utf8), [], [1], Array("]!1".utf8)]),
      LinkFrame(kind: 10, fields: [[1, 2, 3]]),
    ])
  func misfits(frame: LinkFrame) {
    #expect(throws: LinkFrame.Fault.message(kind: frame.kind)) { try LinkReport(frame) }
  }

  @Test("hostile text is made safe and bounded on its way in")
  func hostileText() throws {
    let text = "a\u{202E}b\u{0}" + String(repeating: "长", count: 2000)
    guard
      case .code(_, let shown, _, _) = try LinkReport(
        LinkFrame(kind: 8, fields: [Array("1-1".utf8), Array(text.utf8), [1], []]))
    else {
      Issue.record("no code")
      return
    }
    #expect(shown.hasPrefix("ab长") && shown.unicodeScalars.count == LinkReport.mostText)
  }

  @Test("whatever is changed on the way ends in a message, a fault or silence", arguments: 0..<20)
  func mutation(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let good = Self.reports.flatMap { $0.frame.bytes ?? [] }
    for _ in 0..<500 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      var decoder = LinkDecoder()
      for frame in (try? decoder.take(bytes)) ?? [] {
        _ = try? LinkReport(frame)
        _ = try? LinkOrder(frame)
      }
      #expect(decoder.heldBytes <= LinkFrame.mostBytes + 4)
    }
  }
}
