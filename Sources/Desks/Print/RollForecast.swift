package import Hall
package import PrinterProtocols

/// The estimate of what is left on a roll, from what was used since it was changed.
package struct RollForecast: Hashable, Sendable {
  /// 0 when more was used than a roll holds: the change was not reported.
  package let millimetresLeft: Int
  /// Slips of the average length so far.
  package let slipsLeft: Int
  /// Little is left, and the printer has no near-end sensor.
  package let isEnding: Bool

  /// Millimetres of a usual ticket slip, until there are enough slips for an average.
  private static let usualSlip = 90
  private static let slipsForAverage = 10

  package init(_ roll: PaperRoll, _ model: PrinterModel) {
    millimetresLeft = max(0, model.rollMillimetres - roll.millimetres)
    let average = roll.slips >= Self.slipsForAverage ? roll.millimetres / roll.slips : Self.usualSlip
    slipsLeft = millimetresLeft / max(1, average)
    isEnding = !model.seesNearEnd && millimetresLeft <= model.rollMillimetres / 10
  }
}
