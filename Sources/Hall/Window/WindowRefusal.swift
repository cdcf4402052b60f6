package enum WindowRefusal: Hashable, Sendable {
  case unknownWindow(Int)
  case windowTaken(badge: String)
  case windowNotOpen(Int)
  case windowPaused(Int)
  case windowBusy(TicketNumber)
  case windowEmpty(Int)
  /// Somebody without a number is served there.
  case servingUnnumbered(Int)
  case badgeAtOtherWindow(Int)
  case notYourWindow(Int)
  case nobodyWaiting
  case laneNotServedHere(LaneLetter)
  /// 点名 passes over others who came earlier: it needs a reason.
  case callNeedsReason(TicketNumber, passed: Int)
  case callLimitReached(Int)
  case nothingToUndo
  /// A transfer to the lane or the window that has the ticket.
  case transferToItself
  /// Nobody could call the ticket there now; the clerk may insist.
  case noOpenWindow(TransferTarget)
  /// Sent on so often already: the reason is needed in words.
  case transferNeedsWords(TicketNumber, times: Int)

  var code: String {
    switch self {
    case .unknownWindow: "unknown_window"
    case .windowTaken: "window_taken"
    case .windowNotOpen: "window_not_open"
    case .windowPaused: "window_paused"
    case .windowBusy: "window_busy"
    case .windowEmpty: "window_empty"
    case .servingUnnumbered: "serving_unnumbered"
    case .badgeAtOtherWindow: "badge_at_other_window"
    case .notYourWindow: "not_your_window"
    case .nobodyWaiting: "nobody_waiting"
    case .laneNotServedHere: "lane_not_served_here"
    case .callNeedsReason: "call_needs_reason"
    case .callLimitReached: "call_limit_reached"
    case .nothingToUndo: "nothing_to_undo"
    case .transferToItself: "transfer_to_itself"
    case .noOpenWindow: "no_open_window"
    case .transferNeedsWords: "transfer_needs_words"
    }
  }
}
