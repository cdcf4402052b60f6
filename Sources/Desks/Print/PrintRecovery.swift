package import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Keeps numbers and slips out at start until it is known what became of each slip that an earlier run left on its way.
///
/// An old slip may still be coming out while the daemon is up again, and a kiosk that took the next resident then would
/// hand out the paper of the one before. Each desk looks its own attempts up, for `PrintPatience.reconcile` at most, and
/// says so here. Slips of kiosks that have no printer any more are closed here: nobody else would.
package actor PrintRecovery: Service {
  private let registrar: Registrar
  private let health: HealthBoard
  private let clock: any TimeSource
  private let logger: Logger
  private let desks: Set<String>
  private var waiting: Set<String> = []
  private var ownWorkIsOpen = true

  /// True when `state` has slips of which the next run has to ask first; then the registrar starts without intake.
  package static func isNeeded(_ state: HallState) -> Bool { state.print.openSlips.contains(where: \.isOnItsWay) }

  /// - Parameter desks: the kiosks that have a print desk.
  package init(
    desks: [String], registrar: Registrar, health: HealthBoard, clock: any TimeSource, logger: Logger
  ) {
    self.desks = Set(desks)
    self.registrar = registrar
    self.health = health
    self.clock = clock
    self.logger = logger
  }

  /// Notes what is open, before the first request can come in and before the desks begin.
  package func begin() async {
    let open = await registrar.read { state, _ in state.print.openSlips }
    waiting = Set(open.filter { $0.isOnItsWay && desks.contains($0.kiosk) }.map(\.kiosk))
    guard await !registrar.isIntakeOpen else { return }
    await health.raise(.reconciling)
    logger.notice("earlier slips are looked up before numbers go on", metadata: ["kiosks": "\(waiting.sorted())"])
  }

  /// The desk of a kiosk has written down what became of every earlier attempt.
  package func isReconciled(_ kiosk: String) async {
    waiting.remove(kiosk)
    await open()
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown { await self.closeOrphans() }
    try await gracefulShutdown()
  }

  /// Slips of a kiosk that was taken out of the configuration, or that has no printer any more.
  private func closeOrphans() async {
    while !Task.isCancelled {
      let orphans = await registrar.read { [desks] state, _ in
        state.print.openSlips.filter { !desks.contains($0.kiosk) }
      }
      guard !orphans.isEmpty else { break }
      for slip in orphans where await !close(slip) {
        // The journal takes nothing now: neither does it take numbers.
        try? await clock.sleep(milliseconds: 500)
      }
    }
    ownWorkIsOpen = false
    await open()
  }

  private func close(_ slip: SlipInHand) async -> Bool {
    let command: PrintCommand =
      if case .printing(let attempt) = slip.state {
        .end(slip.id, attempt: attempt, .unknown(reason: "the kiosk has no printer any more"))
      } else {
        .expire(slip.id)
      }
    do {
      try await registrar.submit(.print(command), by: .system) { _, _ in }
      logger.notice("a slip without a printer is closed", metadata: ["slip": "\(slip.id)", "kiosk": "\(slip.kiosk)"])
      return true
    } catch { return false }
  }

  private func open() async {
    guard waiting.isEmpty, !ownWorkIsOpen, await !registrar.isIntakeOpen else { return }
    await registrar.openIntake()
    await health.clear(.reconciling)
    logger.notice("earlier slips are accounted for; numbers go on")
  }
}

extension SlipInHand {
  var isOnItsWay: Bool { if case .printing = state { true } else { false } }
}
