/// Where a closing slip (日结单) is printed.
package enum ClosingSlipRule: Hashable, Sendable {
  /// At the first kiosk that prints on a roll, else at the first that prints on sheets.
  case anywhere
  /// At this kiosk.
  case kiosk(String)
  /// Nowhere: the console shows the head.
  case off
}

extension HallRules {
  /// The kiosk at which closing slips are printed; nil where none is.
  package var closingPrinter: KioskRule? {
    switch closingSlip {
    case .anywhere: kiosks.first(where: \.printsTickets) ?? kiosks.first(where: \.prints)
    case .kiosk(let id): kiosk(id).flatMap { $0.prints ? $0 : nil }
    case .off: nil
    }
  }

  /// Where a slip is printed whose subject was made at no kiosk; nil where staff have to choose.
  func usualKiosk(of subject: SlipSubject) -> String? {
    switch subject {
    case .closing: closingPrinter?.id
    case .ticket, .notice, .reservation, .receipt, .correction, .casePaper, .agency, .agencyEnd, .agencyRenewal,
      .agencyBatch, .handoverList:
      nil
    }
  }
}
