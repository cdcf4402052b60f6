/// What orders the waiting tickets of a lane; never a time, because two tickets may have the same and a clock may step.
///
/// A ticket's rank is the sequence of its issue. Whoever checks in again gets a key between two neighbours. A ticket that
/// moves to another lane takes its rank along, and stands there among those who came at the same time.
package struct Rank: Hashable, Comparable, Sendable {
  /// Between the keys of two sequences: room for tickets that are put between their neighbours.
  package static let step: Int64 = 1 << 24

  package let key: Int64
  /// The sequence of the ticket's issue, which decides between equal keys.
  package let sequence: Int64

  package init(key: Int64, sequence: Int64) {
    self.key = key
    self.sequence = sequence
  }

  /// The rank of somebody who joins with the record `sequence`, behind everybody who came earlier.
  package init(joinedBy sequence: Int64) { self.init(key: sequence * Self.step, sequence: sequence) }

  package static func < (a: Rank, b: Rank) -> Bool { (a.key, a.sequence) < (b.key, b.sequence) }
}
