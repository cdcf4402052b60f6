import Control
package import Foundation
import Glibc
import Groundwork

/// Makes an archive: a tar file that age encrypts.
///
/// It holds the journal's copy, the hall's key and secrets, the configuration, the printers' configuration and a manifest.
package enum Archive {
  /// The journal's copy, with the published catalogues in it.
  package static let journal = "journal.sqlite"
  /// Files of the state folder that are archived as they are, where they exist.
  package static let secrets = ["hall.key", "staff.secrets"]
  /// Folders in the archive.
  package static let state = "state"
  package static let configuration = "etc"
  package static let printing = "cups"

  /// Bytes of one file of the configuration at most.
  private static let largest: Int64 = 64 << 20

  package struct Made: Sendable {
    package let name: ArchiveName
    package let file: SealedFile
    package var size: Int64 { file.size }
    package var digest: String { file.digest }
  }

  /// The folders whose files are archived.
  package struct Sources: Sendable {
    package let state: String
    package let configuration: String
    /// CUPS's own folder of the hall; may be missing.
    package let printing: String

    package init(state: String, configuration: String, printing: String) {
      self.state = state
      self.configuration = configuration
      self.printing = printing
    }
  }

  /// Makes an archive of `tree`, a folder that has the journal's copy already.
  package static func make(
    _ tree: String, in work: WorkFolder, from sources: Sources, head: String, records: Int64, at now: Date,
    for recipient: String
  ) async throws(BackupFault) -> Made {
    for name in secrets where exists(sources.state + "/" + name) {
      try add(sources.state + "/" + name, to: tree + "/" + state)
    }
    try addFolder(sources.configuration, to: tree + "/" + configuration)
    if exists(sources.printing) { try addFolder(sources.printing, to: tree + "/" + printing) }
    let name = ArchiveName(hall: keyCharacters(of: head), at: now)
    let file = try await seal(
      tree, as: name.description, in: work, head: head, records: records, at: now, for: recipient)
    return Made(name: name, file: file)
  }

  /// A folder with its manifest as a tar file that age encrypts.
  static func seal(
    _ tree: String, as name: String, in work: WorkFolder, head: String, records: Int64, at now: Date,
    for recipient: String
  ) async throws(BackupFault) -> SealedFile {
    let manifest = Manifest(
      madeAt: Int64(now.timeIntervalSince1970 * 1000), machine: ProcessInfo.processInfo.hostName, head: head,
      records: records, files: try files(of: tree))
    try DurableFile.write(manifest.text, to: tree + "/" + Manifest.fileName)
    let (plain, sealed) = (work.file("archive.tar"), work.file(name))
    let programs = Programs()
    _ = try await programs.run(
      "/usr/bin/tar",
      [
        "--create", "--file=" + plain, "--format=posix", "--sort=name", "--owner=0", "--group=0", "--numeric-owner",
        "--directory=" + tree, ".",
      ], of: "tar"
    ) { inWork(work, $0) }
    _ = try await programs.run(
      "/usr/bin/age", ["--encrypt", "--recipient", recipient, "--output", sealed, plain], of: "age"
    ) { inWork(work, $0) }
    unlink(plain)
    let (size, digest) = try DurableFile.measure(sealed)
    return SealedFile(path: sealed, name: name, size: size, digest: digest, head: head)
  }

  private static func inWork(_ work: WorkFolder, _ reason: String) -> BackupFault {
    reason.contains("No space left")
      ? .writing(work.path, ENOSPC)
      : BackupFault(
        .disk, "the archive could not be made in \(work.path) (\(reason)): look at the disk and its space",
        zh: "备份文件没有做成（\(reason)）：检查 \(work.path) 所在的磁盘和剩余空间")
  }

  /// The three characters of a head that identify the hall's key.
  static func keyCharacters(of head: String) -> String {
    let parts = head.split(separator: "-")
    return parts.count > 2 ? String(parts[2].prefix(3)) : "000"
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func addFolder(_ source: String, to target: String) throws(BackupFault) {
    guard let names = FileManager.default.enumerator(atPath: source) else { throw .reading(source, ENOENT) }
    var count = 0
    for case let name as String in names {
      var status = stat()
      // A link is not followed: its target may lie outside of the configuration.
      guard lstat(source + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      count += 1
      guard Int64(status.st_size) <= largest, count <= Manifest.mostFiles / 2 else {
        throw BackupFault(
          .configuration, "\(source) has more than a configuration (\(name)): move other things out of it",
          zh: "\(source) 里有不是配置的大文件或太多文件（\(name)）：把它们移到别处")
      }
      try add(source + "/" + name, to: target + (name.contains("/") ? "/" + DurableFile.parent(of: name) : ""))
    }
  }

  static func add(_ file: String, to folder: String) throws(BackupFault) {
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw .writing(folder, EIO)
    }
    let target = folder + "/" + (file.split(separator: "/").last.map(String.init) ?? "file")
    try DurableFile.copy(file, to: target)
    var status = stat()
    if stat(file, &status) == 0 { chmod(target, status.st_mode & 0o777) }
  }

  /// Every regular file below a folder, in order.
  static func files(of tree: String) throws(BackupFault) -> [Manifest.File] {
    guard let names = FileManager.default.enumerator(atPath: tree) else { throw .reading(tree, ENOENT) }
    var found: [Manifest.File] = []
    for case let name as String in names where name != Manifest.fileName {
      var status = stat()
      guard lstat(tree + "/" + name, &status) == 0 else { throw .reading(tree + "/" + name, errno) }
      if status.st_mode & S_IFMT == S_IFDIR { continue }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw .damaged(tree, "\(name) is no plain file", zh: "\(name) 不是普通文件")
      }
      let (size, digest) = try DurableFile.measure(tree + "/" + name)
      found.append(.init(path: name, size: size, sha256: digest, mode: Int(status.st_mode & 0o777)))
    }
    return found.sorted { $0.path < $1.path }
  }
}

extension ArchiveName {
  /// The name of an archive that is made now, by the machine's local time.
  init(hall: String, at now: Date) {
    var seconds = time_t(now.timeIntervalSince1970)
    var parts = tm()
    localtime_r(&seconds, &parts)
    func digits(_ value: Int32) -> String { (value < 10 ? "0" : "") + String(value) }
    let date = CivilDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    self.init(
      hall: hall, date: date ?? CivilDate(daysSinceEpoch: Int(seconds) / 86_400),
      time: digits(parts.tm_hour) + digits(parts.tm_min) + digits(parts.tm_sec))
  }
}
