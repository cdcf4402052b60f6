import Dispatch
import PrinterLink
import Ports
import PrinterProtocols
import Synchronization

/// Asks an idle printer how it is, on a thread of its own, and gives way as soon as a slip is to be printed.
///
/// A slow printer takes seconds for its answers; whoever waits for a slip must not wait for those.
final class IdleInquiry: Sendable {
  private let queue: DispatchQueue
  /// How many want to print.
  private let wanted = Mutex(0)
  /// What the printer said last, for when it could not be asked.
  private let last = Mutex(PrinterConditions())

  init(label: String) { queue = DispatchQueue(label: label, qos: .utility) }

  /// From now on the printer is wanted, until `release`.
  func giveWay() { wanted.withLock { $0 += 1 } }
  func release() { wanted.withLock { $0 -= 1 } }

  private var mustGiveWay: Bool { wanted.withLock { $0 > 0 } }

  func ask(_ address: DeviceAddress, connectMilliseconds: Int) async -> PrinterConditions {
    guard address.status == .realtime else { return [] }
    let heard = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: self.converse(address, connectMilliseconds)) }
    }
    return last.withLock { last in
      last = heard ?? last
      return last
    }
  }

  /// Nil when nothing could be learned.
  private func converse(_ address: DeviceAddress, _ connectMilliseconds: Int) -> PrinterConditions? {
    // Twice, because one answer may be lost to another conversation that is just ending.
    for _ in 0..<2 {
      guard !mustGiveWay else { return nil }
      do {
        let status = try DeviceProbe.ask(
          address, connectMilliseconds: connectMilliseconds, mustGiveWay: { self.mustGiveWay })
        return status.map { PrinterConditions(StateReasons(keywords: PrinterReason.reasons($0).map(\.rawValue))) }
      } catch {
        switch error {
        case .busy: return nil
        // The printer had all the time of its model.
        case .timedOut: return .offline
        case .unreachable, .broken: continue
        }
      }
    }
    return .offline
  }
}
