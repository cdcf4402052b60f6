import Dispatch
import Ports

/// Long work on a journal in use, on threads of its own at low priority.
enum Care {
  /// Verification and copies that an operator asked for, one after the other.
  static let requested = DispatchQueue(label: "journal-care", qos: .utility)
  static let snapshots = DispatchQueue(label: "journal-snapshots", qos: .utility)
  static let verification = DispatchQueue(label: "journal-verification", qos: .background)

  static func work<Answer: Sendable>(
    on queue: DispatchQueue, _ body: @escaping @Sendable () throws(StateFault) -> Answer
  ) async throws(StateFault) -> Answer { try await result(on: queue, body).get() }

  static func result<Answer: Sendable>(
    on queue: DispatchQueue, _ body: @escaping @Sendable () throws(StateFault) -> Answer
  ) async -> Result<Answer, StateFault> {
    await withCheckedContinuation { continuation in
      queue.async {
        do throws(StateFault) { continuation.resume(returning: .success(try body())) } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
  }
}
