/// What somebody asks of the queue, away from a window.
package enum QueueCommand: Hashable, Sendable {
  case takeTicket(TakeTicket)
  case checkIn(PublicCode)
  case abandonTicket(PublicCode)
}

/// Takes a number (取号), at a kiosk or by a clerk for a resident (代取号).
package struct TakeTicket: Sendable, Hashable {
  /// Item codes; may be empty where a lane is named or the hall is undifferentiated.
  package let items: [String]
  package let lane: LaneLetter?
  /// The neutral mark 优; ordering by it is not done yet.
  package let priority: Bool
  /// The kiosk at which the slip comes out; nil for a number without paper.
  package let kiosk: String?
  /// 大字: the resident reads the page in its largest letters, so the slip is drawn in large type.
  package let largeType: Bool
  /// What the slip is written in: the language of the page that the resident reads.
  package let language: SlipLanguage
  /// What the resident's card said of who holds the number; nil without a card.
  package let card: PresentedCard?
  /// Why a clerk gives one number more than a person may hold; 1...60 characters.
  package let reason: String?
  /// 仍要取号: the resident was told that the item is done elsewhere and wants a number all the same.
  package let insist: Bool

  package init(
    items: [String] = [], lane: LaneLetter? = nil, priority: Bool = false, kiosk: String? = nil,
    largeType: Bool = false, language: SlipLanguage = .chinese, card: PresentedCard? = nil, reason: String? = nil,
    insist: Bool = false
  ) {
    self.items = items
    self.lane = lane
    self.priority = priority
    self.kiosk = kiosk
    self.largeType = largeType
    self.language = language
    self.card = card
    self.reason = reason
    self.insist = insist
  }
}
