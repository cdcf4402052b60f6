/// Commands about the queue, away from a window.
package enum QueueCommand: Hashable, Sendable {
  case takeTicket(TakeTicket)
  case checkIn(PublicCode)
  case abandonTicket(PublicCode)
  case changePriority(ChangePriority)
  /// The holder showed the slip of a notice or of a case.
  case link(PublicCode, TicketLink)
  /// Stops the lanes that have to be stopped now, and lets others go on; sent by the system only.
  case weighLanes
  /// Whoever waits for this window, which has paused for long, waits in a lane; by the system only.
  case lapseTransfers(Int)
}

/// Takes a number (取号), at a kiosk or by a clerk for a resident (代取号).
package struct TakeTicket: Sendable, Hashable {
  /// Item codes; may be empty where a lane is named or the hall is undifferentiated.
  package let items: [String]
  package let lane: LaneLetter?
  /// 优: the ticket may be called before some that came earlier (`OrderRule`).
  package let priority: Bool
  /// The reason of the priority under the day's key, where the hall knows one.
  package let priorityReason: PriorityReasonMark?
  /// The kiosk that prints the slip; nil for a number without paper.
  package let kiosk: String?
  /// 大字: the resident reads the page in its largest letters, so the slip is drawn in large type.
  package let largeType: Bool
  /// The slip's language: that of the resident's page.
  package let language: SlipLanguage
  /// The holder as the presented card identifies them; nil without a card.
  package let card: PresentedCard?
  /// A clerk's reason for more numbers than a person may hold; 1...60 characters.
  package let reason: String?
  /// 仍要取号: the resident knows that the item is done elsewhere and wants a number anyway.
  package let insist: Bool
  /// The slip that was scanned for this number.
  package let link: TicketLink

  package init(
    items: [String] = [], lane: LaneLetter? = nil, priority: Bool = false,
    priorityReason: PriorityReasonMark? = nil, kiosk: String? = nil,
    largeType: Bool = false, language: SlipLanguage = .chinese, card: PresentedCard? = nil, reason: String? = nil,
    insist: Bool = false, link: TicketLink = TicketLink()
  ) {
    self.items = items
    self.lane = lane
    self.priority = priority
    self.priorityReason = priorityReason
    self.kiosk = kiosk
    self.largeType = largeType
    self.language = language
    self.card = card
    self.reason = reason
    self.insist = insist
    self.link = link
  }
}
