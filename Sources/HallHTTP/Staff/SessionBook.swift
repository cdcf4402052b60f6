import Dispatch
import Groundwork
import HTTPTypes
import Hall
import Ports
import Synchronization

/// Who is signed in, and who has tried too often.
///
/// Times are monotonic. Secrets are compared on a queue of its own, at most one at a time with a few waiting, so that a flood
/// of tries can neither take the processors nor the memory that scrypt needs.
final class SessionBook: Sendable {
  /// Signed out after this time without a request: longer than a lunch.
  static let idleMilliseconds: Int64 = 4 * 3_600_000
  /// Signed out after this time in any case.
  static let absoluteMilliseconds: Int64 = 14 * 3_600_000
  /// Bad tries of one badge before the next must wait.
  static let freeTries = 3
  /// Comparisons that may wait.
  static let waitingComparisons = 8
  static let capacity = 256

  private struct Book {
    var sessions: [String: StaffSession] = [:]
    var tries: [String: (bad: Int, until: Int64)] = [:]
    var comparing = 0
  }

  private let book = Mutex(Book())
  private let admission: Admission
  private let sealing: any Sealing
  private let clock: any Clock
  private let entropy: any Entropy
  private let comparisons = DispatchQueue(label: "yichuang.secrets")

  init(admission: Admission, sealing: any Sealing, clock: any Clock, entropy: any Entropy) {
    self.admission = admission
    self.sealing = sealing
    self.clock = clock
    self.entropy = entropy
  }

  /// Signs somebody in.
  ///
  /// - Throws: `Problem`: 401 for a wrong badge or secret, 429 after too many bad tries, 503 while too many are compared.
  func signIn(badge said: String, secret: String, window: Int?) async throws(Problem) -> StaffSession {
    let badge = admission.badge(reading: said)
    let now = clock.monotonic()
    try admit(badge, now)
    let member = admission.member(badge)
    // Compared when the badge is unknown too, so that an answer's time does not tell which badges exist.
    let hash = member?.secretHash ?? admission.anyHash
    let matches = await withCheckedContinuation { continuation in
      comparisons.async { [sealing] in continuation.resume(returning: sealing.verify(secret: secret, hash: hash)) }
    }
    guard let member, matches else {
      book.withLock { book in
        book.comparing -= 1
        let bad = (book.tries[badge]?.bad ?? 0) + 1
        let wait: Int64 = bad < Self.freeTries ? 0 : min(60_000, 1000 << min(bad - Self.freeTries, 6))
        if book.tries.count >= Self.capacity { book.tries.removeAll() }
        book.tries[badge] = (bad, clock.monotonic() + wait)
      }
      throw Problem(
        .unauthorized, "wrong_badge_or_secret", Problem.Words("工号或口令不对", "Badge or secret is wrong"),
        Problem.Words("请核对后再试；忘记口令请找统筹人员。", "Try again; a coordinator can set a new secret."))
    }
    let token = hexadecimal(entropy.bits()) + hexadecimal(entropy.bits())
    let session = StaffSession(
      // 代办员 work at no window, whatever was chosen.
      token: token, member: member, window: member.role == .agent ? nil : window, openedAt: now, usedAt: now)
    book.withLock { book in
      book.comparing -= 1
      book.tries[badge] = nil
      if book.sessions.count >= Self.capacity, let oldest = book.sessions.values.min(by: { $0.usedAt < $1.usedAt }) {
        book.sessions[oldest.token] = nil
      }
      book.sessions[token] = session
    }
    return session
  }

  private func admit(_ badge: String, _ now: Int64) throws(Problem) {
    let refusal: Problem? = book.withLock { book in
      if let tries = book.tries[badge], tries.bad >= Self.freeTries, tries.until > now {
        let seconds = Int((tries.until - now + 999) / 1000)
        return Problem(
          .tooManyRequests, "try_later", Problem.Words("试得太多次了", "Too many tries"),
          Problem.Words("请 \(seconds) 秒后再试。", "Try again in \(seconds) seconds."), retryAfter: seconds)
      }
      guard book.comparing < Self.waitingComparisons else {
        return Problem(
          .serviceUnavailable, "busy", Problem.Words("登录繁忙", "Sign-in is busy"),
          Problem.Words("请稍后再试。", "Try again in a moment."), retryAfter: 1)
      }
      book.comparing += 1
      return nil
    }
    if let refusal { throw refusal }
  }

  private func hexadecimal(_ bits: UInt64) -> String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The session of a cookie, if it is still good; using it keeps it good.
  func session(_ token: String) -> StaffSession? {
    let now = clock.monotonic()
    return book.withLock { book in
      guard var session = book.sessions[token] else { return nil }
      guard isGood(session, now) else {
        book.sessions[token] = nil
        return nil
      }
      session.usedAt = now
      book.sessions[token] = session
      return session
    }
  }

  /// Signs out everybody whom the staff's list does not have any more as they signed in; answers their cookies.
  func review() -> [String] {
    book.withLock { book in
      let gone = book.sessions.values.filter { admission.member($0.badge) != $0.member }.map(\.token)
      for token in gone { book.sessions[token] = nil }
      return gone
    }
  }

  /// Whether somebody with this badge is signed in at the window.
  func isWorking(_ badge: String, at window: Int) -> Bool {
    let now = clock.monotonic()
    return book.withLock { book in
      book.sessions.values.contains { $0.badge == badge && $0.window == window && isGood($0, now) }
    }
  }

  private func isGood(_ session: StaffSession, _ now: Int64) -> Bool {
    now - session.usedAt < Self.idleMilliseconds && now - session.openedAt < Self.absoluteMilliseconds
  }

  func signOut(_ token: String) { book.withLock { $0.sessions[token] = nil } }
}
