package import Ports
import Hall
import Views

/// Frames of the hall's health. They are not in the journal: no frame has an id, and none is repeated.
extension FeedHub {
  /// Tells consoles and kiosks what is wrong now; a board shows numbers and windows only.
  package func tell(_ faults: [PresentFault]) {
    let rules = rules
    let frame = EventFrames.frame(nil, "faultsChanged") { json in
      HallViews(HallState(), rules).faults(faults, into: &json)
    }
    tell(frame) { $0 != .board }
  }

  /// Tells every screen that the training (演练) is over.
  package func endTraining() { tell(EventFrames.frame(nil, "trainingEnded") { _ in }) { _ in true } }

  /// Tells the consoles what is known of the printers now.
  package func tell(_ printers: [PresentPrinter]) {
    let rules = rules
    let frame = EventFrames.frame(nil, "printersChanged") { json in
      HallViews(HallState(), rules).printers(printers, into: &json)
    }
    tell(frame) { $0 == .staff }
  }
}
