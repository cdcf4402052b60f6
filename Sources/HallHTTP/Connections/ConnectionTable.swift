import NIOCore
import Synchronization

/// The open connections of one listener, and which of them are closed when there are too many.
///
/// A connection is known once a request on it carried the cookie of a session, a kiosk's page or a board. Unknown
/// connections are limited to a part of all. When that part is full, the client address that has most of them loses those
/// that have waited longest. A new connection is therefore always accepted, and a flood displaces its own connections.
/// Known connections are never closed for others. Each known client has a limit, so that one cookie cannot use up the
/// known part.
final class ConnectionTable: Sendable {
  typealias ID = ObjectIdentifier

  /// A client that a request's cookie shows to be known.
  enum Client: Hashable, Sendable {
    case session(String)
    case page(PageClaims.PageID)
    /// All boards, which share one link.
    case boards
  }

  /// How many connections a listener may have open.
  struct Limits: Sendable {
    /// All connections.
    let all: Int

    /// Unknown connections; the rest is for known ones.
    var unknown: Int { all * 3 / 4 }
    /// Known connections; the rest is for new ones, so that somebody can still sign in.
    var known: Int { all * 3 / 4 }
    /// Known connections of one client.
    func share(of client: Client) -> Int { client == .boards ? all / 2 : max(16, all / 16) }
  }

  private struct Entry {
    let channel: any Channel
    /// The client's address; of a connection of the door, that of its latest request.
    var source: String
    var activity = ConnectionProgress.Activity.silent
    var since: NIODeadline
    var client: Client?
    var isLeaving = false
  }

  private struct State {
    var entries: [ID: Entry] = [:]
    var unknown = 0
    var perClient: [Client: Int] = [:]
    var displaced = 0
  }

  private let state = Mutex(State())
  let limits: Limits

  init(limits: Limits) { self.limits = limits }

  /// Adds a new connection; where there are too many, closes others.
  func open(_ channel: any Channel) {
    let leaving = state.withLock { state -> [any Channel] in
      var leaving: [any Channel] = []
      if state.unknown >= limits.unknown || state.entries.count >= limits.all {
        // Several at once, because finding them scans all connections.
        leaving = Self.takeLongestWaiting(max(1, limits.unknown / 16), &state)
      }
      state.entries[ID(channel)] = Entry(
        channel: channel, source: channel.remoteAddress?.ipAddress ?? "", since: .now())
      state.unknown += 1
      return leaving
    }
    for channel in leaving { channel.close(promise: nil) }
    channel.closeFuture.whenComplete { [self] _ in close(ID(channel)) }
  }

  /// Notes what a connection does now; true when its client is known.
  @discardableResult
  func note(_ id: ID, _ activity: ConnectionProgress.Activity) -> Bool {
    state.withLock { state in
      guard var entry = state.entries[id] else { return false }
      if entry.activity != activity {
        entry.activity = activity
        entry.since = .now()
        state.entries[id] = entry
      }
      return entry.client != nil
    }
  }

  /// Notes the client's address that a request of the door names. A connection of the door serves several clients, one
  /// after the other.
  func note(_ id: ID, source: String) { state.withLock { $0.entries[id]?.source = source } }

  func isKnown(_ id: ID) -> Bool { state.withLock { $0.entries[id]?.client != nil } }

  /// Notes whose request came last on a connection; nil for an unknown client.
  func note(_ id: ID, _ client: Client?) {
    state.withLock { state in
      guard let entry = state.entries[id], entry.client != client, !entry.isLeaving else { return }
      let known = state.entries.count - state.unknown
      if client != nil, entry.client == nil, known >= limits.known { return }
      if let client, state.perClient[client, default: 0] >= limits.share(of: client) { return }
      Self.count(entry.client, -1, &state)
      Self.count(client, 1, &state)
      state.entries[id]?.client = client
    }
  }

  /// Open connections, all and known, and how many were displaced by new ones since the start.
  var counts: (all: Int, known: Int, displaced: Int) {
    state.withLock { ($0.entries.count, $0.entries.count - $0.unknown, $0.displaced) }
  }

  private func close(_ id: ID) {
    state.withLock { state in
      guard let entry = state.entries.removeValue(forKey: id), !entry.isLeaving else { return }
      Self.count(entry.client, -1, &state)
    }
  }

  private static func count(_ client: Client?, _ change: Int, _ state: inout State) {
    guard let client else {
      state.unknown += change
      return
    }
    let left = state.perClient[client, default: 0] + change
    state.perClient[client] = left > 0 ? left : nil
  }

  /// Removes unknown connections of the address that has most of them: those that have waited longest.
  ///
  /// Connections that wait for their client go first, before those that wait for the hall's response.
  private static func takeLongestWaiting(_ most: Int, _ state: inout State) -> [any Channel] {
    var sources: [String: Int] = [:]
    for entry in state.entries.values where entry.client == nil && !entry.isLeaving {
      sources[entry.source, default: 0] += 1
    }
    guard let crowded = sources.max(by: { $0.value < $1.value })?.key else { return [] }
    let taken = state.entries.filter { $0.value.client == nil && !$0.value.isLeaving && $0.value.source == crowded }
      .sorted { a, b in
        let (first, second) = (a.value.activity.waitsForUs, b.value.activity.waitsForUs)
        return first == second ? a.value.since < b.value.since : second
      }
      .prefix(most)
    for (id, _) in taken {
      state.entries[id]?.isLeaving = true
      state.unknown -= 1
      state.displaced += 1
    }
    return taken.map(\.value.channel)
  }
}
