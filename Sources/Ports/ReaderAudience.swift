package import ReaderProtocols

/// The listeners to the devices of a kiosk, and the events that a new one gets first. For implementations of
/// `ReaderPort`.
package struct ReaderAudience: Sendable {
  /// The most events that wait for one listener; a listener that lags further behind is dropped.
  package static let mostWaiting = 256

  private struct Standing: Sendable {
    var device: ReaderDevice
    var condition: ReaderCondition?
  }

  private var listeners: [AsyncStream<ReaderEvent>.Continuation] = []
  private var standings: [Standing] = []
  private var isRunning: Bool

  /// - Parameter isRunning: whether the service runs from the start.
  package init(isRunning: Bool) { self.isRunning = isRunning }

  package var devices: [ReaderDevice] { standings.map(\.device) }

  package func condition(of id: ReaderID) -> ReaderCondition? {
    standings.first { $0.device.id == id }?.condition
  }

  /// The first events of a new listener.
  package var opening: [ReaderEvent] {
    [.service(isRunning: isRunning)]
      + standings.flatMap { standing -> [ReaderEvent] in
        [.arrived(standing.device)] + (standing.condition.map { [.condition(standing.device.id, $0)] } ?? [])
      }
  }

  package mutating func listen() -> AsyncStream<ReaderEvent> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: ReaderEvent.self, bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    for event in opening { continuation.yield(event) }
    listeners.append(continuation)
    return stream
  }

  /// Sends an event to all, unless it changes nothing. When the service stops, all devices have left.
  package mutating func tell(_ event: ReaderEvent) {
    switch event {
    case .arrived(let device):
      if let index = index(device.id) {
        if standings[index].device == device { return }
        standings[index].device = device
      } else {
        standings.append(Standing(device: device))
      }
    case .condition(let id, let condition):
      guard let index = index(id), standings[index].condition != condition else { return }
      standings[index].condition = condition
    case .left(let id):
      guard let index = index(id) else { return }
      standings.remove(at: index)
    case .service(let runs):
      guard runs != isRunning else { return }
      isRunning = runs
      if !runs { for device in devices { tell(.left(device.id)) } }
    case .found(let id), .card(let id, _), .cardTrouble(let id, _), .fieldEmpty(let id), .code(let id, _),
      .codeTrouble(let id):
      guard index(id) != nil else { return }
    }
    listeners.removeAll { listener in
      switch listener.yield(event) {
      case .enqueued: return false
      case .dropped:
        listener.finish()
        return true
      case .terminated: return true
      @unknown default: return true
      }
    }
  }

  /// Ends every stream.
  package mutating func close() {
    for listener in listeners { listener.finish() }
    listeners = []
  }

  private func index(_ id: ReaderID) -> Int? { standings.firstIndex { $0.device.id == id } }
}
