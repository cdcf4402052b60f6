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
  @Option(help: "A head that was kept elsewhere (day close, backup, head): whether it is found here.")
  var head: String?
  @Option(help: "The hall's key under which the head was made (default: hall.key of the state folder).")
  var key: String?
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let kept = head.flatMap { JournalHead($0) }
    if head != nil, kept == nil { return try answer.give(.mistypedHead) }
    let named = key.map(absolutePath)
    if let file { return try answer.give(verify(absolutePath(file), kept, named)) }
    // A key that is named is the tool's to read: the daemon has its own.
    if named == nil {
      var request = ControlRequest(.verify)
      request.head = head
      if let reply = state.ask(request) { return try answer.give(head == nil ? reply : reply.thatKnowsHeads) }
    }
    try answer.give(
      ClosedHall.reply(state.folder) { folder throws(StateFault) in
        guard let seal = try ClosedHall.hallSeal(folder.path, named, isNeeded: kept != nil) else { return .withoutKey }
        return ControlReply(try JournalVerifier.verify(folder, sealing: seal, head: kept))
      })
  }

  private func verify(_ file: String, _ kept: JournalHead?, _ key: String?) -> ControlReply {
    do throws(StateFault) {
      guard let seal = try ClosedHall.hallSeal(state.folder, key, isNeeded: kept != nil) else { return .withoutKey }
      return ControlReply(
        file.hasSuffix(".jsonl")
          ? try JournalExport.verify(file, sealing: seal, kept: kept)
          : try JournalVerifier.verify(backup: file, sealing: seal, head: kept))
    } catch {
      return ControlReply(error)
    }
  }
}

struct HeadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "head",
    abstract: "The journal's head in one line, to be kept elsewhere; verify --head compares with it.")
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    if let reply = state.ask(ControlRequest(.head)) { return try answer.give(reply) }
    try answer.give(
      ClosedHall.reply(state.folder) { folder throws(StateFault) in
        guard let seal = try ClosedHall.hallSeal(folder.path, nil, isNeeded: true) else { return .withoutKey }
        let verification = try JournalVerifier.verify(folder, sealing: seal)
        guard let head = verification.journalHead(seal) else { return ControlReply(verification) }
        return ControlReply(head)
      })
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
      let key = try ClosedHall.hallSeal(folder.path, nil, isNeeded: true)
      let verification = try JournalBackup.copy(
        of: folder, to: path, sealing: key ?? .withoutKey, withHead: key != nil)
      let reply = ControlReply(verification).with(key.flatMap { verification.journalHead($0) })
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
  /// For what needs digests and no key.
  static let seal = HallSeal.withoutKey

  /// The seal of the hall's key, for its checkpoint and its heads. The records themselves are verified without it.
  ///
  /// - Parameters:
  ///   - named: the key's file; that of the state folder when nil.
  ///   - isNeeded: nil is returned where there is no key; else one whose keyed digests match nothing.
  static func hallSeal(_ folder: String, _ named: String?, isNeeded: Bool) throws(StateFault) -> HallSeal? {
    do throws(KeyFault) {
      if let key = try HallKey.load(at: named ?? "\(folder)/\(HallKey.fileName)") { return HallSeal(key: key) }
    } catch {
      if isNeeded { throw .failed(error.path, during: "reading", detail: error.description) }
    }
    return isNeeded ? nil : .withoutKey
  }

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

extension ControlReply {
  fileprivate static let withoutKey = ControlReply(
    .usage, "a head needs the hall's key, which is not here: name its file with --key",
    zh: "校验头要用大厅的密钥 hall.key，这里没有：用 --key 写它的文件名")

  /// A daemon of an earlier release verifies without looking at the head.
  fileprivate var thatKnowsHeads: ControlReply {
    if status != 0 || details[Self.headVerdict] != nil { return self }
    return ControlReply(
      .unavailable, "the daemon is of an earlier release and knows no heads: restart it (systemctl restart yichuangd)",
      zh: "运行着的服务是旧版本，不认得校验头：重新启动它（systemctl restart yichuangd）")
  }
}
