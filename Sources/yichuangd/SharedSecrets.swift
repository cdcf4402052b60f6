import Accounts
import Groundwork
import JournalPostgres
import Logging
import Ports
import Seal
import ServiceLifecycle
import Synchronization

/// Brings secrets that staff have chosen at one machine to all machines of the hall, through the database of the shared
/// journal, sealed under the hall's key.
///
/// The database has the latest secrets of each machine, and the later one of two is valid. The order of sending therefore
/// does not matter. A machine that was cut off sends and fetches what it missed once it is connected again.
struct SharedSecrets: Service {
  /// The prefix of their names in the database.
  static let prefix = "staff/"

  private static let pause: Int64 = 500
  private static let pauseAfterRefusal: Int64 = 30_000

  let journal: SharedJournal
  let admission: Admission
  let seal: HallSeal
  let clock: any TimeSource
  let logger: Logger
  private let isDirty = Flag()

  init(journal: SharedJournal, admission: Admission, seal: HallSeal, clock: any TimeSource, logger: Logger) {
    self.journal = journal
    self.admission = admission
    self.seal = seal
    self.clock = clock
    self.logger = logger
    admission.share(now: { clock.now() }, tell: { [isDirty] in isDirty.raise() })
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var known: Int64 = -1
      var pause = Self.pause
      while !Task.isCancelled {
        if let peers = journal.peers, peers.age < SharedPeers.silence, isDirty.lower() || peers.kept != known {
          switch await exchange() {
          case .done: known = peers.kept
          case .cutOff: isDirty.raise()
          case .refused:
            isDirty.raise()
            pause = Self.pauseAfterRefusal
          }
        }
        try? await clock.sleep(milliseconds: pause)
        pause = Self.pause
      }
    }
    try? await gracefulShutdown()
  }

  private enum Outcome { case done, cutOff, refused }

  private func exchange() async -> Outcome {
    do throws(JournalFault) {
      let kept = try await journal.kept().filter { $0.key.hasPrefix(Self.prefix) }
      let opened = kept.compactMap { name, box in seal.open(box, as: name) }
      if opened.count < kept.count {
        logger.error(
          "secrets of staff in the database are sealed under another key than this machine's: join again (shared join)")
      }
      for (badge, secret) in admission.exchange(opened).sorted(by: { $0.key < $1.key }) {
        let name = Self.prefix + badge
        guard let box = seal.seal(secret, as: name) else { continue }
        try await journal.keep(box, as: name)
        logger.notice("a secret of staff is told to the hall's machines", metadata: ["badge": "\(badge)"])
      }
      return .done
    } catch .behind(_, let problem) {
      logger.error("secrets of staff cannot be told to the hall's machines", metadata: ["why": "\(problem)"])
      return .refused
    } catch { return .cutOff }
  }
}

/// Whether there is work to do.
private final class Flag: Sendable {
  private let isRaised = Mutex(true)

  func raise() { isRaised.withLock { $0 = true } }

  /// - Returns: whether it was raised.
  func lower() -> Bool {
    isRaised.withLock { isRaised in
      defer { isRaised = false }
      return isRaised
    }
  }
}
