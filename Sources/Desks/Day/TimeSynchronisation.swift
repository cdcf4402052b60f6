import Glibc
package import Groundwork

/// Whether the network keeps the civil clock right: systemd-timesyncd writes a file at each synchronisation.
///
/// The kernel's own answer (`adjtimex`) is not asked: the unit's `ProtectClock=yes` refuses that call. A clock that
/// something else synchronises counts as one that nobody keeps.
package struct TimeSynchronisation: Sendable {
  /// Its modification time is the last synchronisation since the machine was started.
  package static let system = TimeSynchronisation(file: "/run/systemd/timesync/synchronized")
  /// timesyncd asks its server at least every 2048 seconds; a clock that is further from the last answer has stepped,
  /// or the network is gone.
  static let current: Int64 = 3 * 3_600_000

  private let file: String

  package init(file: String) { self.file = file }

  /// The last synchronisation; nil where there was none since the start.
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
}
