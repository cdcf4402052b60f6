import Glibc
import Logging
import Ports
import ServiceLifecycle

/// Ends a hall that was opened on a read-only state folder, in good order, once the folder can be written.
///
/// The hall does not go on as a writer in the same process: the start checks and locks everything that a writer relies on,
/// and somebody may have repaired or replaced the files meanwhile. systemd starts it again (`Restart=always`).
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
