/// Why a card on the reader is not read.
package enum CardTrouble: String, Hashable, Sendable, CaseIterable {
  /// It was lifted too early, or lies badly.
  case layAgain = "lay_again"
  /// A card that answers and has no text: a bank card, a ticket, or a kind newer than the module.
  case notAnIdentityCard = "not_an_identity_card"
  /// Card and module did not authenticate each other: worn out, or forged.
  case unverifiable
  /// The module read it, and its text has an unknown form.
  case unknownText = "unknown_text"
}
