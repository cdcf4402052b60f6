package import Hall
package import Ports

/// What a kiosk's own page is told of its card reader and scanner, and no other screen.
package enum ReaderNews: Hashable, Sendable {
  /// What is plugged in now.
  case devices([PresentReader])
  /// Something lies on the reader; the page says what a card is read for and asks.
  case found
  case card(CardNews)
  case cardTrouble(LaidCardTrouble)
  /// Nobody agreed in time: what lies there is not read any more.
  case notRead
  /// What lay there was lifted.
  case lifted
  case code(CodeNews)
}

/// A card reader or a scanner as a page shows it.
package struct PresentReader: Hashable, Sendable {
  package let kind: ReaderDevice.Kind
  package let name: String
  /// nil while nothing is known yet.
  package let condition: ReaderCondition?

  package init(kind: ReaderDevice.Kind, name: String, condition: ReaderCondition?) {
    self.kind = kind
    self.name = name
    self.condition = condition
  }
}

/// A card that was read, as far as its own kiosk shows it.
package struct CardNews: Hashable, Sendable {
  /// Names the card in the request that takes a number, for `ShownCards.lifetime`; nil while no day is open.
  package let token: String?
  /// 张*三.
  package let maskedName: String
  /// Old enough for priority, which is offered and never imposed.
  package let offersPriority: Bool
  /// 已过有效期: said in kindness, never a reason to refuse.
  package let isExpired: Bool
  /// The numbers that the person holds already, the oldest first.
  package let tickets: [PublicCode]
}

/// What a code that was held up is to this hall.
package enum CodeNews: Hashable, Sendable {
  case ticket(PublicCode)
  /// With what it was issued for, so that the page opens the same list again.
  case notice(PublicCode, item: String, situations: [String])
  /// A code of the catalogue, from a poster.
  case item(String)
  /// A staff badge: sign-in is at the window.
  case badge
  /// Nothing of this hall's. Safe to show, at most `longestShown` characters.
  case unknown(String)
  /// Too long, or cut off.
  case unreadable

  package static let longestShown = 40
}
