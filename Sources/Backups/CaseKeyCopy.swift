import Control
package import Foundation
import Glibc
import Groundwork

/// The keys of cases in a file beside the archives. It is encrypted like them, and each backup replaces it.
///
/// Archives contain no such keys. A key that is destroyed when its time has ended therefore exists in no older archive.
/// This file has the keys that the hall has now, so that a restored hall can read whose its open cases are.
package enum CaseKeyCopy {
  /// The folder in the state folder, and in the file.
  package static let folder = "keys"
  /// What the names of such keys begin with.
  private static let prefixes = ["case-", "agency-"]

  /// `yichuang-9K2-case-keys.tar.age`, of the hall with that mark.
  package static func name(of hall: String) -> String { "yichuang-\(hall)-case-keys" + ArchiveName.ending }

  /// Makes the file.
  ///
  /// - Returns: nil where the hall has no such key.
  package static func make(
    in work: WorkFolder, from state: String, beside archive: Archive.Made, head: String, at now: Date,
    for recipient: String
  ) async throws(BackupFault) -> SealedFile? {
    let kept = names(in: state + "/" + folder)
    guard !kept.isEmpty else { return nil }
    let tree = try work.makeFolder("keys-tree")
    for name in kept { try Archive.add(state + "/" + folder + "/" + name, to: tree + "/" + folder) }
    return try await Archive.seal(
      tree, as: name(of: archive.name.hall), in: work, head: head, records: 0, at: now, for: recipient)
  }

  private static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { name in
      name.hasSuffix(".key") && prefixes.contains { name.hasPrefix($0) } && !name.contains("/")
    }.sorted()
  }

  /// Whether an archive that was opened has keys of cases and nothing else.
  package static func isOne(_ archive: OpenedArchive) -> Bool {
    archive.manifest.hasOnlyKeys
  }

  /// Puts keys back that the hall does not have. A key that is there is kept, because the hall seals with it.
  ///
  /// - Returns: how many were put there, and the names of those that differ and were left out.
  package static func put(
    _ archive: OpenedArchive, into state: String
  ) throws(BackupFault) -> (count: Int, different: [String]) {
    let target = state + "/" + folder
    guard mkdir(target, 0o700) == 0 || errno == EEXIST else { throw .writing(target, errno) }
    var count = 0
    var different: [String] = []
    for (name, file) in archive.files(in: folder) {
      guard !name.contains("/"), prefixes.contains(where: { name.hasPrefix($0) }) else {
        throw .damaged(archive.folder, "\(name) is no key of cases", zh: "\(name) 不是办件密钥")
      }
      let path = target + "/" + name
      if access(path, F_OK) == 0 {
        if try DurableFile.measure(path).digest != file.sha256 { different.append(name) }
        continue
      }
      try DurableFile.copy(archive.folder + "/" + folder + "/" + name, to: path)
      chmod(path, 0o600)
      count += 1
    }
    return (count, different)
  }
}
