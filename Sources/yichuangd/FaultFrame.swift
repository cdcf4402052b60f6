import Desks
import Hall
import HallHTTP
import Ports
import Views

extension FaultNotice {
  init(_ fault: PresentFault) {
    self.init(
      code: fault.code.rawValue, kiosk: fault.kiosk, since: fault.since, remedy: fault.remedy,
      stops: fault.code.stops?.rawValue)
  }
}

extension FeedHub {
  /// Tells consoles and kiosks what is wrong now; a board shows numbers and windows only.
  func tell(_ faults: [PresentFault]) {
    let rules = rules
    let frame = EventFrames.frame(nil, "faultsChanged") { json in
      HallViews(HallState(), rules).faults(faults.map(FaultNotice.init), into: &json)
    }
    tell(frame) { $0 != .board }
  }

  /// Tells the consoles what is known of the printers now.
  func tell(_ printers: [PresentPrinter]) {
    let rules = rules
    let frame = EventFrames.frame(nil, "printersChanged") { json in
      HallViews(HallState(), rules).printers(printers.map(PrinterNotice.init), into: &json)
    }
    tell(frame) { $0 == .staff }
  }
}

extension PrinterNotice {
  init(_ printer: PresentPrinter) {
    self.init(
      kiosk: printer.kiosk, model: printer.model, path: printer.path.word, conditions: printer.conditions.codes,
      isReconciling: printer.isReconciling, last: printer.last?.outcome, lastAt: printer.last?.at, roll: printer.roll,
      millimetresLeft: printer.forecast?.millimetresLeft, slipsLeft: printer.forecast?.slipsLeft)
  }
}
