import ArgumentParser
import Control
import Foundation
import JournalSQLite
import Ports
import Seal
import SecurityRecords

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Looks the whole journal through, or a backup or an export, and names the first bad record.")
  @Argument(
    help:
      "A backup, a journal that was replaced, or an export of days that have left; the hall's journal when left out.")
  var file: String?
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    if let file { return try answer.give(Self.verify(absolutePath(file))) }
    if let reply = state.ask(ControlRequest(.verify)) { return try answer.give(reply) }
    try answer.give(
      ClosedHall.reply(state.folder) { folder throws(StateFault) in
        ControlReply(try JournalVerifier.verify(folder, sealing: ClosedHall.seal))
      })
  }

  private static func verify(_ file: String) -> ControlReply {
    do throws(StateFault) {
      return ControlReply(
        file.hasSuffix(".jsonl")
          ? try JournalExport.verify(file, sealing: ClosedHall.seal)
          : try JournalVerifier.verify(backup: file, sealing: ClosedHall.seal))
    } catch {
      return ControlReply(error)
    }
  }
}

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copies the journal into a new file, also while the hall is open, and verifies it."
  )
  @Argument(help: "The file to make; it must not exist.")
  var file: String
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    var request = ControlRequest(.backup)
    request.path = absolutePath(file)
    if let reply = state.ask(request) { return try answer.give(reply) }
    let reply = copy(to: absolutePath(file))
    if reply.status == 0 { ToolRecord.note(.backupMade, [.file: absolutePath(file)], state: state.folder) }
    try answer.give(reply)
  }

  private func copy(to path: String) -> ControlReply {
    ClosedHall.reply(state.folder) { folder throws(StateFault) in
      let reply = ControlReply(try JournalBackup.copy(of: folder, to: path, sealing: ClosedHall.seal))
      return reply.status == 0 ? reply.of(path) : reply
    }
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a backup in the journal's place; staff accept it afterwards (accept-journal).")
  @Argument(help: "The backup.")
  var file: String
  @Flag(help: "Also when the journal there has records; it is kept beside.")
  var force = false
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let (file, force) = (absolutePath(file), force)
    let reply =
      ClosedHall.reply(state.folder, mayMake: true) { folder throws(StateFault) in
        let report = try JournalRestore.restore(file, into: folder, sealing: ClosedHall.seal, force: force)
        let kept = report.replaced.map { "; the journal that was there is \($0)" } ?? ""
        return ControlReply(
          "\(report.verification.records) records are restored\(kept). Start the daemon, then yichuangctl accept-journal",
          zh: "已恢复 \(report.verification.records) 条记录\(report.replaced.map { "；原来的账本留在 \($0)" } ?? "")。"
            + "启动服务，再运行 yichuangctl accept-journal",
          [
            "records": .number(report.verification.records),
            "replaced": report.replaced.map(ControlValue.text) ?? .null,
          ])
      }
    if reply.status == 0 { ToolRecord.note(.backupRestored, [.file: file], state: state.folder) }
    try answer.give(reply)
  }
}

/// A state folder without a running daemon.
enum ClosedHall {
  /// The hash chain uses plain digests, so verification needs no hall key.
  static let seal = HallSeal(key: HallKey(bytes: [UInt8](repeating: 0, count: HallKey.length)))

  /// Locks the folder; unlike the daemon, the tool does not create one just to look at it.
  static func claim(_ path: String, mayMake: Bool = false) throws(StateFault) -> StateFolder {
    if !mayMake, !FileManager.default.fileExists(atPath: path) { throw .notWritable(path, ENOENT) }
    return try StateFolder.claim(path)
  }

  static func reply(
    _ path: String, mayMake: Bool = false, _ body: (StateFolder) throws(StateFault) -> ControlReply
  ) -> ControlReply {
    do throws(StateFault) {
      return try body(try claim(path, mayMake: mayMake))
    } catch {
      return ControlReply(error)
    }
  }
}
