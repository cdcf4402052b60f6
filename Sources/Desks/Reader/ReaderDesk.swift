package import Groundwork
import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle
import Slips
import Synchronization

/// The card reader and the scanner of one kiosk: what is laid down or held up there becomes news for that kiosk's own page.
///
/// A card is read only after somebody at the page has agreed (`allow`), for one card and a minute at most. What the hall
/// needs of it is used here and forgotten: a mark of the day, whether the person is old enough for priority, a masked name for
/// the page. Nothing of it is logged (个人信息保护法 第六条、第十七条).
///
/// What lies on the reader when the page goes home belongs to nobody, until the field was empty for `emptyTime`: it is neither
/// found nor read for whoever comes next, and page and consoles say that it was left behind.
package actor ReaderDesk: Service {
  /// Milliseconds for which a card may be laid down after somebody has agreed.
  package static let patience: Int64 = 60_000
  /// Milliseconds for which the field must be empty before what is laid down is somebody's again.
  package static let emptyTime: Int64 = 1000
  /// Milliseconds after a reader that was out of reach has come back, in which it finds what still lies there.
  package static let returnTime: Int64 = 3000
  /// Milliseconds in which the same code again is the same scan: a scanner that reads on and on, or a hand that trembles.
  package static let sameCodeTime: Int64 = 2000

  package nonisolated let kiosk: String
  private let port: any ReaderPort
  private let cards: CardTokens
  private let marking: any HolderPseudonymizing
  private let entropy: any Entropy
  private let badgeOwner: @Sendable (String) -> BadgeOwner?
  private let registrar: Registrar
  private let health: HealthBoard
  private let clock: any TimeSource
  private let logger: Logger
  private let tell: @Sendable (String, ReaderNews) -> Void

  private struct Standing: Equatable {
    var device: ReaderDevice
    var condition: ReaderCondition?
  }

  private var standing: [Standing] = []
  /// Kinds of device that were there and are not any more.
  private var missing: Set<ReaderDevice.Kind> = []
  /// Whether the devices are looked after.
  private var isServed = true
  private var mayReadUntil: Int64?
  /// Ends the permission when its time is over; owned by the permission.
  private var timer: Task<Void, Never>?
  /// Something lies on the reader, as far as it tells.
  private var isLying = false
  /// What lies there, or lay there a moment ago, was left by somebody who has gone.
  private var isLeftBehind = false
  /// Waits for the field to have been empty for long enough.
  private var emptying: Task<Void, Never>?
  /// The code that was heard last, as a hash that only this process can make, and when.
  private var lastCode: (mark: Int, at: Int64)?

  /// - Parameters:
  ///   - badgeOwner: whose badge a word is, read without case; nil for no badge of this hall's.
  ///   - tell: hands news to the pages of a kiosk.
  package init(
    kiosk: String, port: any ReaderPort, cards: CardTokens, marking: any HolderPseudonymizing, entropy: any Entropy,
    badgeOwner: @escaping @Sendable (String) -> BadgeOwner?, registrar: Registrar, health: HealthBoard,
    clock: any TimeSource, logger: Logger,
    tell: @escaping @Sendable (_ kiosk: String, ReaderNews) -> Void
  ) {
    self.kiosk = kiosk
    self.port = port
    self.cards = cards
    self.marking = marking
    self.entropy = entropy
    self.badgeOwner = badgeOwner
    self.registrar = registrar
    self.health = health
    self.clock = clock
    self.logger = logger
    self.tell = tell
  }

  /// What is plugged in now.
  package var devices: [PresentReader] {
    standing.map { PresentReader(kind: $0.device.kind, name: $0.device.name, condition: $0.condition) }
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        for await event in await self.port.events() { await self.take(event) }
        // Let go because it lagged behind, or the port began anew.
        try? await self.clock.sleep(milliseconds: 100)
      }
    }
  }

  /// Somebody at the page agrees that a card is read, or goes on without one.
  package func allow(_ isAllowed: Bool) async {
    timer?.cancel()
    timer = nil
    guard isAllowed else {
      mayReadUntil = nil
      cards.forget(kiosk)
      await port.send(.readCards(false))
      return
    }
    // Asked before the page could know.
    if isLeftBehind { tell(kiosk, .leftBehind(true)) }
    mayReadUntil = clock.monotonic() + Self.patience
    timer = Task { [clock] in
      do { try await clock.sleep(milliseconds: Self.patience) } catch { return }
      await self.overdue()
    }
    if !isLeftBehind { await port.send(.readCards(true)) }
  }

  /// The page went home: nothing of whom was there is left, and what lies on the reader is nobody's.
  package func cameHome() async {
    await allow(false)
    guard isLying, !isLeftBehind else { return }
    isLeftBehind = true
    await tellLeftBehind()
  }

  /// Whether something of somebody who has gone lies on the reader.
  package var hasCardLeftBehind: Bool { isLeftBehind }
  /// Whether something lies on the reader.
  package var hasCardLying: Bool { isLying }

  private func tellLeftBehind() async {
    tell(kiosk, .leftBehind(isLeftBehind))
    await health.show(readers: faults, kiosk: kiosk)
  }

  private func laid() {
    isLying = true
    emptying?.cancel()
    emptying = nil
  }

  /// The field is empty, or nobody can tell. What was left behind is over when nothing turns up for a while.
  private func emptied(for milliseconds: Int64) {
    isLying = false
    emptying?.cancel()
    emptying = nil
    guard isLeftBehind else { return }
    emptying = Task { [clock] in
      do { try await clock.sleep(milliseconds: milliseconds) } catch { return }
      await self.stayedEmpty()
    }
  }

  private func stayedEmpty() async {
    guard isLeftBehind, !isLying else { return }
    isLeftBehind = false
    emptying = nil
    await tellLeftBehind()
    if mayReadUntil != nil { await port.send(.readCards(true)) }
  }

  private func overdue() async {
    guard mayReadUntil != nil else { return }
    mayReadUntil = nil
    await port.send(.readCards(false))
    tell(kiosk, .notRead)
  }

  /// What the reader port tells.
  package func take(_ event: ReaderEvent) async {
    switch event {
    case .service(let isRunning):
      isServed = isRunning
      if !isRunning { isLying = false }
      await change { if !isRunning { $0.removeAll() } }
      await health.show(readers: faults, kiosk: kiosk)
    case .arrived(let device):
      await change { standing in
        if let index = standing.firstIndex(where: { $0.device.id == device.id }) {
          standing[index].device = device
        } else {
          standing.append(Standing(device: device))
        }
      }
    case .condition(let id, let condition):
      if condition == .ready, isLeftBehind, !isLying,
        standing.contains(where: { $0.device.id == id && $0.device.kind == .cardReader })
      {
        emptied(for: Self.returnTime)
      }
      await change { standing in
        if let index = standing.firstIndex(where: { $0.device.id == id }) { standing[index].condition = condition }
      }
    case .left(let id):
      // Until it is back nobody can tell what lies there.
      if standing.contains(where: { $0.device.id == id && $0.device.kind == .cardReader }) {
        emptying?.cancel()
        isLying = false
      }
      await change { $0.removeAll { $0.device.id == id } }
    case .found:
      laid()
      if mayReadUntil == nil, !isLeftBehind { tell(kiosk, .found) }
    case .card(_, let card):
      laid()
      if !isLeftBehind { await read(card) }
    case .cardTrouble(_, let trouble):
      laid()
      if !isLeftBehind { tell(kiosk, .cardTrouble(trouble)) }
    case .fieldEmpty:
      emptied(for: Self.emptyTime)
      tell(kiosk, .lifted)
    case .code(_, let code): await scanned(code.text)
    case .codeTrouble: await scanned(nil)
    }
  }

  /// A code, or nil for one that cannot be read. Heard again within `sameCodeTime` it is the same scan.
  private func scanned(_ text: String?) async {
    let now = clock.monotonic()
    // Seeded anew in each process: of no use to anybody who finds it.
    let mark = text.hashValue
    let isSame = lastCode.map { $0.mark == mark && now - $0.at < Self.sameCodeTime } ?? false
    lastCode = (mark, now)
    guard !isSame else { return }
    tell(kiosk, .code(await meaning(of: text)))
  }

  /// One card for one agreement: whoever lays the next one down is asked again.
  private func read(_ card: LaidCard) async {
    guard mayReadUntil != nil else { return }
    // Read as a number, a blank or damaged one would be everybody's.
    guard card.namesSomebody else {
      tell(kiosk, .cardTrouble(.unknownText))
      return
    }
    timer?.cancel()
    timer = nil
    mayReadUntil = nil
    await port.send(.readCards(false))
    let now = clock.now()
    let (day, rules) = await registrar.read { state, rules in (state.day?.date, rules) }
    let today = rules.zone.civil(now).date
    let mark = day.flatMap { holder(of: card, on: $0) }
    let token = mark.map { _ in freshToken() }
    if let mark, let token { cards.show(mark, at: kiosk, token: token) }
    let tickets: [PublicCode] = await registrar.read { state, _ in
      guard let mark else { return [] }
      return state.ticketsHeld(by: mark).map(\.code)
    }
    let isExpired = if let end = card.validTo { !card.isValidForever && end < today } else { false }
    let news = CardNews(
      token: token, maskedName: MaskedName(card.name).description,
      offersPriority: Self.isOld(card.birth, on: today, from: rules.limits.priorityAge), isExpired: isExpired,
      tickets: tickets)
    tell(kiosk, .card(news))
  }

  /// nil when the key is out of reach; then a number is given as without a card.
  private func holder(of card: LaidCard, on day: CivilDate) -> HolderPseudonym? {
    do {
      return try marking.mark(Array("\(card.kind.rawValue):\(card.number)".utf8), on: day)
    } catch {
      logger.error("nobody can be marked", metadata: ["why": "\(error)"])
      return nil
    }
  }

  private func freshToken() -> String { String(entropy.bits(), radix: 36) }

  private func meaning(of text: String?) async -> CodeNews {
    guard let text else { return .unreadable }
    if let word = ScannedWords(text).only, let owner = badgeOwner(word) {
      guard case .agent(let badge, let name) = owner else { return .badge }
      return await greet(agent: badge, name)
    }
    return await registrar.read { state, rules in CodeNews(CodeMeaning(text, state, rules)) }
  }

  private func greet(agent badge: String, _ name: String) async -> CodeNews {
    let carries: Int? = await registrar.read { state, rules in
      rules.hasQueue ? state.ticketsCarried(by: badge).count : nil
    }
    // Nobody takes a number at a village's station.
    guard let carries else { return .badge }
    let token = freshToken()
    cards.show(agent: badge, at: kiosk, token: token)
    return .agent(AgentNews(token: token, name: name, carries: carries))
  }

  /// Whether somebody born on that day has had that many birthdays.
  package static func isOld(_ birth: CivilDate?, on today: CivilDate, from age: Int?) -> Bool {
    guard let birth, let age else { return false }
    let (year, month, day) = birth.parts
    let (thisYear, thisMonth, thisDay) = today.parts
    let hadBirthday = (thisMonth, thisDay) >= (month, day)
    return thisYear - year - (hadBirthday ? 0 : 1) >= age
  }

  /// Changes what is known of the devices, and says so to page and health board if that makes a difference.
  private func change(_ body: (inout [Standing]) -> Void) async {
    let before = standing
    body(&standing)
    guard standing != before else { return }
    let isThere = Set(standing.map(\.device.kind))
    missing = missing.union(before.map(\.device.kind)).subtracting(isThere)
    tell(kiosk, .devices(devices))
    await health.show(readers: faults, kiosk: kiosk)
  }

  private var faults: Set<FaultCode> {
    guard isServed else { return [.readerServiceDown] }
    return Set(
      standing.compactMap { $0.condition?.fault } + (missing.isEmpty ? [] : [.readerGone])
        + (isLeftBehind ? [.cardLeft] : []))
  }
}

extension ReaderCondition {
  /// What clerks and the operator are told of; nil while nothing is wrong.
  var fault: FaultCode? {
    switch self {
    case .opening, .ready: nil
    case .taken: .readerTaken
    case .notPermitted: .readerNotPermitted
    case .silent: .readerSilent
    case .needsService: .readerNeedsService
    }
  }
}
