import Dispatch
import Groundwork
import HTTPTypes
import Hall
import Ports
import Synchronization

/// Sessions of the staff, and failed sign-ins.
///
/// Times are monotonic. Secrets are compared on a queue of its own, one at a time with a bounded number waiting, so
/// that a flood of attempts cannot exhaust the processors or the memory that scrypt needs.
final class SessionStore: Sendable {
  /// Idle timeout; longer than a lunch break.
  static let idleMilliseconds: Int64 = 4 * 3_600_000
  /// Absolute timeout.
  static let absoluteMilliseconds: Int64 = 14 * 3_600_000
  /// How old a stored last use may be before it is written again.
  static let keepMilliseconds: Int64 = 600_000
  /// Comparisons that may wait: of unknown browsers, and of known ones.
  static let waitingComparisons = 8
  static let capacity = 256

  /// The result of signing in.
  struct SignedIn: Sendable {
    let session: StaffSession
    /// 32 hexadecimal digits (128 random bits): the cookie's value.
    let token: String
    /// The device cookie: this badge was signed in at this browser.
    let device: String
  }

  private struct State {
    var sessions: [String: StaffSession] = [:]
    var tries = SignInTries()
    var comparing: [Bool: Int] = [:]
    var keptAt: Int64 = 0
  }

  private let book: Mutex<State>
  private let admission: Admission
  private let sealing: any Sealing
  private let clock: any TimeSource
  private let entropy: any Entropy
  private let store: (any SecretStore)?
  private let comparisons = DispatchQueue(label: "yichuang.secrets")
  private let keeping = DispatchQueue(label: "yichuang.sessions")

  /// - Parameter store: keeps sessions across restarts.
  init(
    admission: Admission, sealing: any Sealing, clock: any TimeSource, entropy: any Entropy,
    store: (any SecretStore)? = nil
  ) {
    self.admission = admission
    self.sealing = sealing
    self.clock = clock
    self.entropy = entropy
    self.store = store
    var book = State()
    let (now, civil) = (clock.monotonic(), clock.now().milliseconds)
    for kept in KeptSession.read(store?.load()).suffix(Self.capacity) {
      guard let member = admission.member(kept.badge), Self.digest(member, sealing) == kept.member else { continue }
      // If the civil clock went back meanwhile, no time has passed.
      let session = StaffSession(
        id: kept.id, member: member, window: kept.window, openedAt: now - max(0, civil - kept.openedAt),
        usedAt: now - max(0, civil - kept.usedAt))
      if Self.isGood(session, now) { book.sessions[kept.id] = session }
    }
    self.book = Mutex(book)
  }

  static func deviceCookie(_ badge: String) -> String { "yichuang_device_\(badge)" }

  /// Signs somebody in.
  ///
  /// - Parameters:
  ///   - source: the client's address.
  ///   - device: the device cookie of an earlier sign-in.
  /// - Throws: `Problem`: 401 for a wrong badge or secret, 429 after too many failures, 503 while too many comparisons
  ///   wait.
  func signIn(
    badge said: String, secret: String, window: Int?, source: String,
    device: (_ badge: String) -> String? = { _ in nil }
  ) async throws(Problem) -> SignedIn {
    let badge = admission.badge(reading: said)
    let member = admission.member(badge)
    let who = who(member, source, member.flatMap { device($0.badge) })
    let now = clock.monotonic()
    try admit(badge, who, now)
    // Compared for an unknown badge too, so that the response time does not tell which badges exist.
    let hash = member?.secretHash ?? admission.anyHash
    let matches = await withCheckedContinuation { continuation in
      comparisons.async { [sealing] in continuation.resume(returning: sealing.verify(secret: secret, hash: hash)) }
    }
    guard let member, matches else {
      book.withLock { book in
        book.comparing[who.isDevice, default: 0] -= 1
        book.tries.fail(badge, who, now: clock.monotonic())
      }
      var problem = Problem(
        .unauthorized, "wrong_badge_or_secret", Problem.Words("工号或口令不对", "Badge or secret is wrong"),
        Problem.Words("请核对后再试；忘记口令请找统筹人员。", "Try again; a coordinator can set a new secret."))
      problem.badge = member?.badge
      throw problem
    }
    let token = entropy.bits().hexadecimal + entropy.bits().hexadecimal
    let session = StaffSession(
      // 代办员 work at no window; a chosen one is ignored.
      id: digest("session", token), member: member, window: member.role == .agent ? nil : window, openedAt: now,
      usedAt: now)
    book.withLock { book in
      book.comparing[who.isDevice, default: 0] -= 1
      book.tries.succeed(badge, who)
      if book.sessions.count >= Self.capacity, let oldest = book.sessions.values.min(by: { $0.usedAt < $1.usedAt }) {
        book.sessions[oldest.id] = nil
      }
      book.sessions[session.id] = session
    }
    keep()
    let nonce = entropy.bits().hexadecimal
    return SignedIn(session: session, token: token, device: nonce + mark(of: member, nonce))
  }

