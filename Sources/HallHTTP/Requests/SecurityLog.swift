import Logging
import Ports
import Synchronization

/// Refusals that are logged for later inspection, in the daemon's log under `yichuang.security`.
///
/// A line has the refusal's code, the address, the listener and the start of the path. It never has what was sent: no
/// secret, no link, no code of a ticket. Repetitions become one line a minute with a count for each code and address.
final class SecurityLog: Sendable {
  /// The codes that are logged here.
  static let codes: Set<String> = [
    "wrong_badge_or_secret", "try_later", "wrong_link", "board_link_needed", "page_needed", "kiosk_held",
    "wrong_page_secret", "slip_needed", "not_allowed", "too_fast", "cross_site", "wrong_host",
  ]
  /// Milliseconds for which the same refusal of the same address is only counted.
  static let quiet: Int64 = 60_000
  static let capacity = 256

  private struct Entry {
    var saidAt: Int64
    var unsaid = 0
  }

  private let entries = Mutex<[String: Entry]>([:])
  private let clock: any TimeSource
  private let logger: Logger

  init(clock: any TimeSource, logger: Logger) {
    self.clock = clock
    self.logger = logger
  }

  /// - Parameter path: of the request; only its first two components are logged.
  func note(_ problem: Problem, listener: String, source: String, method: String, path: String) {
    guard Self.codes.contains(problem.code) else { return }
    let now = clock.monotonic()
    let key = "\(problem.code) \(listener) \(source)"
    let count: Int? = entries.withLock { entries in
      if var entry = entries[key], now - entry.saidAt < Self.quiet {
        entry.unsaid += 1
        entries[key] = entry
        return nil
      }
      let count = 1 + (entries[key]?.unsaid ?? 0)
      if entries[key] == nil, entries.count >= Self.capacity,
        let oldest = entries.min(by: { $0.value.saidAt < $1.value.saidAt })
      {
        entries[oldest.key] = nil
      }
      entries[key] = Entry(saidAt: now)
      return count
    }
    guard let count else { return }
    var metadata: Logger.Metadata = [
      "code": "\(problem.code)", "listener": "\(listener)", "source": "\(source)",
      "request": "\(method) /\(path.split(separator: "/").prefix(2).joined(separator: "/"))", "count": "\(count)",
    ]
    if let badge = problem.badge { metadata["badge"] = "\(badge)" }
    logger.warning("refused", metadata: metadata)
  }
}
