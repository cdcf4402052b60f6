package import Groundwork
package import Hall
import Ports
import Synchronization

/// The chains of keys of a hall with several machines, and what a machine gets of them when it joins.
package enum HallChains {
  /// Beside the chains a machine that joins gets the keys that are files: those of half-years that have cases, and those of
  /// dates from before there was a chain.
  private static let prefixes = [KeyChain.prefix, "case-", "agency-", "slot-"]

  /// Whether this machine has all chains.
  package static func areThere(in folder: String) throws(KeyFault) -> Bool {
    for kind in KeyChain.Kind.allCases where try KeyChain(folder, kind).period() == nil { return false }
    return true
  }

  /// Makes the chains that are missing. Keys that are files take precedence until their time has ended.
  ///
  /// - Parameters:
  ///   - folder: that of `DayKeys`.
  ///   - daysOpened: business days that the journal has opened so far.
  ///   - date: not later than that of any machine of the hall.
  package static func found(in folder: String, daysOpened: Int, date: CivilDate) throws(KeyFault) {
    for kind in KeyChain.Kind.allCases {
      let chain = try KeyChain(folder, kind)
      guard try chain.period() == nil else { continue }
      switch kind {
      case .day: try chain.begin(at: daysOpened + 1)
      case .slot: try chain.begin(at: date.daysSinceEpoch)
      case .cases, .agency: try chain.begin(at: HalfYear(date).period)
      }
    }
  }

  /// What a machine needs to have the same keys from now on, by the names of files, in hexadecimal digits. All of it is
  /// secret.
  package static func export(from folder: String) throws(KeyFault) -> [String: String] {
    let files = try KeyFolder(folder, prefix: "")
    var fault: KeyFault?
    // The daemon may wind a chain meanwhile: a file that was listed may be gone, with its successor in the folder.
    for _ in 0..<5 {
      var keys: [String: String] = [:]
      var isWhole = true
      do throws(KeyFault) {
        for name in files.names() where prefixes.contains(where: { name.hasPrefix($0) }) {
          guard let key = try files.read(name) else {
            isWhole = false
            break
          }
          keys[name] = key.hexadecimal
        }
        if isWhole { return keys }
      } catch { fault = error }
    }
    throw fault ?? KeyFault(path: folder, problem: .wrongLength)
  }

  /// Replaces the keys in the folder by what `export` gave.
  ///
  /// - Throws: `KeyFault`; `.wrongLength` for what `export` does not give.
  package static func bring(_ keys: [String: String], into folder: String) throws(KeyFault) {
    let files = try KeyFolder(folder, prefix: "")
    var bytes: [String: [UInt8]] = [:]
    for (name, digits) in keys {
      let isName = name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-H".utf8.contains($0) }
      guard isName, prefixes.contains(where: { name.hasPrefix($0) }), let key = [UInt8](hexadecimal: digits),
        key.count == KeyFile.length
      else { throw KeyFault(path: folder, problem: .wrongLength) }
      bytes[name] = key
    }
    for prefix in prefixes {
      _ = try KeyFolder(folder, prefix: prefix).destroy { keys[prefix + $0] == nil }
    }
    for (name, key) in bytes.sorted(by: { $0.key < $1.key }) { try files.put(key, name) }
  }

  /// The hall is on one machine again: its days have keys of their own from now on. Chains of dates and half-years stay,
  /// because what they sealed is there.
  package static func endDays(in folder: String) throws(KeyFault) { try KeyChain(folder, .day).end() }
}

/// The keys of business days of a hall with several machines, by the day's number in the journal.
///
/// A day that is closed and opened again on one date has another number, and so another key.
package final class DayChain: HolderPseudonymizing {
  private struct Days {
    /// Openings in the journal so far.
    var opened: Int
    var isOpen: Bool
  }

  private let chain: KeyChain
  private let path: String
  private let days: Mutex<Days>

  /// - Parameters:
  ///   - folder: that of `DayKeys`, with the chains of the hall.
  ///   - opened: business days that the journal has opened so far.
  ///   - isOpen: whether the last of them is open.
  package init(folder: String, opened: Int, isOpen: Bool) throws(KeyFault) {
    chain = try KeyChain(folder, .day)
    path = folder + "/" + KeyChain.prefix + KeyChain.Kind.day.rawValue
    days = Mutex(Days(opened: opened, isOpen: isOpen))
  }

  /// Called by the registrar's observer, in the order of the journal, before anybody can take a number of that day.
  package func note(_ recorded: RecordedEvent) {
    switch recorded.event {
    case .day(.dayOpened): days.withLock { $0 = Days(opened: $0.opened + 1, isOpen: true) }
    case .day(.dayClosed): days.withLock { $0.isOpen = false }
    default: break
    }
  }

  /// - Throws: `KeyFault`; `.destroyed` once the day is closed.
  package func pseudonym(of identity: [UInt8], on day: CivilDate) throws -> HolderPseudonym {
    guard let key = try chain.key(of: days.withLock { $0.opened }) else {
      throw KeyFault(path: path, problem: .destroyed)
    }
    guard let pseudonym = HolderPseudonym(digest: MessageDigest.sha256.hmac(identity, key: key)) else {
      preconditionFailure("HMAC-SHA-256 has 32 bytes")
    }
    return pseudonym
  }

  /// Winds the chain past every day that is closed, whatever `day` says: the journal may be ahead of whoever calls.
  package func destroyKeys(but day: CivilDate?) throws -> Int {
    let next = days.withLock { $0.isOpen ? $0.opened : $0.opened + 1 }
    return try chain.wind(to: next) ? 1 : 0
  }
}

extension HalfYear {
  /// Half-years since the year 0.
  var period: Int { year * 2 + half - 1 }

  /// The half-year of that number.
  init?(period: Int) {
    guard let day = CivilDate(year: period / 2, month: period % 2 == 0 ? 1 : 7, day: 1) else { return nil }
    self.init(day)
  }
}
