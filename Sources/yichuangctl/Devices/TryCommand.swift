import ArgumentParser
import Control
import Foundation
import ReaderProtocols
import ReadersProcess
import Settings

extension DevicesCommand {
  /// Tries one device: whether a card that is laid on it, or a code that is scanned, is read.
  struct Try: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "try", abstract: "Waits for one card or code at a reader or scanner, and says that it was read.",
      discussion: """
        Of the card or code only its kind and its number of characters are shown; nothing of it is kept. The hall must not run, \
        because it holds its devices. Status 0 says that something was read, 69 that nothing was.
        """)
    @Argument(
      help: ArgumentHelp(
        "Where the device is plugged in, as `yichuangctl devices` shows it (default: the only one).",
        valueName: "place"))
    var portPath: String?
    @Option(help: "How long to wait, in seconds.")
    var seconds = 60
    @Option(help: "The path of yichuang-readerd (default: beside this program).")
    var program: String?
    @OptionGroup var options: Options

    func validate() throws {
      guard (1...3600).contains(seconds) else { throw ValidationError("--seconds is 1 to 3600") }
    }

    func run() throws {
      try options.give { store in
        let devices = PluggedDevice.all(root: "", store, keyboards: options.keyboards)
        let only = devices.count == 1 ? devices.first : nil
        guard let device = portPath == nil ? only : devices.first(where: { $0.portPath == portPath }) else {
          let there = devices.isEmpty ? nil : devices.map(\.portPath).joined(separator: ", ")
          return ControlReply(
            .usage, "name one of these places: \(there ?? "no reader and no scanner is plugged in")",
            zh: there.map { "请写插口，插着的有：\($0)" } ?? "没有插着认得的读卡器或扫码器")
        }
        if let fault = device.whyNotTried { return fault }
        Self.say(device.trialQuestion)
        var trial = ReaderTrial(device: device, matches: store.matches(keyboards: options.keyboards))
        if let program { trial.program = program }
        do throws(ReaderRecording.Failure) {
          return try trial.run(seconds: seconds, isStoppedByEnter: false, tell: Self.say).reply(at: device.portPath)
        } catch {
          return ControlReply(
            .installation, error.words, zh: "读卡程序启动不了（\(error.words)）：重新安装软件包")
        }
      }
    }

    /// On standard error, so that standard output has the answer alone.
    private static func say(_ words: ReaderTrial.Words) {
      FileHandle.standardError.write(Data(((Terminal.isChinese ? words.chinese : words.english) + "\n").utf8))
    }
  }
}

extension PluggedDevice {
  /// What to do for a trial.
  var trialQuestion: ReaderTrial.Words {
    model.way.readsCards
      ? (
        "\(portPath)  \(model.id): lay an identity card on it now; nothing of it is shown or kept",
        "\(portPath)  \(model.id)：现在请放一张身份证；只看读到没有，内容不显示也不保存"
      )
      : (
        "\(portPath)  \(model.id): scan any code now; nothing of it is shown or kept",
        "\(portPath)  \(model.id)：现在请扫一个码；只看读到没有，内容不显示也不保存"
      )
  }

  /// Why no other process can open it now; nil where one can.
  var whyNotTried: ControlReply? {
    guard holder == .hall else { return nil }
    return ControlReply(
      .unavailable,
      "the open hall uses \(portPath): try it at the kiosk, or stop the hall first (systemctl stop yichuangd)",
      zh: "大厅正在用 \(portPath)：请在取号机上试，或先停服务（systemctl stop yichuangd）")
  }
}
