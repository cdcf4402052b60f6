package import Ports
package import Hall
package import ReaderProtocols
package import Slips
import Views

/// News of a kiosk's card reader and scanner for its own page; no other screen gets it.
package enum ReaderNews: Hashable, Sendable {
  /// The connected devices.
  case devices([PresentReader])
  /// A card lies on the reader; the page explains what it is read for and asks for consent.
  case found
  case card(CardNews)
  case cardTrouble(CardTrouble)
  /// Nobody consented in time: the card is not read.
  case notRead
  /// The card was lifted.
  case lifted
  /// 有证件留在读卡处: a card of somebody who has left lies there, or not any more.
  case leftBehind(Bool)
  case code(CodeNews)
}

/// A card that was read, as its own kiosk shows it.
package struct CardNews: Hashable, Sendable {
  /// The token of the card for the request that takes a number, valid for `CardTokens.lifetime`; nil while no day is
  /// open.
  package let token: String?
  /// 张*三.
  package let maskedName: String
  /// Whether the person is old enough for priority. It is offered and never given unasked.
  package let offersPriority: Bool
  /// 已过有效期: shown only, never a reason to refuse.
  package let isExpired: Bool
  /// The numbers that the person already holds, the oldest first.
  package let tickets: [PublicCode]
  /// The person's reservations of this day that can still become a number, by their slots.
  package let reservations: [PublicCode]
}

/// An agent who has shown the badge, as its kiosk shows it.
package struct AgentNews: Hashable, Sendable {
  /// The token of the badge for requests that take numbers; each use renews it.
  package let token: String
  /// As configured: staff are known by name (首问负责).
  package let name: String
  /// How many numbers the agent already holds for others.
  package let carries: Int
}

/// The owner of a scanned badge.
package enum BadgeOwner: Hashable, Sendable {
  /// 代办员, with the badge as it is configured.
  case agent(badge: String, name: String)
  /// Any other member of the staff, or only the number of a badge.
  case clerk
  /// An earlier issue of a badge that was replaced.
  case revoked(badge: String)
}

/// The meaning of a scanned code to this hall.
package enum CodeNews: Hashable, Sendable {
  case ticket(PublicCode)
  /// 预约单: the page turns it into a ticket.
  case reservation(PublicCode)
  /// The item and situations that it was issued for, so that the page opens the same list again.
  case notice(PublicCode, item: String, situations: [String])
  /// An item's code, from a poster.
  case item(String)
  /// 代办员 with the badge, who takes numbers for others here.
  case agent(AgentNews)
  /// Another badge of the staff: sign-in is at the window.
  case badge
  /// 作废的工作证: the badge was issued again since.
  case revokedBadge
  /// A case (办件), by the code on one of its papers.
  case ofCase(PublicCode)
  /// An agent's trip, by its list (代办批次单).
  case trip(PublicCode)
  /// A slip's code that is no longer, or never was, known to this hall.
  case oldSlip
  /// A foreign code: kind and length, never the text.
  case unknown(ForeignCode)
  /// Too long, or cut off.
  case unreadable

  init(_ meaning: CodeMeaning) {
    switch meaning {
    case .ticket(let code): self = .ticket(code)
    case .reservation(let code): self = .reservation(code)
    case .ofCase(let code): self = .ofCase(code)
    case .trip(let code): self = .trip(code)
    // A resident sees how far the town is, or what the item needs.
    case .ofAgency(_, let item, let town): self = town.map { .ofCase($0) } ?? .item(item)
    case .notice(let code, let item, let situations): self = .notice(code, item: item, situations: situations)
    case .item(let item): self = .item(item)
    case .oldSlip: self = .oldSlip
    case .foreign(let code): self = .unknown(code)
    }
  }
}
