import HTTPTypes
import Hall
import Synchronization

/// Rate limits of a kiosk's pages for requests that make no event but cost time: drawings, readings aloud, page claims.
final class KioskMeter: Sendable {
  /// Claims of a kiosk by pages that do not hold it. A refused page asks every five seconds.
  static let claims: [RateLimit] = [.aMinute(30)]

  /// Beats of a kiosk's screen, one every five seconds, with room for one that starts again.
  static let beats: [RateLimit] = [.aMinute(60)]
  /// Beats of all boards together.
  static let beatsOfBoards: [RateLimit] = [.aMinute(1000)]

  private let meters = Mutex<[String: RateMeter]>([:])

  /// Counts one request.
  ///
  /// - Parameter subject: a configured kiosk and the kind of request, so that the number of subjects is bounded.
  /// - Throws: 429 with the seconds until the next.
  func admit(_ subject: String, _ limits: [RateLimit], now: Int64) throws(Problem) {
    let wait: Int64? = meters.withLock { meters in
      var meter = meters[subject] ?? RateMeter()
      if let wait = meter.wait(limits, now: now) { return wait }
      meter.note(limits, now: now)
      meters[subject] = meter
      return nil
    }
    if let wait { throw .tooFast(milliseconds: wait) }
  }
}

extension Problem {
  /// The answer to a request that was not done and may be repeated after this time.
  static func tooFast(milliseconds: Int64) -> Problem {
    let seconds = max(1, Int((milliseconds + 999) / 1000))
    return Problem(
      .tooManyRequests, "too_fast", Words("按得太快了，请稍等", "Too fast: wait a moment"),
      Words(
        "请过 \(seconds) 秒再按；着急请到窗口找工作人员。", "Press again in \(seconds) s. If you cannot wait, ask at a window."),
      retryAfter: seconds)
  }
}
