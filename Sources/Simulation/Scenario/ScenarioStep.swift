package import Groundwork
package import Hall

/// One line of a scenario: a verb of the API, or a change of the environment.
package struct ScenarioStep: Sendable {
  package enum Verb: Sendable {
    // The environment.
    case clock(Timestamp)
    case wait(seconds: Int64)
    /// The power fails; the daemon starts again from its journal.
    case restart
    /// The daemon's look at what windows can still do until closing time, which it takes every second.
    case weigh
    /// 换规矩: the configuration is read again with another order of calls.
    case reload(OrderRule)
    /// The outcome of printing a ticket's slip.
    case paper(String, cameOut: Bool)
    // The day.
    case openDay(confirmed: Bool)
    case closeDay(force: Bool)
    // Settings of the day by the coordinator AJ100.
    case pauseLane(String, reason: String)
    case resumeLane(String)
    case addSession(date: String?, from: String, to: String)
    // Residents, and clerks for them (代取号) when `badge` is given.
    /// `insist`: 仍要, after being told that the item is done elsewhere.
    case take(items: [String], lane: String?, priority: Bool, kiosk: String?, badge: String?, insist: Bool)
    /// 代办员取号: with the badge at the kiosk's scanner.
    case takeAsAgent(items: [String], badge: String)
    case checkIn(String)
    case abandon(String)
    /// 给优先、取消优先 by a clerk.
    case priority(String, Bool, badge: String)
    /// 收回等候: whoever waits for a window that has paused for long waits in a lane.
    case lapse(window: Int)
    /// 看 转号: the open transfers.
    case showTransfers
    case why(String, String)
    case reprint(String, kiosk: String?)
    case acknowledge(String)
    case notice(item: String, kiosk: String?)
    case askForHelp(kiosk: String)
    case answerHelp(kiosk: String, badge: String)
    /// 预约: the first is 约1, the next 约2 and so on.
    case reserve(items: [String], lane: String?, date: CivilDate, from: CivilTime, badge: String?)
    /// 扫预约单.
    case scanReservation(String)
    case cancelReservation(String)
    /// 停约: a coordinator cancels what is booked on a date.
    case cancelDay(CivilDate)
    /// 爽约登记: what the daemon's clock notes by itself.
    case lapseReservations
    // Cases.
    /// 收件.
    case openCase(CaseScenario.Opening)
    /// 办件 件1 AJ001 受理 and so on.
    case ofCase(String, badge: String, CaseScenario.Verb)
    /// 签到: somebody signs in at the back office.
    case signIn(String)
    /// 下架, 增材料, 公布放假: other settings are in force.
    case publish(SettingsStep)
    /// 看密钥: the half-years whose key something open or ended lately still needs.
    case showKeys
    // Agency cases.
    /// 委托.
    case entrust(AgencyScenario.Entrusting)
    /// 代办 代1 DB001 受理 and so on.
    case ofAgency(String, badge: String, AgencyScenario.Verb)
    /// 出发 DB001 代1 代2.
    case carry([String], badge: String)
    /// 收代办件 代1 AJ001 and papers: the town's window opens its case from the agent's paper.
    case openCarried(String, CaseScenario.Opening)
    // Clerks.
    case window(Int, WindowVerb, badge: String?)
    // Queries.
    case showTicket(String)
    case showSlip(String)
    case showWindow(Int)
    case showLane(String)
    case showReservation(String)
    /// 看 今日: the figures of the day.
    case showToday
  }

  /// A clerk's verb; tickets are named by their numbers.
  package enum WindowVerb: Sendable {
    case open, close, recall, serve, finish, finishAndCall, miss, suspend, abandon, undo
    case pause(reason: String)
    case call(String?)
    /// 点名 with a reason.
    case callPassingOver(String, reason: String)
    case resume(String)
    /// 转 to a lane or a window; items where they change.
    case transfer(TransferTarget, reason: String, items: [String], insist: Bool)
    /// 实办.
    case noteItems([String])
    /// 无号办理, 无号办完.
    case serveUnnumbered, finishUnnumbered
  }

  package let verb: Verb
  /// The idempotency key, when the line gives one; otherwise the driver makes a new one.
  package let key: String?
  /// Line in the file, from 1.
  package let line: Int
}

