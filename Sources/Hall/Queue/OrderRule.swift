/// The rule by which windows call the next ticket, with the numbers that a hall chooses: R(K, B), and the patience of lanes.
///
/// A priority ticket is called before ordinary ones that came earlier: at most `inARow` times one after the other, and no
/// ordinary ticket is passed over more than `overtakings` times. A day keeps the rule with which it was opened.
package struct OrderRule: Hashable, Sendable {
  /// K: overtaking calls between two calls of ordinary tickets of a lane, 0...10.
  package var inARow = 2
  /// B: how often one ordinary ticket may be overtaken, 0...50.
  package var overtakings = 4
  /// Milliseconds after which the first ticket of another lane goes before the window's first lane. Nil: never, as on days
  /// of earlier releases.
  package var patience: Int64? = 20 * 60_000

  package init() {}

  package init(inARow: Int, overtakings: Int, patience: Int64?) {
    self.inARow = inARow
    self.overtakings = overtakings
    self.patience = patience
  }

  /// The order of earlier releases: nobody overtakes, and a window's lanes are called strictly in their order.
  package static let byArrival = OrderRule(inARow: 0, overtakings: 0, patience: nil)
}
