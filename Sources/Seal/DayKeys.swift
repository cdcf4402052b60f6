import CCrypto
import Glibc
package import Groundwork
package import Hall
import Ports
import Synchronization

/// A key for each business day, for pseudonyms of people; destroyed when the day is closed.
///
/// The keys lie in a folder of their own (`day-2026-11-23.key`), outside the journal and every backup. Once the key is
/// destroyed, the pseudonyms of its day cannot be linked to anybody, wherever copies of them lie.
package final class DayKeys: HolderPseudonymizing {
  /// The folder's name in the state folder.
  package static let folderName = "keys"
  private static let prefix = "day-"
  private static let suffix = ".key"

  private let folder: String
  private let known = Mutex<(day: CivilDate, key: [UInt8])?>(nil)

  /// - Parameter folder: created with mode 0700 where missing.
  package init(folder: String) throws(KeyFault) {
    self.folder = folder
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw KeyFault(path: folder, problem: .unwritable(errno))
    }
  }

  package func mark(_ identity: [UInt8], on day: CivilDate) throws -> HolderPseudonym {
    let key = try known.withLock { known throws(KeyFault) in
      if let known, known.day == day { return known.key }
      let path = path(of: day)
      let key = if let kept = try KeyFile.read(path) { kept } else { try KeyFile.make(path) }
      known = (day, key)
      return key
    }
    guard let mark = HolderPseudonym(digest: MessageDigest.sha256.hmac(identity, key: key)) else {
      preconditionFailure("HMAC-SHA-256 has 32 bytes")
    }
    return mark
  }

  package func destroyKeys(but day: CivilDate?) throws -> Int {
    try known.withLock { known throws(KeyFault) in
      if known?.day != day { known = nil }
      var destroyed = 0
      for name in names() where name != day.map({ Self.prefix + $0.description + Self.suffix }) {
        try KeyFile.destroy(folder + "/" + name)
        destroyed += 1
      }
      return destroyed
    }
  }

  /// Names of keys, and of unfinished keys that a crash left.
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

  private func path(of day: CivilDate) -> String { folder + "/" + Self.prefix + day.description + Self.suffix }
}
