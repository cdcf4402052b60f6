import Control
import Desks
import Glibc
import Ports
import ServiceLifecycle

/// Shows on the health board, and so on the consoles, that the operator's tool updates the software.
struct UpdateWatch: Service {
  let notice: UpdateNotice
  let health: HealthBoard
  let clock: any TimeSource
  private static let pauseMilliseconds: Int64 = 1_000

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        // The file's date is by the machine's own clock, which may differ from the hall's clock.
        if notice.isPosted(at: Int64(time(nil))) {
          await health.raise(.updateRunning)
        } else {
          await health.clear(.updateRunning)
        }
        try? await clock.sleep(milliseconds: Self.pauseMilliseconds)
      }
    }
  }
}
