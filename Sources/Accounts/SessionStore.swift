import Dispatch
import Groundwork
import Hall
package import Ports
import Synchronization

/// Why a sign-in was refused.
package enum SignInRefusal: Error, Hashable, Sendable {
  /// The badge or the secret is wrong; with the badge when it is one of the hall's.
  case wrong(badge: String?)
  /// Too many failures; with the milliseconds until the next attempt.
  case tooOften(milliseconds: Int64, badge: String?)
  /// Too many comparisons wait.
  case busy
}

/// Sessions of the staff, and failed sign-ins.
///
/// Times are monotonic. Secrets are compared on a queue of its own, one at a time with a bounded number waiting, so
/// that a flood of attempts cannot exhaust the processors or the memory that scrypt needs.
package final class SessionStore: Sendable {
  /// Idle timeout; longer than a lunch break.
  package static let idleMilliseconds: Int64 = 4 * 3_600_000
  /// Absolute timeout.
  package static let absoluteMilliseconds: Int64 = 14 * 3_600_000
  /// How old a stored last use may be before it is written again.
  static let keepMilliseconds: Int64 = 600_000
  /// Comparisons that may wait: of unknown browsers, and of known ones.
  static let waitingComparisons = 8
  static let capacity = 256

  /// The result of signing in.
  package struct SignedIn: Sendable {
    package let session: StaffSession
    /// 32 hexadecimal digits (128 random bits): the cookie's value.
    package let token: String
    /// The device cookie: this badge was signed in at this browser.
    package let device: String
  }

  private struct State {
    var sessions: [String: StaffSession] = [:]
    var tries = SignInTries()
    var comparing: [Bool: Int] = [:]
    var keptAt: Int64 = 0
  }

  private let state: Mutex<State>
  private let admission: Admission
  private let sealing: any Sealing
  private let clock: any TimeSource
  private let entropy: any Entropy
  private let store: (any SecretStore)?
  private let comparisons = DispatchQueue(label: "yichuang.secrets")
  private let keeping = DispatchQueue(label: "yichuang.sessions")

  /// - Parameter store: keeps sessions across restarts.
  package init(
    admission: Admission, sealing: any Sealing, clock: any TimeSource, entropy: any Entropy,
    store: (any SecretStore)? = nil
  ) {
    self.admission = admission
    self.sealing = sealing
    self.clock = clock
    self.entropy = entropy
    self.store = store
    var state = State()
    let (now, civil) = (clock.monotonic(), clock.now().milliseconds)
    for kept in KeptSession.read(store?.load()).suffix(Self.capacity) {
      guard let account = admission.account(kept.badge), Self.digest(account, sealing) == kept.member else { continue }
      // If the civil clock went back meanwhile, no time has passed.
      let session = StaffSession(
        id: kept.id, account: account, window: kept.window, openedAt: now - max(0, civil - kept.openedAt),
        usedAt: now - max(0, civil - kept.usedAt))
      if Self.isGood(session, now) { state.sessions[kept.id] = session }
    }
    self.state = Mutex(state)
  }

  package static func deviceCookie(_ badge: String) -> String { "yichuang_device_\(badge)" }

  /// Signs somebody in.
  ///
  /// - Parameters:
  ///   - source: the client's address.
  ///   - device: the device cookie of an earlier sign-in.
  /// - Throws: `SignInRefusal`.
  package func signIn(
    badge said: String, secret: String, window: Int?, source: String,
    device: (_ badge: String) -> String? = { _ in nil }
  ) async throws(SignInRefusal) -> SignedIn {
    let badge = admission.badge(reading: said)
    let account = admission.account(badge)
    let who = who(account, source, account.flatMap { device($0.member.badge) })
    let now = clock.monotonic()
    try admit(badge, who, now)
    // Compared for an unknown badge too, so that the response time does not tell which badges exist.
    let hash = account?.secretHash ?? admission.anyHash
    let matches = await withCheckedContinuation { continuation in
      comparisons.async { [sealing] in continuation.resume(returning: sealing.verify(secret: secret, hash: hash)) }
    }
    guard let account, matches else {
      state.withLock { state in
        state.comparing[who.isDevice, default: 0] -= 1
        state.tries.fail(badge, who, now: clock.monotonic())
      }
      throw .wrong(badge: account?.member.badge)
    }
    let token = entropy.bits().hexadecimal + entropy.bits().hexadecimal
    let session = StaffSession(
      // 代办员 work at no window; a chosen one is ignored.
      id: digest("session", token), account: account, window: account.member.role == .agent ? nil : window,
      openedAt: now,
      usedAt: now)
    state.withLock { state in
      state.comparing[who.isDevice, default: 0] -= 1
      state.tries.succeed(badge, who)
      if state.sessions.count >= Self.capacity, let oldest = state.sessions.values.min(by: { $0.usedAt < $1.usedAt }) {
        state.sessions[oldest.id] = nil
      }
      state.sessions[session.id] = session
    }
    keep()
    let nonce = entropy.bits().hexadecimal
    return SignedIn(session: session, token: token, device: nonce + mark(of: account, nonce))
  }

  private func admit(_ badge: String, _ who: SignInTries.Who, _ now: Int64) throws(SignInRefusal) {
    let refusal: SignInRefusal? = state.withLock { state in
      if let wait = state.tries.wait(badge, who, now: now) {
        return .tooOften(milliseconds: wait, badge: admission.member(badge)?.badge)
      }
      // Known browsers have a limit of their own, so that a flood from unknown ones does not lock clerks out.
      guard state.comparing[who.isDevice, default: 0] < Self.waitingComparisons else { return .busy }
      state.comparing[who.isDevice, default: 0] += 1
      return nil
    }
    if let refusal { throw refusal }
  }

  /// The session of a cookie, if it is still valid; using it resets the idle timeout.
  package func session(cookie token: String) -> StaffSession? {
    let now = clock.monotonic()
    let id = digest("session", token)
    let (session, isDue): (StaffSession?, Bool) = state.withLock { state in
      guard var session = state.sessions[id] else { return (nil, false) }
      guard Self.isGood(session, now) else {
        state.sessions[id] = nil
        return (nil, false)
      }
      session.usedAt = now
      state.sessions[id] = session
      return (session, now - state.keptAt >= Self.keepMilliseconds)
    }
    if isDue { keep() }
    return session
  }

  /// Signs out everybody whose entry in the staff list changed or is gone; returns their sessions.
  package func review() -> [String] {
    let gone = state.withLock { state in
      let gone = state.sessions.values.filter { admission.account($0.badge) != $0.account }
      for session in gone {
        state.sessions[session.id] = nil
        state.tries.forget(session.badge)
      }
      return gone.map(\.id)
    }
    if !gone.isEmpty { keep() }
    return gone
  }

  /// Whether somebody with this badge is signed in at the window.
  package func isWorking(_ badge: String, at window: Int) -> Bool {
    let now = clock.monotonic()
    return state.withLock { state in
      state.sessions.values.contains { $0.badge == badge && $0.window == window && Self.isGood($0, now) }
    }
  }

  private static func isGood(_ session: StaffSession, _ now: Int64) -> Bool {
    now - session.usedAt < idleMilliseconds && now - session.openedAt < absoluteMilliseconds
  }

  /// - Parameter id: the session's.
  package func signOut(_ id: String) {
    state.withLock { $0.sessions[id] = nil }
    keep()
  }

  // MARK: Private

  /// Stores the sessions, one write after the other and outside of any request.
  private func keep() {
    guard let store else { return }
    state.withLock { $0.keptAt = clock.monotonic() }
    keeping.async { [self] in
      let (now, civil) = (clock.monotonic(), clock.now().milliseconds)
      let sessions = state.withLock { $0.sessions.values.sorted { $0.usedAt < $1.usedAt } }
      store.save(
        KeptSession.write(
          sessions.map { one in
            KeptSession(
              id: one.id, badge: one.badge, member: Self.digest(one.account, sealing), window: one.window,
              openedAt: civil - (now - one.openedAt), usedAt: civil - (now - one.usedAt))
          }))
    }
  }

  private func who(_ account: StaffAccount?, _ source: String, _ device: String?) -> SignInTries.Who {
    guard let account, let device, device.utf8.count > 16 else { return .address(source) }
    let nonce = String(device.prefix(16))
    return device.dropFirst(16) == mark(of: account, nonce) ? .device(nonce) : .address(source)
  }

  /// The keyed part of a device cookie; a new secret invalidates it.
  private func mark(of account: StaffAccount, _ nonce: String) -> String {
    digest("device", "\(nonce)|\(Self.digest(account, sealing))")
  }

  private func digest(_ purpose: String, _ text: String) -> String {
    sealing.keyedDigest(Array("\(purpose)|\(text)".utf8)).hexadecimal
  }

  private static func digest(_ account: StaffAccount, _ sealing: any Sealing) -> String {
    let member = account.member
    return sealing.keyedDigest(Array("member|\(member.badge)|\(member.role.rawValue)|\(account.secretHash)".utf8))
      .hexadecimal
  }
}

extension SignInTries.Who {
  var isDevice: Bool { if case .device = self { true } else { false } }
}
