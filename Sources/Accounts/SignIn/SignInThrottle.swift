/// Failed sign-ins, and how long the next attempt must wait.
///
/// Failures are counted per client, and per client and badge. A client is the browser in which a badge was signed in
/// before, by its device cookie, else the address (OWASP, Slow Down Online Guessing Attacks with Device Cookies).
/// Guesses of strangers therefore never delay a console that is known. Invented badges are counted like real ones, so
/// that a delay does not tell which badges exist. Each table is bounded, and only its oldest entry leaves.
struct SignInThrottle {
  /// Who makes an attempt.
  enum Client: Hashable {
    /// A browser in which this badge was signed in before, by the random part of its device cookie.
    case console(String)
    /// A member who is signed in, or was in this browser, by badge: signing in again does not give them a fresh count.
    case colleague(of: String)
    /// An unknown browser at this address.
    case source(String)

    var isKnown: Bool { if case .source = self { false } else { true } }
  }

  private struct Failures {
    var bad = 0
    var until: Int64 = 0
    var at: Int64 = 0

    func isRemembered(_ now: Int64) -> Bool { now - at < SignInThrottle.memory }

    /// Counts one more failure. From the `free`th on the wait doubles with each, from one second up to `longest`.
    mutating func add(now: Int64, free: Int, longest: Int64, lockedFrom: Int = .max) {
      bad = (isRemembered(now) ? bad : 0) + 1
      let wait = bad < free ? 0 : min(longest, 1000 << Int64(min(bad - free, 6)))
      until = now + (bad < lockedFrom ? wait : SignInThrottle.lock)
      at = now
    }
  }

  private struct Attempts {
    var all = Failures()
    var badges: [String: Failures] = [:]
  }

  /// Failures before the next attempt must wait: of one client at one badge, of one client in all, and of all unknown
  /// browsers at one badge.
  static let free = 3
  static let freeOfClient = 10
  static let freeOfStrangers = 20
  /// Milliseconds of the longest wait for one badge, and of the longest for a client. The second is short, because
  /// several browsers may share an address.
  static let longestWait: Int64 = 60_000
  static let longestWaitOfClient: Int64 = 10_000
  /// Failures of one client at one badge from which on each locks the badge there, and milliseconds for which.
  static let freeOfLock = 5
  static let lock: Int64 = 300_000
  /// Milliseconds without an attempt after which failures are forgotten.
  static let memory: Int64 = 900_000
  static let capacity = 1024
  /// The most badges that are counted for one client. Because of the client's own waits, filling them takes longer than
  /// `longestWait`.
  static let badgesOfClient = 32
  static let inventedBadges = 256

  private var sources: [Client: Attempts] = [:]
  private var known: [Client: Attempts] = [:]
  /// Failures of all unknown browsers by badge: of the hall's badges, and of others.
  private var strangers: [Bool: [String: Failures]] = [:]

  private func attempts(_ client: Client) -> Attempts? { client.isKnown ? known[client] : sources[client] }

  /// Milliseconds until this client may try this badge again; nil for now.
  func wait(_ badge: String, isReal: Bool, _ client: Client, now: Int64) -> Int64? {
    guard let attempts = attempts(client) else { return nil }
    var until = attempts.all.until
    if let own = attempts.badges[badge] {
      until = max(until, own.until)
      // An address that has not failed at this badge does not wait for the failures of others.
      if !client.isKnown, own.isRemembered(now) { until = max(until, strangers[isReal]?[badge]?.until ?? 0) }
    }
    return until > now ? until - now : nil
  }

  /// Recent failures of a client; where many wait, those with fewer are admitted first.
  func failures(of client: Client, now: Int64) -> Int {
    attempts(client).flatMap { $0.all.isRemembered(now) ? $0.all.bad : nil } ?? 0
  }

  mutating func fail(_ badge: String, isReal: Bool, _ client: Client, now: Int64) {
    var attempts = attempts(client) ?? Attempts()
    attempts.all.add(now: now, free: Self.freeOfClient, longest: Self.longestWaitOfClient)
    Self.add(
      to: &attempts.badges, badge, now, Self.free, capacity: Self.badgesOfClient, lockedFrom: Self.freeOfLock)
    if client.isKnown {
      Self.put(attempts, client, &known)
    } else {
      Self.put(attempts, client, &sources)
      Self.add(
        to: &strangers[isReal, default: [:]], badge, now, Self.freeOfStrangers, capacity: Self.inventedBadges)
    }
  }

  /// The client's failures at other badges stay counted.
  mutating func succeed(_ badge: String, _ client: Client) {
    sources[client]?.badges[badge] = nil
    known[client]?.badges[badge] = nil
    if case .console = client { known[client] = nil }
  }

  /// Milliseconds for which some client's attempts at one of the hall's badges are refused; nil for none.
  func longestDelay(of badge: String, now: Int64) -> Int64? {
    let ends = (sources.values.lazy.map { $0 } + known.values.map { $0 }).compactMap { $0.badges[badge]?.until }
    return ends.max().flatMap { $0 > now ? $0 - now : nil }
  }

  /// Drops the failures of a badge that got a new secret or is released.
  mutating func forget(_ badge: String) {
    for client in sources.keys { sources[client]?.badges[badge] = nil }
    for client in known.keys { known[client]?.badges[badge] = nil }
    strangers[true]?[badge] = nil
  }

  private static func add(
    to table: inout [String: Failures], _ badge: String, _ now: Int64, _ free: Int, capacity: Int,
    lockedFrom: Int = .max
  ) {
    if table[badge] == nil, table.count >= capacity, let oldest = table.min(by: { $0.value.at < $1.value.at }) {
      table[oldest.key] = nil
    }
    table[badge, default: Failures()].add(
      now: now, free: free, longest: longestWait, lockedFrom: lockedFrom)
  }

  private static func put(_ attempts: Attempts, _ client: Client, _ table: inout [Client: Attempts]) {
    if table[client] == nil, table.count >= capacity,
      let oldest = table.min(by: { $0.value.all.at < $1.value.all.at })
    {
      table[oldest.key] = nil
    }
    table[client] = attempts
  }
}
