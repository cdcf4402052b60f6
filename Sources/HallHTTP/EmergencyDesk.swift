import Groundwork
package import Hall
import Logging
package import Ports
import Registrar
import SecurityRecords
import Synchronization
import Views

/// Silent calls for help from consoles (无声求助), which no resident may notice.
///
/// They are kept in memory, so that they work while the journal takes no writes. The security log has them at once and
/// the journal as soon as it takes writes again. After a restart, open calls are read from the journal.
package final class EmergencyDesk: Sendable {
  /// Open calls at the same time; the next one joins the newest of them.
  static let capacity = 32
  /// Events that may wait for the disk; with one more the oldest is dropped, and only the security log has it.
  static let waiting = 512
  /// Milliseconds between two attempts while the journal takes no writes.
  private static let pause: Int64 = 1_000

  private struct State {
    var open: [Emergency] = []
    var pending: [EmergencyEvent] = []
    /// Whether there has been a call since this process started, or one was open then.
    var hasCalled: Bool
  }

  private let state: Mutex<State>
  private let feed: FeedHub
  private let clock: any TimeSource
  private let entropy: any Entropy
  private let wake: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation

  /// - Parameter open: the calls of the journal that had not ended.
  package init(open: [Emergency] = [], feed: FeedHub, clock: any TimeSource, entropy: any Entropy) {
    state = Mutex(State(open: open, hasCalled: !open.isEmpty))
    self.feed = feed
    self.clock = clock
    self.entropy = entropy
    (wake, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  package var open: [Emergency] { state.withLock { $0.open } }

  /// Begins a call. A badge has one open call at each window; calling again returns the open one.
  func raise(window: Int?, badge: String) -> (call: Emergency, isNew: Bool) {
    let raised = EmergencyRaised(id: entropy.bits().hexadecimal, window: window, badge: badge, at: clock.now())
    let (call, isNew) = state.withLock { state in
      if let known = state.open.last(where: { $0.raised.window == window && $0.raised.badge == badge }) {
        return (known, false)
      }
      if state.open.count >= Self.capacity, let newest = state.open.last { return (newest, false) }
      let call = Emergency(raised: raised)
      state.open.append(call)
      state.hasCalled = true
      Self.add(.emergencyRaised(raised), &state)
      return (call, true)
    }
    if isNew { tell() }
    return (call, isNew)
  }

  /// - Returns: nil for a call that is not open; whether this badge is the first to go.
  func take(_ id: String, badge: String) -> (call: Emergency, isNew: Bool)? {
    let now = clock.now()
    let taken: (Emergency, Bool)? = state.withLock { state in
      guard let index = state.open.firstIndex(where: { $0.raised.id == id }) else { return nil }
      guard state.open[index].takenBy == nil else { return (state.open[index], false) }
      state.open[index].takenBy = badge
      Self.add(.emergencyTaken(EmergencyTaken(id: id, badge: badge, at: now)), &state)
      return (state.open[index], true)
    }
    if taken?.1 == true { tell() }
    return taken
  }

  /// - Returns: nil for a call that is not open.
  func end(_ id: String, badge: String?, isFalse: Bool) -> Emergency? {
    let now = clock.now()
    let ended: Emergency? = state.withLock { state in
      guard let index = state.open.firstIndex(where: { $0.raised.id == id }) else { return nil }
      Self.add(.emergencyEnded(EmergencyEnded(id: id, badge: badge, isFalse: isFalse, at: now)), &state)
      return state.open.remove(at: index)
    }
    if ended != nil { tell() }
    return ended
  }

  /// Called by the registrar's observer.
  ///
  /// Every call ends with the day. Calls that began, were taken or ended at another machine of the hall are followed here.
  package func note(_ recorded: RecordedEvent) {
    switch recorded.event {
    case .day(.dayClosed): for call in open { _ = end(call.raised.id, badge: nil, isFalse: false) }
    case .emergency(let event):
      if state.withLock({ Self.follow(event, &$0) }) { tell() }
    default: break
    }
  }

  /// - Returns: whether the event changed anything; events of this machine's own calls change nothing.
  private static func follow(_ event: EmergencyEvent, _ state: inout State) -> Bool {
    let index = state.open.firstIndex { $0.raised.id == event.id }
    switch event {
    case .emergencyRaised(let raised):
      // A call of this machine may have ended before the journal took its beginning.
      let isOver = state.pending.contains { if case .emergencyEnded = $0 { $0.id == event.id } else { false } }
      guard index == nil, !isOver, state.open.count < capacity else { return false }
      state.open.append(Emergency(raised: raised))
      state.hasCalled = true
    case .emergencyTaken(let taken):
      guard let index, state.open[index].takenBy == nil else { return false }
      state.open[index].takenBy = taken.badge
    case .emergencyEnded:
      guard let index else { return false }
      state.open.remove(at: index)
    }
    return true
  }

  /// For a console that connects: it may have missed how a call began or ended. Nil while there has been none.
  var present: [UInt8]? { state.withLock { $0.hasCalled } ? frame : nil }

  private var frame: [UInt8] {
    let calls = open
    let zone = feed.rules.zone
    return EventFrames.frame(nil, "emergenciesChanged") { Self.write(calls, zone, into: &$0) }
  }

  static func write(_ calls: [Emergency], _ zone: ZoneOffset, into json: inout JSONText) {
    json.array("emergencies", calls) { json, call in
      json.object { json in
        json.field("id", call.raised.id)
        json.field("window", call.raised.window)
        json.field("badge", call.raised.badge)
        json.field("at", zone.rfc3339(call.raised.at))
        json.field("taken_by", call.takenBy)
      }
    }
  }

  private func tell() {
    // Consoles only: neither boards nor kiosks, on which residents would see it.
    feed.tell(frame) { $0 == .staff }
    waker.yield()
  }

  private static func add(_ event: EmergencyEvent, _ state: inout State) {
    if state.pending.count >= waiting { state.pending.removeFirst() }
    state.pending.append(event)
  }

  /// Writes the events into the journal, in order, until it is cancelled. What the disk refuses is tried again.
  func run(_ registrar: Registrar, _ logger: Logger) async {
    for await _ in wake {
      var isRefused = false
      while !Task.isCancelled, let event = state.withLock({ $0.pending.first }) {
        do throws(RegistrarFailure) {
          try await registrar.submit(.emergency(.note(event)), by: .system) { _, _ in }
          state.withLock { if $0.pending.first == event { $0.pending.removeFirst() } }
          isRefused = false
        } catch {
          if !isRefused {
            logger.warning("a silent call waits for the journal", metadata: ["why": "\(error)"])
          }
          isRefused = true
          try? await clock.sleep(milliseconds: Self.pause)
        }
      }
    }
  }
}
