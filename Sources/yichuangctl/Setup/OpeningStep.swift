import Control
import Foundation
import Subprocesses

/// Opens the hall with its new configuration, or has a running daemon reload it.
struct OpeningStep {
  struct Outcome {
    let reply: ControlReply
    /// Whether the running daemon refused the new configuration; a needed restart is no refusal.
    var isRefused = false
  }

  private let command: HallSetupCommand
  private let dialogue: SetupDialogue?
  private let programs = SubprocessRunner()
  /// The timeout of a start, in milliseconds: a daemon may replay a journal of years before it is ready.
  private static let patienceMilliseconds: Int64 = 150_000

  /// - Parameter dialogue: nil where nobody can be asked.
  init(_ command: HallSetupCommand, _ dialogue: SetupDialogue?) {
    self.command = command
    self.dialogue = dialogue
  }

  func run() async -> Outcome {
    if command.noStart {
      return Outcome(
        reply: ControlReply(
          "written; start it with: systemctl enable --now yichuangd",
          zh: "已写好；启动：systemctl enable --now yichuangd"))
    }
    if command.state.ask(ControlRequest(.status)) != nil { return await reload() }
    return Outcome(reply: await start())
  }

  private func reload() async -> Outcome {
    let reply = command.state.demand(ControlRequest(.reload))
    if reply.status == 0 { return Outcome(reply: reply) }
    guard reply.sentence.contains("needs a restart") else { return Outcome(reply: reply, isRefused: true) }
    if mayRestart() { return Outcome(reply: await restart()) }
    return Outcome(
      reply: ControlReply(
        "the hall is open and goes on with its former configuration; the new one is checked and written, and holds after a restart, at which day, numbers and pages stay: systemctl restart yichuangd",
        zh: "大厅正开着，先照原来的配置运行；新配置已检查、写好，重新启动后生效（当天的号和页面都还在）：systemctl restart yichuangd",
        ["restart": true]))
  }

  /// Whether the daemon may be restarted: while the business day is open only if somebody agrees.
  private func mayRestart() -> Bool {
    guard canRunUnits else { return false }
    if command.restart { return true }
    guard let status = command.state.ask(ControlRequest(.status)), status.status == 0 else { return false }
    if case .text(let day)? = status.details["business_day"] {
      guard let dialogue else { return false }
      // The configuration is written already, so a lost input counts as no and is not an error.
      let answer = try? dialogue.yes(
        "\nThis change needs a restart, and the business day \(day) is open. Restart now? Pages wait some seconds; numbers and sign-ins stay.",
        zh: "\n这项改动要重新启动才生效，营业日 \(day) 正开着。现在重新启动？各页面等几秒，号码和登录都还在。", default: false)
      return answer ?? false
    }
    return true
  }

  private func restart() async -> ControlReply {
    if let fault = await run(["restart", "yichuangd"]) {
      return ControlReply(
        .unavailable,
        "the configuration is written, but the daemon was not restarted (\(fault)): systemctl restart yichuangd, and journalctl -u yichuangd -n 20 says why",
        zh: "配置已写好，但没有重新启动成功（\(fault)）：运行 systemctl restart yichuangd，原因看 journalctl -u yichuangd -n 20")
    }
    let reply = await answer()
    guard reply.status == 0 else { return reply }
    return ControlReply(
      "restarted, the new configuration is in force; \(reply.sentence)",
      zh: "已重新启动，新配置已生效；\(reply.words(inChinese: true))", reply.details)
  }

  private var canRunUnits: Bool {
    command.systemctl != "/usr/bin/systemctl" || FileManager.default.fileExists(atPath: "/run/systemd/system")
  }

  /// The error of systemctl; nil on success.
  private func run(_ words: [String]) async -> String? {
    let ended = await programs.output(
      of: command.systemctl, words, reading: .both, limit: 65_536, within: Self.patienceMilliseconds)
    guard case .failure(let fault) = ended else { return nil }
    return Self.words(fault)
  }

  private func start() async -> ControlReply {
    guard canRunUnits else {
      return ControlReply(
        .unavailable,
        "written, but no systemd runs here to start the daemon: start yichuangd --config \(command.config)",
        zh: "已写好，但这里没有 systemd：请自行启动 yichuangd --config \(command.config)")
    }
    if let fault = await run(["enable", "--now", "yichuangd"]) {
      return ControlReply(
        .unavailable,
        "the configuration is written, but the daemon did not start (\(fault)): journalctl -u yichuangd -n 20 says why",
        zh: "配置已写好，但服务没有启动（\(fault)）：用 journalctl -u yichuangd -n 20 看原因")
    }
    return await answer()
  }

  /// The daemon's status, once it is ready.
  private func answer() async -> ControlReply {
    let deadline = Date().addingTimeInterval(Double(Self.patienceMilliseconds) / 1000)
    repeat {
      if let reply = command.state.ask(ControlRequest(.status)) { return reply }
      try? await Task.sleep(for: .milliseconds(200))
    } while Date() < deadline
    return ControlReply(
      .unavailable, "the daemon was started and does not answer yet: yichuangctl status shows how it is",
      zh: "服务已启动，还没有应答：稍后用 yichuangctl status 查看")
  }

  private static func words(_ fault: SubprocessRunner.Fault) -> String {
    guard case .exited(let code, let output) = fault else { return "\(fault)" }
    let said = String(decoding: output.prefix(300), as: UTF8.self).split(separator: "\n").first.map(String.init)
    return said ?? "\(code)"
  }
}
