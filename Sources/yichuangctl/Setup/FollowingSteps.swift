import Control
import Foundation
import Hall
import HallSetup
import Settings
import Subprocesses

/// The steps after the hall is open: the door for other machines, backups and the screen, each by this program's own
/// commands and units.
///
/// A step that fails is reported with what to do, and the others are taken all the same. The steps are idempotent.
struct FollowingSteps {
  struct Outcome {
    var done: [String] = []
    /// What somebody still has to do.
    var left: [String] = []
  }

  private let command: HallSetupCommand
  private let config: String
  private let settings: HallSettings
  private let answers: SetupAnswers
  private let programs = SubprocessRunner()
  private var folder: String { config.lastIndex(of: "/").map { String(config[..<$0]) } ?? "" }

  init(_ command: HallSetupCommand, config: String, _ settings: HallSettings, _ answers: SetupAnswers) {
    self.command = command
    self.config = config
    self.settings = settings
    self.answers = answers
  }

  /// - Parameter isOpen: the daemon runs with the new configuration, so units may be started.
  func run(isOpen: Bool) async -> Outcome {
    var outcome = Outcome()
    if answers.certificateAddress != nil, let door = settings.door { await open(door, isOpen, &outcome) }
    if let backup = answers.backup { await keep(backup, isOpen, &outcome) }
    if answers.screen { await show(isOpen, &outcome) }
    return outcome
  }

  // MARK: The door

  private func open(_ door: DoorSettings, _ isOpen: Bool, _ outcome: inout Outcome) async {
    let tls = folder + "/tls"
    let isThere = FileManager.default.fileExists(atPath: tls + "/ca.key")
    let hosts = door.hosts.flatMap { [DoorSettings.isAddress($0) ? "--address" : "--name", $0] }
    let certificate = await own(
      isThere
        ? ["tls", "renew", "--tls", tls, "--config", config]
        : ["tls", "init", "--tls", tls, "--hall", settings.rules.identity.name] + hosts)
    guard take(certificate, &outcome) else { return }
    let written = await own(["door", "write", "--tls", tls, "--config", config, "--reload"])
    guard written.status == 0 else { return outcome.left.append(written.sentence) }
    guard await enable(["yichuang-door.service", "yichuang-cert.timer"], isOpen, &outcome) else { return }
    let (host, plain) = (door.hosts.first ?? "", door.plainPort)
    outcome.done.append(
      words(
        "Other computers import the hall's certificate first: http://\(host):\(plain)/ (compare it with `yichuangctl tls fingerprint`)",
        zh: "其他电脑先装本厅证书：http://\(host):\(plain)/（指纹用 yichuangctl tls fingerprint 核对）"))
  }

  // MARK: Backups

  private func keep(_ backup: SetupAnswers.Backup, _ isOpen: Bool, _ outcome: inout Outcome) async {
    let path = folder + "/backup.yaml"
    let there = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    if there.map(backup.isIn) != true {
      do throws(FileReplacement.Fault) {
        try FileReplacement(backup.text, at: path).commit()
      } catch {
        return outcome.left.append(words(error.unwritten, zh: error.unwrittenChinese))
      }
    }
    outcome.done.append(words("\(path) says where backups go", zh: "备份去处已写进 \(path)"))
    guard await enable(["yichuang-backup.timer", "yichuang-drill.timer"], isOpen, &outcome), isOpen else { return }
    // A first backup, so that a target that cannot be written is noticed today.
    take(await own(["backup", "run", "--settings", path]), &outcome)
  }

  // MARK: The screen

  private func show(_ isOpen: Bool, _ outcome: inout Outcome) async {
    guard let kiosk = settings.kiosks.first else { return }
    let page = ScreenPage(kiosk: kiosk, at: settings.kioskListener)
    // An archive brings the file back on a machine whose units are not enabled.
    if ScreenFiles(root: "").page() == page.address, await ScreenUnits().isEnabled() {
      return outcome.done.append(words("this machine's screen shows \(page.shown)", zh: "本机屏幕显示 \(page.shown)"))
    }
    guard isOpen else {
      return outcome.left.append(
        words("yichuangctl screen on --kiosk \(kiosk.id)", zh: "打开本机屏幕：yichuangctl screen on --kiosk \(kiosk.id)"))
    }
    let shown = await own(["screen", "on", "--kiosk", kiosk.id, "--config", config])
    guard !take(shown, &outcome), let said = outcome.left.popLast() else { return }
    let line = "yichuangctl screen on --kiosk \(kiosk.id)"
    outcome.left.append(words("\(said); then \(line)", zh: "\(said)；再运行 \(line)"))
  }

  // MARK: Programs

  /// Enables units, and starts them where the hall is open.
  private func enable(_ units: [String], _ isOpen: Bool, _ outcome: inout Outcome) async -> Bool {
    let line = "systemctl enable --now \(units.joined(separator: " "))"
    guard isOpen else {
      outcome.left.append(words("after the daemon has started: \(line)", zh: "服务启动以后：\(line)"))
      return true
    }
    let ended = await programs.output(
      of: command.systemctl, ["enable", "--now"] + units, reading: .both, limit: 65_536, within: 90_000)
    guard case .failure(let fault) = ended else { return true }
    let said = Self.said(fault)
    outcome.left.append(words("\(line) did not succeed: \(said)", zh: "\(line) 没有成功：\(said)"))
    return false
  }

  @discardableResult
  private func take(_ reply: ControlReply, _ outcome: inout Outcome) -> Bool {
    if reply.status == 0 { outcome.done.append(reply.sentence) } else { outcome.left.append(reply.sentence) }
    return reply.status == 0
  }

  /// A command of this program, in the language of this terminal.
  private func own(_ words: [String]) async -> ControlReply {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/bin/yichuangctl"
    let ended = await programs.output(
      of: program, words, passing: ["YICHUANG_SHARE", "YICHUANG_STATE", "LC_ALL", "LC_MESSAGES", "LANG"],
      reading: .both, limit: 65_536, within: 300_000)
    switch ended {
    case .success(let output):
      return ControlReply(String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines))
    case .failure(let fault):
      guard case .exited = fault else {
        return ControlReply(.unavailable, "yichuangctl \(words[0]) \(words[1]): \(fault)")
      }
      // Without the name of the program, with which its error begins.
      let said = Self.said(fault)
      let name = ["yichuangctl: ", "yichuangctl："].first(where: said.hasPrefix) ?? ""
      return ControlReply(.unavailable, String(said.dropFirst(name.count)))
    }
  }

  /// The output of a program that failed.
  private static func said(_ fault: SubprocessRunner.Fault) -> String {
    guard case .exited(_, let output) = fault else { return "\(fault)" }
    return String(decoding: output.prefix(1000), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func words(_ english: String, zh chinese: String) -> String { Terminal.isChinese ? chinese : english }
}
