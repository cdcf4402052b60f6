import Glibc
import Logging
import Ports
import ServiceLifecycle

/// Shuts a hall down that was opened on a read-only state folder, once the folder can be written.
///
/// The same process does not continue as a writer. The start checks and locks everything that a writer relies on, and
/// somebody may have repaired or replaced the files in between. systemd starts it again (`Restart=always`).
struct WritableWatch: Service {
  let hall: OpenedHall
  let clock: any TimeSource
  let logger: Logger

  func run() async throws {
    let before = hall.mount
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try? await clock.sleep(milliseconds: 1_000)
        guard !Task.isCancelled, hall.isWritable || before?.isMended(by: hall.mount) == true else { continue }
        logger.notice("the state folder can be written again: the hall starts anew")
        kill(getpid(), SIGTERM)
        return
      }
    }
    try await gracefulShutdown()
  }
}
