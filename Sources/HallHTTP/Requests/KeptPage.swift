import FoundationEssentials

/// What of a kiosk's page outlives a restart: which secret it has, as a keyed digest.
struct KeptPage: Codable {
  let kiosk: String
  let digest: [UInt8]

  /// Empty for a file that is none of ours.
  static func read(_ bytes: [UInt8]?) -> [KeptPage] {
    bytes.flatMap { try? JSONDecoder().decode([KeptPage].self, from: Data($0)) } ?? []
  }

  static func write(_ pages: [KeptPage]) -> [UInt8] {
    (try? JSONEncoder().encode(pages)).map { [UInt8]($0) } ?? []
  }
}