/// The result of a step, in the words of the API's views.
package enum ScenarioOutcome: Sendable, Equatable {
  /// A ticket: `ahead` counts only while it waits, `window` only while it is at one.
  case ticket(number: String, state: String, ahead: Int, window: Int?, priority: Bool)
  case slip(number: String, state: String, attempt: Int)
  case window(Int, state: String, ticket: String?, reason: String?)
  case lane(String, [String])
  case transfers([String])
  /// A word of `OrderReason`.
  case reason(String)
  /// The open business day, nil when it is closed.
  case day(String?)
  case notice(number: String)
  case help(state: String)
  /// A reservation by its name in the scenario; `start` is its date and time.
  case reservation(String, start: String, state: String)
  /// A case, as `CaseScenario.words` has it.
  case ofCase(String)
  /// An agency case, as `AgencyScenario.words` has it.
  case ofAgency(String)
  /// The stable code of a refusal: `nobody_waiting`, `key_reused`.
  case refused(String)
  /// Finish-and-call found nobody to call.
  case nobodyCalled
  case tally(issued: Int, served: Int, missed: Int, abandoned: Int, closed: Int)
  /// Lengths of time in seconds; nothing but the count where there is none.
  case spread(String, count: Int, mean: Int?, p50: Int?, p90: Int?, longest: Int?)
  /// Of the waits that were promised, how many kept it and how many broke it.
  case promise(minutes: Int, kept: Int, broken: Int)
}

/// Runs scenarios against one form of the hall: the core, or the daemon over HTTP.
package protocol ScenarioDriver {
  /// Runs steps and returns the result of each.
  ///
  /// - Parameter together: the steps are sent at the same moment, before any of them is answered, where the driver can
  ///   do so; they are decided in order.
  mutating func perform(_ steps: [ScenarioStep], together: Bool) async throws -> [[ScenarioOutcome]]
}

/// The setup of a scenario's hall, from the lines before its first step.
package struct ScenarioHall: Sendable {
  package var mode: WindowMode = .undifferentiated
  package var officeHours = false
  package var start = 1
  /// Takes reservations, one a slot and lane.
  package var reservations = false
  /// How numbers are called; in force from the next day that is opened.
  package var order = OrderRule()
  /// The wait that is promised, in minutes.
  package var promise: Int?
  /// Items that left the catalogue.
  package var withdrawn: Set<String> = []
  /// Materials that an item's list asks for besides, and the version of the catalogue that they make.
  package var added: [String: [String]] = [:]
  /// Days off and days worked; nil: weekends only, through 2026.
  package var calendar: WorkCalendar?
  package var clock: Timestamp

  package init(clock: Timestamp) { self.clock = clock }
}

/// What another version of the hall's settings changes.
package enum SettingsStep: Sendable {
  case withdraw(String)
  case addMaterial(item: String, name: String)
  /// 公布放假: the notice of holidays for a year has come; this one has the first four days of January off.
  case holidays(Int)
}

extension ScenarioHall {
  package mutating func publish(_ step: SettingsStep) {
    switch step {
    case .withdraw(let item): withdrawn.insert(item)
    case .addMaterial(let item, let name): added[item, default: []].append(name)
    case .holidays(let year):
      let known = calendar ?? SyntheticHall.rules().calendar
      let off = (1...4).compactMap { CivilDate("\(year)-01-0\($0)") }.map { ($0, "元旦") }
      calendar = WorkCalendar(
        off: known.off.merging(off) { first, _ in first }, worked: known.worked, years: known.years.union([year]))
    }
  }
}
