import Control
import Foundation
import Subprocesses

/// Opens the hall with its new configuration, or lets an open one take it over.
struct OpeningStep {
  struct Outcome {
    let reply: ControlReply
    /// The running daemon kept its old rules, and not because a restart is needed.
    var isRefused = false
  }

  private let command: HallSetupCommand
  private let programs = SubprocessRunner()
  /// A journal of years is replayed before a daemon says that it is ready.
  private static let patienceMilliseconds: Int64 = 150_000

  init(_ command: HallSetupCommand) { self.command = command }

  func run() async -> Outcome {
    if command.noStart {
      return Outcome(
        reply: ControlReply(
          "written; start it with: systemctl enable --now yichuangd",
          zh: "已写好；启动：systemctl enable --now yichuangd"))
    }
    if command.state.ask(ControlRequest(.status)) != nil { return reload() }
    return Outcome(reply: await start())
  }

  private func reload() -> Outcome {
    let reply = command.state.demand(ControlRequest(.reload))
    if reply.status == 0 { return Outcome(reply: reply) }
    guard reply.sentence.contains("needs a restart") else { return Outcome(reply: reply, isRefused: true) }
    return Outcome(
      reply: ControlReply(
        "the hall is open and goes on with its former configuration; the new one is checked and written, and holds after a restart, at which day, numbers and pages stay: systemctl restart yichuangd",
        zh: "大厅正开着，先照原来的配置运行；新配置已检查、写好，重新启动后生效（当天的号和页面都还在）：systemctl restart yichuangd",
        ["restart": true]))
  }

  private func start() async -> ControlReply {
    let isStandIn = command.systemctl != "/usr/bin/systemctl"
    guard isStandIn || FileManager.default.fileExists(atPath: "/run/systemd/system") else {
      return ControlReply(
        .unavailable,
        "written, but no systemd runs here to start the daemon: start yichuangd --config \(command.config)",
        zh: "已写好，但这里没有 systemd：请自行启动 yichuangd --config \(command.config)")
    }
    let started = await programs.output(
      of: command.systemctl, ["enable", "--now", "yichuangd"], reading: .both, limit: 65_536,
      within: Self.patienceMilliseconds)
    if case .failure(let fault) = started {
      return ControlReply(
        .unavailable,
        "the configuration is written, but the daemon did not start (\(Self.words(fault))): journalctl -u yichuangd -n 20 says why",
        zh: "配置已写好，但服务没有启动（\(Self.words(fault))）：用 journalctl -u yichuangd -n 20 看原因")
    }
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
