import CCrypto
import Glibc
package import Groundwork
package import Hall
package import Ports

/// A key for each date that has reservations with a name or a phone; destroyed when the date is over.
///
/// They lie beside the keys of the days (`slot-2026-12-01.key`), outside the journal and every backup.
package struct ContactKeys: ContactSealing {
  private static let prefix = "slot-"
  private static let suffix = ".key"

  private let folder: String

  /// - Parameter folder: that of `DayKeys`, created with mode 0700 where missing.
  package init(folder: String) throws(KeyFault) {
    self.folder = folder
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw KeyFault(path: folder, problem: .unwritable(errno))
    }
  }

  package func seal(_ contact: Contact, for date: CivilDate) throws -> SealedContact {
    let path = path(of: date)
    let key = if let kept = try KeyFile.read(path) { kept } else { try KeyFile.make(path) }
    let text = Array("\(contact.name ?? "")\n\(contact.phone ?? "")".utf8)
    guard let bytes = SealedText.seal(text, key: key, about: Array(date.description.utf8)),
      let sealed = SealedContact(bytes: bytes)
    else { throw KeyFault(path: path, problem: .wrongLength) }
    return sealed
  }

  package func open(_ sealed: SealedContact, of date: CivilDate) -> Contact? {
    guard let key = try? KeyFile.read(path(of: date)), let bytes = [UInt8](hexadecimal: sealed.description),
      let text = SealedText.open(bytes, key: key, about: Array(date.description.utf8))
    else { return nil }
    let parts = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return Contact(
      name: parts[0].isEmpty ? nil : String(parts[0]), phone: parts[1].isEmpty ? nil : String(parts[1]))
  }

  package func holder(_ person: [UInt8], on date: CivilDate, isMaking: Bool) -> HolderPseudonym? {
    let path = path(of: date)
    guard let key = (try? KeyFile.read(path)) ?? (isMaking ? try? KeyFile.make(path) : nil) else { return nil }
    // Another use of the key than sealing: the label keeps them apart.
    return HolderPseudonym(digest: MessageDigest.sha256.hmac(Array("holder|\(date)|".utf8) + person, key: key))
  }

  package func destroyKeys(before date: CivilDate) throws -> Int {
    var destroyed = 0
    for name in names() {
      let text = name.dropFirst(Self.prefix.count).prefix(10)
      // An unfinished key that a crash left sealed nothing.
      let isWhole = name.hasSuffix(Self.suffix)
      guard !isWhole || CivilDate(text).map({ $0 < date }) ?? true else { continue }
      try KeyFile.destroy(folder + "/" + name)
      destroyed += 1
    }
    return destroyed
  }

  private func names() -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(Self.prefix) { names.append(name) }
    }
    return names.sorted()
  }

  private func path(of date: CivilDate) -> String { folder + "/" + Self.prefix + date.description + Self.suffix }
}
