import Groundwork
package import Hall
package import Slips

extension SlipWriter {
  /// The slip of a leased number (应急号) that a kiosk gave while it was cut off. It has no wait estimate, because the queue is
  /// not known then.
  ///
  /// - Returns: the document by the slip's id.
  package func document(
    of ticket: LeasedTicket, _ state: HallState, _ rules: HallRules
  ) -> @Sendable (SlipID) -> SlipDocument {
    let name = rules.identity.name
    let windows = rules.windows(serving: ticket.number.lane)
    let stops = ticket.stops.map { TicketSlip.Stop(lane: $0, windows: rules.windows(serving: $0)) }
    let zone = rules.zone
    return { slip in
      TicketSlip(
        slip: slip, hallName: name, number: ticket.number, code: ticket.code, ahead: ticket.ahead, windows: windows,
        stops: stops, issuedAt: ticket.issuedAt, zone: zone, largeType: ticket.largeType, language: ticket.language,
        isLeased: true
      ).document()
    }
  }
}
