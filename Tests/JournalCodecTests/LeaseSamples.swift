import Groundwork
import JournalCodec

@testable import Hall

/// One of each event of leased numbers, and a state with all of its members.
enum LeaseSamples {
  private static let code = Samples.code
  private static let other = Samples.other
  private static let lane = Samples.lanes.map(\.lane)
  private static let numbers = ["A9001", "E9999"].compactMap { TicketNumber($0) }

  private static func adopted(
    _ code: PublicCode, _ number: TicketNumber, kiosk: String?, ended: AdoptedEnd?, isWhole: Bool
  ) -> TicketAdopted {
    TicketAdopted(
      code: code, number: number, day: Samples.day, kiosk: kiosk, items: isWhole ? ["RS-004", Samples.awkward] : [],
      stops: isWhole ? lane : [], priority: isWhole, catalogueVersion: "c0ffee", issuedAt: Samples.at, ahead: 3,
      slip: isWhole ? .printed(.echo) : nil, place: ended == nil ? 2 : nil, ended: ended,
      insteadOf: isWhole ? number : nil)
  }

  static let leased: [NumbersLeased] = [
    NumbersLeased(
      kiosk: "kiosk-1", machine: "hall-1", holder: Samples.awkward, lane: lane[0], day: Samples.day, from: 9_001,
      through: 9_050),
    NumbersLeased(
      kiosk: nil, machine: "hall-1", holder: "h", lane: lane[1], day: Samples.day, from: 9_951, through: 9_999),
  ]

  static let refused: [AdoptionRefused] = AdoptionRefused.Reason.allCases.map { reason in
    AdoptionRefused(
      code: other, number: numbers[0], day: Samples.day, kiosk: reason == .notLeased ? "kiosk-1" : nil,
      issuedAt: Samples.at, reason: reason)
  }

  static let all: [LeaseEvent] =
    leased.map { .numbersLeased($0) } + [
      .ticketWithdrawn(TicketWithdrawn(code: code, number: numbers[0], issuedAt: Samples.at, window: 3)),
      .ticketWithdrawn(TicketWithdrawn(code: code, number: numbers[0], issuedAt: Samples.at, window: nil)),
      .ticketAdopted(adopted(code, numbers[0], kiosk: "kiosk-1", ended: nil, isWhole: true)),
      .ticketAdopted(adopted(other, numbers[1], kiosk: nil, ended: .late, isWhole: false)),
      .ticketAdopted(adopted(other, numbers[1], kiosk: nil, ended: .twice, isWhole: true)),
    ] + refused.map { .adoptionRefused($0) }
    + RecordedByHand.What.allCases.map { .recordedByHand(RecordedByHand(code: code, what: $0)) }

  static let samples: [Event] = all.map { .lease($0) }

  static let state: LeaseState = {
    var state = LeaseState()
    state.out = leased
    state.highest = [Samples.day: [lane[0]: 9_050, lane[1]: 9_999], Samples.day.adding(days: 1): [:]]
    state.adopted = [
      code: LeaseState.Adopted(ended: nil, insteadOf: nil),
      other: LeaseState.Adopted(ended: .twice, insteadOf: numbers[1]),
    ]
    state.incidents = refused
    return state
  }()
}
