package import Groundwork
package import Hall

/// One line of a scenario: somebody does something, each of them one verb of the API or a turn of the world.
package struct ScenarioStep: Sendable {
  package enum Verb: Sendable {
    // The world.
    case clock(Timestamp)
    case wait(seconds: Int64)
    /// The power fails; the daemon starts again from its journal.
    case restart
    /// What became of the paper of a ticket's slip.
    case paper(String, cameOut: Bool)
    // The day.
    case openDay(confirmed: Bool)
    case closeDay(force: Bool)
    // Residents, and clerks for them (代取号) when `badge` is given.
    /// `insist`: 仍要, after being told that the item is done elsewhere.
    case take(items: [String], lane: String?, priority: Bool, kiosk: String?, badge: String?, insist: Bool)
    case checkIn(String)
    case abandon(String)
    case reprint(String, kiosk: String?)
    case acknowledge(String)
    case notice(item: String, kiosk: String?)
    case askForHelp(kiosk: String)
    case answerHelp(kiosk: String, badge: String)
    // Clerks.
    case window(Int, WindowVerb, badge: String?)
    // Looking.
    case showTicket(String)
    case showSlip(String)
    case showWindow(Int)
    case showLane(String)
  }

  /// A clerk's verb; tickets are named by their numbers.
  package enum WindowVerb: Sendable {
    case open, close, recall, serve, finish, finishAndCall, miss, suspend, abandon, undo
    case pause(reason: String)
    case call(String?)
    case resume(String)
  }

  package let verb: Verb
  /// The idempotency key, when the line gives one; otherwise the driver makes a new one.
  package let key: String?
  /// Line in the file, from 1.
  package let line: Int
}

/// What an executor sees of a step, in the words of the API's views.
package enum ScenarioOutcome: Sendable, Equatable {
  /// A ticket: `ahead` counts only while it waits, `window` only while it is at one.
  case ticket(number: String, state: String, ahead: Int, window: Int?, priority: Bool)
  case slip(number: String, state: String, attempt: Int)
  case window(Int, state: String, ticket: String?, reason: String?)
  case lane(String, [String])
  /// The open business day, nil when it is closed.
  case day(String?)
  case notice(number: String)
  case help(state: String)
  /// The stable code of a refusal: `nobody_waiting`, `key_reused`.
  case refused(String)
  /// Finish-and-call found nobody to call.
  case nobodyCalled
}

/// Carries scenarios out against some form of the hall: the core, or the daemon over HTTP.
package protocol ScenarioDriver {
  /// Carries steps out and gives what each shows.
  ///
  /// - Parameter together: the steps are taken at the same moment, before any of them is answered, where the driver can do so;
  ///   their order still decides.
  mutating func perform(_ steps: [ScenarioStep], together: Bool) async throws -> [[ScenarioOutcome]]
}

/// How the hall of a scenario is set up, from the lines before its first step.
package struct ScenarioHall: Sendable {
  package var mode: WindowMode = .undifferentiated
  package var officeHours = false
  package var start = 1
  package var clock: Timestamp

  package init(clock: Timestamp) { self.clock = clock }
}
