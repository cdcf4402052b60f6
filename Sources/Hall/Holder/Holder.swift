import Groundwork

/// A pseudonym of a person: the keyed digest of the number on a card, under the key of the business day.
///
/// Two cards of one person give the same pseudonym on one day. On another day, or without the key, it cannot be linked.
/// The key is destroyed when the day is closed (个人信息保护法 第六条、第十九条: data minimisation and shortest retention).
package struct HolderPseudonym: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits, or 32 bytes.
  package static let digits = 64

  package let description: String

  /// nil for anything but 64 lower-case hexadecimal digits.
  package init?(_ text: String) {
    let isMark = text.utf8.count == Self.digits && [UInt8](hexadecimal: text)?.hexadecimal == text
    guard isMark else { return nil }
    description = text
  }

  /// - Parameter digest: 32 bytes.
  package init?(digest: [UInt8]) {
    guard digest.count * 2 == Self.digits else { return nil }
    description = digest.hexadecimal
  }
}

/// What somebody who takes a number has shown: an identity card, or an agent's badge.
package enum PresentedCard: Hashable, Sendable {
  /// - Parameter byProxy: 代他人取号: the number is for somebody else; the card belongs to the person who came.
  case pseudonym(HolderPseudonym, byProxy: Bool)
  /// 代办员: the number is for a client of the agent (铜府办〔2023〕32号 二（五）).
  case agent(badge: String)
  /// The token of a card is too old.
  case forgotten
}

/// The holder of a ticket, or the reason for an additional one; follows `ticketIssued`.
package struct HolderNoted: Hashable, Sendable {
  package let code: PublicCode
  /// nil where the number was issued without a card.
  package let pseudonym: HolderPseudonym?
  package let byProxy: Bool
  /// The badge of the agent who took it for somebody.
  package let agent: String?
  /// The clerk's reason for an additional ticket.
  package let reason: String?

  package init(
    code: PublicCode, pseudonym: HolderPseudonym?, byProxy: Bool = false, agent: String? = nil, reason: String? = nil
  ) {
    self.code = code
    self.pseudonym = pseudonym
    self.byProxy = byProxy
    self.agent = agent
    self.reason = reason
  }
}
