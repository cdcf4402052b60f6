import FoundationEssentials

/// The part of a session that outlives a restart. Times are the civil clock's, milliseconds since 1970, because the
/// monotonic clock restarts with the machine.
struct KeptSession: Codable {
  /// The keyed digest of the cookie.
  let id: String
  let badge: String
  /// A keyed digest of the member's secret and role at sign-in: a change of either signs them out.
  let member: String
  let window: Int?
  let source: String?
  let openedAt: Int64
  let usedAt: Int64

  /// Empty for a file of another form.
  static func read(_ bytes: [UInt8]?) -> [KeptSession] {
    bytes.flatMap { try? JSONDecoder().decode([KeptSession].self, from: Data($0)) } ?? []
  }

  static func write(_ sessions: [KeptSession]) -> [UInt8] {
    (try? JSONEncoder().encode(sessions)).map { [UInt8]($0) } ?? []
  }
}
