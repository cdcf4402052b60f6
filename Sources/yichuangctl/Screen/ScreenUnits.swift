import Subprocesses

/// The units of a machine's own screen, by systemctl.
struct ScreenUnits: Sendable {
  static let display = "yichuang-display.service"
  static let screen = "yichuang-screen.service"

  private let programs = SubprocessRunner()
  /// A start waits for the X server.
  private static let patienceMilliseconds: Int64 = 90_000

  /// Starts the screen now and at every boot. It replaces the login on the first terminal.
  ///
  /// - Returns: nil on success, else systemd's words.
  func start() async -> String? {
    if let fault = await run("daemon-reload") { return fault }
    if let fault = await run("enable", Self.display, Self.screen) { return fault }
    // A machine that boots into text mode would never start the screen.
    if await said("get-default") != "graphical.target", let fault = await run("set-default", "graphical.target") {
      return fault
    }
    if let fault = await run("restart", Self.display) { return fault }
    return await run("restart", Self.screen)
  }

  /// Gives the first terminal back.
  func stop() async -> String? {
    if let fault = await run("disable", "--now", Self.screen, Self.display) { return fault }
    return await run("start", "getty@tty1.service")
  }

  /// Whether the screen is started at every boot.
  func isEnabled() async -> Bool { await said("is-enabled", Self.screen) == "enabled" }

  func reload() async -> String? { await run("daemon-reload") }

  /// `ActiveState`, `StatusText` and `NRestarts` of the screen; empty where systemd does not answer.
  func state() async -> [String: String] {
    let text = await said("show", "-p", "ActiveState", "-p", "StatusText", "-p", "NRestarts", Self.screen)
    let pairs = text.split(separator: "\n").map { line in
      let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return (halves[0], halves.count > 1 ? halves[1] : "")
    }
    return Dictionary(pairs) { $1 }
  }

  private func run(_ words: String...) async -> String? {
    switch await systemctl(words) {
    case .success: nil
    case .failure(.exited(_, let output)):
      String(decoding: output, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? "systemctl \(words[0])"
    case .failure(let fault): "systemctl \(words[0]): \(fault)"
    }
  }

  private func said(_ words: String...) async -> String {
    guard case .success(let output) = await systemctl(words) else { return "" }
    var text = String(decoding: output, as: UTF8.self)
    while text.last == "\n" { text.removeLast() }
    return text
  }

  private func systemctl(_ words: [String]) async -> Result<[UInt8], SubprocessRunner.Fault> {
    await programs.output(
      of: "/usr/bin/systemctl", ["--no-pager"] + words, passing: [], reading: .both, limit: 65_536,
      within: Self.patienceMilliseconds)
  }
}
