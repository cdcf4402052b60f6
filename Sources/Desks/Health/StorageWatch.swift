package import Ports
package import Registrar
import ServiceLifecycle

/// Shows on the health board whether the journal takes writes.
///
/// It notices a write that does not end, and a disk that does not answer while nothing is written.
package struct StorageWatch: Service {
  private let registrar: Registrar
  private let health: HealthBoard
  private let clock: any TimeSource
  private let pulse: DiskPulse
  private let remedy: @Sendable (FaultCode) -> [String: String]

  /// - Parameters:
  ///   - look: looks at the disk and returns what it refuses; blocks for as long as the disk does not answer.
  ///   - remedy: what to do in this case, by language; empty where the fault's general words say all.
  package init(
    registrar: Registrar, health: HealthBoard, clock: any TimeSource,
    look: @escaping @Sendable () -> JournalFault? = { nil },
    remedy: @escaping @Sendable (FaultCode) -> [String: String] = { _ in [:] }
  ) {
    self.remedy = remedy
    pulse = DiskPulse(look)
    self.registrar = registrar
    self.health = health
    self.clock = clock
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await look()
        try? await clock.sleep(milliseconds: 500)
      }
    }
  }

  func look() async {
    await registrar.noticeDelay()
    await registrar.notice(idle: pulse.fault { [clock] in clock.monotonic() })
    let code: FaultCode? =
      switch await registrar.storageFault {
      case nil, .conflict: nil
      case .full: .storageFull
      case .readOnly, .delayed, .broken, .rolledBack: .storageFault
      case .cutOff: .journalCutOff
      case .behind(let server, _): server == JournalFault.thisMachine ? .programOlder : .journalBehind
      }
    let codes: [FaultCode] = [.storageFull, .storageFault, .journalCutOff, .journalBehind, .programOlder]
    for other in codes where other != code {
      await health.clear(other)
    }
    if let code { await health.raise(code, remedy: remedy(code)) }
  }
}
