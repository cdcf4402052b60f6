import Groundwork
import Hall
import Registrar

/// Residents, clerks, the coordinator and the print desk.
extension Day {
  // MARK: Asking

  mutating func key(_ scope: String) -> IdempotencyKey {
    nextKey += 1
    return IdempotencyKey(scope: scope, key: "key-\(nextKey)")
  }

  /// Sends a command with a key, sometimes twice, sometimes with a key of another body.
  mutating func send(_ command: Command, by actor: Principal, scope: String, digest: UInt8) {
    let request = Request(command: command, actor: actor, key: key(scope), digest: [digest])
    openRequests += 1
    agenda.put(.ask(request), at: now)
    guard isRough else { return }
    if chance(setting.rates.doubleTap) {
      openRequests += 1
      after(0...400, .ask(request))
    }
    if chance(setting.rates.reusedKey) {
      openRequests += 1
      var other = request
      other.digest = [digest, 1]
      after(0...400, .ask(other))
    }
  }

  /// Sends a command of the daemon itself: without a key; it is decided anew when it failed.
  mutating func sendInternal(_ command: Command) {
    openRequests += 1
    ask(Request(command: command, actor: .system, key: nil, digest: []))
  }

  func clerkActor(_ window: Int) -> Principal { .staff(badge: "AJ00\(window)", role: .clerk) }
  static let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)

  // MARK: Residents

  mutating func arrive() {
    guard arrivalsLeft > 0 else {
      isArriving = false
      return
    }
    // People arrive in groups of two or three, and sometimes by the busload.
    let group = min(
      arrivalsLeft, chance(12) ? Int.random(in: 4...12, using: &random) : Int.random(in: 1...3, using: &random))
    arrivalsLeft -= group
    for _ in 0..<group { takeTicket() }
    if arrivalsLeft == 0 { isArriving = false }
    let mean = 8 * 3_600_000 / Int64(setting.tickets) * Int64(group)
    after(0...(2 * mean), .arrive)
  }

  mutating func takeTicket() {
    let item = SyntheticHall.items[Int.random(in: 0..<SyntheticHall.items.count, using: &random)].code
    let kiosk = SyntheticHall.kiosks[Int.random(in: 0..<3, using: &random)].id
    var items = chance(4) ? [] : [item]
    var lane: LaneLetter?
    if chance(setting.rates.oddVerb) {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: items = ["RS-004", "GA-001"]
      case 1: items = ["RS-004", "YB-001", "RS-004"]
      case 2: items = ["XX-999"]
      case 3: lane = LaneLetter("E")
      default: lane = LaneLetter("Z")
      }
    }
    // An agent takes numbers for a village: now and then, and then several.
    let carries = carrying > 0 || chance(60)
    carrying = carries ? (carrying > 0 ? carrying : Int.random(in: 3...9, using: &random)) - 1 : 0
    let take = TakeTicket(
      items: carries ? [] : items, lane: lane, priority: chance(carries ? 40 : 4), kiosk: chance(15) ? nil : kiosk,
      card: carries ? .agent(badge: "DB001") : nil)
    let byClerk = chance(20)
    let actor: Principal = byClerk ? clerkActor(Int.random(in: 1...4, using: &random)) : .kiosk(kiosk)
    send(.queue(.takeTicket(take)), by: actor, scope: "\(byClerk ? "staff" : kiosk) tickets", digest: 1)
  }

  /// What a resident does with a ticket in hand.
  mutating func taken(_ code: PublicCode) {
    guard isRough else { return }
    if chance(25) {
      let request = Request(
        command: .queue(.abandonTicket(code)), actor: .kiosk("kiosk-1"), key: key("kiosk-1 abandon"), digest: [2])
      openRequests += 1
      after(1_000...900_000, .ask(request))
    }
    if chance(12) {
      let command: PrintCommand = chance(2) ? .acknowledge(code) : .reprint(code, kiosk: chance(2) ? nil : "kiosk-2")
      let request = Request(command: .print(command), actor: .kiosk("kiosk-2"), key: key("kiosk-2 slips"), digest: [3])
      openRequests += 1
      after(500...60_000, .ask(request))
    }
  }

  /// Occasional events: help, notices, residents who return, late retries, crashes.
  mutating func roam() {
    guard isRough else { return }
    after((pace / 2)...(pace * 3), .roam)
    if let code = missedCodes.popLast(), !chance(4) {
      send(.queue(.checkIn(code)), by: .kiosk("kiosk-1"), scope: "kiosk-1 check-in", digest: 4)
    }
    let kiosk = SyntheticHall.kiosks[Int.random(in: 0..<3, using: &random)].id
    switch Int.random(in: 0..<14, using: &random) {
    case 0: send(.help(.askForHelp(kiosk: kiosk)), by: .kiosk(kiosk), scope: "\(kiosk) help", digest: 5)
    case 1:
      guard let ring = loop?.durable.help.rings.first else { return }
      send(.help(.answerHelp(ring.id)), by: clerkActor(2), scope: "AJ002 help", digest: 6)
    case 7:
      guard let ring = loop?.durable.help.rings.first else { return }
      send(.help(.hearHelp(ring.id)), by: clerkActor(1), scope: "AJ001 help", digest: 11)
    case 8:
      guard let ring = loop?.durable.help.rings.last else { return }
      send(.help(.escalateHelp(ring.id)), by: .system, scope: "system help", digest: 12)
    case 2:
      let issue = IssueNotice(item: chance(6) ? "XX-999" : "RS-004", kiosk: kiosk)
      send(.notice(.issueNotice(issue)), by: .kiosk(kiosk), scope: "\(kiosk) notices", digest: 7)
    case 3:
      guard var old = oldRequests.popLast() else { return }
      old.tries = 2
      openRequests += 1
      agenda.put(.ask(old), at: now)
    case 5:
      // Sometimes from a page with yesterday's question, or with an answer that does not exist.
      let answer = AwarenessAnswered(
        question: chance(8) ? "00000000000000cd" : SyntheticHall.awareness.id,
        answer: Int.random(in: 0..<4, using: &random))
      send(.awareness(.answerAwareness(answer)), by: .kiosk(kiosk), scope: "\(kiosk) awareness", digest: 8)
    case 6:
      let version = SyntheticHall.versions[Int.random(in: 0..<SyntheticHall.versions.count, using: &random)]
      let publish = PublishCatalogue(
        version: version, content: String(repeating: version, count: 4), items: SyntheticHall.items.count,
        cause: .reload)
      let actors: [Principal] = [.operator, Day.coordinator, clerkActor(1), .kiosk(kiosk)]
      send(
        .catalogue(.publishCatalogue(publish)), by: actors[Int.random(in: 0..<4, using: &random)],
        scope: "operator catalogue",
        digest: 10)
    case 9:
      let waiting = (oracle.line + oracle.early).randomElement(using: &random).map { oracle.visitors[$0].code }
      let change = ChangePriority(code: waiting ?? PublicCode(entropy: 99), priority: !chance(3))
      let actor: Principal = chance(8) ? .kiosk(kiosk) : clerkActor(3)
      send(.queue(.changePriority(change)), by: actor, scope: "AJ003 priority", digest: 13)
    case 10:
      send(
        .queue(.lapseTransfers(Int.random(in: 1...4, using: &random))), by: chance(9) ? clerkActor(1) : .system,
        scope: "system transfers", digest: 14)
    case 11:
      // A lane is paused now and then, and soon resumed: a day on which nobody gets a number proves little.
      let actor = chance(6) ? clerkActor(1) : Day.coordinator
      if let paused = loop?.durable.arrangements.paused.keys.min() {
        send(.arrangement(.resumeLane(paused)), by: actor, scope: "AJ100 lanes", digest: 14)
      } else if chance(6), let lane = LaneLetter(["A", "H", "E"].randomElement(using: &random) ?? "A") {
        send(.arrangement(.pauseLane(lane, reason: "系统检修")), by: actor, scope: "AJ100 lanes", digest: 15)
      }
    case 12: reserve(kiosk)
    case 13: comeReserved(kiosk)
    case 4: if chance(max(2, setting.rates.crash / 40)) { crash(chance(2) ? .lost : .landed) }
    default: break
    }
  }

  /// Mostly by staff for a slot soon, so that people also come; the rest by whoever stands there, for another day.
  private mutating func reserve(_ kiosk: String) {
    let (date, time) = ZoneOffset.beijing.civil(civil)
    let isSoon = !chance(3)
    let minute = (time.minuteOfDay / 10 + Int.random(in: 0...3, using: &random)) * 10
    let odd = chance(12) ? 3 : 0
    let isNamed = !chance(3)
    let item = SyntheticHall.items[Int.random(in: 0..<SyntheticHall.items.count, using: &random)].code
    let make = MakeReservation(
      items: isNamed ? [item] : [], lane: isNamed ? nil : LaneLetter("A"),
      date: isSoon ? date : date.adding(days: Int.random(in: 1...6, using: &random)),
      from: CivilTime(minuteOfDay: min(1440, (isSoon ? minute : 600) + odd)), source: isSoon ? .console : .kiosk,
      kiosk: isSoon ? nil : kiosk)
    let actor: Principal = isSoon ? clerkActor(1) : .kiosk(kiosk)
    send(.reservation(.make(make)), by: actor, scope: "\(isSoon ? "staff" : kiosk) reservations", digest: 14)
  }

  /// Somebody scans a reservation, at any time; or it is given back, or lapses.
  private mutating func comeReserved(_ kiosk: String) {
    let code = oracle.bookings.randomElement(using: &random)?.code ?? PublicCode(entropy: 99)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: send(.reservation(.cancel(code)), by: .kiosk(kiosk), scope: "\(kiosk) cancel", digest: 15)
    case 1: sendInternal(.reservation(.lapse))
    default:
      let scan = CheckInReservation(code: chance(20) ? PublicCode(entropy: 98) : code, kiosk: chance(3) ? nil : kiosk)
      send(.reservation(.checkIn(scan)), by: .kiosk(kiosk), scope: "\(kiosk) reservations", digest: 16)
    }
  }

  /// The daemon looks what windows can still do until closing time.
  mutating func weigh() {
    agenda.put(.weigh, at: now + 30_000)
    if loop != nil { sendInternal(.queue(.weighLanes)) }
  }

  // MARK: Clerks

  /// A clerk looks at the console and presses something.
  mutating func clerk(_ window: Int) {
    after((pace / 3)...(pace * 2), .clerk(window))
    guard let state = loop?.durable else { return }
    let here = state.windows[window]
    if isRough, chance(setting.rates.oddVerb) { return pressAnything(window, state) }
    // Another badge opened this window by mistake: the coordinator corrects it.
    if let badge = here?.badge, badge != clerkActor(window).badge, here?.duty != .closed, !isRough || chance(3) {
      let isTaken = here?.unnumberedSince != nil
      return press(
        window, here?.ticket != nil ? .finish : isTaken ? .finishUnnumbered : .close, by: Day.coordinator)
    }
    let verb: WindowCommand
    switch (here?.duty ?? .closed, here?.ticket.flatMap { state.tickets[$0] }) {
    case (.closed, _), (.paused, nil): verb = .open
    case (_, let ticket?) where ticket.state == .called:
      let roll = Int.random(in: 0..<100, using: &random)
      verb =
        roll < 70
        ? .serve
        : roll < 78 ? .recall : roll < 90 ? .miss : roll < 93 ? .abandon : roll < 97 ? sent(from: window) : .finish
    case (_, .some):
      let roll = Int.random(in: 0..<100, using: &random)
      verb =
        roll < 45
        ? .finishAndCall
        : roll < 80
          ? .finish
          : roll < 87
            ? .suspend
            : roll < 96
              ? sent(from: window)
              : roll < 98 ? .noteItems(chance(2) ? ["RS-004"] : ["YB-001", "CJ-001"]) : .abandon
    case (.open, nil) where here?.unnumberedSince != nil: verb = .finishUnnumbered
    case (.open, nil):
      if let away = state.queue.suspended.first, chance(3) {
        verb = .resume(away)
      } else if isRough, chance(state.queue.pools[window] == nil ? 60 : 4) {
        verb = .pause(PauseReason(.meal))
      } else if isRough, chance(40) {
        verb = .serveUnnumbered
      } else {
        verb = .call(nil)
      }
    }
    press(window, verb, by: clerkActor(window))
    // Two windows press next at the same moment.
    if verb == .call(nil), chance(4) { press(window % 4 + 1, .call(nil), by: clerkActor(window % 4 + 1)) }
    // Somebody waits for a window alone, perhaps for a paused one.
    if case .transfer(let transfer) = verb, case .window(let other) = transfer.to, isRough {
      lapse(other, within: 1_500_000)
    }
    if case .pause = verb, state.queue.pools[window] != nil { lapse(window, within: 700_000) }
    var isUndone = [.finish, .miss, .abandon].contains(verb)
    if case .transfer = verb { isUndone = true }
    if isUndone, isRough, chance(verb == .finish ? 8 : 4) {
      after(100...8_000, .press(window, .undo))
    }
  }

  private mutating func lapse(_ window: Int, within milliseconds: Int64) {
    openRequests += 1
    let lapse = Request(
      command: .queue(.lapseTransfers(window)), actor: .system, key: key("system transfers"), digest: [15])
    after(1_000...milliseconds, .ask(lapse))
  }

  /// A transfer, mostly to where somebody could call the ticket.
  private mutating func sent(from window: Int) -> WindowCommand {
    let lanes = ["A", "H", "E"].compactMap { LaneLetter($0) }
    let other = Int.random(in: chance(20) ? 0...9 : 1...4, using: &random)
    let to: TransferTarget =
      chance(2) ? .window(other) : .lane(chance(30) ? SyntheticHall.collection ?? lanes[0] : lanes[other % lanes.count])
    let codes = TransferReason.Code.allCases
    let reason: TransferReason =
      chance(3) ? .words(chance(12) ? "" : "来回转") : .code(codes[other % codes.count])
    let items = chance(3) ? [["GA-001"], ["CJ-001", "RS-004"], ["XX-999"]][other % 3] : nil
    return .transfer(TransferTicket(to: to, reason: reason, items: items, insist: chance(3)))
  }

  mutating func press(_ window: Int, _ verb: WindowCommand, by actor: Principal) {
    send(.window(window, verb), by: actor, scope: "\(actor.badge ?? "") windows/\(window)", digest: 8)
  }

  /// Any verb with any ticket by anybody: each must get an answer.
  private mutating func pressAnything(_ window: Int, _ state: HallState) {
    let codes = oracle.visitors.suffix(20).map(\.code)
    let code = codes.randomElement(using: &random) ?? PublicCode(entropy: 99)
    let verbs: [WindowCommand] = [
      .open, .pause(PauseReason(.other, "午休")), .close, .call(nil), .call(code),
      .callPassingOver(code, reason: "急件"), .recall, .serve, .finish, .finishAndCall, .miss,
      .suspend,
      .resume(code), .abandon, .undo, sent(from: window), .noteItems([]), .noteItems(["XX-999"]),
      .serveUnnumbered, .finishUnnumbered,
    ]
    let actors: [Principal] = [
      clerkActor(window), clerkActor(window), clerkActor(window % 4 + 1), Day.coordinator, .kiosk("kiosk-1"),
      .staff(badge: "QJ001", role: .supervisor),
    ]
    let verb = verbs.randomElement(using: &random) ?? .open
    let actor = actors.randomElement(using: &random) ?? .system
    press(chance(20) ? 9 : window, verb, by: actor)
  }

  // MARK: The print desk

  /// The next step of printing a slip.
  mutating func paper(_ id: SlipID) {
    guard let slip = loop?.durable.print.slips[id] else { return }
    switch slip.state {
    case .queued:
      if chance(20) {
        sendInternal(.print(.expire(id)))
      } else {
        sendInternal(.print(.start(id, attempt: slip.attempt)))
      }
    case .notSent:
      if chance(2) {
        sendInternal(.print(.expire(id)))
      } else {
        sendInternal(.print(.start(id, attempt: slip.attempt)))
      }
    case .printing(let attempt):
      if slip.jobUUID == nil, chance(2) {
        sendInternal(.print(.prepared(id, attempt: attempt, jobUUID: "urn:uuid:\(attempt)")))
      } else {
        let roll = Int.random(in: 0..<20, using: &random)
        let outcome: AttemptOutcome =
          roll == 0 ? .notSent(reason: "offline") : roll == 1 ? .unknown(reason: "cut off") : .printed(.echo)
        sendInternal(.print(.end(id, attempt: attempt, outcome, millimetres: 70 + attempt)))
        if (loop?.durable.print.rolls[slip.kiosk]?.slips ?? 0) >= 12 {
          sendInternal(.print(.changeRoll(kiosk: slip.kiosk)))
        }
      }
    case .printed, .unknown, .expired: return
    }
    after(20...2_000, .paper(id, process: process))
  }

  // MARK: The clock

  mutating func stepClock() {
    let hour: Int64 = 3_600_000
    let steps = [-hour, hour, -72 * hour, 24 * hour, 365 * 24 * hour, 946_684_800_000 - civil.milliseconds]
    clockError = steps.randomElement(using: &random) ?? 0
    counts.clockSteps += 1
    let error = clockError
    note("the clock steps by \(error) ms")
    after(1_000...1_200_000, .clockRight)
  }
}
