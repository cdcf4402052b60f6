package import Hall
package import Ports
package import PrinterProtocols

extension RollForecast {
  /// Millimetres of a usual ticket slip, until there are enough slips for an average.
  private static let usualSlip = 90
  private static let slipsForAverage = 10

  /// From what was used since the roll was changed.
  package init(_ roll: PaperRoll, _ model: PrinterModel) {
    let millimetresLeft = max(0, model.rollMillimetres - roll.millimetres)
    let average = roll.slips >= Self.slipsForAverage ? roll.millimetres / roll.slips : Self.usualSlip
    self.init(
      millimetresLeft: millimetresLeft, slipsLeft: millimetresLeft / max(1, average),
      isEnding: !model.seesNearEnd && millimetresLeft <= model.rollMillimetres / 10)
  }
}
