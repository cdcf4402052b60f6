import Hall
import Ports
import Synchronization

/// A journal that keeps events in memory and can be told to refuse.
final class MemoryJournal: JournalPort {
  private struct State {
    var events: [RecordedEvent] = []
    var fault: JournalFault?
  }

  private let state = Mutex(State())

  var events: [Event] { state.withLock { $0.events.map(\.event) } }
  var recorded: [RecordedEvent] { state.withLock { $0.events } }

  /// What happens to appends and probes from now on; nil: they succeed.
  func refuse(_ fault: JournalFault?) { state.withLock { $0.fault = fault } }

  func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    Array(recorded.dropFirst(Int(sequence)))
  }

  func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) {
    let fault: JournalFault? = state.withLock { state in
      guard state.fault == nil else { return state.fault }
      state.events += events
      return nil
    }
    if let fault { throw fault }
  }

  func probe() async throws(JournalFault) {
    if let fault = state.withLock({ $0.fault }) { throw fault }
  }
}
