import ArgumentParser
import Backups
import Control
import Foundation
import Glibc
import Ports
import Seal
import SecurityRecords

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a backup or an archive in the journal's place; staff accept it afterwards (accept-journal).",
    discussion: """
      An archive of `backup run` also brings back the hall's key, staff's secrets and the configuration, on a new machine all of it. \
      The file yichuang-…-case-keys.tar.age beside the archives brings back \
      whose cases are. A file of the configuration that is there and differs is kept; the archive's lies beside it as FILE.from-backup.
      """)
  @Argument(help: "A copy (backup FILE) or an archive (backup run).")
  var file: String
  @Option(help: "The file with the office's private key, for an archive.")
  var key: String?
  @Flag(help: "Also when the journal there has records; it is kept beside.")
  var force = false
  @OptionGroup var backups: BackupOptions
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() async throws {
    let path = absolutePath(file)
    let reply: ControlReply
    if OpenedArchive.kind(of: path) == .other {
      reply = restore(path, of: nil)
    } else {
      do throws(BackupFault) {
        let work = try backups.workFolder()
        let archive = try await OpenedArchive.open(path, key: key.map(absolutePath), in: work)
        reply = CaseKeyCopy.isOne(archive) ? try putKeys(archive) : restore(path, of: archive)
      } catch {
        reply = error.reply
      }
    }
    if reply.status == 0 { ToolRecord.note(.backupRestored, [.file: path], state: state.folder) }
    try answer.give(reply)
  }

  /// The keys of cases alone: the journal stays as it is, and the daemon may run.
  private func putKeys(_ archive: OpenedArchive) throws(BackupFault) -> ControlReply {
    let (count, different) = try CaseKeyCopy.put(archive, into: state.folder)
    StateOwner(state.folder)?.settle()
    guard different.isEmpty else {
      return ControlReply(
        .data,
        "\(count) keys of cases are back; \(different.joined(separator: ", ")) differ from those of this hall and were left out",
        zh: "放回 \(count) 把办件密钥；\(different.joined(separator: "、")) 与本大厅的不同，没有动")
    }
    return ControlReply(
      "\(count) keys of cases are back", zh: "放回 \(count) 把办件密钥", ["keys": .number(Int64(count))])
  }

  private func restore(_ path: String, of archive: OpenedArchive?) -> ControlReply {
    let force = force
    return ClosedHall.reply(state.folder, mayMake: true) { folder throws(StateFault) in
      let seal = try ClosedHall.hallSeal(folder.path, nil, isNeeded: false) ?? .withoutKey
      let report = try folder.restoreJournal(archive?.journal ?? path, sealing: seal, force: force)
      var notes = Notes()
      if let replaced = report.replaced {
        notes.add("the journal that was there is \(replaced)", zh: "原来的账本留在 \(replaced)")
      }
      if let archive {
        do throws(BackupFault) {
          try RestoredSecrets(archive, folder.path).put(&notes)
          try RestoredConfiguration(archive, Archive.configuration, to: backups.folder).put(&notes)
          try RestoredConfiguration(archive, Archive.printing, to: backups.printing).put(&notes)
        } catch {
          return ControlReply(
            error.status, "the journal is restored, but \(error.english); run it again with --force",
            zh: "账本已恢复，但\(error.chinese)；处理后加 --force 再运行一次")
        }
      }
      let records = report.verification.records
      return ControlReply(
        "\(records) records are restored\(notes.english). Start the daemon, then yichuangctl accept-journal",
        zh: "已恢复 \(records) 条记录\(notes.chinese)。启动服务，再运行 yichuangctl accept-journal",
        [
          "records": .number(records), "replaced": report.replaced.map(ControlValue.text) ?? .null,
          "head": (archive?.manifest.head).map(ControlValue.text) ?? .null,
        ])
    }
  }
}

/// What the answer says beside the number of records.
struct Notes {
  private(set) var english = ""
  private(set) var chinese = ""

  mutating func add(_ words: String, zh: String) {
    english += "; " + words
    chinese += "；" + zh
  }
}

/// Puts the hall's key and its staff's secrets back into the state folder.
struct RestoredSecrets {
  private let archive: OpenedArchive
  private let folder: String

  init(_ archive: OpenedArchive, _ folder: String) {
    self.archive = archive
    self.folder = folder
  }

  /// A different file that is there is kept beside, as `FILE.before-restore`.
  func put(_ notes: inout Notes) throws(BackupFault) {
    for name in Archive.secrets where access(archive.secret(name), F_OK) == 0 {
      let target = folder + "/" + name
      if access(target, F_OK) == 0 {
        if try DurableFile.measure(target) == DurableFile.measure(archive.secret(name)) { continue }
        let kept = target + ".before-restore"
        try DurableFile.copy(target, to: kept)
        notes.add("another \(name) that was there is \(kept)", zh: "原来的 \(name) 与备份不同，留在 \(kept)")
      }
      try DurableFile.copy(archive.secret(name), to: target)
    }
  }
}

/// Puts the files of a configuration folder back.
struct RestoredConfiguration {
  private let archive: OpenedArchive
  private let part: String
  private let folder: String

  init(_ archive: OpenedArchive, _ part: String, to folder: String) {
    self.archive = archive
    self.part = part
    self.folder = folder
  }

  func put(_ notes: inout Notes) throws(BackupFault) {
    for (path, file) in archive.files(in: part) {
      let source = archive.folder + "/" + part + "/" + path
      var target = folder + "/" + path
      try makeFolders(to: target, of: path)
      if access(target, F_OK) == 0 {
        if (try? DurableFile.measure(target))?.digest == file.sha256 { continue }
        target += ".from-backup"
        notes.add(
          "\(folder)/\(path) differs and is kept, the archive's is \(target)",
          zh: "\(folder)/\(path) 与备份不同，没有动，备份里的放在 \(target)")
      }
      try DurableFile.copy(source, to: target)
      settle(target, file.mode, of: path)
    }
  }

  private func makeFolders(to file: String, of path: String) throws(BackupFault) {
    let parent = DurableFile.parent(of: file)
    guard access(parent, F_OK) != 0 else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    } catch {
      throw BackupFault(
        .folder, "\(parent) cannot be made: run it as root (sudo)", zh: "\(parent) 建不了：用 root（sudo）运行")
    }
    // Everybody may enter the door's folder, in which the key is readable by the door alone. Only root may enter the folder of
    // certificates.
    settle(parent, path.hasPrefix("door/") ? 0o755 : path.hasPrefix("tls/") ? 0o700 : 0o750, of: path)
  }

  /// Sets owner, group and mode as the package does: root owns the files, the daemon's group reads them, and the door's group
  /// reads the door's.
  private func settle(_ target: String, _ mode: Int, of path: String) {
    chmod(target, mode_t(mode & 0o755))
    let group = path.hasPrefix("door/") ? DoorFiles.group : "yichuang"
    if part == Archive.configuration, geteuid() == 0, let entry = getgrnam(group) {
      chown(target, 0, entry.pointee.gr_gid)
    }
  }
}
