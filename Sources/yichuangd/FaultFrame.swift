import Desks
import Hall
import HallHTTP
import Wire

extension FaultNotice {
  init(_ fault: PresentFault) {
    self.init(code: fault.code.rawValue, kiosk: fault.kiosk, since: fault.since)
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
}