  private func admit(_ badge: String, _ who: SignInTries.Who, _ now: Int64) throws(Problem) {
    let refusal: Problem? = book.withLock { book in
      if let wait = book.tries.wait(badge, who, now: now) {
        var problem = Problem.guessedTooOften(milliseconds: wait)
        problem.badge = admission.member(badge)?.badge
        return problem
      }
      // Known browsers have a limit of their own, so that a flood from unknown ones does not lock clerks out.
      guard book.comparing[who.isDevice, default: 0] < Self.waitingComparisons else {
        return Problem(
          .serviceUnavailable, "busy", Problem.Words("登录繁忙", "Sign-in is busy"),
          Problem.Words("请稍后再试。", "Try again in a moment."), retryAfter: 1)
      }
      book.comparing[who.isDevice, default: 0] += 1
      return nil
    }
    if let refusal { throw refusal }
  }

  /// The session of a cookie, if it is still valid; using it resets the idle timeout.
  func session(cookie token: String) -> StaffSession? {
    let now = clock.monotonic()
    let id = digest("session", token)
    let (session, isDue): (StaffSession?, Bool) = book.withLock { book in
      guard var session = book.sessions[id] else { return (nil, false) }
      guard Self.isGood(session, now) else {
        book.sessions[id] = nil
        return (nil, false)
      }
      session.usedAt = now
      book.sessions[id] = session
      return (session, now - book.keptAt >= Self.keepMilliseconds)
    }
    if isDue { keep() }
    return session
  }

  /// Signs out everybody whose entry in the staff list changed or is gone; returns their sessions.
  func review() -> [String] {
    let gone = book.withLock { book in
      let gone = book.sessions.values.filter { admission.member($0.badge) != $0.member }
      for session in gone {
        book.sessions[session.id] = nil
        book.tries.forget(session.badge)
      }
      return gone.map(\.id)
    }
    if !gone.isEmpty { keep() }
    return gone
  }

  /// Whether somebody with this badge is signed in at the window.
  func isWorking(_ badge: String, at window: Int) -> Bool {
    let now = clock.monotonic()
    return book.withLock { book in
      book.sessions.values.contains { $0.badge == badge && $0.window == window && Self.isGood($0, now) }
    }
  }

  private static func isGood(_ session: StaffSession, _ now: Int64) -> Bool {
    now - session.usedAt < idleMilliseconds && now - session.openedAt < absoluteMilliseconds
  }

  /// - Parameter id: the session's.
  func signOut(_ id: String) {
    book.withLock { $0.sessions[id] = nil }
    keep()
  }

  // MARK: Private

  /// Stores the sessions, one write after the other and outside of any request.
  private func keep() {
    guard let store else { return }
    book.withLock { $0.keptAt = clock.monotonic() }
    keeping.async { [self] in
      let (now, civil) = (clock.monotonic(), clock.now().milliseconds)
      let sessions = book.withLock { $0.sessions.values.sorted { $0.usedAt < $1.usedAt } }
      store.save(
        KeptSession.write(
          sessions.map { one in
            KeptSession(
              id: one.id, badge: one.badge, member: Self.digest(one.member, sealing), window: one.window,
              openedAt: civil - (now - one.openedAt), usedAt: civil - (now - one.usedAt))
          }))
    }
  }

  private func who(_ member: StaffMember?, _ source: String, _ device: String?) -> SignInTries.Who {
    guard let member, let device, device.utf8.count > 16 else { return .address(source) }
    let nonce = String(device.prefix(16))
    return device.dropFirst(16) == mark(of: member, nonce) ? .device(nonce) : .address(source)
  }

  /// The keyed part of a device cookie; a new secret invalidates it.
  private func mark(of member: StaffMember, _ nonce: String) -> String {
    digest("device", "\(nonce)|\(Self.digest(member, sealing))")
  }

  private func digest(_ purpose: String, _ text: String) -> String {
    sealing.keyedDigest(Array("\(purpose)|\(text)".utf8)).hexadecimal
  }

  private static func digest(_ member: StaffMember, _ sealing: any Sealing) -> String {
    sealing.keyedDigest(Array("member|\(member.badge)|\(member.role.rawValue)|\(member.secretHash)".utf8)).hexadecimal
  }
}

extension SignInTries.Who {
  var isDevice: Bool { if case .device = self { true } else { false } }
}

extension [UInt8] {
  /// Two digits a byte.
  var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
