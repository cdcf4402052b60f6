import Control
import Foundation
import Glibc

/// An archive that was decrypted and unpacked, and whose files agree with its manifest.
package struct OpenedArchive {
  /// The folder with its files.
  package let folder: String
  package let manifest: Manifest

  /// What a file is, by its first bytes.
  package enum Kind: Sendable {
    case encrypted, tar
    /// A journal, or anything else.
    case other
  }

  package static func kind(of path: String) -> Kind {
    let head = DurableFile.head(path, 512) ?? []
    // https://age-encryption.org/v1, "Header"; POSIX.1-2017 pax, "ustar Interchange Format".
    if head.starts(with: Array("age-encryption.org/v1\n".utf8)) { return .encrypted }
    return head.count == 512 && Array(head[257..<262]) == Array("ustar".utf8) ? .tar : .other
  }

  /// Opens an archive in the work folder.
  ///
  /// - Parameter key: the file with the private key; not needed for a tar that was decrypted already.
  package static func open(_ path: String, key: String?, in work: WorkFolder) async throws(BackupFault) -> OpenedArchive
  {
    let programs = Programs()
    var plain = path
    try room(for: path, in: work)
    if kind(of: path) == .encrypted {
      guard let key else {
        throw BackupFault(
          .usage, "\(path) is encrypted: name the file with the office's private key (--key FILE)",
          zh: "\(path) 是加密的：用 --key 写办公室私钥的文件名")
      }
      guard access(key, R_OK) == 0 else { throw .reading(key, errno) }
      plain = work.file("opened.tar")
      _ = try await programs.run("/usr/bin/age", ["--decrypt", "--identity", key, "--output", plain, path], of: "age") {
        $0.contains("no identity matched")
          ? BackupFault(
            .data, "the key \(key) does not open \(path): take the one whose recipient was in backup.yaml then",
            zh: "私钥 \(key) 打不开 \(path)：换备份当时 backup.yaml 里公钥对应的那一把")
          : .damaged(path, $0, zh: $0)
      }
    } else if kind(of: path) == .other {
      throw .damaged(path, "it is no archive of a hall", zh: "不是大厅的备份文件")
    }
    let folder = try work.makeFolder("opened")
    _ = try await programs.run(
      "/usr/bin/tar",
      [
        "--extract", "--file=" + plain, "--directory=" + folder, "--no-same-owner", "--no-same-permissions",
        "--keep-old-files",
      ], of: "tar"
    ) { $0.contains("No space left") ? .writing(work.path, ENOSPC) : .damaged(path, $0, zh: $0) }
    if plain != path { unlink(plain) }
    return try OpenedArchive(folder: folder, name: path)
  }

  /// Compares what was unpacked with the manifest.
  private init(folder: String, name: String) throws(BackupFault) {
    let file = folder + "/" + Manifest.fileName
    guard let bytes = DurableFile.head(file, Manifest.longest + 1), let manifest = Manifest(parsing: bytes) else {
      throw .damaged(name, "its manifest is missing or not known here", zh: "清单缺失，或不是本程序认得的")
    }
    let found = try Archive.files(of: folder)
    let (there, listed) = (
      Dictionary(uniqueKeysWithValues: found.map { ($0.path, $0.sha256) }),
      Dictionary(uniqueKeysWithValues: manifest.files.map { ($0.path, $0.sha256) })
    )
    for path in Set(there.keys).union(listed.keys).sorted() where there[path] != listed[path] {
      throw .damaged(name, "\(path) is not as its manifest says", zh: "\(path) 与清单不符")
    }
    self.folder = folder
    self.manifest = manifest
  }

  private static func room(for path: String, in work: WorkFolder) throws(BackupFault) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .reading(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .reading(path, EISDIR) }
    // Room for the tar file, the unpacked files and the journal that is restored from them.
    let needed = Int64(status.st_size) * 4
    if let free = DurableFile.free(at: work.path), free < needed {
      throw BackupFault(
        .disk, "opening \(path) needs \(needed >> 20) MiB in \(work.path), \(free >> 20) MiB are free: make room",
        zh: "打开 \(path) 要在 \(work.path) 用 \(needed >> 20) MiB，只剩 \(free >> 20) MiB：先腾出空间")
    }
  }

  package var journal: String { folder + "/" + Archive.journal }
  package func secret(_ name: String) -> String { folder + "/" + Archive.state + "/" + name }

  /// The files of a folder of the archive, by their path below it.
  package func files(in part: String) -> [(path: String, file: Manifest.File)] {
    manifest.files.filter { $0.path.hasPrefix(part + "/") }.map { (String($0.path.dropFirst(part.count + 1)), $0) }
  }
}
