import Dispatch
import Synchronization

/// Runs scrypt: at most two at a time, one for known consoles and one for unknown browsers, with a bounded number
/// waiting for each.
///
/// A flood from unknown browsers therefore exhausts neither memory nor processors, and never makes a known console
/// wait. A console or an address has two runs at most, waiting or running. Among unknown browsers, the one with the
/// fewest failures is admitted first. After each run of an unknown browser there is a pause as long as that run.
final class SecretQueue: Sendable {
  /// Too many wait already.
  struct Full: Error {}

  /// How many may wait for each of the two; among known consoles the running one counts too.
  static let mostWaiting = 8
  /// The most runs of one known console, and of the unknown browsers at one address; the running one included.
  static let mostOfClient = 2

  private struct Waiting {
    let number: Int
    let source: String
    let failures: Int
    let admit: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var known: [SignInThrottle.Client: Int] = [:]
    /// The address whose attempt runs, or whose pause has not ended.
    var running: String?
    var waiting: [Waiting] = []
    var next = 0

    func count(of source: String) -> Int {
      waiting.count { $0.source == source } + (running == source ? 1 : 0)
    }
  }

  private let state = Mutex(State())
  private let known = DispatchQueue(label: "yichuang.secrets.known")
  private let unknown = DispatchQueue(label: "yichuang.secrets.unknown")

  /// Runs `work` for a known console.
  func run<Result: Sendable>(
    known client: SignInThrottle.Client, _ work: @escaping @Sendable () -> Result
  ) async throws(Full) -> Result {
    let isAdmitted = state.withLock { state in
      guard state.known[client, default: 0] < Self.mostOfClient,
        state.known.values.reduce(0, +) < Self.mostWaiting
      else { return false }
      state.known[client, default: 0] += 1
      return true
    }
    guard isAdmitted else { throw Full() }
    return await withCheckedContinuation { continuation in
      known.async { [self] in
        let result = work()
        state.withLock { state in
          let left = state.known[client, default: 1] - 1
          state.known[client] = left == 0 ? nil : left
        }
        continuation.resume(returning: result)
      }
    }
  }

  /// Runs `work` for an unknown browser.
  ///
  /// - Parameter failures: recent ones of its address.
  func run<Result: Sendable>(
    source: String, failures: Int, _ work: @escaping @Sendable () -> Result
  ) async throws(Full) -> Result {
    let isAdmitted = await withCheckedContinuation { continuation in
      let (refused, admitted) = state.withLock { state in
        enter(&state, source, failures, continuation)
      }
      refused?.resume(returning: false)
      admitted?.resume(returning: true)
    }
    guard isAdmitted else { throw Full() }
    return await withCheckedContinuation { continuation in
      unknown.async { [self] in
        let begin = DispatchTime.now().uptimeNanoseconds
        let result = work()
        let end = DispatchTime.now()
        continuation.resume(returning: result)
        unknown.asyncAfter(deadline: end + .nanoseconds(Int(end.uptimeNanoseconds - begin))) { [self] in
          let next = state.withLock { state in admitNext(&state) }
          next?.resume(returning: true)
        }
      }
    }
  }

  /// Unknown browsers that wait.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  private typealias Admit = CheckedContinuation<Bool, Never>

  /// - Returns: whom to refuse, and whom to admit.
  private func enter(
    _ state: inout State, _ source: String, _ failures: Int, _ admit: Admit
  ) -> (refused: Admit?, admitted: Admit?) {
    guard state.running != nil else {
      state.running = source
      return (nil, admit)
    }
    guard state.count(of: source) < Self.mostOfClient else { return (admit, nil) }
    var refused: Admit?
    if state.waiting.count >= Self.mostWaiting {
      // The waiting attempt with the most failures is refused; of several, the newest.
      guard
        let worst = state.waiting.indices.max(by: {
          (state.waiting[$0].failures, state.waiting[$0].number)
            < (state.waiting[$1].failures, state.waiting[$1].number)
        }), state.waiting[worst].failures > failures
      else { return (admit, nil) }
      refused = state.waiting.remove(at: worst).admit
    }
    state.next += 1
    state.waiting.append(Waiting(number: state.next, source: source, failures: failures, admit: admit))
    return (refused, nil)
  }

  private func admitNext(_ state: inout State) -> Admit? {
    state.running = nil
    guard
      let first = state.waiting.indices.min(by: {
        (state.waiting[$0].failures, state.waiting[$0].number)
          < (state.waiting[$1].failures, state.waiting[$1].number)
      })
    else { return nil }
    let next = state.waiting.remove(at: first)
    state.running = next.source
    return next.admit
  }
}
