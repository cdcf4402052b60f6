/// Wakes a waiting service; several rings before the next wait are one.
///
/// The service finds its work in the hall's state, so a ring carries no data.
package struct Doorbell: Sendable {
  package let rings: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  package init() {
    (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  package func ring() { continuation.yield() }

  /// Ends `rings`.
  package func remove() { continuation.finish() }
}
