import Dispatch
import Glibc
import Logging
import ServiceLifecycle

/// The first to hear that the daemon goes down: tells systemd, and bounds how long the rest may take.
struct Farewells: Service {
  /// Seconds from the signal to the end at the latest. What was answered is in the journal by then; nothing else
  /// counts.
  static let longest = 9.0

  let notify: Notify
  let logger: Logger

  func run() async throws {
    try await gracefulShutdown()
    notify.stopping()
    logger.notice("the hall goes down")
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.longest) { _exit(0) }
  }
}
