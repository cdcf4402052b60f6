import Groundwork
import Hall

extension EverySample {
  /// Numbers for the time without the shared journal, and what was given from them.
  static let leases: [(Principal, Event, Outcome?)] = {
    let kiosk = "kiosk-1"
    let (given, online) = (PublicCode(entropy: 201), PublicCode(entropy: 202))
    func number(_ ordinal: Int) -> TicketNumber { TicketNumber(lane: Sample.laneA, ordinal: ordinal) }
    func lease(_ kiosk: String?, _ holder: String, from: Int, through: Int) -> LeaseEvent {
      .numbersLeased(
        NumbersLeased(
          kiosk: kiosk, machine: "hall-1", holder: holder, lane: Sample.laneA, day: Sample.day, from: from,
          through: through))
    }
    let issued = TicketIssued(
      code: online, number: number(1_043), day: Sample.day, items: ["RS-004"], priority: false, kiosk: kiosk,
      catalogueVersion: "c0ffee", ahead: 0)
    let adopted = TicketAdopted(
      code: given, number: number(9_001), day: Sample.day, kiosk: kiosk, items: ["RS-004"], priority: true,
      catalogueVersion: "c0ffee", issuedAt: Sample.start, ahead: 1, slip: .printed(.echo), place: 0,
      insteadOf: number(1_043))
    let late = TicketAdopted(
      code: PublicCode(entropy: 203), number: number(9_002), day: Sample.day, kiosk: kiosk, items: [],
      stops: [Sample.lane("E")], catalogueVersion: "c0ffee", issuedAt: Sample.start, slip: nil, place: nil, ended: .late
    )
    let byHand = TicketAdopted(
      code: PublicCode(entropy: 204), number: number(9_051), day: Sample.day, kiosk: nil, items: [],
      catalogueVersion: "c0ffee", issuedAt: Sample.start, place: 0)
    let refused = AdoptionRefused(
      code: PublicCode(entropy: 205), number: number(9_001), day: Sample.day, kiosk: kiosk, issuedAt: Sample.start,
      reason: .givenBefore)
    func hand(_ code: PublicCode, _ what: RecordedByHand.What) -> Event {
      .lease(.recordedByHand(RecordedByHand(code: code, what: what)))
    }
    return [
      (.system, .lease(lease(kiosk, "3f9c01", from: 9_001, through: 9_050)), nil),
      (coordinator, .lease(lease(nil, "slips-1", from: 9_051, through: 9_100)), .done),
      (.kiosk(kiosk), .queue(.ticketIssued(issued)), .ticket(online)),
      (
        .system,
        .lease(
          .ticketWithdrawn(
            TicketWithdrawn(code: online, number: number(1_043), issuedAt: Sample.start, window: nil))), nil
      ),
      (.system, .lease(.ticketAdopted(adopted)), .ticket(given)),
      (.system, .lease(.ticketAdopted(late)), .ticket(PublicCode(entropy: 203))),
      (.system, .lease(.adoptionRefused(refused)), .done),
      (coordinator, .lease(.ticketAdopted(byHand)), .ticket(PublicCode(entropy: 204))),
      (coordinator, hand(PublicCode(entropy: 204), .served), .ticket(PublicCode(entropy: 204))),
      (coordinator, hand(given, .missing), .ticket(given)),
    ]
  }()
}
