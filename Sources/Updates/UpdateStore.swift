import Backups
import Control
import Foundation
import Glibc

/// The folder of updates: the phase, the packages, the copy of the journal. Root's, mode 0700.
///
/// The units of a boot read the file `phase` too: one line of JSON, keys in order, no spaces.
package struct UpdateStore: Sendable {
  /// Without a slash at the end.
  package let folder: String

  package static let usual = "/var/lib/yichuang-update"
  private static let longest = 65_536

  package init(_ folder: String) { self.folder = folder }

  package var phaseFile: String { folder + "/phase" }
  /// The package that is being installed.
  package var nextPackage: String { folder + "/next.deb" }
  /// The package to which a failure, and `update back`, go back.
  package var previousPackage: String { folder + "/previous.deb" }
  /// The package of the version that runs, once an update has kept it.
  package var currentPackage: String { folder + "/current.deb" }
  /// The journal from before the update.
  package var copy: String { folder + "/before.sqlite" }

  package func read() throws(UpdateFault) -> UpdateRecord? {
    guard access(phaseFile, F_OK) == 0 else { return nil }
    guard let bytes = DurableFile.head(phaseFile, Self.longest),
      let record = try? JSONDecoder().decode(UpdateRecord.self, from: Data(bytes))
    else {
      throw UpdateFault(
        .data,
        "\(phaseFile) cannot be read: run it as root, and where it is damaged, dpkg -i \(previousPackage), then remove it",
        zh: "\(phaseFile) 读不出来：用 root 运行；确实损坏的，先 dpkg -i \(previousPackage)，再删掉它")
    }
    return record
  }

  package func write(_ record: UpdateRecord) throws(UpdateFault) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(record) else {
      throw UpdateFault(.bug, "the phase cannot be written: report it", zh: "更新进度写不了：请反馈")
    }
    try durable { () throws(BackupFault) in
      try DurableFile.write(String(decoding: data, as: UTF8.self) + "\n", to: phaseFile)
    }
  }

  /// The package that was installed becomes the current one. Doing it again changes nothing.
  package func keepNext() throws(UpdateFault) {
    guard access(nextPackage, F_OK) == 0 else { return }
    try durable { () throws(BackupFault) in try DurableFile.copy(nextPackage, to: currentPackage) }
    unlink(nextPackage)
  }

  /// The package that came back is the current one.
  package func keepPrevious() throws(UpdateFault) {
    try durable { () throws(BackupFault) in try DurableFile.copy(previousPackage, to: currentPackage) }
    unlink(nextPackage)
  }

  private func durable(_ body: () throws(BackupFault) -> Void) throws(UpdateFault) {
    do throws(BackupFault) { try body() } catch { throw UpdateFault(error) }
  }
}

/// The lock under which a tool works on an update, so that there is one at a time.
package final class UpdateLock {
  private let file: Int32

  /// - Parameter folder: made with mode 0700 where it is missing.
  package init(_ folder: String) throws(UpdateFault) {
    guard geteuid() == 0 || access(folder, W_OK) == 0 else {
      throw UpdateFault(.folder, "updates are root's: run it with sudo", zh: "更新要用 root：加 sudo 运行")
    }
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw UpdateFault(
        .folder, "\(folder) cannot be made: run it as root (sudo)", zh: "\(folder) 建不了：用 root（sudo）运行")
    }
    file = open(folder + "/lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0, flock(file, LOCK_EX | LOCK_NB) == 0 else {
      if file >= 0 { close(file) }
      throw UpdateFault(
        .taken, "another update is at work: yichuangctl update status shows how far it is",
        zh: "正在做另一个更新：用 yichuangctl update status 查看进度")
    }
  }

  deinit { close(file) }
}
