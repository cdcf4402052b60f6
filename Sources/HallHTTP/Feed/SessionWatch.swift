import Accounts
import Ports
import ServiceLifecycle

/// Ends sessions when their time is over, and their feeds with them, though nobody sends a request.
package struct SessionWatch: Service {
  let sessions: SessionStore
  let clock: any TimeSource

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        look()
        try? await clock.sleep(milliseconds: 1_000)
      }
    }
  }

  package func look() { sessions.expire() }
}
