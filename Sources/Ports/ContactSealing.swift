package import Groundwork
package import Hall

/// Name and phone that somebody left with a reservation.
package struct Contact: Hashable, Sendable {
  package let name: String?
  /// Digits, spaces and hyphens, perhaps a plus in front.
  package let phone: String?

  package init(name: String?, phone: String?) {
    self.name = name
    self.phone = phone
  }
}

/// Seals the names and phones of reservations under a key for each date, which is destroyed when that date is over.
package protocol ContactSealing: Sendable {
  /// - Throws: when the date's key can be neither read nor made; then the reservation is made without name and phone.
  func seal(_ contact: Contact, for date: CivilDate) throws -> SealedContact
  /// Nil once the date's key is gone, and for anything that this key has not sealed.
  func open(_ sealed: SealedContact, of date: CivilDate) -> Contact?
  /// The pseudonym of somebody who reserves with a card, under the key of the date. It ends with that key.
  ///
  /// - Parameters:
  ///   - person: as `Sealing.reservationHolder` gives it.
  ///   - isMaking: whether a date without a key gets one.
  /// - Returns: nil without a key, and where it cannot be used.
  func holder(_ person: [UInt8], on date: CivilDate, isMaking: Bool) -> HolderPseudonym?
  /// Destroys the keys of every date before this one.
  ///
  /// - Returns: how many were destroyed.
  @discardableResult
  func destroyKeys(before date: CivilDate) throws -> Int
}

extension Sealing {
  /// A digest of a card's holder, from which pseudonyms of dates are made. It is kept for as long as the card is shown, in memory.
  ///
  /// - Parameter identity: as for `HolderPseudonymizing.pseudonym(of:on:)`.
  package func reservationHolder(_ identity: [UInt8]) -> [UInt8] { keyedDigest(identity, for: .reservationHolder) }

  /// The pseudonym by which no-shows of a phone are counted: a keyed digest of its digits.
  ///
  /// - Parameter phone: nil, or one without digits, has none.
  package func phonePseudonym(_ phone: String?) -> HolderPseudonym? {
    let digits = (phone ?? "").filter { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    return HolderPseudonym(digest: keyedDigest(Array(digits.utf8), for: .reservationPhone))
  }
}
