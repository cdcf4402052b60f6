import Desks
import Emulators
import Foundation
import Groundwork
import Hall
import Ports
import ReaderProtocols
import Registrar
import Seal
import Slips
import Synchronization
import Testing
import TestKit
import Views

/// Goal: a card is read only after consent, is shown only to its own kiosk's page, and is then forgotten. Method: the
/// shipped desk and registrar, with an emulated reader that the test operates.
@Suite("reader desk")
struct ReaderDeskTests {
  /// The news of all kiosks' pages, in order.
  final class Page: Sendable {
    struct Heard: Equatable {
      let kiosk: String
      let news: ReaderNews
    }
    private let told = Mutex<[Heard]>([])

    func take(_ kiosk: String, _ news: ReaderNews) { told.withLock { $0.append(Heard(kiosk: kiosk, news: news)) } }
    var all: [Heard] { told.withLock { $0 } }
  }

  struct Kiosk {
    let hall: TestHall
    let readers: EmulatedReaders
    let desk: ReaderDesk
    let cards: CardTokens
    let page: Page
    let keys: DayKeys
    let folder: String
    let work: Task<Void, any Error>

    /// Waits for news that `pick` accepts, and returns the latest.
    @discardableResult
    func told<T: Sendable>(after count: Int = 0, _ pick: @escaping @Sendable (ReaderNews) -> T?) async throws -> T {
      try await eventually("the page is told") { page.all.dropFirst(count).contains { pick($0.news) != nil } }
      return try #require(page.all.dropFirst(count).lazy.compactMap { pick($0.news) }.last)
    }

    /// Lays a synthetic card down after the page has consented, and returns the page's news.
    func show(_ card: CardText) async throws -> CardNews {
      // A card that lies there already would be read at the consent.
      await readers.lift()
      let before = page.all.count
      await desk.allow(true)
      await readers.lay(.card(card))
      return try await told(after: before) { if case .card(let news) = $0 { news } else { nil } }
    }

    func close() {
      work.cancel()
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  struct NotTold: Error {}

  private func kiosk(open: Bool = true) async throws -> Kiosk {
    let hall = TestHall()
    if open { try await hall.openDay() }
    let folder = FileManager.default.temporaryDirectory.path + "/yichuang-reader-desk-\(UUID().uuidString)"
    let keys = try DayKeys(folder: folder)
    let readers = EmulatedReaders()
    let page = Page()
    let cards = CardTokens(clock: hall.clock)
    let desk = ReaderDesk(
      kiosk: "kiosk-1", port: readers, cards: cards, marking: keys, entropy: SystemEntropy(),
      badgeOwner: {
        ["AJ001": .clerk, "DB01": .agent(badge: "DB01", name: "演示代办员"), "DB00": .revoked(badge: "DB00")][$0]
      }, registrar: hall.registrar,
      health: hall.health, clock: hall.clock, logger: hall.logger
    ) { kiosk, news in page.take(kiosk, news) }
    await readers.plug(.cardReader)
    await readers.plug(.scanner)
    let kiosk = Kiosk(
      hall: hall, readers: readers, desk: desk, cards: cards, page: page, keys: keys, folder: folder,
      work: Task { try await desk.run() })
    _ = try await kiosk.told { news in
      if case .devices(let devices) = news, devices.count == 2, devices.allSatisfy({ $0.condition == .ready }) {
        return true
      }
      return nil
    }
    return kiosk
  }

  private func take(_ hall: TestHall, _ card: PresentedCard) async throws -> PublicCode {
    let outcome = try await hall.registrar.submit(
      .queue(.takeTicket(TakeTicket(kiosk: "kiosk-1", card: card))), by: .kiosk("kiosk-1")
    ) { outcome, _ in outcome }
    guard case .ticket(let code) = outcome else { throw NotTold() }
    return code
  }

  @Test("a card is only found until somebody agrees; then its own kiosk hears of it, once")
  func agreement() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    await kiosk.readers.lay(.card(SyntheticCard.text(.resident)))
    try await kiosk.told { $0 == .found ? true : nil }
    #expect(!kiosk.page.all.contains { if case .card = $0.news { true } else { false } })
    await kiosk.desk.allow(true)
    let news = try await kiosk.told { if case .card(let news) = $0 { news } else { nil } }
    #expect(news.maskedName == "测*甲" && news.token != nil && news.tickets.isEmpty)
    // Born in 1900.
    #expect(news.offersPriority && !news.isExpired)
    #expect(Set(kiosk.page.all.map(\.kiosk)) == ["kiosk-1"])
    // The next card needs another consent.
    await kiosk.readers.lay(.card(SyntheticCard.text(.resident, variant: 1)))
    try await kiosk.told { $0 == .lifted ? true : nil }
    #expect(kiosk.page.all.filter { if case .card = $0.news { true } else { false } }.count == 1)
  }

