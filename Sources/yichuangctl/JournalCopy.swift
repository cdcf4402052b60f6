import Backups
import Control
import Foundation
import Glibc
import Ports
import Seal
import SecurityRecords

/// A verified copy of the journal at any path that this user may write.
///
/// The daemon may write only in its own folder (`ProtectSystem=strict`). It makes the copy in `backups` of the state folder,
/// and the tool, which often runs as root, copies it from there to the path.
struct JournalCopy {
  static let folderName = "backups"
  private let state: StateOptions

  init(_ state: StateOptions) { self.state = state }

  /// - Returns: the answer for the operator; with the head in its details, and in a file beside the copy.
  func make(at path: String) -> ControlReply {
    for suffix in ["", JournalHead.fileSuffix] where access(path + suffix, F_OK) == 0 {
      return ControlReply(StateFault.exists(path + suffix))
    }
    let folder = state.folder + "/" + Self.folderName
    guard FileManager.default.fileExists(atPath: state.folder) else {
      return ControlReply(StateFault.notWritable(state.folder, ENOENT))
    }
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      return ControlReply(StateFault.notWritable(folder, errno))
    }
    StateOwner(state.folder)?.give(folder)
    removeLeftovers(in: folder)
    if let reply = lackOfRoom(in: folder) { return reply }
    let copy = folder + "/copy-\(getpid())"
    defer { for suffix in Self.suffixes { unlink(copy + suffix) } }
    let reply = copyJournal(to: copy, for: path)
    guard reply.status == 0 else { return reply }
    do throws(BackupFault) {
      // The copy is written last, so that wherever there is a copy there is its head.
      if access(copy + JournalHead.fileSuffix, F_OK) == 0 {
        try DurableFile.copy(copy + JournalHead.fileSuffix, to: path + JournalHead.fileSuffix)
      }
      try DurableFile.copy(copy, to: path)
      guard try DurableFile.measure(copy) == DurableFile.measure(path) else {
        throw BackupFault(
          .disk, "\(path) does not give back what was written: look at that disk", zh: "\(path) 写进去的读出来不一样：检查那个磁盘")
      }
    } catch {
      for suffix in ["", JournalHead.fileSuffix] { unlink(path + suffix) }
      return error.reply
    }
    return reply
  }

  private static let suffixes = [
    "", JournalHead.fileSuffix, ".partial", ".partial-wal", ".partial-shm", ".partial-journal",
  ]

  private func copyJournal(to copy: String, for path: String) -> ControlReply {
    var request = ControlRequest(.backup)
    request.path = copy
    request.destination = path
    if let reply = state.ask(request) { return renamed(reply, copy, path) }
    let reply = ClosedHall.reply(state.folder) { folder throws(StateFault) in
      let key = try ClosedHall.hallSeal(folder.path, nil, isNeeded: true)
      let verification = try folder.copyJournal(to: copy, sealing: key ?? .withoutKey, withHead: key != nil)
      let reply = ControlReply(verification).with(key.flatMap { verification.journalHead($0) })
      return reply.status == 0 ? reply.of(path) : reply
    }
    if reply.status == 0 { ToolRecord.note(.backupMade, [.file: path], state: state.folder) }
    return reply
  }

  /// The answer with the name that the operator gave.
  private func renamed(_ reply: ControlReply, _ copy: String, _ path: String) -> ControlReply {
    ControlReply(
      status: reply.status, reply.sentence.replacing(copy, with: path), zh: reply.chinese?.replacing(copy, with: path),
      reply.details)
  }

  /// Removes copies of tools that were killed. The process id in the name shows whether a tool still runs.
  private func removeLeftovers(in folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix("copy-") {
      guard let process = pid_t(name.dropFirst(5).prefix { $0.isNumber }) else { continue }
      if kill(process, 0) != 0, errno == ESRCH { unlink(folder + "/" + name) }
    }
  }

  /// Giving numbers matters more than a copy, so no copy is begun that would fill the hall's disk.
  private func lackOfRoom(in folder: String) -> ControlReply? {
    var status = stat()
    guard stat(state.folder + "/journal.sqlite", &status) == 0, let free = DurableFile.free(at: folder) else {
      return nil
    }
    let needed = Int64(status.st_size) * 2 + 16 << 20
    guard free < needed else { return nil }
    return ControlReply(
      .disk,
      "a copy needs \(needed >> 20) MiB beside the journal, and \(free >> 20) MiB are free: make room in \(folder) first; nothing was written",
      zh: "备份要在账本旁边用 \(needed >> 20) MiB，只剩 \(free >> 20) MiB：先在 \(folder) 所在的磁盘腾出空间；什么也没有写")
  }
}
