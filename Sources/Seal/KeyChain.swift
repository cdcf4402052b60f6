import Ports
import Synchronization

/// A chain of keys that is the same on every machine of a hall: `chain(i+1) = HMAC(chain(i), "next")`, and the key of the
/// period i is `HMAC(chain(i), label)`.
///
/// A machine has one value of the chain, from which all later keys follow and no earlier one: `chain-day-17.key`, 32 bytes
/// of mode 0600. Winding forward destroys the value before. So machines agree without telling each other anything, and one
/// that was off winds forward when it comes back.
final class KeyChain: Sendable {
  /// What the keys of a chain are for.
  enum Kind: String, CaseIterable, Sendable {
    /// Pseudonyms of one business day; the period is the day's number in the journal.
    case day
    /// Contacts of the reservations of a date; the period is the date.
    case slot
    /// Cases of a half-year.
    case cases = "case"
    /// Agency cases of a half-year.
    case agency

    /// Periods for which keys are made at most beyond the present value: a wrong date never winds a chain for ever.
    fileprivate var reach: Int {
      switch self {
      case .day: 1_000_000
      case .slot: 4_000
      case .cases, .agency: 40
      }
    }
  }

  /// What the names of these files begin with.
  static let prefix = "chain-"

  private let kind: Kind
  private let files: KeyFolder
  private let known = Mutex<(period: Int, value: [UInt8])?>(nil)

  /// - Parameter folder: that of the keys, created with mode 0700 where missing.
  init(_ folder: String, _ kind: Kind) throws(KeyFault) {
    self.kind = kind
    files = try KeyFolder(folder, prefix: "\(Self.prefix)\(kind.rawValue)-")
  }

  /// The period of the present value; nil where this machine has none.
  func period() throws(KeyFault) -> Int? {
    try known.withLock { known throws(KeyFault) in try present(&known)?.period }
  }

  /// The key of a period; nil where it is destroyed, and beyond the reach.
  func key(of period: Int) throws(KeyFault) -> [UInt8]? {
    try known.withLock { known throws(KeyFault) in
      guard let present = try present(&known) else { return nil }
      return value(of: period, from: present).map { MessageDigest.sha256.hmac(Array(kind.rawValue.utf8), key: $0) }
    }
  }

  /// Destroys the keys of every period before this one.
  ///
  /// - Returns: whether there was something to destroy.
  @discardableResult
  func wind(to period: Int) throws(KeyFault) -> Bool {
    try known.withLock { known throws(KeyFault) in
      guard let present = try present(&known), period > present.period, let next = value(of: period, from: present)
      else { return false }
      try files.put(next, period)
      try files.destroyOne(present.period)
      known = (period, next)
      return true
    }
  }

  /// Makes a chain that begins with this period.
  func begin(at period: Int) throws(KeyFault) {
    try known.withLock { known throws(KeyFault) in
      let value = SystemRandom.bytes(KeyFile.length)
      try files.put(value, period)
      known = (period, value)
    }
  }

  /// Destroys the chain.
  func end() throws(KeyFault) {
    try known.withLock { known throws(KeyFault) in
      known = nil
      _ = try files.destroy { _ in true }
    }
  }

  private func value(of period: Int, from present: (period: Int, value: [UInt8])) -> [UInt8]? {
    guard period >= present.period, period - present.period <= kind.reach else { return nil }
    return (present.period..<period).reduce(present.value) { value, _ in
      MessageDigest.sha256.hmac(Array("next".utf8), key: value)
    }
  }

  /// After a crash between two steps of winding there are two values, and the earlier one goes.
  private func present(_ known: inout (period: Int, value: [UInt8])?) throws(KeyFault) -> (period: Int, value: [UInt8])?
  {
    if let known { return known }
    let periods = files.names().compactMap { Int($0) }.sorted()
    guard let last = periods.last, let value = try files.read(last) else { return nil }
    for period in periods.dropLast() { try files.destroyOne(period) }
    known = (last, value)
    return known
  }
}

/// The keys of one kind by period: files of their own, and a chain where the hall has several machines.
///
/// A file takes precedence over the chain: what was sealed before the hall had a chain can still be opened.
struct PeriodKeys<Name: CustomStringConvertible & Sendable>: Sendable {
  let files: KeyFolder
  private let chain: KeyChain?
  private let period: @Sendable (Name) -> Int
  /// The name of a period whose key is stored as a file when the chain winds past it; nil where nothing is stored.
  private let stored: (@Sendable (Int) -> Name?)?

  /// - Parameters:
  ///   - folder: that of the keys.
  ///   - prefix: of the files.
  ///   - kind: of the chain; it is used where the machine has one.
  init(
    _ folder: String, prefix: String, _ kind: KeyChain.Kind, period: @escaping @Sendable (Name) -> Int,
    stored: (@Sendable (Int) -> Name?)? = nil
  ) throws(KeyFault) {
    files = try KeyFolder(folder, prefix: prefix)
    let chain = try KeyChain(folder, kind)
    self.chain = try chain.period() == nil ? nil : chain
    self.period = period
    self.stored = stored
  }

  func path(of name: Name) -> String { files.path(of: name) }

  /// Nil where there is none any more, and none yet.
  func read(_ name: Name) throws(KeyFault) -> [UInt8]? {
    if let kept = try files.read(name) { return kept }
    guard chain != nil else { return nil }
    return try fromChain(name)
  }

  /// The key of that name, made where there is none.
  ///
  /// - Throws: `KeyFault`; `.destroyed` for one whose time has ended on this machine.
  func readOrMake(_ name: Name) throws(KeyFault) -> [UInt8] {
    guard chain != nil else { return try files.readOrMake(name) }
    guard let key = try read(name) else { throw KeyFault(path: files.path(of: name), problem: .destroyed) }
    return key
  }

  /// Destroys the keys that are due, those of the chain before `name` with them.
  ///
  /// - Returns: how many files were destroyed.
  func destroy(before name: Name, where isDue: (Substring) -> Bool) throws(KeyFault) -> Int {
    if stored != nil { try keep(through: period(name)) } else { try chain?.wind(to: period(name)) }
    return try files.destroy(where: isDue)
  }

  private func fromChain(_ name: Name) throws(KeyFault) -> [UInt8]? {
    guard stored != nil else { return try chain?.key(of: period(name)) }
    try keep(through: period(name))
    return try files.read(name)
  }

  /// Stores the keys up to a period as files, and winds the chain past it: what is stored is destroyed one by one, and
  /// backups of it do not give later keys.
  private func keep(through last: Int) throws(KeyFault) {
    guard let chain, let stored, let first = try chain.period(), last >= first else { return }
    for period in first...last {
      guard let name = stored(period), try files.read(name) == nil else { continue }
      guard let key = try chain.key(of: period) else { return }
      try files.put(key, name)
    }
    try chain.wind(to: last + 1)
  }
}
