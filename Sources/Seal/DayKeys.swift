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
  private let keys: KeyFolder
  private let known = Mutex<(day: CivilDate, key: [UInt8])?>(nil)

  /// - Parameter folder: created with mode 0700 where missing.
  package init(folder: String) throws(KeyFault) { keys = try KeyFolder(folder, prefix: "day-") }

  package func pseudonym(of identity: [UInt8], on day: CivilDate) throws -> HolderPseudonym {
    let key = try known.withLock { known throws(KeyFault) in
      if let known, known.day == day { return known.key }
      let key = try keys.readOrMake(day)
      known = (day, key)
      return key
    }
    guard let pseudonym = HolderPseudonym(digest: MessageDigest.sha256.hmac(identity, key: key)) else {
      preconditionFailure("HMAC-SHA-256 has 32 bytes")
    }
    return pseudonym
  }

  package func destroyKeys(but day: CivilDate?) throws -> Int {
    try known.withLock { known throws(KeyFault) in
      if known?.day != day { known = nil }
      return try keys.destroy { name in day.map { $0.description != name } ?? true }
    }
  }
}
