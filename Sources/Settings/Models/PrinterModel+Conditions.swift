package import Ports
package import PrinterProtocols

extension PrinterModel {
  /// The languages in which a remedy is written.
  package static let languages = ["zh-Hans", "en"]

  /// The conditions that this model can report.
  package var conditions: PrinterConditions { Self.conditions(status: status, cutter: cutter) }

  /// Always including paper near its end, by the sensor or the hall's count; a printer that does not answer; and a
  /// print service that is down, which the scheduler reports.
  static func conditions(status: StatusMethod, cutter: PaperCutter) -> PrinterConditions {
    var conditions: PrinterConditions = [.paperLow, .offline, .serviceDown, .fault]
    guard status != StatusMethod.none else { return conditions }
    conditions.formUnion([.paperOut, .coverOpen])
    if cutter != PaperCutter.none { conditions.insert(.cutterFault) }
    return conditions
  }
}

extension PrinterConditions {
  /// Every condition that has a word.
  static let every: PrinterConditions = [
    .paperLow, .paperOut, .coverOpen, .cutterFault, .offline, .serviceDown, .fault,
  ]
}
