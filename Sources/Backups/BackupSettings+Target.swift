import Control
import Glibc

extension BackupSettings.Target {
  /// Whether archives there are on the same file system as a folder, so that one broken disk takes both.
  ///
  /// A folder that is missing counts as the nearest folder above it, where it would be made.
  package func sharesDisk(with folder: String) -> Bool {
    guard case .folder(let path) = self else { return false }
    var (own, there) = (stat(), stat())
    var parent = path
    while stat(parent, &there) != 0 {
      guard errno == ENOENT, let slash = parent.lastIndex(of: "/"), parent != "/" else { return false }
      parent = slash == parent.startIndex ? "/" : String(parent[..<slash])
    }
    return stat(folder, &own) == 0 && own.st_dev == there.st_dev
  }

  /// What `sharesDisk` means for people.
  package static var sharesDiskWords: (english: String, chinese: String) {
    (
      "is on the hall's own disk: when that disk fails the archives go with it; name a stick or another machine (SFTP) too",
      "和账本在同一块盘上：盘坏了备份也一起没了；请再加一处 U 盘或另一台机器（SFTP）"
    )
  }

  /// Opens the target, gives it to `body` and closes it again.
  ///
  /// A stick is mounted for that time and unmounted at the end, so that it may be pulled out.
  ///
  /// - Parameter configuration: the folder of `backup.yaml`.
  package func open<T: Sendable>(
    configuration: String, work: WorkFolder, _ body: (any BackupTarget) async throws(BackupFault) -> T
  ) async throws(BackupFault) -> T {
    switch self {
    case .folder(let path): return try await body(FolderTarget(folder: path, words: path, isMade: true))
    case .sftp(let account, let path, let port):
      return try await body(
        SFTPTarget(account: account, path: path, port: port, configuration: configuration, work: work.path))
    case .stick(let label):
      let mountPoint = try work.makeFolder("stick")
      let programs = Programs()
      _ = try await programs.run(
        "/usr/bin/mount", ["-o", "rw,nosuid,nodev,noexec", "LABEL=" + label, mountPoint], of: "mount", within: 60_000
      ) { reason in
        BackupFault(
          .unavailable,
          "the stick \(label) cannot be mounted (\(reason)): put it in, or check its label (lsblk -o LABEL)",
          zh: "U 盘 \(label) 挂不上（\(reason)）：插好，或核对卷标（lsblk -o LABEL）")
      }
      let result: Result<T, BackupFault>
      do throws(BackupFault) {
        result = .success(try await body(FolderTarget(folder: mountPoint, words: description)))
      } catch {
        result = .failure(error)
      }
      do throws(BackupFault) {
        _ = try await programs.run("/usr/bin/umount", [mountPoint], of: "mount", within: 120_000) { _ in
          .writing(description, EIO)
        }
      } catch {
        // The stick was pulled out: its mount point is detached, even while something still uses it.
        umount2(mountPoint, Int32(MNT_DETACH))
        rmdir(mountPoint)
        throw error
      }
      rmdir(mountPoint)
      return try result.get()
    }
  }
}
