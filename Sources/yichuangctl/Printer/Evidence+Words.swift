import Hall
import Ports
import PrinterLink
import PrinterProtocols
import PrintersCUPS

extension Evidence {
  var code: String { "E\(rawValue)" }

  /// The meaning of the best outcome of such a printer.
  var sentence: String {
    switch self {
    case .accepted: "E0: only that the bytes were taken; never whether paper came out"
    case .ippCompleted: "E1: the printer's own job state"
    case .statusAfterCut: "E2: its status after the cut"
    case .echo: "E3: its echo after the last line"
    }
  }

  init(_ completion: CompletionMethod) {
    self =
      switch completion {
      case .echo: .echo
      case .status: .statusAfterCut
      case .ipp: .ippCompleted
      case .none: .accepted
      }
  }
}

extension PrinterModel {
  /// The best evidence that it can give.
  var evidence: Evidence { Evidence(completion) }
}

extension QueueTable.Entry {
  /// The best evidence of this queue; nil where it takes no slips.
  var evidence: Evidence? {
    switch path {
    case .posBackend: address.map { Evidence($0.completion) }
    case .driverless, .office: .ippCompleted
    case .raw: .accepted
    case .emulated, .undetermined: nil
    }
  }
}
