package import Ports

/// State outside the journal by which a truncated journal is recognised.
///
/// The journal is never behind it: a position is written after the records that it names are durable.
package struct Checkpoint: Hashable, Sendable {
  /// Incremented each time staff accept a journal that was not intact; from 1.
  package var epoch: Int64
  /// The journal's head when this was written.
  package var position: ChainPosition
  package var ceilings: NumberCeilings
  /// Whether the journal was closed at this position: records after it were added by somebody else.
  package var isClosed: Bool

  package init(
    epoch: Int64 = 1, position: ChainPosition = .origin, ceilings: NumberCeilings = NumberCeilings(),
    isClosed: Bool = false
  ) {
    self.epoch = epoch
    self.position = position
    self.ceilings = ceilings
    self.isClosed = isClosed
  }
}
