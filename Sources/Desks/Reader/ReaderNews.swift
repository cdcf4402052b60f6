package import Hall
package import Ports
package import Slips

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
  /// 有证件留在读卡处: something lies there of somebody who has left, or not any more.
  case leftBehind(Bool)
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
  /// Names the card in the request that takes a number, for `CardTokens.lifetime`; nil while no day is open.
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

/// An agent who has shown the badge, as its kiosk shows it.
package struct AgentNews: Hashable, Sendable {
  /// Names the badge in requests that take numbers, as a card's `token` does; each number keeps it good for as long again.
  package let token: String
  /// As configured: staff are known by name (首问负责).
  package let name: String
  /// Numbers that the agent holds for others already.
  package let carries: Int
}

/// Whose badge a scanned text is.
package enum BadgeOwner: Hashable, Sendable {
  /// 代办员, with the badge as it is configured.
  case agent(badge: String, name: String)
  /// Anybody else of the staff.
  case clerk
}

/// What a code that was held up is to this hall.
package enum CodeNews: Hashable, Sendable {
  case ticket(PublicCode)
  /// With what it was issued for, so that the page opens the same list again.
  case notice(PublicCode, item: String, situations: [String])
  /// A code of the catalogue, from a poster.
  case item(String)
  /// 代办员 with the badge, who takes numbers for others here.
  case agent(AgentNews)
  /// Somebody else's badge of the staff: sign-in is at the window.
  case badge
  /// A slip's code that this hall does not know any more, or never did.
  case oldSlip
  /// Nothing of this hall's: kind and length, never the text.
  case unknown(ForeignCode)
  /// Too long, or cut off.
  case unreadable

  init(_ meaning: CodeMeaning) {
    switch meaning {
    case .ticket(let code): self = .ticket(code)
    case .notice(let code, let item, let situations): self = .notice(code, item: item, situations: situations)
    case .item(let item): self = .item(item)
    case .oldSlip: self = .oldSlip
    case .foreign(let code): self = .unknown(code)
    }
  }
}
