package import Groundwork

package enum QueueRefusal: Hashable, Sendable {
  case hallClosed(nextOpening: Timestamp?)
  case pastCutOff(nextOpening: Timestamp?)
  /// 号已发完: the lane's windows cannot serve more people until closing time.
  case laneStopped(LaneLetter, nextOpening: Timestamp?)
  /// A village's station has no queue.
  case noQueue
  case unknownLane(LaneLetter)
  case tooManyItems(limit: Int)
  case laneDoesNotFit(LaneLetter, needed: LaneLetter)
  case laneNeeded
  case noWindowForLane(LaneLetter)
  /// The item is done elsewhere; a number needs `insist`.
  case doneElsewhere(String, DoneElsewhere)
  case numbersExhausted(LaneLetter)
  /// The lane's remaining numbers of today are issued by staff only.
  case numbersKeptForStaff(LaneLetter)
  /// The person of this card already has a number.
  case holderHasTicket(PublicCode, TicketNumber)
  case cardForgotten
  case agentHoldsEnough(limit: Int)
  case unknownTicket
  case ticketIs(TicketState)
  case checkInLimitReached(Int)
  /// 代办员: an agent's numbers for others have no priority.
  case priorityNotForAgents
  /// The trip has a number of this lane already.
  case tripHasTicket(PublicCode, TicketNumber)

  var code: String {
    switch self {
    case .hallClosed: "hall_closed"
    case .pastCutOff: "past_cut_off"
    case .laneStopped: "lane_stopped"
    case .noQueue: "no_queue"
    case .unknownLane: "unknown_lane"
    case .tooManyItems: "too_many_items"
    case .laneDoesNotFit: "lane_does_not_fit"
    case .laneNeeded: "lane_needed"
    case .noWindowForLane: "no_window_for_lane"
    case .doneElsewhere: "done_elsewhere"
    case .numbersExhausted: "numbers_exhausted"
    case .numbersKeptForStaff: "numbers_kept_for_staff"
    case .holderHasTicket: "holder_has_ticket"
    case .cardForgotten: "card_forgotten"
    case .agentHoldsEnough: "agent_holds_enough"
    case .unknownTicket: "unknown_ticket"
    case .ticketIs(let state): "ticket_\(state.rawValue)"
    case .checkInLimitReached: "check_in_limit_reached"
    case .priorityNotForAgents: "priority_not_for_agents"
    case .tripHasTicket: "trip_has_ticket"
    }
  }
}
