package import Ports
package import Registrar
import ServiceLifecycle

/// Shows on the health board whether the journal takes writes, and notices a write that does not end.
package struct StorageWatch: Service {
  private let registrar: Registrar
  private let health: HealthBoard
  private let clock: any TimeSource

  package init(registrar: Registrar, health: HealthBoard, clock: any TimeSource) {
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
    let code: FaultCode? =
      switch await registrar.fault {
      case nil, .conflict: nil
      case .full: .storageFull
      case .readOnly, .delayed, .broken: .storageFault
      }
    for other in [FaultCode.storageFull, .storageFault] where other != code { await health.clear(other) }
    if let code { await health.raise(code) }
  }
}
