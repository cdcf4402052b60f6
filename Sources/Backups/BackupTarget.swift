import Control
import Foundation
import Glibc
import Ports

/// A target while it is open: where archives are put, listed, fetched and removed.
package protocol BackupTarget: Sendable {
  /// Puts a file there under its name, durably, and reads it back; another one of the name is replaced.
  ///
  /// - Throws: also when what was read back has another digest. What was there before is not touched.
  func put(_ file: SealedFile) async throws(BackupFault)
  func names() async throws(BackupFault) -> [ArchiveName]
  /// Removes a file and its digest; a missing one is no fault.
  func remove(_ name: String) async throws(BackupFault)
  /// Copies an archive to a local file.
  func fetch(_ name: ArchiveName, to path: String) async throws(BackupFault)
  /// The digest that was kept beside an archive; nil where there is none.
  func keptDigest(_ name: ArchiveName, _ work: WorkFolder) async throws(BackupFault) -> String?
}

/// An encrypted file that goes to a target: an archive, or the keys of cases.
package struct SealedFile: Sendable {
  package let path: String
  package let name: String
  package let size: Int64
  /// SHA-256 in hexadecimal digits.
  package let digest: String
  /// The journal's head, as `yichuangctl head` gives it.
  package let head: String

  /// The content of the file beside it: a line that `sha256sum --check` reads, and the head in a comment, which everybody
  /// at the target can compare with `yichuangctl verify --head`, without the office's key.
  var digestLines: String { "\(digest)  \(name)\n# head \(head)\n" }
}

/// A folder of this machine, or of a stick that is mounted.
struct FolderTarget: BackupTarget {
  let folder: String
  /// The words for it in a fault.
  let words: String
  /// Whether a missing folder is made, for root alone.
  var isMade = false

  /// Makes the folder with mode 0700, and missing folders above it with mode 0755.
  private func make() throws(BackupFault) {
    var path = ""
    let parts = folder.split(separator: "/")
    for (index, part) in parts.enumerated() {
      path += "/\(part)"
      let mode: mode_t = index == parts.count - 1 ? 0o700 : 0o755
      guard mkdir(path, mode) != 0 else {
        // The umask of the timer's unit would take bits away.
        chmod(path, mode)
        continue
      }
      let code = errno
      if code != EEXIST {
        throw BackupFault(
          .folder,
          "\(words) is not there and cannot be made (\(SystemError.english(code))): check its path, or connect the disk that has it",
          zh: "\(words) 不在，也建不了（\(SystemError.chinese(code))）：核对路径，或接上有它的磁盘")
      }
    }
  }

