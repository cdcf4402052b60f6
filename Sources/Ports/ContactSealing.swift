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
  /// Destroys the keys of every date before this one.
  ///
  /// - Returns: how many were destroyed.
  @discardableResult
  func destroyKeys(before date: CivilDate) throws -> Int
}

extension Sealing {
  /// The pseudonym by which no-shows of a phone are counted: a keyed digest of its digits.
  ///
  /// - Parameter phone: nil, or one without digits, has none.
  package func phonePseudonym(_ phone: String?) -> HolderPseudonym? {
    let digits = (phone ?? "").filter { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    return HolderPseudonym(digest: keyedDigest(Array(digits.utf8), for: .reservationPhone))
  }
}
