import Groundwork
import Hall
import Testing

/// A hall for tests: state, rules and a clock that the test moves. Every accepted command is evolved, and the
/// invariants are checked at every step.
struct Bench {
  var state = HallState()
  var rules: HallRules
  var now: Timestamp
  private var random = SeededRandom(seed: 1)
  private(set) var events: [RecordedEvent] = []

  init(_ rules: HallRules = .bench(), at text: String = "2026-11-23 09:00") {
    self.rules = rules
    now = moment(text)
  }

  /// A hall whose day is open, with window 1 (AJ001), 2 (AJ002) and so on open.
  static func open(_ rules: HallRules = .bench(), windows: Int = 1, at text: String = "2026-11-23 09:00") throws
    -> Bench
  {
    var bench = Bench(rules, at: text)
    try bench.openDay()
    for number in 0..<windows { try bench.at(number + 1, .open) }
    return bench
  }

  @discardableResult
  mutating func ask(
    _ command: Command, by actor: Principal = .system, key: IdempotencyKey? = nil, entropy: UInt64? = nil
  ) throws(Refusal) -> Outcome {
    let envelope = Envelope(
      command, by: actor, at: now, entropy: entropy ?? random.next(), key: key, bodyDigest: [1, 2, 3])
    let decision = try decide(state, rules, envelope)
    var at = max(now, state.lastAt)
    if case .day(.openDay(let open)) = command, open.confirmsClock(now, in: rules.zone) { at = now }
    for (index, event) in decision.events.enumerated() {
      let last = index == decision.events.count - 1
      let own = key.map { IdempotencyRecord(key: $0, bodyDigest: [1, 2, 3], outcome: decision.outcome) }
      let answer = last ? decision.answer ?? own : nil
      let recorded = RecordedEvent(
        sequence: state.sequence + 1, at: at, actor: actor, event: event, answer: answer)
      #expect(state.violations(before: event, at: at) == [])
      state.evolve(recorded)
      events.append(recorded)
    }
    #expect(state.violations(touchedBy: decision.events) == [])
    #expect(state.violations() == [])
    return decision.outcome
  }

  /// The refusal of a command, nil when it is accepted; nothing is evolved.
  func refusal(_ command: Command, by actor: Principal = .system) -> Refusal? {
    do {
      _ = try decide(state, rules, Envelope(command, by: actor, at: now, entropy: 77))
      return nil
    } catch { return error }
  }

