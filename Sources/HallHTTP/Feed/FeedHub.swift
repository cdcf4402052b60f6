import Groundwork
import HTTPTypes
package import Hall
package import Ports
import Synchronization
package import Views

/// Delivers durable events to the screens: every subscriber gets each event of its audience once, in order, and can
/// resume after a gap.
///
/// The registrar's observer adds events and never waits; delivery happens in this service. Every subscriber has a
/// bounded buffer. One that does not keep up is disconnected and resumes with its last event's id.
package final class FeedHub: Sendable {
  /// The kind of screen; each gets only what it may show (docs/DATA.md).
  package enum Audience: Hashable, Sendable {
    case staff
    case board
    case kiosk(String)
  }

  /// Events kept for resuming.
  static let kept = 4096
  static let subscribers = 2048
  /// Events without a subscriber after which no frames are made any more.
  static let idleEvents = 2048

  struct Subscription: Sendable {
    let id: Int
    let frames: AsyncStream<[UInt8]>
  }

  private struct Subscriber {
    let audience: Audience
    let session: String?
    /// Whether it gets events about a ticket or notice.
    let hears: @Sendable (PublicCode) -> Bool
    let continuation: AsyncStream<[UInt8]>.Continuation
    /// Called when the hall ends the feed.
    let onCut: @Sendable () -> Void
    /// The newest event that it got.
    var cursor: Int64
  }

  private struct Hub {
    var ring = BoundedRing<EventFrames>(capacity: FeedHub.kept)
    var subscribers: [Int: Subscriber] = [:]
    var nextID = 0
    var unheard = 0
    var epoch: Int64 = 1
    var rules: HallRules
  }

  private let hub: Mutex<Hub>
  private let wake: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation
  private let clock: any TimeSource
  private let buffered: Int
  /// Ids up to this epoch may name events that the journal has lost. A screen with such an id gets a snapshot.
  private let lostEpoch: Int64

  /// - Parameters:
  ///   - buffered: frames that may wait for one subscriber; with one more it is disconnected.
  ///   - lostEpoch: the epoch of a journal that lost events after screens were sent them; 0 for a complete one.
  package init(rules: HallRules, clock: any TimeSource, buffered: Int = 4096, lostEpoch: Int64 = 0) {
    self.lostEpoch = lostEpoch
    hub = Mutex(Hub(rules: rules))
    self.clock = clock
    self.buffered = buffered
    (wake, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// The active rules, as the screens show them.
  package var rules: HallRules { hub.withLock { $0.rules } }

  package func adopt(_ rules: HallRules) { hub.withLock { $0.rules = rules } }

  /// Called by the registrar's observer: an event is durable.
  package func note(_ recorded: RecordedEvent, _ state: HallState) {
    hub.withLock { hub in
      hub.epoch = state.epoch
      if hub.subscribers.isEmpty {
        hub.unheard += 1
        if hub.unheard > Self.idleEvents {
          hub.ring.removeAll()
          return
        }
      }
      hub.ring.append(EventFrames(recorded, HallViews(state, hub.rules), now: clock.now()))
    }
    waker.yield()
  }

  /// Subscribes to the events of an audience.
  ///
  /// - Parameters:
  ///   - last: the `Last-Event-ID` of a screen that resumes.
  ///   - now: the present time, sent to such a screen before the missed events, so that it can tell how old they are.
  ///   - snapshot: the sequence and the frame of the present state; sent when the missed events are not all kept.
  ///   - also: a frame that no event repeats, for whoever connects.
  ///   - onCut: called when the hall ends the feed, and not when the screen leaves.
  func subscribe(
    _ audience: Audience, session: String? = nil, last: String?, now: HallTime,
    snapshot: (sequence: Int64, frame: [UInt8]), also: [UInt8]? = nil,
    hears: @escaping @Sendable (PublicCode) -> Bool = { _ in true },
    onCut: @escaping @Sendable () -> Void = {}
  ) throws(Problem) -> Subscription {
    let (frames, continuation) = AsyncStream.makeStream(
      of: [UInt8].self, bufferingPolicy: .bufferingOldest(buffered))
    let id: Int? = hub.withLock { hub in
      guard hub.subscribers.count < Self.subscribers else { return nil }
      let resumed = last.flatMap { resumable($0, hub) }
      continuation.yield(resumed == nil ? snapshot.frame : now.frame(hub.rules.zone))
      if let also { continuation.yield(also) }
      hub.nextID += 1
      hub.unheard = 0
      hub.subscribers[hub.nextID] = Subscriber(
        audience: audience, session: session, hears: hears, continuation: continuation, onCut: onCut,
        cursor: resumed ?? snapshot.sequence)
      return hub.nextID
    }
    guard let id else {
      continuation.finish()
      throw Problem(
        .serviceUnavailable, "too_many_screens", Problem.Words("屏幕太多", "Too many screens"),
        Problem.Words("请关闭不用的页面。", "Close pages that are not used."), retryAfter: 10)
    }
    waker.yield()
    return Subscription(id: id, frames: frames)
  }

  /// The sequence to resume from, when every later event is still kept.
  private func resumable(_ last: String, _ hub: borrowing Hub) -> Int64? {
    let parts = last.split(separator: ".")
    guard parts.count == 2, Int64(parts[0]) == hub.epoch, hub.epoch > lostEpoch,
      let sequence = Int64(parts[1]),
      let oldest = hub.ring.first?.sequence, let newest = hub.ring.last?.sequence,
      sequence >= oldest - 1, sequence <= newest, newest - sequence < Int64(buffered)
    else { return nil }
    return sequence
  }

  func leave(_ id: Int) {
    hub.withLock { hub in
      hub.subscribers.removeValue(forKey: id)?.continuation.finish()
    }
  }

  /// The feed's session id for a touch page, in the field where a clerk's feed has its session.
  static func session(of page: PageClaims.PageID) -> String { "page|\(page)" }

  /// Disconnects the feeds of a session that signed out.
  func cut(session: String) { cut { $0.session == session } }

  /// Disconnects every board, because the board link changed.
  func cutBoards() { cut { $0.audience == .board } }

  private func cut(_ isMeant: (Subscriber) -> Bool) {
    hub.withLock { hub in
      for (id, subscriber) in hub.subscribers where isMeant(subscriber) {
        end(subscriber)
        hub.subscribers[id] = nil
      }
    }
  }

  private func end(_ subscriber: Subscriber) {
    subscriber.continuation.finish()
    subscriber.onCut()
  }

  /// Sends a frame that is not in the journal to all screens of some audiences; it has no id and is not replayed.
  package func tell(_ frame: [UInt8], _ audiences: @Sendable (Audience) -> Bool) {
    hub.withLock { hub in
      for (id, subscriber) in hub.subscribers where audiences(subscriber.audience) {
        give(frame, to: id, &hub)
      }
    }
  }

  /// Sends the time to every screen.
  package func beat(_ now: HallTime) { tell(now.frame(rules.zone)) { _ in true } }

  /// Whether a console is connected.
  var hasStaff: Bool { hub.withLock { hub in hub.subscribers.values.contains { $0.audience == .staff } } }

  package var subscriberCount: Int { hub.withLock { $0.subscribers.count } }

  /// Delivers until cancelled. Sends the time every 15 s, so that a screen can distinguish a quiet hall from a lost
  /// connection, and old events from new ones.
  ///
  /// - Parameter now: the hall's present time.
  package func run(now: @escaping @Sendable () async -> HallTime) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        for await _ in wake { deliver() }
      }
      group.addTask { [self] in
        while !Task.isCancelled {
          do { try await clock.sleep(milliseconds: 15_000) } catch { return }
          beat(await now())
        }
      }
    }
    hub.withLock { hub in
      for subscriber in hub.subscribers.values { subscriber.continuation.finish() }
      hub.subscribers = [:]
    }
  }

  private func deliver() {
    hub.withLock { hub in
      guard let newest = hub.ring.last?.sequence, let oldest = hub.ring.first?.sequence else { return }
      for (id, subscriber) in hub.subscribers where subscriber.cursor < newest {
        // Sequences in the ring have no gaps, so an event's index follows from its sequence.
        for index in max(0, Int(subscriber.cursor + 1 - oldest))..<hub.ring.count {
          guard let frame = Self.frame(hub.ring[index], for: subscriber) else { continue }
          guard give(frame, to: id, &hub) else { break }
        }
        hub.subscribers[id]?.cursor = newest
      }
    }
  }

  private static func frame(_ frames: EventFrames, for subscriber: Subscriber) -> [UInt8]? {
    switch subscriber.audience {
    case .staff: frames.staff
    case .board: frames.board
    case .kiosk(let id):
      // Events about another resident's number are sent without its code: the page gets the lane counts only.
      frames.ownKiosk?.id == id && frames.code.map(subscriber.hears) ?? true
        ? frames.ownKiosk?.frame : frames.otherKiosks
    }
  }

  @discardableResult
  private func give(_ frame: [UInt8], to id: Int, _ hub: inout Hub) -> Bool {
    guard let subscriber = hub.subscribers[id] else { return false }
    if case .enqueued = subscriber.continuation.yield(frame) { return true }
    // Too slow: it reconnects by itself and resumes.
    end(subscriber)
    hub.subscribers[id] = nil
    return false
  }
}
