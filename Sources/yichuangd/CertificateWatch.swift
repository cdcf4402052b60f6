import Desks
import Groundwork
import Ports
import Seal
import ServiceLifecycle
import Synchronization

/// Shows on the health board that the door's certificate ends soon.
///
/// A timer of the system renews the certificate (systemd/yichuang-cert.timer). This reports that it did not.
final class CertificateWatch: Service {
  /// The certificate is renewed when 120 days are left, so at thirty something is wrong.
  static let warningDays: Int64 = 30
  private static let pauseMilliseconds: Int64 = 60_000

  /// nil for a hall without a door.
  private let file: String?
  private let health: HealthBoard
  private let clock: any TimeSource
  private let end = Mutex<Timestamp?>(nil)

  init(file: String?, health: HealthBoard, clock: any TimeSource) {
    self.file = file
    self.health = health
    self.clock = clock
  }

  /// The end of its validity, as of the latest look; nil without a certificate.
  var until: Timestamp? { end.withLock { $0 } }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.look()
        try? await self.clock.sleep(milliseconds: Self.pauseMilliseconds)
      }
    }
  }

  func look() async {
    let until = file.flatMap { Certificate(file: $0)?.until }
    end.withLock { $0 = until }
    if let until, until.since(clock.now()) < Self.warningDays * 86_400_000 {
      await health.raise(.certificateEnds)
    } else {
      await health.clear(.certificateEnds)
    }
  }
}
