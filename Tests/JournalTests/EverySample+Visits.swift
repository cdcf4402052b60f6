import Groundwork
import Hall

/// Records of visits that go further than one number, one lane and one window.
extension EverySample {
  /// A ticket that is sent on, and one that visits several lanes.
  static let ways: [(Principal, Event, Outcome?)] = [
    (
      clerk,
      .window(
        .ticketTransferred(
          TicketTransferred(code: code, from: 1, lane: Sample.lane("E"), reason: .code(.wrongWindow)))),
      .ticket(code)
    ),
    (
      clerk,
      .window(
        .ticketTransferred(
          TicketTransferred(
            code: code, from: 1, lane: Sample.laneA, window: 3, reason: .words("他只会说“苗语”"),
            items: ["RS-004", "YB-001"], stops: [Sample.lane("E")]))), nil
    ),
    (.system, .queue(.transferLapsed(TransferLapsed(code: code, window: 3))), nil),
    (
      .kiosk("kiosk-1"),
      .queue(.itineraryPlanned(ItineraryPlanned(code: code, stops: [Sample.laneA, Sample.lane("E")]))), nil
    ),
    (clerk, .window(.itemsServed(ItemsServed(code: code, window: 1, items: ["RS-004"]))), .ticket(code)),
    (
      clerk,
      .window(.ticketMovedOn(TicketMovedOn(code: code, window: 1, lane: Sample.laneA, stops: [Sample.lane("E")]))),
      .ticket(code)
    ),
  ]

  static let reservations: [(Principal, Event, Outcome?)] = {
    func made(_ phone: HolderPseudonym?, _ contact: SealedContact?) -> Event {
      .reservation(
        .reservationMade(
          Reservation(
            code: other, date: Sample.day, from: Sample.start, to: Sample.start.adding(seconds: 1800),
            lane: Sample.laneA, items: phone == nil ? [] : ["RS-004"], source: phone == nil ? .kiosk : .console,
            kiosk: phone == nil ? "kiosk-1" : nil, contact: contact, phone: phone, holder: phone,
            madeAt: Timestamp(milliseconds: 0))))
    }
    let sealed = SealedContact(String(repeating: "5e", count: 208))
    return [
      (.kiosk("kiosk-1"), made(nil, nil), .reservation(other)),
      (clerk, made(HolderPseudonym(digest: Array(0..<32)), sealed), .reservation(other)),
      (
        clerk, .reservation(.reservationChanged(ReservationChanged(code: other, change: .cancelledByHall))),
        .reservation(other)
      ),
      (
        .kiosk("kiosk-1"),
        .reservation(
          .reservationCheckedIn(
            ReservationCheckedIn(code: other, ticket: code, timing: .late, promisedMinutes: nil))), .ticket(code)
      ),
      (.system, .reservation(.reservationLapsed(ReservationLapsed(code: other))), nil),
      (.kiosk("kiosk-1"), .queue(.ticketPlaced(TicketPlaced(code: other, place: 9))), nil),
      (
        .kiosk("kiosk-1"),
        .print(
          .slipRequested(SlipRequested(slip: slip, subject: .reservation(other), kiosk: "kiosk-1", attempt: 1))),
        .reservation(other)
      ),
    ]
  }()

  static let unnumbered: [(Principal, Event, Outcome?)] = [
    (clerk, .window(.unnumberedServiceStarted(UnnumberedService(window: 2))), .window(2)),
    (clerk, .window(.unnumberedServiceFinished(UnnumberedService(window: 2))), .window(2)),
    (clerk, .window(.unnumberedServiceStarted(UnnumberedService(window: 2))), .window(2)),
  ]

  static let withdrawals: [(Principal, Event, Outcome?)] = [
    (coordinator, .staff(.dutyPlanWithdrawn(DutyPlanWithdrawn(date: Sample.day, badge: "AJ002"))), .done)
  ]
}
