import ArgumentParser
import Control
import Foundation
import Groundwork
import SecurityRecords

/// Reads the security log for an auditor.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Reads the security log: sign-ins, refusals, changes of settings, access to data.",
    discussion: """
      The log is a file for each day in the state folder (security/2026-11-23.log), a line of JSON for each record. The newest 186 \
      days are kept. --json gives the lines as they are.
      """)

  @Option(help: ArgumentHelp("From this day on: 2026-11-01.", valueName: "date"))
  var since: String?
  @Option(help: ArgumentHelp("Up to this day, that day included.", valueName: "date"))
  var until: String?
  @Option(help: ArgumentHelp("Only this event, as --json names it; may be given several times.", valueName: "name"))
  var event: [String] = []
  @Option(help: "Only lines about this badge, and those that it caused.")
  var badge: String?
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let start = since.flatMap { CivilDate($0) }
    let end = until.flatMap { CivilDate($0) }
    guard since == nil || start != nil, until == nil || end != nil else {
      throw ValidationError(Terminal.isChinese ? "日期写成 2026-11-01" : "write a date as 2026-11-01")
    }
    let folder = SecurityFolder(stateFolder: state.folder)
    guard FileManager.default.isReadableFile(atPath: state.folder + "/" + SecurityFolder.name) else {
      let path = state.folder + "/" + SecurityFolder.name
      return try answer.give(
        ControlReply(
          .folder, "there is no security log in \(path), or this user may not read it",
          zh: "\(path) 里没有安全日志，或当前用户无权读取"))
    }
    folder.read(since: start, until: end) { line in
      guard event.isEmpty || event.contains(line.event),
        badge == nil || line.values["badge"] == badge || line.values["by"] == badge
      else { return }
      print(answer.json ? line.text : line.words(inChinese: Terminal.isChinese))
    }
  }
}

/// Logs what the tool itself did, in the system's log and, where there is one, in the hall's security log.
enum ToolRecord {
  static func note(_ event: SecurityRecord.Event, _ fields: [SecurityRecord.Field: String?], state folder: String) {
    var fields = fields
    fields[.by] = by
    let record = SecurityRecord(event, fields, at: Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
    record.line().withCString { line in
      withVaList([line]) { vsyslog(LOG_AUTHPRIV | LOG_NOTICE, "yichuangctl: %s", $0) }
    }
    _ = SecurityFolder(stateFolder: folder).append(record, mayMake: false)
  }

  /// The user who ran the tool, also through sudo.
  static var by: String {
    let name = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
    let sudo = ProcessInfo.processInfo.environment["SUDO_USER"] ?? ""
    return sudo.isEmpty || getuid() != 0 ? name : "\(name) (sudo: \(sudo))"
  }
}
