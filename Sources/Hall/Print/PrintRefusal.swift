package enum PrintRefusal: Hashable, Sendable {
  case unknownSlip
  case slipOnItsWay
  /// The kiosk with this id does not print slips of this kind.
  case noPrinter(String)
  case staleAttempt

  var code: String {
    switch self {
    case .unknownSlip: "unknown_slip"
    case .slipOnItsWay: "slip_on_its_way"
    case .noPrinter: "no_printer"
    case .staleAttempt: "stale_attempt"
    }
  }
}
