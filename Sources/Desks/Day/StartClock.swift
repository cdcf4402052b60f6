import Foundation
package import Groundwork

/// What the machine's hardware clock (RTC) showed when the machine was started, before the network set any clock.
///
/// A hardware clock with a dead battery starts at a date long ago, and a machine may have none. systemd then uses the last
/// time that it saved, so the time looks plausible and is late by as long as the machine was off. Only comparing both
/// clocks at the start shows that: once there is a network, the kernel corrects the hardware clock.
package struct StartClock: Sendable, Equatable {
  package enum Hardware: Sendable, Equatable {
    /// It agrees with the clock.
    case right
    /// The machine has none.
    case none
    /// It showed another time: its battery is dead, or it was never set.
    case wrong
  }

  /// Written by yichuang-time.service once for each start of the machine.
  package static let file = "/run/yichuang-time/start"
  /// Milliseconds within which both clocks agree; the hardware's has whole seconds.
  private static let tolerance: Int64 = 120_000

  package let hardware: Hardware
  /// The civil clock then, and the time since the machine's start in milliseconds.
  package let civil: Timestamp
  package let uptime: Int64

  package init(hardware: Hardware, civil: Timestamp, uptime: Int64) {
    self.hardware = hardware
    self.civil = civil
    self.uptime = uptime
  }

  /// Three numbers on a line: seconds since 1970 by the hardware clock (0 without one) and by the civil clock, seconds
  /// since the machine's start. Nil for any other text.
  ///
  /// - Parameter zone: a hardware clock may keep the zone's time (`timedatectl set-local-rtc`).
  package init?(_ text: String, zone: ZoneOffset = .beijing) {
    let numbers = text.split { $0 == " " || $0 == "\n" }.map { Double($0) }
    guard numbers.count == 3, let shown = numbers[0], let civil = numbers[1], let uptime = numbers[2],
      numbers.allSatisfy({ ($0 ?? -1) >= 0 && ($0 ?? .infinity) < 1e11 })
    else { return nil }
    self.civil = Timestamp(milliseconds: Int64(civil * 1000))
    self.uptime = Int64(uptime * 1000)
    let apart = Int64((shown - civil) * 1000)
    let local = zone.civil(Timestamp(milliseconds: 0)).time.minuteOfDay
    let isRight = [apart, apart - Int64(local) * 60_000].contains { abs($0) <= Self.tolerance }
    hardware = shown == 0 ? .none : isRight ? .right : .wrong
  }

  /// The clocks that were noted at this machine's start; nil where the unit did not run.
  package static func read(_ file: String = StartClock.file) -> StartClock? {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8), text.utf8.count < 200 else { return nil }
    return StartClock(text)
  }

  /// Whether the civil clock was set since the start: it did not advance by the time that passed.
  package func wasSet(now: Timestamp, monotonic: Int64) -> Bool {
    abs(now.since(civil) - (monotonic - uptime)) > ClockStepDetector.tolerance
  }
}
