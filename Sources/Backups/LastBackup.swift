import Foundation
import Glibc
package import Groundwork

/// When each target got its last verified archive, in a small file of the state folder that the daemon reads.
package struct LastBackup: Hashable, Sendable, Codable {
  package struct TargetState: Hashable, Sendable, Codable {
    /// Milliseconds since 1970: the last verified archive, or, before there is one, when the target was first tried.
    package var since: Int64
    package var hasArchive: Bool
    /// Whether it is a folder on the same file system as the hall's state, so that one failing disk loses both. Nil where
    /// an older tool wrote the file.
    package var sharesDisk: Bool?

    enum CodingKeys: String, CodingKey {
      case since = "since_ms"
      case hasArchive = "has_archive"
      case sharesDisk = "shares_disk"
    }
  }

  /// By the target as `backup.yaml` has it.
  package var targets: [String: TargetState]

  package static let fileName = "last-backup.json"
  /// Older than this is old: two days in milliseconds.
  package static let oldAfter: Int64 = 2 * 86_400_000
  private static let longest = 65_536

  package init(targets: [String: TargetState] = [:]) { self.targets = targets }

  enum CodingKeys: String, CodingKey {
    case targets = "places"
  }

  package static func read(stateFolder: String) -> LastBackup? {
    DurableFile.head(stateFolder + "/" + fileName, longest)
      .flatMap { try? JSONDecoder().decode(LastBackup.self, from: Data($0)) }
  }

  package func write(stateFolder: String) throws(BackupFault) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    try DurableFile.write(text + "\n", to: stateFolder + "/" + Self.fileName)
  }

  /// The states after a run. Targets that are no longer configured are dropped.
  package func after(
    _ results: [(target: String, isGood: Bool, sharesDisk: Bool)], at now: Timestamp
  ) -> LastBackup {
    LastBackup(
      targets: Dictionary(
        results.map { target, isGood, sharesDisk in
          var state = targets[target] ?? TargetState(since: now.milliseconds, hasArchive: false)
          if isGood { state = TargetState(since: now.milliseconds, hasArchive: true) }
          state.sharesDisk = sharesDisk
          return (target, state)
        }, uniquingKeysWith: { first, _ in first }))
  }

  /// Whether every archive is on the hall's own file system.
  package var isOnOneDisk: Bool { !targets.isEmpty && targets.values.allSatisfy { $0.sharesDisk == true } }

  /// The target whose last archive is the oldest; nil where none is configured.
  package var weakest: (target: String, state: TargetState)? {
    targets.min { ($0.value.since, $0.key) < ($1.value.since, $1.key) }.map { (target: $0.key, state: $0.value) }
  }

  /// Whether a target has had no archive for more than two days.
  package func isOld(at now: Timestamp) -> Bool {
    weakest.map { now.milliseconds - $0.state.since > Self.oldAfter } ?? false
  }
}
