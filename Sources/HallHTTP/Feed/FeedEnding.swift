import NIOCore
import Synchronization

/// Closes the connection of a feed that was ended and whose screen does not read.
///
/// A screen that reads gets the rest and the response's end. A write to a screen that does not read waits, so its
/// connection is closed after a second.
final class FeedEnding: Sendable {
  static let grace: TimeAmount = .seconds(1)

  private enum State {
    case running
    case closing(Scheduled<Void>)
    case done
  }

  private let channel: any Channel
  private let state = Mutex(State.running)

  init(_ channel: any Channel) { self.channel = channel }

  /// The feed was ended by the hall.
  func begin() {
    state.withLock { state in
      guard case .running = state else { return }
      state = .closing(
        channel.eventLoop.scheduleTask(in: Self.grace) { [channel] in channel.close(mode: .all, promise: nil) })
    }
  }

  /// The response has ended. Its connection may serve other requests.
  func finish() {
    state.withLock { state in
      if case .closing(let closing) = state { closing.cancel() }
      state = .done
    }
  }
}
