package import Groundwork
import Hall
package import Logging
package import Ports
import ReaderProtocols
package import Registrar
import ServiceLifecycle
import Slips
import Synchronization
import Views

/// The card reader and the scanner of one kiosk: their events become news for that kiosk's own page.
///
/// A card is read only after somebody at the page has consented (`allow`), for one card and at most a minute. The hall
/// uses four facts of it and drops the rest: a pseudonym of the day, a digest from which a reservation's pseudonym is made
/// (in memory, while the card's token is valid), whether the person is old enough for priority, and a masked name for the
/// page. Nothing of it is logged (个人信息保护法 第六条、第十七条).
///
/// A card on the reader when the page goes home is ignored until the field was empty for `emptyTime`: it is neither
/// found nor read for the next resident, and page and consoles say that it was left behind.
package actor ReaderDesk: Service {
  /// Milliseconds within which a card must be laid down after the consent.
  package static let patience: Int64 = 60_000
  /// Milliseconds for which the field must be empty before a card counts as a new one.
  package static let emptyTime: Int64 = 1000
  /// Milliseconds after a reader's return within which it finds a card that still lies there.
  package static let returnTime: Int64 = 3000
  /// Milliseconds within which the same code again counts as the same scan, because scanners repeat and hands tremble.
  package static let sameCodeTime: Int64 = 2000

  package nonisolated let kiosk: String
  private let port: any ReaderPort
  private let cards: CardTokens
  private let marking: any HolderPseudonymizing
  private let reserving: ReservationHolders?
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
  /// Kinds of device that were connected and are missing now.
  private var missing: Set<ReaderKind> = []
  /// Whether the reader process runs.
  private var isServed = true
  private var mayReadUntil: Int64?
  /// Ends the consent when its time is over.
  private var timer: Task<Void, Never>?
  /// Whether a card lies on the reader, as far as the reader reports it.
  private var isLying = false
  /// Whether the card that lies there, or lay there a moment ago, was left by somebody who has gone.
  private var isLeftBehind = false
  /// Waits until the field was empty for long enough.
  private var emptying: Task<Void, Never>?
  /// The last code, as a hash that is valid in this process only, and when.
  private var lastCode: (mark: Int, at: Int64)?

  /// - Parameters:
  ///   - reserving: knows whose reservation it is by the card; nil in a hall that cannot.
  ///   - badgeOwner: the owner of a badge, by the code on it or its number; nil for no badge of this hall.
  ///   - tell: sends news to the pages of a kiosk.
  package init(
    kiosk: String, port: any ReaderPort, cards: CardTokens, marking: any HolderPseudonymizing,
    reserving: ReservationHolders? = nil, entropy: any Entropy,
    badgeOwner: @escaping @Sendable (String) -> BadgeOwner?, registrar: Registrar, health: HealthBoard,
    clock: any TimeSource, logger: Logger,
    tell: @escaping @Sendable (_ kiosk: String, ReaderNews) -> Void
  ) {
    self.kiosk = kiosk
    self.port = port
    self.cards = cards
    self.marking = marking
    self.reserving = reserving
    self.entropy = entropy
    self.badgeOwner = badgeOwner
    self.registrar = registrar
    self.health = health
    self.clock = clock
    self.logger = logger
    self.tell = tell
  }

  /// The connected devices.
  package var devices: [PresentReader] {
    standing.map { PresentReader(kind: $0.device.kind, name: $0.device.name, condition: $0.condition) }
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        for await event in await self.port.events() { await self.take(event) }
        // The subscription was dropped because it lagged, or the port restarted.
        try? await self.clock.sleep(milliseconds: 100)
      }
    }
  }

  /// A resident consents to reading a card, or goes on without one.
  package func allow(_ isAllowed: Bool) async {
    timer?.cancel()
    timer = nil
    guard isAllowed else {
      mayReadUntil = nil
      cards.forget(kiosk)
      await port.send(.readCards(false))
      return
    }
    // The page asked before it was told.
    if isLeftBehind { tell(kiosk, .leftBehind(true)) }
    mayReadUntil = clock.monotonic() + Self.patience
    timer = Task { [clock] in
      do { try await clock.sleep(milliseconds: Self.patience) } catch { return }
      await self.overdue()
    }
    if !isLeftBehind { await port.send(.readCards(true)) }
  }

  /// The page went home: the resident's state is dropped, and a card on the reader is ignored.
  package func cameHome() async {
    await allow(false)
    guard isLying, !isLeftBehind else { return }
    isLeftBehind = true
    await tellLeftBehind()
  }

  /// Whether a card of somebody who has gone lies on the reader.
  package var hasCardLeftBehind: Bool { isLeftBehind }
  /// Whether a card lies on the reader.
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

  /// The field is empty, or its state is unknown. After this time without a card, none counts as left behind any more.
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

  /// Handles an event of the reader port.
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
      // Until the reader is back it is unknown whether a card lies there.
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

  /// A code, or nil for an unreadable one. The same code within `sameCodeTime` is the same scan.
  private func scanned(_ text: String?) async {
    let now = clock.monotonic()
    // Seeded anew in each process, so the stored value reveals nothing.
    let mark = text.hashValue
    let isSame = lastCode.map { $0.mark == mark && now - $0.at < Self.sameCodeTime } ?? false
    lastCode = (mark, now)
    guard !isSame else { return }
    tell(kiosk, .code(await meaning(of: text)))
  }

  /// One card for one consent: the next card needs another.
  private func read(_ card: LaidCard) async {
    guard mayReadUntil != nil else { return }
    // All blank or damaged cards would have the same pseudonym.
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
    let pseudonym = day.flatMap { holder(of: card, on: $0) }
    let token = pseudonym.map { _ in freshToken() }
    let isOld = Self.isOld(card.birth, on: today, from: rules.limits.priorityAge)
    let person = reserving?.person(card.identity) ?? []
    if let pseudonym, let token {
      cards.show(pseudonym, person: person, offersPriority: isOld, at: kiosk, token: token)
    }
    let reserver = day.flatMap { reserving?.contacts.holder(person, on: $0, isMaking: false) }
    let (tickets, reservations): ([PublicCode], [PublicCode]) = await registrar.read { state, _ in
      guard let pseudonym, let day else { return ([], []) }
      let mine = reserver.map { state.reservations.open(of: $0, on: day) } ?? []
      return (state.ticketsHeld(by: pseudonym).map(\.code), mine.map(\.code))
    }
    let isExpired = if let end = card.validTo { !card.isValidForever && end < today } else { false }
    let news = CardNews(
      token: token, maskedName: MaskedName(card.name).description,
      offersPriority: isOld, isExpired: isExpired,
      tickets: tickets, reservations: reservations)
    tell(kiosk, .card(news))
  }

  /// nil when the key cannot be used; then a number is issued as without a card.
  private func holder(of card: LaidCard, on day: CivilDate) -> HolderPseudonym? {
    do {
      return try marking.pseudonym(of: card.identity, on: day)
    } catch {
      logger.error("nobody can be marked", metadata: ["why": "\(error)"])
      return nil
    }
  }

  private func freshToken() -> String { String(entropy.bits(), radix: 36) }

  private func meaning(of text: String?) async -> CodeNews {
    guard let text else { return .unreadable }
    if let word = ScannedWords(text).only, let owner = badgeOwner(word) {
      switch owner {
      case .agent(let badge, let name): return await greet(agent: badge, name)
      case .clerk: return .badge
      case .revoked: return .revokedBadge
      }
    }
    return await registrar.read { state, rules in CodeNews(CodeMeaning(text, state, rules)) }
  }

  private func greet(agent badge: String, _ name: String) async -> CodeNews {
    let carries: Int? = await registrar.read { state, rules in
      rules.hasQueue ? state.ticketsCarried(by: badge).count : nil
    }
    // A village's station issues no numbers.
    guard let carries else { return .badge }
    let token = freshToken()
    cards.show(agent: badge, at: kiosk, token: token)
    return .agent(AgentNews(token: token, name: name, carries: carries))
  }

  /// Whether somebody born on that day has reached the age.
  package static func isOld(_ birth: CivilDate?, on today: CivilDate, from age: Int?) -> Bool {
    guard let birth, let age else { return false }
    let (year, month, day) = birth.parts
    let (thisYear, thisMonth, thisDay) = today.parts
    let hadBirthday = (thisMonth, thisDay) >= (month, day)
    return thisYear - year - (hadBirthday ? 0 : 1) >= age
  }

  /// Changes the known devices, and reports a difference to page and health board.
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
  /// The fault for clerks and the operator; nil while there is none.
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
