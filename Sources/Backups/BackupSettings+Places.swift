import Control
import Glibc

extension BackupSettings.Target {
  /// Opens the target, gives it to `body` and closes it again. A stick is mounted meanwhile, and unmounted at the end, so that
  /// it may be pulled out.
  ///
  /// - Parameter configuration: the folder of `backup.yaml`.
  package func open<T: Sendable>(
    configuration: String, work: WorkFolder, _ body: (any BackupPlace) async throws(BackupFault) -> T
  ) async throws(BackupFault) -> T {
    switch self {
    case .folder(let path): return try await body(FolderPlace(folder: path, words: path))
    case .sftp(let account, let path, let port):
      return try await body(
        SFTPPlace(account: account, path: path, port: port, configuration: configuration, work: work.path))
    case .stick(let label):
      let place = try work.makeFolder("stick")
      let programs = Programs()
      _ = try await programs.run(
        "/usr/bin/mount", ["-o", "rw,nosuid,nodev,noexec", "LABEL=" + label, place], of: "mount", within: 60_000
      ) { reason in
        BackupFault(
          .unavailable,
          "the stick \(label) cannot be mounted (\(reason)): put it in, or check its label (lsblk -o LABEL)",
          zh: "U 盘 \(label) 挂不上（\(reason)）：插好，或核对卷标（lsblk -o LABEL）")
      }
      let result: Result<T, BackupFault>
      do throws(BackupFault) { result = .success(try await body(FolderPlace(folder: place, words: description))) } catch
      {
        result = .failure(error)
      }
      do throws(BackupFault) {
        _ = try await programs.run("/usr/bin/umount", [place], of: "mount", within: 120_000) { _ in
          .writing(description, EIO)
        }
      } catch {
        // A stick that was pulled out: its place goes, whatever still hangs on it.
        umount2(place, Int32(MNT_DETACH))
        rmdir(place)
        throw error
      }
      rmdir(place)
      return try result.get()
    }
  }
}
