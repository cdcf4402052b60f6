import FoundationEssentials

/// A secret that its owner has chosen, or that was given to them: a hash that is used instead of the configuration's.
///
/// It holds as long as the configuration has the hash that it replaced. A new hash in the configuration wins, so that a
/// forgotten secret can be set anew.
struct OwnSecret: Codable {
  let badge: String
  /// SHA-256 of the configuration's hash that it replaces, in hexadecimal digits.
  let replaces: String
  /// The format of `Sealing.hashSecret`.
  let hash: String
  /// True for one that was given to its owner, who has not changed it yet; absent else.
  var first: Bool?
  /// The badge PIN, in the same format; absent where its owner has set none.
  var pin: String?
  /// When it was chosen, in milliseconds since 1970, in a hall with several machines: the latest holds on all of them.
  var changed: Int64?

  /// Empty for a file of another form.
  static func read(_ bytes: [UInt8]?) -> [OwnSecret] {
    bytes.flatMap { try? JSONDecoder().decode([OwnSecret].self, from: Data($0)) } ?? []
  }

  static func write(_ secrets: [OwnSecret]) -> [UInt8] {
    (try? JSONEncoder().encode(secrets)).map { [UInt8]($0) } ?? []
  }
}
