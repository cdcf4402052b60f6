import Groundwork
package import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Keeps intake closed at start until the outcome of every slip that an earlier run left open is known.
///
/// An old slip may still come out after the restart, and the next resident at the kiosk could then get the paper of the
/// one before. Each desk reconciles its own attempts, within `PrintPatience.reconcile` each, and reports here. Slips of
/// kiosks without a printer are closed here.
package actor PrintRecovery: Service {
  private let registrar: Registrar
  private let health: HealthBoard
  private let clock: any TimeSource
  private let logger: Logger
  private let desks: Set<String>
  /// The kiosks of the hall's other machines, each with its machine's role. Only that machine handles their slips.
  private let others: [String: String]
  /// Milliseconds since a machine was heard; nil where that is not known.
  private let silence: @Sendable (String) -> Int64?
  private var waiting: Set<String> = []
  private var ownWorkIsOpen = true

  /// True when `state` has attempts to reconcile; then the registrar starts with intake closed.
  ///
  /// - Parameter others: the kiosks of the hall's other machines, which reconcile their own.
  package static func isNeeded(_ state: HallState, others: Set<String> = []) -> Bool {
    state.print.openSlips.contains { $0.isOnItsWay && !others.contains($0.kiosk) }
  }

  /// - Parameters:
  ///   - desks: the kiosks that have a print desk here.
  ///   - others: the kiosks of the hall's other machines, each with its machine's role.
  ///   - silence: milliseconds since a machine was heard; nil where that is not known.
  package init(
    desks: [String], others: [String: String] = [:], silence: @escaping @Sendable (String) -> Int64? = { _ in nil },
    registrar: Registrar, health: HealthBoard, clock: any TimeSource, logger: Logger
  ) {
    self.desks = Set(desks)
    self.others = others
    self.silence = silence
    self.registrar = registrar
    self.health = health
    self.clock = clock
    self.logger = logger
  }

  /// Notes which attempts are open. Called before the first request can come in and before the desks start.
  package func begin() async {
    let open = await registrar.read { state, _ in state.print.openSlips }
    waiting = Set(open.filter { $0.isOnItsWay && desks.contains($0.kiosk) }.map(\.kiosk))
    guard await !registrar.isIntakeOpen else { return }
    await health.raise(.reconciling)
    logger.notice("earlier slips are looked up before numbers go on", metadata: ["kiosks": "\(waiting.sorted())"])
  }

  /// The desk of a kiosk has recorded the outcome of every earlier attempt.
  package func isReconciled(_ kiosk: String) async {
    waiting.remove(kiosk)
    await open()
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await self.closeOrphans()
      while !Task.isCancelled, !self.others.isEmpty {
        await self.expireAbandoned()
        try? await self.clock.sleep(milliseconds: 2_000)
      }
    }
    try await gracefulShutdown()
  }

  /// Closes slips of kiosks that were removed from the configuration or no longer have a printer.
  private func closeOrphans() async {
    while !Task.isCancelled {
      let orphans = await registrar.read { [desks, others] state, _ in
        state.print.openSlips.filter { !desks.contains($0.kiosk) && others[$0.kiosk] == nil }
      }
      guard !orphans.isEmpty else { break }
      for slip in orphans where await !close(slip) {
        // The journal takes no writes now. No numbers are given meanwhile, so waiting delays nothing.
        try? await clock.sleep(milliseconds: 500)
      }
    }
    ownWorkIsOpen = false
    await open()
  }

  /// Milliseconds beyond a slip's lifetime after which any machine closes a queued slip of a silent machine.
  package static let abandonedAfter: Int64 = 30_000

  /// Closes queued slips of a machine that has been silent for so long that their residents have left.
  ///
  /// A slip that is being printed is left to its own machine, because only that knows whether the paper came out.
  package func expireAbandoned() async {
    let moment = await registrar.moment()
    let late = await registrar.read { [others] state, _ in
      state.print.openSlips.filter { slip in
        slip.state == .queued && others[slip.kiosk] != nil
          && moment.since(slip.requestedAt) > slip.kind.expiryMilliseconds + Self.abandonedAfter
      }
    }
    for slip in late {
      guard let machine = others[slip.kiosk], let silent = silence(machine),
        silent > slip.kind.expiryMilliseconds + Self.abandonedAfter
      else { continue }
      guard (try? await registrar.submit(.print(.expire(slip.id)), by: .system) { _, _ in }) != nil else { return }
      logger.notice(
        "a slip of a machine that is not heard is closed",
        metadata: ["slip": "\(slip.id)", "kiosk": "\(slip.kiosk)", "machine": "\(machine)"])
    }
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
