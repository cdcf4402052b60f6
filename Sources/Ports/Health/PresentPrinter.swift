package import Groundwork
package import Hall

/// The present state of one kiosk's printer, for health and for the consoles' list of devices.
package struct PresentPrinter: Hashable, Sendable {
  /// The attempt that ended last.
  package struct LastAttempt: Hashable, Sendable {
    package let outcome: AttemptOutcome
    package let at: Timestamp

    package init(outcome: AttemptOutcome, at: Timestamp) {
      self.outcome = outcome
      self.at = at
    }
  }

  package let kiosk: String
  /// The model's name for people; nil where none is configured.
  package var model: String?
  package var path = PrinterPath.undetermined
  package var conditions: PrinterConditions = []
  /// Attempts of an earlier run are being reconciled.
  package var isReconciling = true
  package var last: LastAttempt?
  package var roll = PaperRoll()
  /// nil where no model gives the length of a roll.
  package var forecast: RollForecast?

  package init(kiosk: String) { self.kiosk = kiosk }
}

/// The estimate of what is left on a roll.
package struct RollForecast: Hashable, Sendable {
  /// 0 when more was used than a roll holds: the change was not reported.
  package let millimetresLeft: Int
  /// Slips of the average length so far.
  package let slipsLeft: Int
  /// Little is left, and the printer has no near-end sensor.
  package let isEnding: Bool

  package init(millimetresLeft: Int, slipsLeft: Int, isEnding: Bool) {
    self.millimetresLeft = millimetresLeft
    self.slipsLeft = slipsLeft
    self.isEnding = isEnding
  }
}
