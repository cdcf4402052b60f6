import Synchronization

/// The address of a listener; the port is known once it is bound.
final class ListeningPort: Sendable {
  /// A loopback address without brackets: `127.0.0.1`, `::1`.
  let host: String
  private let bound = Atomic<Int>(0)

  init(host: String) { self.host = host }

  var number: Int { bound.load(ordering: .relaxed) }
  func bind(_ number: Int) { bound.store(number, ordering: .relaxed) }
}
