import Dispatch
import Groundwork
import Hall
package import Ports
import Synchronization

/// Sessions of the staff. Times are monotonic.
package final class SessionStore: Sendable {
  /// Idle timeout; longer than a lunch break.
  package static let idleMilliseconds: Int64 = 4 * 3_600_000
  /// Absolute timeout.
  package static let absoluteMilliseconds: Int64 = 14 * 3_600_000
  /// How old a stored last use may be before it is written again.
  static let keepMilliseconds: Int64 = 600_000
  /// After which a save that failed is tried again, at the next use of any session.
  private static let retryMilliseconds: Int64 = 10_000
  /// How long a sign-in waits until its session is stored. A disk that does not take it in this time keeps nobody out:
  /// after a restart the member signs in again.
  private static let storingMilliseconds = 2_000
  static let capacity = 256
  /// The most sessions of one member, so that nobody's sign-ins end the sessions of others.
  static let capacityOfMember = 16

  /// The result of signing in.
  package struct SignedIn: Sendable {
    package let session: StaffSession
    /// 32 hexadecimal digits (128 random bits): the cookie's value.
    package let token: String
    /// The device cookie: this badge was signed in at this browser.
    package let device: String
    /// Whether the browser was known before.
    package let wasKnown: Bool
  }

  private struct State {
    var sessions: [String: StaffSession] = [:]
    var keptAt: Int64 = 0
  }

  private let state: Mutex<State>
  let authenticator: Authenticator
  let admission: Admission
  let sealing: any Sealing
  private let clock: any TimeSource
  let entropy: any Entropy
  private let store: (any SecretStore)?
  private let onEnd: @Sendable (StaffSession, SessionEnd) -> Void
  private let keeping = DispatchQueue(label: "yichuang.sessions")
  private let patience = DispatchQueue(label: "yichuang.sessions.patience")

  /// - Parameters:
  ///   - store: keeps sessions across restarts.
  ///   - onEnd: called for each session that ended.
  package init(
    admission: Admission, sealing: any Sealing, clock: any TimeSource, entropy: any Entropy,
    store: (any SecretStore)? = nil, onEnd: @escaping @Sendable (StaffSession, SessionEnd) -> Void = { _, _ in }
  ) {
    self.admission = admission
    self.sealing = sealing
    self.clock = clock
    self.entropy = entropy
    self.store = store
    self.onEnd = onEnd
    authenticator = Authenticator(admission: admission, sealing: sealing, clock: clock)
    var state = State()
    let (now, civil) = (clock.monotonic(), clock.now().milliseconds)
    for kept in KeptSession.read(store?.load()).suffix(Self.capacity) {
      guard let account = admission.account(kept.badge), account.digest(sealing) == kept.member else { continue }
      // If the civil clock went back meanwhile, no time has passed.
      let session = StaffSession(
        id: kept.id, account: account, window: kept.window, source: kept.source,
        openedAt: now - max(0, civil - kept.openedAt), usedAt: now - max(0, civil - kept.usedAt))
      if Self.end(of: session, now) == nil { state.sessions[kept.id] = session }
    }
    self.state = Mutex(state)
  }

  /// Signs somebody in.
  ///
  /// - Parameters:
  ///   - source: the client's address.
  ///   - devices: the device cookies of earlier sign-ins at this browser, by badge.
  ///   - hasCode: whether the badge's own code was scanned and is valid, so that a clerk's PIN is taken too.
  /// - Throws: `SignInRefusal`.
  package func signIn(
    badge said: String, secret: String, window: Int?, source: String, devices: [String: String] = [:],
    hasCode: Bool = false
  ) async throws(SignInRefusal) -> SignedIn {
    let badge = admission.badge(reading: said)
    let client = authenticator.client(badge, source: source, devices: devices)
    let account: StaffAccount
    do throws(SignInRefusal) {
      account = try await authenticator.check(badge, secret, by: client, hasCode: hasCode && window != nil)
    } catch {
      if case .pinEnded = error { renew(badge) }
      throw error
    }
    return await open(account, window: window, source: source, wasKnown: client.isKnown)
  }

  /// Opens a session for whoever showed the valid code of their badge, where the hall asks for no secret.
  ///
  /// - Returns: nil for somebody who has to change a secret first, or who is not on the list.
  package func signIn(badgeShown badge: String, window: Int, source: String) async -> SignedIn? {
    guard let account = admission.account(badge), !account.isFirstSecret else { return nil }
    return await open(account, window: window, source: source, wasKnown: false)
  }

  /// Returns when the session is stored, so that it outlives whatever ends the daemon after the answer.
  private func open(_ account: StaffAccount, window: Int?, source: String, wasKnown: Bool) async -> SignedIn {
    let token = entropy.bits().hexadecimal + entropy.bits().hexadecimal
    let now = clock.monotonic()
    let session = StaffSession(
      id: digest(of: token), account: account, window: Self.isAtWindows(account.member.role) ? window : nil,
      source: source, openedAt: now, usedAt: now)
    let evicted = state.withLock { state in
      let own = state.sessions.values.filter { $0.badge == session.badge }
      var evicted: StaffSession?
      if own.count >= Self.capacityOfMember {
        evicted = own.min { $0.usedAt < $1.usedAt }
      } else if state.sessions.count >= Self.capacity {
        evicted = state.sessions.values.min { $0.usedAt < $1.usedAt }
      }
      if let evicted { state.sessions[evicted.id] = nil }
      state.sessions[session.id] = session
      return evicted
    }
    if let evicted { onEnd(evicted, .evicted) }
    await stored()
    return SignedIn(
      session: session, token: token, device: device(of: account), wasKnown: wasKnown)
  }

  /// 代办员 and administrators work at no window; a chosen one is ignored.
  private static func isAtWindows(_ role: StaffRole) -> Bool { role != .agent && !role.isAdministrator }

  /// The value of a device cookie for an account's browser.
  func device(of account: StaffAccount) -> String {
    DeviceCookie.value(account, nonce: entropy.bits().hexadecimal, sealing)
  }

  /// The session of a cookie, if it is still valid; using it resets the idle timeout.
  package func session(cookie token: String) -> StaffSession? {
    let now = clock.monotonic()
    let id = digest(of: token)
    let (session, isDue): (StaffSession?, Bool) = state.withLock { state in
      guard var session = state.sessions[id], Self.end(of: session, now) == nil else { return (nil, false) }
      session.usedAt = now
      state.sessions[id] = session
      return (session, now - state.keptAt >= Self.keepMilliseconds)
    }
    if isDue { keep() }
    return session
  }

  /// All sessions that are open, those used last first.
  package func open() -> [StaffSession] {
    let now = clock.monotonic()
    return state.withLock { state in
      state.sessions.values.filter { Self.end(of: $0, now) == nil }.sorted {
        ($1.usedAt, $0.id) < ($0.usedAt, $1.id)
      }
    }
  }

  /// Whether a session is still open; unlike a request with its cookie this does not count as use.
  package func isOpen(_ id: String) -> Bool {
    let now = clock.monotonic()
    return state.withLock { $0.sessions[id].map { Self.end(of: $0, now) == nil } ?? false }
  }

  /// Signs everybody out whose entry in the staff list changed or was removed.
  package func review() {
    let gone = remove { session, _ in admission.account(session.badge) == session.account ? nil : .accountChanged }
    if !gone.isEmpty { keep() }
    for badge in Set(gone.map(\.badge)) { authenticator.forget(badge) }
  }

  /// Ends the sessions whose time is over.
  package func expire() { if !remove({ Self.end(of: $0, $1) }).isEmpty { keep() } }

  /// Whether somebody with this badge is signed in at the window.
  ///
  /// - Parameter id: a session that does not count.
  package func isWorking(_ badge: String, at window: Int, besides id: String? = nil) -> Bool {
    let now = clock.monotonic()
    return state.withLock { state in
      state.sessions.values.contains {
        $0.badge == badge && $0.window == window && $0.id != id && Self.end(of: $0, now) == nil
      }
    }
  }

  /// Ends a session and returns when that is stored, so that no restart brings it back.
  ///
  /// - Parameter id: the session's.
  package func end(_ id: String, _ why: SessionEnd) async {
    if !remove({ session, _ in session.id == id ? why : nil }).isEmpty { await stored() }
  }

  /// One session of a member goes on although their secret changed.
  func renew(_ id: String, _ account: StaffAccount) {
    state.withLock { $0.sessions[id]?.account = account }
  }

  /// All sessions of a member go on, because only their PIN changed and not their secret.
  func renew(_ badge: String) {
    guard let account = admission.account(badge) else { return }
    state.withLock { state in
      for (id, session) in state.sessions where session.badge == badge { state.sessions[id]?.account = account }
    }
  }

  // MARK: Private

  /// Why a session is over; nil while it is not.
  private static func end(of session: StaffSession, _ now: Int64) -> SessionEnd? {
    if now - session.openedAt >= absoluteMilliseconds { return .expired }
    return now - session.usedAt >= idleMilliseconds ? .idle : nil
  }

  private func remove(_ why: (StaffSession, Int64) -> SessionEnd?) -> [StaffSession] {
    let now = clock.monotonic()
    let gone = state.withLock { state in
      let gone = state.sessions.values.compactMap { session in why(session, now).map { (session, $0) } }
      for (session, _) in gone { state.sessions[session.id] = nil }
      return gone
    }
    for (session, why) in gone { onEnd(session, why) }
    return gone.map(\.0)
  }

  /// Stores the sessions and returns when they are stored, or after `storingMilliseconds`.
  private func stored() async {
    guard store != nil else { return }
    await withCheckedContinuation { (waiting: CheckedContinuation<Void, Never>) in
      let once = Mutex<CheckedContinuation<Void, Never>?>(waiting)
      let end: @Sendable () -> Void = { once.withLock { $0.take() }?.resume() }
      keep(then: end)
      patience.asyncAfter(deadline: .now() + .milliseconds(Self.storingMilliseconds), execute: end)
    }
  }

  /// Stores the sessions, one write after the other and outside of any request.
  ///
  /// - Parameter end: called when they are stored, or cannot be.
  func keep(then end: (@Sendable () -> Void)? = nil) {
    guard let store else { return }
    state.withLock { $0.keptAt = clock.monotonic() }
    keeping.async { [self] in
      let (now, civil) = (clock.monotonic(), clock.now().milliseconds)
      let sessions = state.withLock { $0.sessions.values.sorted { $0.usedAt < $1.usedAt } }
      let isStored = store.save(
        KeptSession.write(
          sessions.map { one in
            KeptSession(
              id: one.id, badge: one.badge, member: one.account.digest(sealing), window: one.window,
              source: one.source, openedAt: civil - (now - one.openedAt), usedAt: civil - (now - one.usedAt))
          }))
      if !isStored {
        state.withLock { $0.keptAt = clock.monotonic() - Self.keepMilliseconds + Self.retryMilliseconds }
      }
      end?()
    }
  }

  private func digest(of token: String) -> String {
    sealing.keyedDigest(Array("session|\(token)".utf8)).hexadecimal
  }
}
