package import Groundwork
package import Ports

/// What the page of the day shows beside the hall's state.
package struct TodayFacts: Sendable {
  package let now: HallTime
  package let faults: [PresentFault]
  package let printers: [PresentPrinter]
  /// By kiosk.
  package let readers: [String: [PresentReader]]
  /// Nil in a hall that makes no archives.
  package let backup: PresentBackup?
  /// When the network last set the clock; nil where it did not since the machine was started.
  package let synchronisedAt: Timestamp?
  /// Names of the staff, by badge.
  package let names: [String: String]

  package init(
    now: HallTime, faults: [PresentFault], printers: [PresentPrinter], readers: [String: [PresentReader]],
    backup: PresentBackup?, synchronisedAt: Timestamp?, names: [String: String]
  ) {
    self.now = now
    self.faults = faults
    self.printers = printers
    self.readers = readers
    self.backup = backup
    self.synchronisedAt = synchronisedAt
    self.names = names
  }
}