  mutating func openDay(_ text: String? = nil, confirmed: Bool = false) throws {
    let date = try text.map { try #require(CivilDate($0)) } ?? rules.zone.civil(now).date
    try ask(.day(.openDay(OpenDay(date: date, confirmed: confirmed))), by: confirmed ? .coordinator : .system)
  }

  mutating func closeDay(force: Bool = false) throws {
    try ask(.day(.closeDay(CloseDay(force: force))), by: .coordinator)
  }

  /// Takes a number at kiosk-1 and returns its code.
  @discardableResult
  mutating func take(_ items: [String] = [], lane: String? = nil, kiosk: String? = nil) throws -> PublicCode {
    let outcome = try ask(
      .queue(.takeTicket(TakeTicket(items: items, lane: lane.flatMap { LaneLetter($0) }, kiosk: kiosk))),
      by: .kiosk("kiosk-1"))
    guard case .ticket(let code) = outcome else { throw Unexpected(outcome: "\(outcome)") }
    return code
  }

  mutating func takeTicket(_ items: [String] = [], lane: String? = nil) throws -> Ticket {
    let code = try take(items, lane: lane)
    return try ticket(code)
  }

  mutating func takeNumber(_ items: [String] = [], lane: String? = nil) throws -> String {
    try takeTicket(items, lane: lane).number.description
  }

  @discardableResult
  mutating func at(_ window: Int, _ verb: WindowCommand, by actor: Principal? = nil) throws(Refusal) -> Outcome {
    try ask(.window(window, verb), by: actor ?? .clerk(window))
  }

  func refusal(at window: Int, _ verb: WindowCommand, by actor: Principal? = nil) -> Refusal? {
    refusal(.window(window, verb), by: actor ?? .clerk(window))
  }

  func ticket(_ code: PublicCode) throws -> Ticket { try #require(state.tickets[code]) }
  func number(_ code: PublicCode) throws -> String { try ticket(code).number.description }

  func atWindow(_ number: Int) throws -> String? {
    try state.windows[number]?.ticket.map { try self.number($0) }
  }

  mutating func wait(seconds: Int64) { now = now.adding(seconds: seconds) }

  struct Unexpected: Error { let outcome: String }
}

extension Principal {
  static func clerk(_ window: Int) -> Principal { .staff(badge: "AJ00\(window)", role: .clerk) }
  static let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)
}

/// A moment in Beijing time, written `2026-11-23 09:00`.
func moment(_ text: String) -> Timestamp {
  let parts = text.split(separator: " ")
  guard parts.count == 2, let date = CivilDate(parts[0]), let time = CivilTime(parts[1]) else {
    Issue.record("\(text) is no moment")
    return Timestamp(milliseconds: 0)
  }
  return ZoneOffset.beijing.moment(date, time)
}

func time(_ text: String) -> CivilTime { CivilTime(text) ?? CivilTime(minuteOfDay: 0) }
func date(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }
func letter(_ text: String) throws -> LaneLetter { try #require(LaneLetter(text)) }

extension HallRules {
  /// 安居镇便民服务中心 with three windows: 1 and 2 comprehensive, 3 for 户籍, 4 for 出件.
  static func bench(
    mode: WindowMode = .undifferentiated, calendar: WorkCalendar = .bench, hours: OpeningHours = .always,
    start: Int = 1, limits: QueueLimits = QueueLimits(), items: [Item] = []
  ) -> HallRules {
    func lane(_ letter: String, _ name: String, _ groups: [String] = [], comprehensive: Bool = false) -> [Lane] {
      LaneLetter(letter).map {
        [Lane(letter: $0, name: name, groups: groups, start: letter == "A" ? start : 1, comprehensive: comprehensive)]
      } ?? []
    }
    let division = Division(code: "500151105", name: "安居镇", kind: .town, pilot: true)
    guard let identity = try? HallIdentity(division: division, level: .town) else {
      preconditionFailure("安居镇 is a town")
    }
    let special = lane("H", "户籍", ["户籍"]) + lane("E", "出件", ["出件"])
    let lanes =
      switch mode {
      case .undifferentiated: lane("A", "综合", comprehensive: true) + special
      case .departmental: lane("B", "社保就业", ["社保", "就业"]) + lane("C", "医保", ["医保"]) + special
      case .hybrid: lane("A", "综合", comprehensive: true) + lane("C", "医保", ["医保"]) + special
      }
    func letters(_ text: String) -> [LaneLetter] { text.compactMap { LaneLetter(String($0)) } }
    let windows =
      switch mode {
      case .undifferentiated: ["A", "A", "H", "E"]
      case .departmental: ["BC", "CB", "H", "E"]
      case .hybrid: ["A", "CA", "H", "E"]
      }
    return HallRules(
      identity: identity, address: "安居镇会龙大道", hoursText: "工作日 9:00-12:00 14:00-17:30",
      consultPhone: "023-45800000", supervisePhone: "12345", mode: mode, lanes: lanes,
      windows: windows.enumerated().map {
        WindowRule(number: $0.offset + 1, name: "\($0.offset + 1)号窗口", lanes: letters($0.element))
      },
      calendar: calendar, hours: hours,
      catalogue: Catalogue(
        version: Catalogue.bench.version, asOf: Catalogue.bench.asOf, items: Catalogue.bench.items + items),
      kiosks: [KioskRule(id: "kiosk-1", prints: true), KioskRule(id: "kiosk-2", prints: false)], limits: limits)
  }
}

extension WorkCalendar {
  /// The dates of 2026 that the tests need, from the State Council's notice for 2026 (
  /// https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm).
  static let bench = WorkCalendar(
    off: [
      date("2026-01-01"): "元旦", date("2026-02-15"): "春节", date("2026-02-16"): "春节", date("2026-02-17"): "春节",
      date("2026-02-23"): "春节", date("2026-10-01"): "国庆节", date("2026-10-07"): "国庆节",
    ],
    worked: [date("2026-02-14"), date("2026-02-28"), date("2026-10-10")], years: [2026])
}

extension Catalogue {
  static let bench = Catalogue(
    version: "0011223344556677", asOf: "2026-11-22",
    items: [
      Item(
        code: "RS-004", name: "社会保障卡申领", initials: "SHBZKSL", category: "社会保险", queueGroup: "社保", handledBy: .window),
      Item(code: "RS-006", name: "失业登记", initials: "SYDJ", category: "就业", queueGroup: "就业", handledBy: .window),
      Item(
        code: "YB-001", name: "城乡居民基本医疗保险参保登记", initials: "CXJMJBYLBXCBDJ", category: "医疗保障", queueGroup: "医保",
        handledBy: .window),
      Item(
        code: "MZ-001", name: "最低生活保障", initials: "ZDSHBZ", category: "社会救助", queueGroup: "民政救助", handledBy: .window,
        sensitivity: "特定身份",
        situations: [Situation(key: "student", label: "有在校学生"), Situation(key: "disabled", label: "有残疾人")],
        materials: [
          Material(name: "户口簿", kind: .original, originals: 1, copies: 0, required: true),
          Material(name: "在校证明", kind: .original, originals: 1, copies: 0, required: false, when: "student"),
        ]),
      Item(
        code: "GA-001", name: "居住证申领", initials: "JZZSL", category: "公安户籍", queueGroup: "户籍", handledBy: .police,
        legalActor: "公安"),
      Item(code: "CJ-001", name: "领取办理结果", initials: "LQBLJG", category: "出件", queueGroup: "出件", handledBy: .window),
    ])
}
