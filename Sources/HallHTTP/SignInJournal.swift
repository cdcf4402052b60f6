import Accounts
import Hall
import Logging
import Ports
import Registrar
import Synchronization

/// Writes sign-ins and sign-outs into the journal, in their order.
///
/// No request waits for it, so a sign-in works on a full disk too. Then only the security log has it.
struct SignInJournal: Sendable {
  /// Commands that may wait for the disk; with one more the oldest is dropped.
  static let waiting = 512

  private final class Counts: Sendable {
    /// Open sessions by badge and workplace that began in this run of the process.
    let open = Mutex<[Key: Int]>([:])
  }

  private struct Key: Hashable {
    let badge: String
    let workplace: Workplace
  }

  private let commands: AsyncStream<StaffCommand>
  private let queue: AsyncStream<StaffCommand>.Continuation
  private let counts = Counts()

  init() {
    (commands, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.waiting))
  }

  func signedIn(_ session: StaffSession, _ how: StaffSignedIn.How, _ rules: HallRules) {
    let workplace = Self.workplace(of: session, rules)
    counts.open.withLock { $0[Key(badge: session.badge, workplace: workplace), default: 0] += 1 }
    queue.yield(.signIn(StaffSignedIn(badge: session.badge, role: session.role, workplace: workplace, how: how)))
  }

  /// Writes nothing while another session of the badge is open at the same workplace.
  func signedOut(_ session: StaffSession, _ why: SessionEnd, _ rules: HallRules) {
    // The window was refused at sign-in, before `signedIn` was called.
    if why == .refused { return }
    let workplace = Self.workplace(of: session, rules)
    let key = Key(badge: session.badge, workplace: workplace)
    let left = counts.open.withLock { open in
      let left = max(0, (open[key] ?? 1) - 1)
      open[key] = left == 0 ? nil : left
      return left
    }
    guard left == 0 else { return }
    queue.yield(.signOut(StaffSignedOut(badge: session.badge, workplace: workplace, how: why.how)))
  }

  /// Writes until it is cancelled.
  func run(_ registrar: Registrar, _ logger: Logger) async {
    for await command in commands {
      do throws(RegistrarFailure) {
        try await registrar.submit(.staff(command), by: .system) { _, _ in }
      } catch {
        logger.warning("a sign-in or sign-out stands in the security log only", metadata: ["why": "\(error)"])
      }
    }
  }

  /// 代办员, and everybody at a village's station, work in the villages.
  private static func workplace(of session: StaffSession, _ rules: HallRules) -> Workplace {
    if let window = session.window { return .window(window) }
    return session.role == .agent || rules.station != nil ? .village : .backOffice
  }
}

extension SessionEnd {
  fileprivate var how: StaffSignedOut.How {
    switch self {
    case .signedOut: .own
    case .replaced, .evicted: .otherConsole
    case .idle, .expired, .accountChanged, .ended, .refused: .forced
    }
  }
}
