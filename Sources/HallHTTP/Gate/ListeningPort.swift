import Synchronization

/// The port a listener came to be bound to, known only once it is.
final class ListeningPort: Sendable {
  private let bound = Atomic<Int>(0)

  var number: Int { bound.load(ordering: .relaxed) }
  func bind(_ number: Int) { bound.store(number, ordering: .relaxed) }
}
