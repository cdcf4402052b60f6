import Ports
import Registrar
import ServiceLifecycle

/// Feeds systemd's watchdog as long as the commit loop moves.
///
/// The question goes through the registrar itself, so a registrar that hangs feeds nothing; one whose write takes too
/// long does not either. A journal that refuses writes for want of space is no hang: starting again would not help.
struct Watchdog: Service {
  let registrar: Registrar
  let clock: any TimeSource
  let notify: Notify
  /// Microseconds between two signs of life that systemd waits for at most.
  let limit: Int64

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        if await registrar.stalledFor() < limit / 2000 { notify.watchdog() }
        try? await clock.sleep(milliseconds: max(100, limit / 3000))
      }
    }
  }
}
