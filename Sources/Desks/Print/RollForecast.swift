package import Hall
package import PrinterProtocols

/// What is left on a roll, estimated from what was used since it was put in.
package struct RollForecast: Hashable, Sendable {
  /// 0 when more was used than a roll holds: nobody said that it was changed.
  package let millimetresLeft: Int
  /// Slips of the average length so far.
  package let slipsLeft: Int
  /// Little is left, and the printer has no sensor that would say so itself.
  package let isEnding: Bool

  /// A ticket slip of usual length, in millimetres, until there are slips enough for an average.
  private static let usualSlip = 90
  private static let slipsForAverage = 10

  package init(_ roll: PaperRoll, _ model: PrinterModel) {
    millimetresLeft = max(0, model.rollMillimetres - roll.millimetres)
    let average = roll.slips >= Self.slipsForAverage ? roll.millimetres / roll.slips : Self.usualSlip
    slipsLeft = millimetresLeft / max(1, average)
    isEnding = !model.seesNearEnd && millimetresLeft <= model.rollMillimetres / 10
  }
}
