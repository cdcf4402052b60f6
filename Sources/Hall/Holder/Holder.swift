/// A person as far as the queue knows one: the keyed digest of the number on a card, under a key of the business day.
///
/// Two cards of one person give one mark on one day; on another day, or without the key, a mark says nothing. The key is destroyed
/// when the day is closed (个人信息保护法 第六条、第十九条: no more than needed, no longer than needed).
package struct HolderPseudonym: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits, or 32 bytes.
  package static let digits = 64

  package let description: String

  /// nil for anything but 64 lower-case hexadecimal digits.
  package init?(_ text: String) {
    let isMark = text.utf8.count == Self.digits && text.utf8.allSatisfy { Self.alphabet.contains($0) }
    guard isMark else { return nil }
    description = text
  }

  /// - Parameter digest: 32 bytes.
  package init?(digest: [UInt8]) {
    guard digest.count * 2 == Self.digits else { return nil }
    let letters = Array(Self.alphabet)
    description = String(decoding: digest.flatMap { [letters[Int($0 >> 4)], letters[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static let alphabet = "0123456789abcdef".utf8
}

/// What somebody who takes a number has shown: an identity card, or an agent's badge.
package enum PresentedCard: Hashable, Sendable {
  /// - Parameter byProxy: 代他人取号: the number is for somebody else, the card is the one of who came.
  case mark(HolderPseudonym, byProxy: Bool)
  /// 代办员: the number is for somebody whose matter the agent carries (铜府办〔2023〕32号 二（五）).
  case agent(badge: String)
  /// A card was shown, but too long ago: the hall has forgotten it.
  case forgotten
}

/// Who holds a ticket, or why somebody may hold one more; follows `ticketIssued`.
package struct HolderNoted: Hashable, Sendable {
  package let code: PublicCode
  /// nil where the number was given without a card.
  package let mark: HolderPseudonym?
  package let byProxy: Bool
  /// The badge of the agent who took it for somebody.
  package let agent: String?
  /// The clerk's reason for one ticket more than the rule allows.
  package let reason: String?

  package init(
    code: PublicCode, mark: HolderPseudonym?, byProxy: Bool = false, agent: String? = nil, reason: String? = nil
  ) {
    self.code = code
    self.mark = mark
    self.byProxy = byProxy
    self.agent = agent
    self.reason = reason
  }
}
