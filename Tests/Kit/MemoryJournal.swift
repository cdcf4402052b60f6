package import Hall
package import Ports
import Synchronization

/// A journal that keeps events for as long as the test lives, and can be told to refuse.
package final class MemoryJournal: JournalPort {
  private struct State {
    var records: [RecordedEvent] = []
    var fault: JournalFault?
  }

  /// The sequence number of the last event that was recorded before this journal.
  private let first: Int64
  private let state = Mutex(State())

  /// - Parameter sequence: of the last event that a state knows which is gone on from.
  package init(after sequence: Int64 = 0) { first = sequence }

  package var events: [Event] { records.map(\.event) }
  package var records: [RecordedEvent] { state.withLock { $0.records } }

  /// What happens to appends and probes from now on; nil: they succeed.
  package func refuse(_ fault: JournalFault?) { state.withLock { $0.fault = fault } }

  @discardableResult
  package func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) -> Appending {
    let fault: JournalFault? = state.withLock { state in
      let last = first + Int64(state.records.count)
      guard state.fault == nil else { return state.fault }
      guard last == sequence else { return .conflict(expected: sequence, found: last) }
      state.records += events
      return nil
    }
    if let fault { throw fault }
    return .written
  }

  package func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    Array(records.dropFirst(max(0, Int(sequence - first))))
  }

  package func probe() async throws(JournalFault) -> JournalRoom {
    if let fault = state.withLock({ $0.fault }) { throw fault }
    return .ample
  }
}