  @Test("the number of a card is found again by the card, and by no other", arguments: CardKind.allCases)
  func holder(kind: CardKind) async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    let first = try await kiosk.show(SyntheticCard.text(kind))
    let token = try #require(first.token)
    let card = kiosk.cards.card(token, at: "kiosk-1")
    let code = try await take(kiosk.hall, card)
    #expect(try await kiosk.show(SyntheticCard.text(kind)).tickets == [code])
    let other = try await kiosk.show(SyntheticCard.text(kind, variant: 1))
    #expect(other.tickets.isEmpty && other.token != first.token)
    // A card's token is valid where it was shown, until the next card.
    #expect(kiosk.cards.card(try #require(other.token), at: "kiosk-2") == .forgotten)
    #expect(kiosk.cards.card(token, at: "kiosk-1") == .forgotten)
  }

  @Test("a card is forgotten after two minutes, and when the page goes on without it")
  func forgetting() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    let news = try await kiosk.show(SyntheticCard.text(.resident))
    let token = try #require(news.token)
    #expect(kiosk.cards.card(token, at: "kiosk-1") != .forgotten)
    kiosk.hall.clock.advance(CardTokens.lifetime)
    #expect(kiosk.cards.card(token, at: "kiosk-1") == .forgotten)
    let again = try await kiosk.show(SyntheticCard.text(.resident, variant: 2))
    await kiosk.desk.allow(false)
    #expect(kiosk.cards.card(try #require(again.token), at: "kiosk-1") == .forgotten)
    await #expect(throws: RegistrarFailure.refused(.queue(.cardForgotten))) {
      _ = try await take(kiosk.hall, .forgotten)
    }
  }

  @Test("an agreement is over after a minute: what is laid down then is only found")
  func overdue() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    await kiosk.desk.allow(true)
    try await eventually("it is over", passing: kiosk.hall.clock, by: ReaderDesk.patience) {
      kiosk.page.all.contains { $0.news == .notRead }
    }
    await kiosk.readers.lay(.card(SyntheticCard.text(.resident)))
    try await kiosk.told { $0 == .found ? true : nil }
    #expect(!kiosk.page.all.contains { if case .card = $0.news { true } else { false } })
  }

  @Test("while the hall is closed a card gives no name to take a number with")
  func closed() async throws {
    let kiosk = try await kiosk(open: false)
    defer { kiosk.close() }
    let news = try await kiosk.show(SyntheticCard.text(.resident))
    #expect(news.token == nil && news.tickets.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: kiosk.folder).isEmpty)
  }

  @Test("without its key a card is told, and counts as none")
  func noKey() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    try FileManager.default.removeItem(atPath: kiosk.folder)
    let news = try await kiosk.show(SyntheticCard.text(.resident))
    #expect(news.token == nil && news.maskedName == "测*甲")
  }

  @Test("what was scanned is a ticket, a notice, an item, a badge, or nothing of this hall's")
  func codes() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    let ticket = try await kiosk.hall.takeTicket()
    let outcome = try await kiosk.hall.registrar.submit(
      .notice(.issueNotice(IssueNotice(item: "RS-004"))), by: .kiosk("kiosk-1")
    ) { outcome, _ in outcome }
    guard case .notice(let notice) = outcome else { throw NotTold() }
    let expected: [(String, CodeNews)] = [
      ("A001\n\(ticket)", .ticket(ticket)), ("\(ticket)", .ticket(ticket)),
      ("安居镇便民服务中心\n告知单 GZ-1\n\(notice)", .notice(notice, item: "RS-004", situations: [])),
      (CodePayload.item(name: "社会保障卡申领", code: "RS-004"), .item("RS-004")), ("RS-004", .item("RS-004")),
      ("ITEM RS-999", foreign("ITEM RS-999")), ("AJ001", .badge), ("DB00", .revokedBadge), (" AJ001\n", .badge),
      ("AJ009", foreign("AJ009")),
      ("]C0AJ001", .badge), ("］Ｃ０ＡＪ００１", .badge), ("item rs-004", .item("RS-004")), ("]Q1rs-004", .item("RS-004")),
      ("]Q1\(ticket)".lowercased(), .ticket(ticket)),
      ("A001\n\(PublicCode(entropy: 1))", .oldSlip),
      ("6901234567892", foreign("6901234567892")), ("https://example.org/?q=1", foreign("https://example.org/?q=1")),
      (String(repeating: "长", count: 500), foreign(String(repeating: "长", count: 500))),
      (String(repeating: "x", count: 5000), .unreadable), ("a\u{202E}b\u{7}", foreign("ab")),
    ]
    for (text, news) in expected {
      let before = kiosk.page.all.count
      await kiosk.readers.scan(text)
      try await eventually("the page is told") { kiosk.page.all.count > before }
      #expect(kiosk.page.all.last?.news == .code(news), "\(text)")
    }
  }

  private func foreign(_ text: String) -> CodeNews { .unknown(ForeignCode(text)) }

  @Test("of a foreign code kind and length are told, and nothing of its text")
  func foreignCode() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    await kiosk.readers.scan("测试甲\n000000190001010017")
    let news = try await kiosk.told { if case .code(.unknown(let code)) = $0 { code } else { nil } }
    #expect(news.kind == .text && news.length == 22)
    var dumped = ""
    dump(kiosk.page.all.map(\.news), to: &dumped)
    #expect(!dumped.contains("测试") && !dumped.contains("0000001900"))
    let code = ScannedCode(text: "测试甲 000000190001010017", isWhole: true)
    #expect("\(code) \(ReaderEvent.code(ReaderID("1-2"), code))".contains("测试") == false)
    #expect(ForeignCode("000000190001010017").kind == .number && ForeignCode("weixin://a/b").kind == .link)
  }

  @Test("the same code within two seconds is one, however often it is read; another one is heard at once")
  func sameCode() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    func scan(_ text: String, after milliseconds: Int64 = 0) async -> Int {
      kiosk.hall.clock.advance(milliseconds)
      await kiosk.desk.take(.code(EmulatedReaders.scannerPortPath, ScannedCode(text: text, isWhole: true)))
      return kiosk.page.all.filter { if case .code = $0.news { true } else { false } }.count
    }
    for _ in 0..<4 { #expect(await scan("6901234567892", after: ReaderDesk.sameCodeTime - 100) == 1) }
    #expect(await scan("RS-004") == 2)
    #expect(await scan("6901234567892") == 3)
    #expect(await scan("6901234567892", after: ReaderDesk.sameCodeTime) == 4)
  }

  @Test("a card that lies there when the page goes home is nobody's until the field was empty for a second")
  func leftBehind() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    _ = try await kiosk.show(SyntheticCard.text(.resident))
    await kiosk.desk.cameHome()
    try await kiosk.told { $0 == .leftBehind(true) ? true : nil }
    #expect(await kiosk.hall.health.faults.map(\.code) == [.cardLeft])
    // The next resident consents: the card that was left is not read.
    let before = kiosk.page.all.count
    await kiosk.desk.allow(true)
    await kiosk.readers.lift()
    try await kiosk.told(after: before) { $0 == .lifted ? true : nil }
    // Laid down again too soon, it still counts as the one that was left.
    await kiosk.readers.lay(.card(SyntheticCard.text(.resident)))
    try await eventually("it lies there") { await kiosk.desk.hasCardLying }
    kiosk.hall.clock.advance(ReaderDesk.emptyTime)
    #expect(await kiosk.desk.hasCardLeftBehind)
    #expect(!kiosk.page.all.dropFirst(before).contains { if case .card = $0.news { true } else { false } })
    await kiosk.readers.lift()
    try await eventually("nobody's no more", passing: kiosk.hall.clock, by: ReaderDesk.emptyTime) {
      kiosk.page.all.last?.news == .leftBehind(false)
    }
    #expect(await kiosk.hall.health.faults.isEmpty)
    // Within the minute of the consent the next card is read.
    await kiosk.readers.lay(.card(SyntheticCard.text(.resident, variant: 1)))
    try await kiosk.told(after: before) { if case .card(let news) = $0 { news } else { nil } }
  }

  @Test("a card that was only found is left behind as well; without one going home leaves nothing")
  func foundAndLeft() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    await kiosk.desk.cameHome()
    #expect(await !kiosk.desk.hasCardLeftBehind)
    await kiosk.readers.lay(.card(SyntheticCard.text(.resident)))
    try await kiosk.told { $0 == .found ? true : nil }
    await kiosk.desk.cameHome()
    #expect(await kiosk.desk.hasCardLeftBehind)
    // After unplugging and plugging in the reader finds the card again; it still counts as left behind.
    let before = kiosk.page.all.count
    await kiosk.readers.unplug(.cardReader)
    await kiosk.readers.plug(.cardReader)
    try await eventually("found") { await kiosk.desk.hasCardLying }
    #expect(!kiosk.page.all.dropFirst(before).contains { $0.news == .found })
    #expect(await kiosk.desk.hasCardLeftBehind)
    // The card is taken away while the reader is unplugged.
    await kiosk.readers.unplug(.cardReader)
    await kiosk.readers.lift()
    await kiosk.readers.plug(.cardReader)
    try await eventually("nothing is there", passing: kiosk.hall.clock, by: ReaderDesk.returnTime) {
      await !kiosk.desk.hasCardLeftBehind
    }
    await kiosk.readers.lay(.card(SyntheticCard.text(.resident)))
    try await kiosk.told(after: before) { $0 == .found ? true : nil }
  }

  @Test(
    "a blank or damaged card is nobody's: no name, no mark", arguments: ["", "0000001900010100", "000000000000000000"])
  func blankCard(number: String) async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    let card = LaidCard(CardText(.resident, [.name: "测试甲", .number: number, .birth: "19000101"]))
    #expect(!card.namesSomebody)
    await kiosk.desk.allow(true)
    await kiosk.desk.take(.card(EmulatedReaders.readerPortPath, card))
    #expect(kiosk.page.all.last?.news == .cardTrouble(.unknownText))
    // The consent is still valid for a readable card.
    await kiosk.readers.lay(.card(SyntheticCard.text(.resident)))
    try await kiosk.told { if case .card(let news) = $0 { news } else { nil } }
  }

  @Test("an agent's badge takes one number after the other, up to the limit, while it is used")
  func agent() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    func badge() async throws -> AgentNews {
      let before = kiosk.page.all.count
      await kiosk.readers.scan("DB01")
      return try await kiosk.told(after: before) { if case .code(.agent(let news)) = $0 { news } else { nil } }
    }
    let shown = try await badge()
    #expect(shown.name == "演示代办员" && shown.carries == 0)
    for _ in 1...8 {
      kiosk.hall.clock.advance(CardTokens.lifetime - 1)
      #expect(kiosk.cards.card(shown.token, at: "kiosk-2") == .forgotten)
      _ = try await take(kiosk.hall, kiosk.cards.card(shown.token, at: "kiosk-1"))
    }
    await #expect(throws: RegistrarFailure.refused(.queue(.agentHoldsEnough(limit: 8)))) {
      _ = try await take(kiosk.hall, kiosk.cards.card(shown.token, at: "kiosk-1"))
    }
    #expect(try await badge().carries == 8)
    kiosk.hall.clock.advance(CardTokens.lifetime)
    #expect(kiosk.cards.card(shown.token, at: "kiosk-1") == .forgotten)
  }

  @Test("a device that is pulled, hangs or comes back is a fault at once, and none any more")
  func faults() async throws {
    let kiosk = try await kiosk()
    defer { kiosk.close() }
    func until(_ codes: [FaultCode]) async throws {
      try await eventually("\(codes)") { await kiosk.hall.health.faults.map(\.code) == codes }
    }
    await kiosk.readers.unplug(.cardReader)
    try await until([.readerGone])
    await kiosk.readers.plug(.cardReader)
    try await until([])
    await kiosk.readers.stall(.cardReader, true)
    try await until([.readerSilent])
    await kiosk.readers.stall(.cardReader, false)
    try await until([])
    await kiosk.readers.unplug(.scanner)
    try await until([.readerGone])
    #expect(await kiosk.desk.devices.map(\.kind) == [.cardReader])
  }

  @Test(
    "masked names",
    arguments: [
      ("张三", "张*"), ("张小三", "张*三"), ("欧阳小三", "欧**三"), ("买买提江·阿布都拉", "买**拉"), ("𬱖", "*"), ("", ""),
      ("SYNTHETIC, TEST", "S***T"),
    ])
  func masks(name: String, masked: String) { #expect(MaskedName(name).description == masked) }

  @Test(
    "age by birthdays",
    arguments: [
      ("1961-11-23", true), ("1961-11-24", false), ("1961-11-22", true), ("1900-01-01", true), ("2026-01-01", false),
    ])
  func ages(birth: String, isOld: Bool) throws {
    let today = try #require(CivilDate("2026-11-23"))
    #expect(ReaderDesk.isOld(CivilDate(birth), on: today, from: 65) == isOld)
    #expect(!ReaderDesk.isOld(CivilDate(birth), on: today, from: nil) && !ReaderDesk.isOld(nil, on: today, from: 65))
  }
}
