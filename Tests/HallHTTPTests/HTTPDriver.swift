import Groundwork
import Hall
import HallHTTP
import Ports
import Registrar
import Simulation
import TestKit

/// Runs scenarios over HTTP against a hall behind its real listeners; a restart is a new server over the same journal.
struct HTTPDriver: ScenarioDriver {
  private var hall: ScenarioHall
  private var rules: HallRules
  private let clock: ManualClock
  private let journal = MemoryJournal()
  private(set) var live: LiveHall
  private var badges: [Int: String] = [:]
  /// The newest ticket of each number.
  private var ids: [String: String] = [:]
  private var reserved: [String] = []
  private var opened: [String] = []
  var entrusted: [String] = []

  init(_ hall: ScenarioHall) async throws {
    self.hall = hall
    rules = ScenarioRules.rules(hall)
    clock = LiveHall.clock(hall.clock)
    live = try await LiveHall(
      rules: rules, clock: clock, openDay: false, journal: journal, readers: AgentBadges())
  }

  mutating func perform(_ steps: [ScenarioStep], together: Bool) async throws -> [[ScenarioOutcome]] {
    var shown: [[ScenarioOutcome]] = []
    for step in steps { shown.append(try await perform(step)) }
    return shown
  }

  private mutating func perform(_ step: ScenarioStep) async throws -> [ScenarioOutcome] {
    switch step.verb {
    case .clock(let moment): clock.set(moment)
    case .wait(let seconds): clock.advance(seconds * 1000)
    case .restart:
      try await live.stop()
      live = try await LiveHall(
        rules: rules, clock: clock, openDay: false, journal: journal, readers: AgentBadges())
    case .reload(let order):
      hall.order = order
      rules = ScenarioRules.rules(hall)
      await live.registrar.adopt(rules)
      live.feed.adopt(rules)
    case .weigh: try? await live.registrar.submit(.queue(.weighLanes), by: .system) { _, _ in }
    case .paper(let number, let cameOut): await paper(number, cameOut)
    case .signIn(let badge): _ = try await live.signIn(badge)
    case .publish(let change):
      hall.publish(change)
      rules = ScenarioRules.rules(hall)
      await live.registrar.adopt(rules)
      live.feed.adopt(rules)
    case .openDay(let confirmed):
      return day(try await staff("AJ100", "/v1/day/open", #"{"confirm":\#(confirmed)}"#, step))
    case .closeDay(let force):
      return day(try await staff("AJ100", "/v1/day/close", #"{"force":\#(force)}"#, step))
    case .pauseLane(let lane, let reason):
      return refusal(try await staff("AJ100", "/v1/lanes/\(lane)/pause", #"{"reason":"\#(reason)"}"#, step)) ?? []
    case .resumeLane(let lane): return refusal(try await staff("AJ100", "/v1/lanes/\(lane)/resume", "{}", step)) ?? []
    case .addSession(let date, let from, let to):
      let day = date.map { #""date":"\#($0)","# } ?? ""
      let body = #"{\#(day)"from":"\#(from)","to":"\#(to)"}"#
      return refusal(try await staff("AJ100", "/v1/today/session", body, step)) ?? []
    case .take(let items, let lane, let priority, let kiosk, let badge, let insist):
      let body = takeBody(items, lane, priority, kiosk, insist)
      if let badge { return ticket(try await staff(badge, "/v1/tickets", body, step)) }
      return ticket(try await resident("/v1/tickets", body, step))
    case .takeAsAgent(let items, let badge):
      let body = #"{"items":[\#(quoted(items))],"kiosk":"kiosk-1","card":"\#(badge)"}"#
      return ticket(try await resident("/v1/tickets", body, step))
    case .checkIn(let number): return try await holder(number, "check-in", "{}", step)
    case .abandon(let number): return try await holder(number, "abandon", "{}", step)
    case .priority(let number, let isGiven, let badge):
      return ticket(try await staff(badge, "/v1/tickets/\(id(number))/priority", #"{"priority":\#(isGiven)}"#, step))
    case .acknowledge(let number): return try await holder(number, "acknowledge", "{}", step)
    case .reprint(let number, let kiosk):
      return try await holder(number, "reprint", kiosk.map { #"{"kiosk":"\#($0)"}"# } ?? "{}", step)
    case .notice(let item, let kiosk):
      let place = kiosk.map { #","kiosk":"\#($0)""# } ?? ""
      let answer = try await resident("/v1/notices", #"{"item":"\#(item)"\#(place)}"#, step)
      return refusal(answer) ?? [.notice(number: answer["number"] ?? "?")]
    case .askForHelp(let kiosk):
      let answer = try await resident("/v1/help", #"{"kiosk":"\#(kiosk)"}"#, step)
      return refusal(answer) ?? [.help(state: answer["state"] ?? "?")]
    case .answerHelp(let kiosk, let badge): return try await answerHelp(kiosk, badge, step)
    case .window(let number, let verb, let badge): return try await atWindow(number, verb, badge, step)
    case .showTicket(let number): return ticket(try await HTTP.get(live.kiosk, "/v1/tickets/\(id(number))"))
    case .showSlip(let number):
      let answer = try await HTTP.get(live.kiosk, "/v1/tickets/\(id(number))")
      return [
        .slip(number: number, state: answer["slip.state"] ?? "?", attempt: Int(answer["slip.attempt"] ?? "") ?? 0)
      ]
    case .showWindow(let number):
      let answer = try await HTTP.get(live.hall, "/v1/hall")
      return [window(answer, "windows.\(number - 1).")]
    case .showLane(let letter): return [try await lane(letter)]
    case .lapse(let window):
      try? await live.registrar.submit(.queue(.lapseTransfers(window)), by: .system) { _, _ in }
      return [self.window(try await HTTP.get(live.hall, "/v1/hall"), "windows.\(window - 1).")]
    case .showKeys: return await keys()
    case .showTransfers: return [try await transfers()]
    case .showToday: return try await today()
    case .why(let first, let other):
      let answer = try await HTTP.get(
        live.hall, "/v1/order?before=\(first)&after=\(other)", cookie: try await live.signIn("AJ100"))
      return refusal(answer) ?? [.reason(answer["reason"] ?? "?")]
    case .showReservation(let name):
      return reservation(name, try await HTTP.get(live.kiosk, "/v1/reservations/\(reservationID(name))"))
    case .reserve(let items, let lane, let date, let from, let badge):
      return try await reserve(items, lane, "\(date)", "\(from)", badge, step)
    case .scanReservation(let name):
      let path = "/v1/reservations/\(reservationID(name))/check-in"
      return ticket(try await resident(path, #"{"kiosk":"kiosk-1"}"#, step))
    case .cancelReservation(let name):
      return reservation(name, try await resident("/v1/reservations/\(reservationID(name))/cancel", "{}", step))
    case .cancelDay(let date):
      return refusal(try await staff("AJ100", "/v1/reservations/cancel-day", #"{"date":"\#(date)"}"#, step)) ?? []
    case .openCase(let opening): return try await open(opening, step)
    case .ofCase(let name, let badge, let verb): return try await ofCase(name, badge, verb, step)
    case .entrust(let entrusting): return try await entrust(entrusting, step)
    case .ofAgency(let name, let badge, let verb): return try await ofAgency(name, badge, verb, step)
    case .carry(let names, let badge): return try await carry(names, badge, step)
    case .openCarried(let name, let opening): return try await open(opening, agency: agencyID(name), step)
    case .lapseReservations: try? await live.registrar.submit(.reservation(.lapse), by: .system) { _, _ in }
    }
    return []
  }

  // MARK: Reservations

  private mutating func reserve(
    _ items: [String], _ lane: String?, _ date: String, _ from: String, _ badge: String?, _ step: ScenarioStep
  ) async throws -> [ScenarioOutcome] {
    var fields = [
      #""items":[\#(items.map { "\"\($0)\"" }.joined(separator: ","))]"#, #""date":"\#(date)""#, #""from":"\#(from)""#,
    ]
    if let lane { fields.append(#""lane":"\#(lane)""#) }
    if badge == nil { fields.append(#""kiosk":"kiosk-1""#) }
    let body = "{" + fields.joined(separator: ",") + "}"
    let answer =
      if let badge { try await staff(badge, "/v1/reservations", body, step) } else {
        try await resident("/v1/reservations", body, step)
      }
    if let refused = refusal(answer) { return refused }
    if let id = answer["id"], !reserved.contains(id) { reserved.append(id) }
    let index = answer["id"].flatMap { reserved.firstIndex(of: $0) } ?? -1
    return reservation("约\(index + 1)", answer)
  }

  private func reservationID(_ name: String) -> String {
    guard let index = Int(name.dropFirst()), reserved.indices.contains(index - 1) else {
      return PublicCode(entropy: 1).description
    }
    return reserved[index - 1]
  }

  private func reservation(_ name: String, _ answer: HTTP.Answer) -> [ScenarioOutcome] {
    refusal(answer) ?? [
      .reservation(name, start: "\(answer["date"] ?? "?") \(answer["from"] ?? "?")", state: answer["state"] ?? "?")
    ]
  }

  // MARK: Cases

  private mutating func open(
    _ opening: CaseScenario.Opening, agency: String? = nil, _ step: ScenarioStep
  ) async throws -> [ScenarioOutcome] {
    let received = opening.receivedOn.map { #","received_on":"\#($0)""# } ?? ""
    let whose = agency.map { #""agency":"\#($0)""# } ?? #""applicant":{"name":"\#(opening.name)"}"#
    let body =
      #"{"item":"\#(opening.item)",\#(whose),"papers":\#(papers(opening.papers))\#(received)}"#
    let answer = try await staff(opening.badge, "/v1/cases", body, step)
    if let id = answer["id"], answer.status < 400, !opened.contains(id) { opened.append(id) }
    return view(case: answer)
  }

  private func papers(_ papers: [CasePaper]) -> String {
    let each = papers.map {
      #"{"material":"\#($0.material)","originals":\#($0.originals),"copies":\#($0.copies),"seen":\#($0.isSeen)}"#
    }
    return "[\(each.joined(separator: ","))]"
  }

  private func ofCase(
    _ name: String, _ badge: String, _ verb: CaseScenario.Verb, _ step: ScenarioStep
  ) async throws -> [ScenarioOutcome] {
    let index = (Int(name.dropFirst()) ?? 0) - 1
    let id = opened.indices.contains(index) ? opened[index] : PublicCode(entropy: 1).description
    if case .show = verb {
      return view(case: try await HTTP.get(live.hall, "/v1/cases/\(id)", cookie: try await live.signIn(badge)))
    }
    if case .later(let later) = verb, let shown = try await look(later, name, id, badge) { return shown }
    let (path, body) = request(verb)
    return view(case: try await staff(badge, "/v1/cases/\(id)/\(path)", body, step))
  }

  private func request(_ verb: CaseScenario.Verb) -> (path: String, body: String) {
    switch verb {
    case .correct(let lines, let hasReason):
      let each = lines.map { line in
        let material = line.material.map { #""material":"\#($0)","# } ?? ""
        return #"{\#(material)"reasons":[\#(quoted(line.reasons.map(\.rawValue)))]}"#
      }
      let reason = hasReason ? #","second_reason":"第一次没有看到""# : ""
      return ("corrections", #"{"lines":[\#(each.joined(separator: ","))]\#(reason)}"#)
    case .serve(let way, let witnesses, let byHand):
      return ("served", #"{"how":"\#(way.rawValue)","witnesses":[\#(quoted(witnesses))],"by_hand":\#(byHand)}"#)
    case .papers(let papers, let isComplete):
      return ("papers", #"{"papers":\#(self.papers(papers)),"complete":\#(isComplete)}"#)
    case .accept: return ("accept", "{}")
    case .propose(let ground):
      return ("propose-refusal", #"{"ground":"\#(ground.rawValue)","article":"行政许可法第三十二条","text":"依法不需要申请"}"#)
    case .refuse: return ("refuse", #"{"originals_returned":true}"#)
    case .withdraw: return ("withdraw", #"{"originals_returned":true}"#)
    case .forward(let department): return ("forward", #"{"department":"\#(department)"}"#)
    case .confirm: return ("confirm", "{}")
    case .pause(let stage, let from):
      let late = from.map { #","from":"\#($0)","reason":"补录""# } ?? ""
      return ("pause", #"{"stage":"\#(stage)","expected_days":7,"told":true\#(late)}"#)
    case .resume: return ("resume", "{}")
    case .extend(let count):
      return (
        "extend",
        #"{"count":\#(count),"unit":"working_day","head":"局长","reason":"情况复杂","article":"行政许可法第四十二条","told":true}"#
      )
    case .decide(let outcome): return ("decide", #"{"outcome":"\#(outcome.rawValue)"}"#)
    case .ready(let location): return ("ready", #"{"place":"\#(location)"}"#)
    case .collect(let by, let shown):
      return (
        "collect",
        #"{"by":"\#(by.rawValue)","shown":"\#(shown.rawValue)","signed":true,"originals_returned":true}"#
      )
    case .redirect:
      return ("redirect", #"{"organ":"区规划局","address":"一号","phone":"12345","originals_returned":true}"#)
    case .send(let way): return ("send", #"{"how":"\#(way.rawValue)","originals_returned":true}"#)
    case .later(.at(let kiosk, let verb)):
      let (path, body) = request(verb)
      let untold = body.replacing(#","told":true"#, with: "")
      let end = untold == "{}" ? "" : ","
      return (path, #"\#(untold.dropLast())\#(end)"kiosk":"\#(kiosk)"}"#)
    case .later(let later): return later.request ?? ("", "{}")
    case .show: return ("", "{}")
    }
  }

  private func view(case answer: HTTP.Answer) -> [ScenarioOutcome] {
    func text(_ name: String) -> String? { answer[name] == "null" ? nil : answer[name] }
    let index = (answer["id"].flatMap { opened.firstIndex(of: $0) } ?? -1) + 1
    return refusal(answer) ?? [
      .ofCase(
        CaseScenario.words(
          "件\(index)", stage: text("stage") ?? "?", isPaused: text("paused") == "true",
          acceptedOn: text("accepted_on"), tellBy: text("tell_by") ?? "?", printed: text("due.printed")))
    ]
  }

  // MARK: Asking

  private func resident(_ path: String, _ body: String, _ step: ScenarioStep) async throws -> HTTP.Answer {
    try await HTTP.post(live.kiosk, path, body, key: step.key)
  }

  func staff(_ badge: String, _ path: String, _ body: String, _ step: ScenarioStep) async throws -> HTTP.Answer {
    let cookie = try await live.signIn(badge)
    return try await HTTP.post(live.hall, path, body, key: step.key, cookie: cookie)
  }

  private mutating func holder(
    _ number: String, _ verb: String, _ body: String, _ step: ScenarioStep
  ) async throws -> [ScenarioOutcome] {
    ticket(try await resident("/v1/tickets/\(id(number))/\(verb)", body, step))
  }

  private func answerHelp(_ kiosk: String, _ badge: String, _ step: ScenarioStep) async throws -> [ScenarioOutcome] {
    let queue = try await HTTP.get(live.hall, "/v1/queue", cookie: try await live.signIn(badge))
    let ring = (0..<8).first { queue["help.\($0).kiosk"] == kiosk }.flatMap { queue["help.\($0).id"] }
    let answer = try await staff(badge, "/v1/help/\(ring ?? "none")/answer", "{}", step)
    return refusal(answer) ?? [.help(state: answer["state"] ?? "?")]
  }

  private mutating func atWindow(
    _ number: Int, _ verb: ScenarioStep.WindowVerb, _ badge: String?, _ step: ScenarioStep
  ) async throws -> [ScenarioOutcome] {
    if let badge, case .open = verb { badges[number] = badge }
    let who = badge ?? badges[number] ?? "AJ00\(number)"
    let (path, body) = request(verb)
    let answer = try await staff(who, "/v1/windows/\(number)/\(path)", body, step)
    if let refused = refusal(answer) { return refused }
    switch verb {
    case .open, .close, .pause, .serveUnnumbered, .finishUnnumbered: return [window(answer, "")]
    case .finishAndCall:
      return [view(answer, "finished."), answer["called.number"] == nil ? .nobodyCalled : view(answer, "called.")]
    case .recall, .serve, .finish, .miss, .suspend, .abandon, .undo, .call, .callPassingOver, .resume, .transfer,
      .noteItems:
      return ticket(answer)
    }
  }

  private func request(_ verb: ScenarioStep.WindowVerb) -> (path: String, body: String) {
    switch verb {
    case .open: ("open", "{}")
    case .close: ("close", "{}")
    case .pause(let reason):
      ("pause", PauseReason.Code(chinese: reason).map { #"{"code":"\#($0.rawValue)"}"# } ?? #"{"reason":"\#(reason)"}"#)
    case .call(nil): ("calls", "{}")
    case .call(let number?): ("calls", #"{"ticket":"\#(id(number))"}"#)
    case .callPassingOver(let number, let reason):
      ("calls", #"{"ticket":"\#(id(number))","reason":"\#(reason)"}"#)
    case .recall: ("recall", "{}")
    case .serve: ("serve", "{}")
    case .finish: ("finish", "{}")
    case .finishAndCall: ("finish-and-call", "{}")
    case .miss: ("miss", "{}")
    case .suspend: ("suspend", "{}")
    case .resume(let number): ("resume", #"{"ticket":"\#(id(number))"}"#)
    case .abandon: ("abandon", "{}")
    case .undo: ("undo", "{}")
    case .transfer(let to, let reason, let items, let insist):
      ("transfer", transferBody(to, reason, items, insist))
    case .noteItems(let items): ("items", #"{"items":[\#(quoted(items))]}"#)
    case .serveUnnumbered: ("serve-unnumbered", "{}")
    case .finishUnnumbered: ("finish-unnumbered", "{}")
    }
  }

  func quoted(_ texts: [String]) -> String { texts.map { "\"\($0)\"" }.joined(separator: ",") }

  private func transferBody(_ to: TransferTarget, _ reason: String, _ items: [String], _ insist: Bool) -> String {
    let target =
      switch to {
      case .lane(let lane): #""lane":"\#(lane)""#
      case .window(let number): #""window":\#(number)"#
      }
    let more = (items.isEmpty ? "" : #","items":[\#(quoted(items))]"#) + (insist ? #","insist":true"# : "")
    return #"{\#(target),"reason":"\#(reason)"\#(more)}"#
  }

  private func transfers() async throws -> ScenarioOutcome {
    let today = try await HTTP.get(live.hall, "/v1/today", cookie: try await live.signIn("AJ100"))
    return .transfers((0..<20).compactMap { today["transfers.open.\($0).number"] })
  }

  private func today() async throws -> [ScenarioOutcome] {
    let today = try await HTTP.get(live.hall, "/v1/today", cookie: try await live.signIn("AJ100"))
    func number(_ path: String) -> Int? { today[path].flatMap { Int($0) } }
    func spread(_ name: String, _ path: String) -> ScenarioOutcome {
      .spread(
        name, count: number("\(path).count") ?? -1, mean: number("\(path).mean_seconds"),
        p50: number("\(path).p50_seconds"), p90: number("\(path).p90_seconds"),
        longest: number("\(path).longest_seconds"))
    }
    let promise = number("promise.minutes").map {
      ScenarioOutcome.promise(
        minutes: $0, kept: number("promise.kept") ?? -1, broken: number("promise.broken") ?? -1)
    }
    return [
      .tally(
        issued: number("totals.issued") ?? -1, served: number("totals.served") ?? -1,
        missed: number("totals.missed") ?? -1, abandoned: number("totals.abandoned") ?? -1,
        closed: number("totals.closed") ?? -1),
      spread("等候", "wait"), spread("办理", "service"), spread("再等", "second_wait"),
    ] + [promise].compactMap { $0 }
  }

  /// The outcome of a slip, submitted by the print desk's own commands; there is no printer here.
  private func paper(_ number: String, _ cameOut: Bool) async {
    let registrar = live.registrar
    guard let code = PublicCode(id(number)) else { return }
    let slip = await registrar.read { state, _ in state.tickets[code]?.slip.flatMap { state.print.slips[$0] } }
    guard let slip else { return }
    let outcome: AttemptOutcome = cameOut ? .printed(.echo) : .unknown(reason: "没有回答")
    for command in [PrintCommand.start(slip.id, attempt: slip.attempt), .end(slip.id, attempt: slip.attempt, outcome)] {
      try? await registrar.submit(.print(command), by: .system) { _, _ in }
    }
  }

  private func takeBody(_ items: [String], _ lane: String?, _ priority: Bool, _ kiosk: String?, _ insist: Bool)
    -> String
  {
    var fields = [#""items":[\#(items.map { "\"\($0)\"" }.joined(separator: ","))]"#]
    if let lane { fields.append(#""lane":"\#(lane)""#) }
    if priority { fields.append(#""priority":true"#) }
    if let kiosk { fields.append(#""kiosk":"\#(kiosk)""#) }
    if insist { fields.append(#""insist":true"#) }
    return "{" + fields.joined(separator: ",") + "}"
  }

  // MARK: Looking

  /// A number's id; for a number that was never issued, a code that belongs to nobody.
  private func id(_ number: String) -> String { ids[number] ?? PublicCode(entropy: 1).description }

  func refusal(_ answer: HTTP.Answer) -> [ScenarioOutcome]? {
    answer.status >= 400 ? [.refused(answer["code"] ?? "?")] : nil
  }

  private func day(_ answer: HTTP.Answer) -> [ScenarioOutcome] {
    refusal(answer) ?? [.day(answer["business_day"] == "null" ? nil : answer["business_day"])]
  }

  private mutating func ticket(_ answer: HTTP.Answer) -> [ScenarioOutcome] {
    if let refused = refusal(answer) { return refused }
    if let number = answer["number"], let id = answer["id"] { ids[number] = id }
    return [view(answer, "")]
  }

  private func view(_ answer: HTTP.Answer, _ at: String) -> ScenarioOutcome {
    let state = answer["\(at)state"] ?? "?"
    return .ticket(
      number: answer["\(at)number"] ?? "?", state: state, ahead: Int(answer["\(at)ahead"] ?? "") ?? 0,
      window: state == "called" || state == "serving" ? Int(answer["\(at)window"] ?? "") : nil,
      priority: answer["\(at)priority"] == "true")
  }

  private func window(_ answer: HTTP.Answer, _ at: String) -> ScenarioOutcome {
    func text(_ name: String) -> String? { answer[at + name] == "null" ? nil : answer[at + name] }
    return .window(
      Int(answer["\(at)number"] ?? "") ?? 0, state: text("state") ?? "?", ticket: text("ticket"),
      reason: text("pause_reason"))
  }

  private func lane(_ letter: String) async throws -> ScenarioOutcome {
    let queue = try await HTTP.get(live.hall, "/v1/queue", cookie: try await live.signIn("AJ100"))
    var numbers: [String] = []
    for index in 0..<200 {
      guard let number = queue["tickets.\(index).number"] else { break }
      if queue["tickets.\(index).lane"] == letter, queue["tickets.\(index).list"] == "waiting" {
        numbers.append(number)
      }
    }
    return .lane(letter, numbers)
  }
}

/// Kiosks whose scanner was shown an agent's badge: the token is its number. The readers themselves are tried elsewhere.
struct AgentBadges: KioskReaders {
  func devices(at kiosk: String) async -> [PresentReader] { [] }
  func allow(_ isAllowed: Bool, at kiosk: String) async -> Bool { false }
  func card(lyingAt kiosk: String) async -> LyingCard? { nil }
  func cameHome(at kiosk: String) async {}
  func card(_ token: String, at kiosk: String, byProxy: Bool) -> PresentedCard { .agent(badge: token) }
  func person(_ token: String, at kiosk: String) -> [UInt8]? { nil }
  func offersPriority(_ token: String, at kiosk: String) -> Bool { false }
}
