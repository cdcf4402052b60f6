import FoundationEssentials

/// What of a session outlives a restart. Times are the civil clock's, milliseconds since 1970: the monotonic one begins anew with the
/// machine.
struct KeptSession: Codable {
  /// The keyed digest of the cookie.
  let id: String
  let badge: String
  /// A keyed digest of the member as they signed in: who has a new secret or another role since is signed out.
  let member: String
  let window: Int?
  let openedAt: Int64
  let usedAt: Int64

  /// Empty for a file that is none of ours.
  static func read(_ bytes: [UInt8]?) -> [KeptSession] {
    bytes.flatMap { try? JSONDecoder().decode([KeptSession].self, from: Data($0)) } ?? []
  }

  static func write(_ sessions: [KeptSession]) -> [UInt8] {
    (try? JSONEncoder().encode(sessions)).map { [UInt8]($0) } ?? []
  }
}
