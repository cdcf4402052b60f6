import Ports
package import Views

extension FaultNotice {
  package init(_ fault: PresentFault) {
    self.init(
      code: fault.code.rawValue, kiosk: fault.kiosk, since: fault.since, remedy: fault.remedy,
      stops: fault.code.stops?.rawValue)
  }
}

extension PrinterNotice {
  package init(_ printer: PresentPrinter) {
    self.init(
      kiosk: printer.kiosk, model: printer.model, path: printer.path.word, conditions: printer.conditions.codes,
      isReconciling: printer.isReconciling, last: printer.last?.outcome, lastAt: printer.last?.at, roll: printer.roll,
      millimetresLeft: printer.forecast?.millimetresLeft, slipsLeft: printer.forecast?.slipsLeft)
  }
}