  func put(_ archive: SealedFile) async throws(BackupFault) {
    var status = stat()
    if isMade, stat(folder, &status) != 0, errno == ENOENT { try make() }
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw BackupFault(
        .folder, "\(words) is not there: make the folder, or connect the disk that has it",
        zh: "\(words) 不在：先建好文件夹，或接上有它的磁盘")
    }
    let needed = archive.size + 65_536
    if let free = DurableFile.free(at: folder), free < needed { throw .writing(words, ENOSPC) }
    let file = folder + "/" + archive.name
    try DurableFile.copy(archive.path, to: file, words: words)
    let read: (size: Int64, digest: String)
    do throws(BackupFault) { read = try DurableFile.measure(file) } catch { throw .writing(words, EIO) }
    guard read == (archive.size, archive.digest) else {
      unlink(file)
      throw BackupFault(
        .disk, "\(words) does not give back what was written: replace that medium",
        zh: "\(words) 写进去的读出来不一样：换掉这个盘")
    }
    try DurableFile.write(archive.digestLines, to: file + ArchiveName.digestSuffix, words: words)
  }

  func names() async throws(BackupFault) -> [ArchiveName] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .reading(words, ENOENT)
    }
    return names.compactMap { ArchiveName($0) }.sorted()
  }

  func remove(_ name: String) async throws(BackupFault) {
    let file = folder + "/" + name
    guard unlink(file) == 0 || errno == ENOENT else { throw .writing(words, errno) }
    unlink(file + ArchiveName.digestSuffix)
  }

  func fetch(_ name: ArchiveName, to path: String) async throws(BackupFault) {
    try DurableFile.copy(folder + "/" + name.description, to: path)
  }

  func keptDigest(_ name: ArchiveName, _ work: WorkFolder) async throws(BackupFault) -> String? {
    DurableFile.head(folder + "/" + name.description + ArchiveName.digestSuffix, 64)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// A folder on another machine, by sftp(1) with a key of its own.
struct SFTPTarget: BackupTarget {
  let account: String
  let path: String
  let port: Int
  /// `backup.sshkey` and `backup.known_hosts` beside `backup.yaml`.
  let configuration: String
  let work: String
  private let programs = Programs()

  init(account: String, path: String, port: Int, configuration: String, work: String) {
    self.account = account
    self.path = path
    self.port = port
    self.configuration = configuration
    self.work = work
  }

  private var words: String { "sftp \(account):\(path)" }

  /// Runs commands until the first one that fails. A command that begins with a hyphen may fail (sftp(1), `-b`).
  private func batch(_ commands: [String]) async throws(BackupFault) -> String {
    let file = work + "/sftp.batch"
    try DurableFile.write(commands.joined(separator: "\n") + "\n", to: file)
    return try await programs.run(
      "/usr/bin/sftp",
      [
        "-q", "-b", file, "-P", String(port), "-i", configuration + "/backup.sshkey", "-o", "IdentitiesOnly=yes",
        "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=15",
        "-o", "ServerAliveInterval=10", "-o", "ServerAliveCountMax=3",
        "-o", "UserKnownHostsFile=" + configuration + "/backup.known_hosts", account,
      ], of: "openssh-client"
    ) { reason in
      BackupFault(
        .unavailable,
        "\(words) does not take the copy (\(reason)): check the line, backup.sshkey and backup.known_hosts; the copies that were there are kept",
        zh: "\(words) 没有收下备份（\(reason)）：检查网络、backup.sshkey 和 backup.known_hosts；原有的备份都还在")
    }
  }

  func put(_ archive: SealedFile) async throws(BackupFault) {
    let (name, back) = (path + "/" + archive.name, work + "/back")
    let line = work + "/digest"
    try DurableFile.write(archive.digestLines, to: line)
    unlink(back)
    _ = try await batch([
      "put \"\(archive.path)\" \"\(name).partial\"", "get \"\(name).partial\" \"\(back)\"",
    ])
    let read = try DurableFile.measure(back)
    unlink(back)
    guard read == (archive.size, archive.digest) else {
      _ = try? await batch(["rm \"\(name).partial\""])
      throw BackupFault(
        .disk, "\(words) does not give back what was sent: look at the disk there", zh: "\(words) 收到的和发出的不一样：检查那边的磁盘")
    }
    _ = try await batch([
      "put \"\(line)\" \"\(name)\(ArchiveName.digestSuffix)\"", "rename \"\(name).partial\" \"\(name)\"",
    ])
  }

  func names() async throws(BackupFault) -> [ArchiveName] {
    let listing = try await batch(["ls -1 \"\(path)\""])
    return listing.split(whereSeparator: \.isNewline)
      .compactMap { $0.split(separator: "/").last.flatMap { ArchiveName(String($0)) } }.sorted()
  }

  func remove(_ name: String) async throws(BackupFault) {
    _ = try await batch(["-rm \"\(path)/\(name)\"", "-rm \"\(path)/\(name)\(ArchiveName.digestSuffix)\""])
  }

  func fetch(_ name: ArchiveName, to file: String) async throws(BackupFault) {
    _ = try await batch(["get \"\(path)/\(name)\" \"\(file)\""])
  }

  func keptDigest(_ name: ArchiveName, _ work: WorkFolder) async throws(BackupFault) -> String? {
    let file = work.file("kept-digest")
    _ = try await batch(["-get \"\(path)/\(name)\(ArchiveName.digestSuffix)\" \"\(file)\""])
    return DurableFile.head(file, 64).map { String(decoding: $0, as: UTF8.self) }
  }
}
