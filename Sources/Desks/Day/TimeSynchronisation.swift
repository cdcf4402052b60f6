import Glibc
package import Groundwork

/// Whether the network keeps the civil clock right.
///
/// systemd-timesyncd writes a file at each synchronisation. For other programs (chrony, ntpd) yichuang-time-set.service notes when
/// the kernel first counts its clock as synchronised: the daemon's own unit (`ProtectClock=yes`) may not ask the kernel.
package struct TimeSynchronisation: Sendable {
  /// Of this machine.
  package static let system = TimeSynchronisation(
    file: "/run/systemd/timesync/synchronized", first: "/run/yichuang-time-set/done")
  /// No synchronisation: for tests, and for the demo, whose clock is moved by hand.
  package static let none = TimeSynchronisation(file: "/nonexistent")
  /// timesyncd asks its server at least every 2048 seconds; a clock that is further from the last answer has stepped,
  /// or the network is gone.
  static let current: Int64 = 3 * 3_600_000

  private let file: String
  private let first: String

  /// - Parameters:
  ///   - file: its modification time is the last synchronisation since the machine was started.
  ///   - first: is there once any program synchronised the clock since the machine was started.
  package init(file: String, first: String = "/nonexistent") {
    self.file = file
    self.first = first
  }

  /// The last synchronisation by systemd-timesyncd; nil where there was none since the start.
  package var last: Timestamp? {
    var found = stat()
    guard stat(file, &found) == 0 else { return nil }
    return Timestamp(milliseconds: Int64(found.st_mtim.tv_sec) * 1000 + Int64(found.st_mtim.tv_nsec) / 1_000_000)
  }

  /// Whether a clock that shows `now` was synchronised a short while ago.
  package func isCurrent(at now: Timestamp) -> Bool {
    guard let last else { return false }
    return (0...Self.current).contains(now.since(last))
  }

  /// Whether the network set the clock at all since the machine was started.
  package var wasEver: Bool { last != nil || access(first, F_OK) == 0 }
}
