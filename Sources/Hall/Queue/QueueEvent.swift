package import Groundwork

/// Events of tickets in the queue, away from a window.
package enum QueueEvent: Hashable, Sendable {
  case ticketIssued(TicketIssued)
  case holderNoted(HolderNoted)
  case ticketCheckedIn(TicketCheckedIn)
  /// Given up, in the queue or at a window.
  case ticketAbandoned(TicketAbandoned)
  case promiseBroken(PromiseBroken)
  case priorityChanged(PriorityChanged)
  case priorityReasonNoted(PriorityReasonNoted)
  case laneStopped(LaneStopped)
  case laneWentOn(LaneWentOn)
  case itineraryPlanned(ItineraryPlanned)
  case transferLapsed(TransferLapsed)
  case ticketPlaced(TicketPlaced)
  case ticketLinked(TicketLinked)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .ticketIssued: "ticketIssued"
    case .holderNoted: "holderNoted"
    case .ticketCheckedIn: "ticketCheckedIn"
    case .ticketAbandoned: "ticketAbandoned"
    case .promiseBroken: "promiseBroken"
    case .priorityChanged: "priorityChanged"
    case .priorityReasonNoted: "priorityReasonNoted"
    case .laneStopped: "laneStopped"
    case .laneWentOn: "laneWentOn"
    case .itineraryPlanned: "itineraryPlanned"
    case .transferLapsed: "transferLapsed"
    case .ticketPlaced: "ticketPlaced"
    case .ticketLinked: "ticketLinked"
    }
  }
}

package struct TicketIssued: Hashable, Sendable {
  package let code: PublicCode
  package let number: TicketNumber
  package let day: CivilDate
  package let items: [String]
  package let priority: Bool
  package let kiosk: String?
  package let catalogueVersion: String
  /// Tickets that would be called before this one at the moment of issue; a count, not minutes.
  package let ahead: Int
  /// The wait in minutes that its holder was told; `WaitOutlook.noWait` where a window was free, nil where no range was
  /// told.
  package let wait: ClosedRange<Int>?
  /// The expected wait, told or not; nil where a window was free, without a basis, and in records of earlier programs.
  package let forecast: WaitForecast?

  package init(
    code: PublicCode, number: TicketNumber, day: CivilDate, items: [String], priority: Bool, kiosk: String?,
    catalogueVersion: String, ahead: Int, wait: ClosedRange<Int>? = nil,
    forecast: WaitForecast? = nil
  ) {
    self.code = code
    self.number = number
    self.day = day
    self.items = items
    self.priority = priority
    self.kiosk = kiosk
    self.catalogueVersion = catalogueVersion
    self.ahead = ahead
    self.wait = wait
    self.forecast = forecast
  }
}

package struct TicketCheckedIn: Hashable, Sendable {
  package let code: PublicCode
  /// Position in the lane, 0 is the head.
  package let place: Int

  package init(code: PublicCode, place: Int) {
    self.code = code
    self.place = place
  }
}

package struct TicketAbandoned: Hashable, Sendable {
  package let code: PublicCode
  /// The window at which it was, if any.
  package let window: Int?

  package init(code: PublicCode, window: Int?) {
    self.code = code
    self.window = window
  }
}

extension QueueEvent {
  func subject(_ state: HallState) -> EventSubject {
    switch self {
    case .ticketIssued(let e): EventSubject(ticket: e.code, state, "waiting")
    case .holderNoted: EventSubject()
    case .ticketCheckedIn(let e): EventSubject(ticket: e.code, state, "waiting")
    case .ticketAbandoned(let e): EventSubject(ticket: e.code, state, "abandoned", at: e.window)
    case .promiseBroken(let e): EventSubject(staffTicket: e.code)
    case .priorityChanged(let e): EventSubject(unannounced: e.code, state)
    case .priorityReasonNoted: EventSubject()
    case .laneStopped(let e): EventSubject(lane: e.lane, "lane_stopped")
    case .laneWentOn(let e): EventSubject(lane: e.lane, "lane_went_on")
    case .itineraryPlanned(let e): EventSubject(unannounced: e.code, state)
    case .transferLapsed(let e): EventSubject(moved: e.code, state, "waiting")
    case .ticketPlaced(let e): EventSubject(unannounced: e.code, state)
    case .ticketLinked(let e): EventSubject(staffTicket: e.code)
    }
  }
}
