import Emulators
import Ports
import ReaderProtocols
import Testing

// Goal: the demo's reader and scanner fulfil the port's contract, whatever is done to them.
@Suite("The emulated readers")
struct EmulatedReadersTests {
  private static let reader = EmulatedReaders.readerPortPath
  private static let scanner = EmulatedReaders.scannerPortPath

  @Test("a card of each kind is told once, and again only after it was lifted", arguments: CardKind.allCases)
  func card(kind: CardKind) async throws {
    let readers = EmulatedReaders()
    await readers.send(.readCards(true))
    await readers.plug(.cardReader)
    var events = await readers.events().makeAsyncIterator()
    let text = SyntheticCard.text(kind)
    #expect(text.doubts == [])
    await readers.lay(.card(text))
    await readers.send(.rescan)
    await readers.lift()
    await readers.lay(.card(text))
    var told: [ReaderEvent] = []
    while told.count < 6, let event = await events.next() { told.append(event) }
    #expect(told[0] == .service(isRunning: true))
    guard case .arrived(let device) = told[1] else {
      Issue.record("\(told)")
      return
    }
    #expect(device.serial == "05.03-20190101-0000000001-0000000000" && device.id == Self.reader)
    #expect(told[2] == .condition(Self.reader, .ready))
    #expect(told[3] == .card(Self.reader, LaidCard(text)))
    #expect(told[4] == .fieldEmpty(Self.reader))
    #expect(told[5] == .card(Self.reader, LaidCard(text)))
    guard case .card(_, let card) = told[5] else { return }
    #expect(card.number == text.number && card.birth == text.birth && !"\(card)".contains(text.number))
    var dumped = ""
    dump(card, to: &dumped)
    #expect(!dumped.contains(text.name) && !dumped.contains(text.number))
  }

  @Test("a card is only found until it may be read, and then read where it lies")
  func permission() async throws {
    let readers = EmulatedReaders()
    await readers.plug(.cardReader)
    let events = await readers.events()
    let text = SyntheticCard.text(.resident)
    await readers.lay(.card(text))
    await readers.send(.rescan)
    await readers.lift()
    await readers.lay(.card(text))
    await readers.send(.readCards(true))
    let all = await told(events, until: { $0 == .card(Self.reader, LaidCard(text)) })
    #expect(
      all.suffix(4) == [
        .found(Self.reader), .fieldEmpty(Self.reader), .found(Self.reader), .card(Self.reader, LaidCard(text)),
      ])
    // Not allowed any more: the next card is only found.
    await readers.send(.readCards(false))
    let later = await readers.events()
    await readers.lay(.card(SyntheticCard.text(.resident, variant: 1)))
    await readers.lift()
    #expect(
      await told(later, until: { $0 == .fieldEmpty(Self.reader) && $0 != .service(isRunning: true) }).last
        == .fieldEmpty(Self.reader))
  }

  @Test("plugging the scanner in leaves the card reader at work")
  func both() async throws {
    let readers = EmulatedReaders()
    await readers.plug(.cardReader)
    await readers.plug(.scanner)
    let events = await readers.events()
    await readers.lay(.foreign)
    #expect(await told(events, until: { $0 == .found(Self.reader) }).last == .found(Self.reader))
  }

  @Test("what is no identity card is said, and a card put in its place is read")
  func foreign() async throws {
    let readers = EmulatedReaders()
    await readers.send(.readCards(true))
    await readers.plug(.cardReader)
    let events = await readers.events()
    await readers.lay(.foreign)
    let text = SyntheticCard.text(.resident)
    await readers.lay(.card(text))
    #expect(
      await told(events, until: { $0 == .card(Self.reader, LaidCard(text)) }).contains(
        .cardTrouble(Self.reader, .notAnIdentityCard)))
  }

  @Test("pulled and put back, the reader reads the card that lies there")
  func replug() async throws {
    let readers = EmulatedReaders()
    await readers.send(.readCards(true))
    await readers.plug(.cardReader)
    let text = SyntheticCard.text(.resident)
    await readers.lay(.card(text))
    let events = await readers.events()
    await readers.unplug(.cardReader)
    await readers.plug(.cardReader)
    let all = await told(events, until: { $0 == .card(Self.reader, LaidCard(text)) })
    #expect(all.contains(.left(Self.reader)) && all.contains(.condition(Self.reader, .opening)))
    #expect(await !readers.isPlugged(.scanner))
  }

  @Test("a reader that hangs is said to be silent and comes back by itself")
  func stall() async throws {
    let readers = EmulatedReaders()
    await readers.send(.readCards(true))
    await readers.plug(.cardReader)
    let events = await readers.events()
    await readers.stall(.cardReader, true)
    await readers.lay(.card(SyntheticCard.text(.resident)))
    await readers.stall(.cardReader, false)
    let all = await told(events, until: { if case .card = $0 { true } else { false } })
    #expect(all.contains(.condition(Self.reader, .silent)))
    #expect(all.suffix(2).first == .condition(Self.reader, .ready))
  }

  @Test("codes are told as they are, made safe, and not at all while nobody may read")
  func codes() async throws {
    let readers = EmulatedReaders()
    await readers.send(.readCards(true))
    await readers.plug(.scanner)
    let events = await readers.events()
    await readers.scan("安居镇 A042")
    await readers.send(.read(false))
    await readers.scan("unread")
    await readers.send(.read(true))
    await readers.scan("a\u{202E}b\u{7}")
    await readers.scan([UInt8](repeating: 0x41, count: Scan.mostBytes + 1))
    let all = await told(events, until: { $0 == .codeTrouble(Self.scanner) })
    let codes = all.compactMap { if case .code(_, let code) = $0 { code } else { nil } }
    #expect(
      codes == [
        ScannedCode(text: "安居镇 A042", isWhole: true, symbol: "]Q1"),
        ScannedCode(text: "ab", isWhole: false, symbol: "]Q1"),
      ])
  }

  @Test("a listener that lags is let go, and one who listens anew knows what is there")
  func lagging() async throws {
    let readers = EmulatedReaders()
    await readers.send(.readCards(true))
    let lazy = await readers.events()
    await readers.plug(.scanner)
    for number in 0..<(2 * ReaderAudience.mostWaiting) { await readers.scan("\(number)") }
    let all = await told(lazy, until: { _ in false })
    #expect(all.count == ReaderAudience.mostWaiting)
    var anew = await readers.events().makeAsyncIterator()
    var first: [ReaderEvent] = []
    while first.count < 3, let event = await anew.next() { first.append(event) }
    #expect(first.last == .condition(Self.scanner, .ready))
  }

  /// Everything up to the event that ends it, or the end of the stream.
  private func told(_ events: AsyncStream<ReaderEvent>, until isLast: (ReaderEvent) -> Bool) async -> [ReaderEvent] {
    var all: [ReaderEvent] = []
    for await event in events {
      all.append(event)
      if isLast(event) { break }
    }
    return all
  }
}
