import ArgumentParser
import Control
import Foundation
import Settings
import YAMLDocuments

/// The screen that a machine shows itself: the touch page of a kiosk, or a board.
struct ScreenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "Shows the hall's page on this machine's own screen, from its start on.",
    discussion: """
      The machine boots into the page: no login, no keyboard, no other address. The browser runs as yichuang-screen, keeps \
      nothing, and is started anew when its page is not drawn any more.
      """,
    subcommands: [On.self, Off.self, Show.self])

  struct On: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "on", abstract: "Shows a kiosk's touch page, or a hall's board, now and after every start.")
    @Option(help: "The kiosk of this machine's configuration.")
    var kiosk: String?
    @Option(help: ArgumentHelp("The board's link, in quotes; the hall may be another machine.", valueName: "link"))
    var board: String?
    @Option(help: "The name of a board's screen, by which the hall says that it is silent (default: board).")
    var name: String?
    @Option(help: ArgumentHelp("The certificate authority of the board's hall, PEM.", valueName: "file"))
    var ca: String?
    @Option(help: "The hall's configuration file.")
    var config = "/etc/yichuang/yichuang.yaml"
    @Option(help: "Another root than /; then nothing is started.")
    var root: String?
    @OptionGroup var answer: AnswerOptions

    func validate() throws {
      guard (kiosk == nil) != (board == nil) else { throw ValidationError("name a --kiosk or a --board") }
      guard board != nil || name == nil && ca == nil else { throw ValidationError("--name and --ca belong to --board") }
    }

    func run() async throws { try answer.give(await reply()) }

    private func reply() async -> ControlReply {
      let page: ScreenPage
      var authority: String?
      let template: [UInt8]
      do throws(Refused) {
        template = try shippedPolicy()
        page = try wanted()
        if let ca { authority = try certificate(absolutePath(ca)) }
      } catch { return error.reply }
      let files = ScreenFiles(root: root ?? "")
      guard files.missing.isEmpty else {
        let line = "apt install --no-install-recommends \(files.missing.joined(separator: " "))"
        return ControlReply(
          .installation, "this machine cannot show a screen yet: \(line)", zh: "这台机器还缺屏幕要用的程序：\(line)",
          ["missing": .list(files.missing.map(ControlValue.text))])
      }
      if FileManager.default.fileExists(atPath: files.displayManager) {
        return ControlReply(
          .refused, "another program shows a desktop here: systemctl disable --now display-manager, then once more",
          zh: "这台机器上开着桌面程序：先 systemctl disable --now display-manager，再运行一次")
      }
      do throws(ScreenFiles.Fault) {
        try files.write(page, template: template, authority: authority)
      } catch { return ControlReply(error) }
      if root == nil, let fault = await ScreenUnits().start() {
        return ControlReply(
          .unavailable,
          "the files are written, but the screen does not start: \(fault); journalctl -u \(ScreenUnits.display)",
          zh: "文件已写好，但屏幕没有启动（\(fault)）：journalctl -u \(ScreenUnits.display)", page.details)
      }
      return ControlReply(
        .done, "this machine's screen shows \(page.shown), from now on and after every start",
        zh: "本机屏幕显示 \(page.shown)，现在起生效，开机自动进入", page.details)
    }

    private func wanted() throws(Refused) -> ScreenPage {
      if let board {
        do throws(ScreenPage.Fault) { return try ScreenPage(board: board, name: name ?? "board") } catch {
          throw Refused(.usage, error.english, zh: error.chinese)
        }
      }
      let models: String
      do throws(ShareFolder.Missing) { models = try ShareFolder.find().models } catch {
        throw Refused(.installation, error.description, zh: error.chinese)
      }
      let loaded = ConfigurationFile.load(absolutePath(config), models: models, sealing: ClosedHall.seal)
      guard let settings = loaded.value else { throw Refused(reply: Reference.faults(loaded.faults, config)) }
      guard let found = settings.kiosks.first(where: { $0.id == kiosk }) else {
        let known = settings.kiosks.map(\.id)
        throw Refused(
          .usage, "\(config) has no kiosk \(kiosk ?? ""); it has \(known.joined(separator: ", "))",
          zh: "\(config) 里没有取号机 \(kiosk ?? "")：有 \(known.joined(separator: "、"))")
      }
      return ScreenPage(kiosk: found, at: settings.kioskListener)
    }

    private func shippedPolicy() throws(Refused) -> [UInt8] {
      let path: String
      do throws(ShareFolder.Missing) { path = try ShareFolder.find().screen + "/policies.json" } catch {
        throw Refused(.installation, error.description, zh: error.chinese)
      }
      guard let data = FileManager.default.contents(atPath: path) else {
        throw Refused(.installation, "\(path) is missing: install the package again", zh: "缺少 \(path)：重新安装软件包")
      }
      return Array(data)
    }

    /// The first certificate of a PEM file, as Chromium's policy takes it: its DER in base64.
    private func certificate(_ path: String) throws(Refused) -> String {
      let text = FileManager.default.contents(atPath: path).map { String(decoding: $0.prefix(65_536), as: UTF8.self) }
      guard let text, let begin = text.range(of: "-----BEGIN CERTIFICATE-----"),
        let end = text.range(of: "-----END CERTIFICATE-----", range: begin.upperBound..<text.endIndex)
      else {
        throw Refused(.usage, "\(path) holds no certificate (PEM)", zh: "\(path) 里没有证书（PEM 格式）")
      }
      let lines = text[begin.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
      guard let bytes = Data(base64Encoded: String(lines)), !bytes.isEmpty else {
        throw Refused(.usage, "the certificate in \(path) is damaged", zh: "\(path) 里的证书不完整")
      }
      return bytes.base64EncodedString()
    }
  }

  struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "off", abstract: "Ends the screen and gives the first terminal its login back.")
    @Option(help: "Another root than /; then nothing is stopped.")
    var root: String?
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      let units = ScreenUnits()
      if root == nil, let fault = await units.stop() {
        return try answer.give(
          ControlReply(.unavailable, "the screen does not end: \(fault)", zh: "屏幕没有关掉（\(fault)）"))
      }
      do throws(ScreenFiles.Fault) { try ScreenFiles(root: root ?? "").remove() } catch {
        return try answer.give(ControlReply(error))
      }
      if root == nil { _ = await units.reload() }
      try answer.give(
        ControlReply(
          .done, "the screen is off; the first terminal has its login back", zh: "屏幕已关，第一个终端恢复登录"))
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Says what the screen shows, and how it is.")
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      guard let page = ScreenFiles(root: "").page() else {
        return try answer.give(
          ControlReply(.done, "no screen is on, or this is not root", zh: "没有打开屏幕；已打开的，请用 root 查看（sudo）", ["on": false])
        )
      }
      let state = await ScreenUnits().state()
      let (active, what) = (state["ActiveState"] ?? "unknown", state["StatusText"] ?? "")
      let restarts = Int64(state["NRestarts"] ?? "") ?? 0
      let words = what.isEmpty ? "" : " (\(what))"
      try answer.give(
        ControlReply(
          active == "active" ? .done : .unavailable,
          "\(ScreenPage.shown(page)): \(active)\(words), started anew \(restarts) times",
          zh: "\(ScreenPage.shown(page))：\(active)\(words)，自动重开过 \(restarts) 次",
          [
            "on": true, "page": .text(ScreenPage.shown(page)), "state": .text(active), "what": .text(what),
            "restarts": .number(restarts),
          ]))
    }
  }

  /// Ends a command with an answer.
  private struct Refused: Error {
    let reply: ControlReply

    init(reply: ControlReply) { self.reply = reply }

    init(_ status: ExitStatus, _ sentence: String, zh: String) { reply = ControlReply(status, sentence, zh: zh) }
  }
}

extension ScreenPage {
  var details: [String: ControlValue] {
    ["kind": .text(kind.rawValue), "name": .text(name), "page": .text(shown), "origin": .text(origin)]
  }
}
