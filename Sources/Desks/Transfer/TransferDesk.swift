import Groundwork
import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Brings those who wait for one window back into a lane once that window has paused for long.
///
/// The hall's rules say how long that is (`QueueLimits.poolPauseMilliseconds`); it decides again at each look.
package actor TransferDesk: Service {
  private let registrar: Registrar
  private let clock: any TimeSource
  private let logger: Logger

  package init(registrar: Registrar, clock: any TimeSource, logger: Logger) {
    self.registrar = registrar
    self.clock = clock
    self.logger = logger
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.look()
        try? await self.clock.sleep(milliseconds: 5_000)
      }
    }
  }

  /// One look at the windows for which somebody waits.
  package func look() async {
    let now = clock.now()
    let due = await registrar.read { state, rules in
      state.queue.pools.keys.filter { window in
        guard case .paused = state.windows[window]?.duty, let since = state.figures.windows[window]?.since else {
          return false
        }
        return now.since(since) >= rules.limits.poolPauseMilliseconds
      }
    }
    for window in due.sorted() {
      do {
        try await registrar.submit(.queue(.lapseTransfers(window)), by: .system) { _, _ in }
        logger.notice("tickets no longer wait for a paused window", metadata: ["window": "\(window)"])
      } catch {
        // The journal takes no writes: the next look tries again.
        continue
      }
    }
  }
}
