import Groundwork
import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Watches help rings (请人帮忙) without an answer, and escalates one that has waited too long.
///
/// The limits are the hall's rules (`QueueLimits`); a ring that no console has heard has a shorter one. Waiting is
/// measured by the monotonic clock, so that a step of the civil clock neither shortens nor lengthens it.
package actor HelpDesk: Service {
  private let registrar: Registrar
  private let clock: any TimeSource
  private let logger: Logger
  /// The monotonic time since which each open ring waits. For a ring from before the start it is computed back.
  private var since: [String: Int64] = [:]

  package init(registrar: Registrar, clock: any TimeSource, logger: Logger) {
    self.registrar = registrar
    self.clock = clock
    self.logger = logger
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.look()
        try? await self.clock.sleep(milliseconds: 1_000)
      }
    }
  }

  /// One look at the rings.
  package func look() async {
    let (rings, limits) = await registrar.read { state, rules in (state.help.rings, rules.limits) }
    let now = clock.monotonic()
    since = since.filter { id, _ in rings.contains { $0.id == id } }
    for ring in rings {
      let asked =
        since[ring.id] ?? now - min(max(0, clock.now().since(ring.askedAt)), limits.helpUnansweredMilliseconds)
      since[ring.id] = asked
      guard !ring.isEscalated else { continue }
      let limit = ring.heardBy == nil ? limits.helpUnheardMilliseconds : limits.helpUnansweredMilliseconds
      guard now - asked >= limit else { continue }
      do {
        try await registrar.submit(.help(.escalateHelp(ring.id)), by: .system) { _, _ in }
        logger.notice("a call for help is not answered", metadata: ["kiosk": "\(ring.kiosk)"])
      } catch {
        // It was answered in between, or the journal takes no writes. The next look tries again.
        continue
      }
    }
  }
}
