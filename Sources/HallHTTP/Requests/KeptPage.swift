import FoundationEssentials

/// The part of a kiosk's page claim that outlives a restart: a keyed digest of its secret.
struct KeptPage: Codable {
  let kiosk: String
  let digest: [UInt8]

  /// Empty for a file of another form.
  static func read(_ bytes: [UInt8]?) -> [KeptPage] {
    bytes.flatMap { try? JSONDecoder().decode([KeptPage].self, from: Data($0)) } ?? []
  }

  static func write(_ pages: [KeptPage]) -> [UInt8] {
    (try? JSONEncoder().encode(pages)).map { [UInt8]($0) } ?? []
  }
}
