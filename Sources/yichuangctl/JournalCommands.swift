import ArgumentParser
import Control
import Foundation
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
    // With a named key the tool verifies by itself, because the daemon uses its own key.
    if named == nil {
      var request = ControlRequest(.verify)
      request.head = head
      if let reply = state.ask(request) { return try answer.give(head == nil ? reply : reply.thatKnowsHeads) }
    }
    try answer.give(
      ClosedHall.reply(state.folder) { folder throws(StateFault) in
        guard let seal = try ClosedHall.hallSeal(folder.path, named, isNeeded: kept != nil) else { return .withoutKey }
        return ControlReply(try folder.verify(sealing: seal, head: kept))
      })
  }

  private func verify(_ file: String, _ kept: JournalHead?, _ key: String?) -> ControlReply {
    do throws(StateFault) {
      guard let seal = try ClosedHall.hallSeal(state.folder, key, isNeeded: kept != nil) else { return .withoutKey }
      return ControlReply(
        Journals.storage.isExport(file)
          ? try Journals.storage.verify(export: file, sealing: seal, head: kept)
          : try Journals.storage.verify(backup: file, sealing: seal, head: kept))
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
        let verification = try folder.verify(sealing: seal, head: nil)
        guard let head = verification.journalHead(seal) else { return ControlReply(verification) }
        return ControlReply(head)
      })
  }
}

/// A state folder without a running daemon.
enum ClosedHall {
  /// For uses that need digests and no key.
  static let seal = HallSeal.withoutKey

  /// The seal of the hall's key, for its checkpoint and its heads. The records themselves are verified without it.
  ///
  /// - Parameters:
  ///   - named: the key's file; that of the state folder when nil.
  ///   - isNeeded: whether nil is returned where there is no key; else a seal whose keyed digests match nothing is returned.
  static func hallSeal(_ folder: String, _ named: String?, isNeeded: Bool) throws(StateFault) -> HallSeal? {
    do throws(KeyFault) {
      if let key = try HallKey.load(at: named ?? "\(folder)/\(HallKey.fileName)") { return HallSeal(key: key) }
    } catch {
      if isNeeded { throw .failed(error.path, during: "reading", detail: error.description) }
    }
    return isNeeded ? nil : .withoutKey
  }

  /// Locks the folder; unlike the daemon, the tool does not create one just to look at it.
  static func claim(_ path: String, mayMake: Bool = false) throws(StateFault) -> any ClaimedFolder {
    if !mayMake, !FileManager.default.fileExists(atPath: path) { throw .notWritable(path, ENOENT) }
    return try Journals.storage.claim(path, of: .hall)
  }

  static func reply(
    _ path: String, mayMake: Bool = false, _ body: (any ClaimedFolder) throws(StateFault) -> ControlReply
  ) -> ControlReply {
    let isNew = !FileManager.default.fileExists(atPath: path)
    defer { StateOwner(path, isNew: isNew)?.settle() }
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
