package import Groundwork

/// The hall says no: expected, correct, and told in the words of whoever asked.
package enum Refusal: Error, Hashable, Sendable {
  // The day.
  case journalNotAccepted
  case dayNotOpen
  case dayAlreadyOpen(CivilDate)
  case dateBehindJournal(given: CivilDate, last: CivilDate)
  case dateImplausible(given: CivilDate, last: CivilDate?)
  case ticketsInService([TicketNumber])
  case hallClosed(nextOpening: Timestamp?)
  case pastCutOff(nextOpening: Timestamp?)
  /// A village's station has no queue.
  case noQueue
  // Taking a ticket.
  case unknownItem(String)
  case unknownLane(LaneLetter)
  case unknownKiosk(String)
  case unknownSituation(String)
  /// A name that the item's list does not have under 必带.
  case unknownMaterial(String)
  case tooManyItems(limit: Int)
  case itemsNeedDifferentLanes([LaneLetter])
  case laneDoesNotFit(LaneLetter, needed: LaneLetter)
  case laneNeeded
  case noWindowForLane(LaneLetter)
  /// The item is done elsewhere; whoever wants a number all the same has to insist.
  case doneElsewhere(String, DoneElsewhere)
  case numbersExhausted(LaneLetter)
  /// What is left of the lane's numbers today is given by staff.
  case numbersKeptForStaff(LaneLetter)
  /// The person of this card has a number already.
  case holderHasTicket(PublicCode, TicketNumber)
  case cardForgotten
  case agentHoldsEnough(limit: Int)
  // Tickets and windows.
  case unknownTicket
  case unknownWindow(Int)
  case staffOnly
  case coordinatorOnly
  case windowTaken(badge: String)
  case windowNotOpen(Int)
  case windowPaused(Int)
  case windowBusy(TicketNumber)
  case windowEmpty(Int)
  case badgeAtOtherWindow(Int)
  case notYourWindow(Int)
  case nobodyWaiting
  case laneNotServedHere(LaneLetter)
  case ticketIs(TicketState)
  case callLimitReached(Int)
  case checkInLimitReached(Int)
  case nothingToUndo
  // Help and slips.
  case unknownHelp
  case helpBusy
  case unknownQuestion
  case unknownSlip
  case slipOnItsWay
  case noPrinter(String)
  case staleAttempt
  case badReason

  /// The stable word of the API.
  package var code: String {
    switch self {
    case .journalNotAccepted: "journal_not_accepted"
    case .dayNotOpen: "day_not_open"
    case .dayAlreadyOpen: "day_already_open"
    case .dateBehindJournal: "date_behind_journal"
    case .dateImplausible: "date_implausible"
    case .ticketsInService: "tickets_in_service"
    case .hallClosed: "hall_closed"
    case .pastCutOff: "past_cut_off"
    case .noQueue: "no_queue"
    case .unknownItem: "unknown_item"
    case .unknownLane: "unknown_lane"
    case .unknownKiosk: "unknown_kiosk"
    case .unknownSituation: "unknown_situation"
    case .unknownMaterial: "unknown_material"
    case .tooManyItems: "too_many_items"
    case .itemsNeedDifferentLanes: "items_need_different_lanes"
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
    case .unknownWindow: "unknown_window"
    case .staffOnly: "staff_only"
    case .coordinatorOnly: "coordinator_only"
    case .windowTaken: "window_taken"
    case .windowNotOpen: "window_not_open"
    case .windowPaused: "window_paused"
    case .windowBusy: "window_busy"
    case .windowEmpty: "window_empty"
    case .badgeAtOtherWindow: "badge_at_other_window"
    case .notYourWindow: "not_your_window"
    case .nobodyWaiting: "nobody_waiting"
    case .laneNotServedHere: "lane_not_served_here"
    case .ticketIs(let state): "ticket_\(state.rawValue)"
    case .callLimitReached: "call_limit_reached"
    case .checkInLimitReached: "check_in_limit_reached"
    case .nothingToUndo: "nothing_to_undo"
    case .unknownHelp: "unknown_help"
    case .helpBusy: "help_busy"
    case .unknownQuestion: "unknown_question"
    case .unknownSlip: "unknown_slip"
    case .slipOnItsWay: "slip_on_its_way"
    case .noPrinter: "no_printer"
    case .staleAttempt: "stale_attempt"
    case .badReason: "bad_reason"
    }
  }
}
