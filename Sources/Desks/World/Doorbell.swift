/// Wakes whoever waits at it; rings that nobody has heard yet are one.
///
/// What a service works through is in the hall's state, so a ring carries nothing but "look again".
package struct Doorbell: Sendable {
  package let rings: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  package init() {
    (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  package func ring() { continuation.yield() }

  /// Ends `rings`: nobody rings any more.
  package func remove() { continuation.finish() }
}
