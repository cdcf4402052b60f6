import Foundation

/// What an archive holds. A restore and a drill first compare it with the files that they find.
package struct Manifest: Hashable, Sendable, Codable {
  package struct File: Hashable, Sendable, Codable {
    /// Relative to the archive's root: `journal.sqlite`, `etc/yichuang.yaml`.
    package let path: String
    package let size: Int64
    /// SHA-256, hexadecimal.
    package let sha256: String
    /// The permission bits of the original.
    package let mode: Int

    package init(path: String, size: Int64, sha256: String, mode: Int) {
      self.path = path
      self.size = size
      self.sha256 = sha256
      self.mode = mode
    }
  }

  static let fileName = "manifest.json"
  static let newestVersion = 1
  /// The most bytes of a manifest, and the most files in it.
  static let longest = 4 << 20
  static let mostFiles = 4000

  package let manifest: Int
  /// Milliseconds since 1970-01-01T00:00:00Z by the clock of the machine that made it.
  package let madeAt: Int64
  package let machine: String
  /// The head of the journal's copy, as `yichuangctl head` gives it.
  package let head: String
  package let records: Int64
  package let files: [File]

  enum CodingKeys: String, CodingKey {
    case manifest, machine, head, records, files
    case madeAt = "made_at_ms"
  }

  package init(madeAt: Int64, machine: String, head: String, records: Int64, files: [File]) {
    manifest = Self.newestVersion
    self.madeAt = madeAt
    self.machine = machine
    self.head = head
    self.records = records
    self.files = files
  }

  /// Parses a manifest.
  ///
  /// Nil for another version, for a path that leaves the archive or is listed twice, and for a manifest with neither a
  /// journal nor keys of cases.
  package init?(parsing bytes: [UInt8]) {
    guard bytes.count <= Self.longest, let found = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)),
      found.manifest == Self.newestVersion, found.files.count <= Self.mostFiles,
      Set(found.files.map(\.path)).count == found.files.count,
      found.files.allSatisfy({ Self.isInside($0.path) && $0.size >= 0 }),
      found.files.contains(where: { $0.path == Archive.journal }) || found.hasOnlyKeys
    else { return nil }
    self = found
  }

  /// Keys of cases and nothing else (`CaseKeyCopy`).
  package var hasOnlyKeys: Bool {
    !files.isEmpty && files.allSatisfy { $0.path.hasPrefix(CaseKeyCopy.folder + "/") }
  }

  package var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
  }

  /// Whether a path stays below the archive's root.
  static func isInside(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return path.utf8.count <= 1024 && !path.utf8.contains(0) && path != Self.fileName
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}
