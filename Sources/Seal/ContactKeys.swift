package import Groundwork
package import Hall
package import Ports

/// A key for each date that has reservations with a name or a phone; destroyed when the date is over.
///
/// They lie beside the keys of the days (`slot-2026-12-01.key`), outside the journal and every backup. In a hall with several
/// machines they follow from a chain, so that each machine reads what another one has sealed.
package struct ContactKeys: ContactSealing {
  private let keys: PeriodKeys<CivilDate>

  /// - Parameter folder: that of `DayKeys`, created with mode 0700 where missing.
  package init(folder: String) throws(KeyFault) {
    keys = try PeriodKeys(folder, prefix: "slot-", .slot) { $0.daysSinceEpoch }
  }

  package func seal(_ contact: Contact, for date: CivilDate) throws -> SealedContact {
    let key = try keys.readOrMake(date)
    let text = Array("\(contact.name ?? "")\n\(contact.phone ?? "")".utf8)
    guard let bytes = SealedText.seal(text, key: key, about: Array(date.description.utf8)),
      let sealed = SealedContact(bytes: bytes)
    else { throw KeyFault(path: keys.path(of: date), problem: .wrongLength) }
    return sealed
  }

  package func open(_ sealed: SealedContact, of date: CivilDate) -> Contact? {
    guard let key = try? keys.read(date), let bytes = [UInt8](hexadecimal: sealed.description),
      let text = SealedText.open(bytes, key: key, about: Array(date.description.utf8))
    else { return nil }
    let parts = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return Contact(
      name: parts[0].isEmpty ? nil : String(parts[0]), phone: parts[1].isEmpty ? nil : String(parts[1]))
  }

  package func holder(_ person: [UInt8], on date: CivilDate, isMaking: Bool) -> HolderPseudonym? {
    guard let key = try? (isMaking ? keys.readOrMake(date) : keys.read(date)) else { return nil }
    // Another use of the key than sealing: the label keeps them apart.
    return HolderPseudonym(digest: MessageDigest.sha256.hmac(Array("holder|\(date)|".utf8) + person, key: key))
  }

  package func destroyKeys(before date: CivilDate) throws -> Int {
    try keys.destroy(before: date) { CivilDate($0).map { $0 < date } ?? true }
  }
}
