import Hall
import Ports
import Synchronization

/// Why a sign-in was refused.
package enum SignInRefusal: Error, Hashable, Sendable {
  /// The badge or the secret is wrong; with the badge when it is one of the hall's.
  case wrong(badge: String?)
  /// Too many failures; with the milliseconds until the next attempt.
  case tooOften(milliseconds: Int64, badge: String?)
  /// The last of too many wrong PINs: the badge has none any more.
  case pinEnded(badge: String)
  /// Too many comparisons wait.
  case busy
}

/// Decides whether a badge and a secret belong together, at a rate that makes guessing useless.
final class Authenticator: Sendable {
  typealias Client = SignInThrottle.Client

  private let throttle = Mutex(SignInThrottle())
  private let queue = SecretQueue()
  /// Wrong PINs in a row, by badge.
  private let wrongPINs = Mutex<[String: Int]>([:])
  private let admission: Admission
  private let sealing: any Sealing
  private let clock: any TimeSource

  init(admission: Admission, sealing: any Sealing, clock: any TimeSource) {
    self.admission = admission
    self.sealing = sealing
    self.clock = clock
  }

  /// Who makes an attempt.
  ///
  /// - Parameters:
  ///   - badge: in its configured spelling.
  ///   - devices: the request's device cookies by badge.
  func client(_ badge: String, source: String, devices: [String: String]) -> Client {
    if let account = admission.account(badge),
      let nonce = DeviceCookie.nonce(devices[badge], of: account, sealing)
    {
      return .console(nonce)
    }
    for (owner, cookie) in devices.sorted(by: { $0.key < $1.key }).prefix(DeviceCookie.others) {
      guard let account = admission.account(owner), DeviceCookie.nonce(cookie, of: account, sealing) != nil else {
        continue
      }
      return .colleague(of: owner)
    }
    return .source(SourceAddress.counted(source))
  }

  /// The account of a badge whose secret is right.
  ///
  /// - Parameter hasCode: whether the badge's own code was scanned, so that a clerk's PIN is as good as the secret.
  func check(
    _ badge: String, _ secret: String, by client: Client, hasCode: Bool = false
  ) async throws(SignInRefusal) -> StaffAccount {
    let account = admission.account(badge)
    let isReal = account != nil
    let now = clock.monotonic()
    let (wait, failures) = throttle.withLock { throttle in
      (throttle.wait(badge, isReal: isReal, client, now: now), throttle.failures(of: client, now: now))
    }
    if let wait { throw .tooOften(milliseconds: wait, badge: account?.member.badge) }
    // An unknown badge is compared too, and costs the same: the response time does not tell which badges exist.
    let pin = hasCode && account?.member.role == .clerk && BadgePIN.isPIN(secret) ? account?.pinHash : nil
    let matches = try await run(client, failures) { [sealing] in
      pin.map { sealing.verify(secret: secret, hash: $0) } == true
        || sealing.verify(secret: secret, hash: account?.secretHash ?? "")
    }
    guard let account, matches else {
      throttle.withLock { $0.fail(badge, isReal: isReal, client, now: clock.monotonic()) }
      if pin != nil, countWrongPIN(of: badge) { throw .pinEnded(badge: badge) }
      throw .wrong(badge: account?.member.badge)
    }
    _ = wrongPINs.withLock { $0.removeValue(forKey: badge) }
    throttle.withLock { $0.succeed(badge, client) }
    return account
  }

  /// - Returns: whether it was one too many, and the PIN has ended.
  private func countWrongPIN(of badge: String) -> Bool {
    let isLast = wrongPINs.withLock { wrong in
      wrong[badge, default: 0] += 1
      guard wrong[badge, default: 0] >= BadgePIN.tries else { return false }
      wrong[badge] = nil
      return true
    }
    return isLast && admission.replacePIN(of: badge, with: nil) != nil
  }

  /// Hashes the new secret of a signed-in member.
  ///
  /// - Returns: nil when memory is short.
  func hash(_ secret: String, for client: Client) async throws(SignInRefusal) -> String? {
    do throws(SecretQueue.Full) {
      return try await queue.run(known: client) { [sealing] in try? sealing.hashSecret(secret) }
    } catch { throw .busy }
  }

  /// Milliseconds for which some client's attempts at this badge are refused; nil for none.
  func delay(of badge: String) -> Int64? { throttle.withLock { $0.longestDelay(of: badge, now: clock.monotonic()) } }

  /// Drops the failures of a badge.
  func forget(_ badge: String) { throttle.withLock { $0.forget(badge) } }

  private func run<Result: Sendable>(
    _ client: Client, _ failures: Int, _ work: @escaping @Sendable () -> Result
  ) async throws(SignInRefusal) -> Result {
    do throws(SecretQueue.Full) {
      guard case .source(let source) = client else { return try await queue.run(known: client, work) }
      return try await queue.run(source: source, failures: failures, work)
    } catch { throw .busy }
  }
}
