import HTTPTypes
import Hall
import Synchronization

/// How often a kiosk's pages ask for what makes no event and yet costs: drawings, readings, the kiosk itself.
final class KioskMeter: Sendable {
  /// Asks for a kiosk by pages that do not have it. A page that was refused asks every five seconds.
  static let claims: [RateLimit] = [.aMinute(30)]

  private let meters = Mutex<[String: RateMeter]>([:])

  /// Counts one.
  ///
  /// - Parameter subject: a kiosk that is configured, with what is asked, so that there are never many.
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
  /// What was asked for is not done; the same may be asked again after the time.
  static func tooFast(milliseconds: Int64) -> Problem {
    let seconds = max(1, Int((milliseconds + 999) / 1000))
    return Problem(
      .tooManyRequests, "too_fast", Words("按得太快了，请稍等", "Too fast: wait a moment"),
      Words(
        "请过 \(seconds) 秒再按；着急请到窗口找工作人员。", "Press again in \(seconds) s. If you cannot wait, ask at a window."),
      retryAfter: seconds)
  }
}
