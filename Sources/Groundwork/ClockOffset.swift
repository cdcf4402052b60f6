/// The offset of another clock from this machine's monotonic one, estimated from requests that the other clock's time answered.
///
/// One answer is exact to half of the time that it took, because it was given somewhere in between. The best answer is kept;
/// its error grows by what a crystal may drift, until a newer answer is better.
package struct ClockOffset: Sendable, Equatable {
  /// Parts per thousand million by which a crystal may be wrong: 200 ppm.
  private static let drift: Int64 = 200_000

  private var best: Reading?

  private struct Reading: Equatable {
    /// The other clock minus the monotonic one, in milliseconds.
    let offset: Int64
    let error: Int64
    let at: Int64

    func error(at monotonic: Int64) -> Int64 { error + max(0, monotonic - at) * ClockOffset.drift / 1_000_000_000 }
  }

  package init() {}

  /// - Parameters:
  ///   - time: what the other clock showed.
  ///   - sent, received: the monotonic clock when it was asked and when the answer was here, in milliseconds.
  package mutating func note(_ time: Timestamp, sent: Int64, received: Int64) {
    guard received >= sent else { return }
    let new = Reading(
      offset: time.milliseconds - sent - (received - sent) / 2, error: (received - sent + 1) / 2, at: received)
    if let best {
      // A difference beyond both errors means that the clock was set: the new answer is taken at once.
      let isSet = abs(new.offset - best.offset) > new.error + best.error(at: received) + 1_000
      guard isSet || new.error <= best.error(at: received) else { return }
    }
    best = new
  }

  /// What the other clock shows at a moment of the monotonic one; nil before the first answer.
  package func time(at monotonic: Int64) -> Timestamp? {
    best.map { Timestamp(milliseconds: monotonic + $0.offset) }
  }

  /// Milliseconds by which `time` may be wrong; nil before the first answer.
  package func error(at monotonic: Int64) -> Int64? { best?.error(at: monotonic) }
}
