import ArgumentParser
import Control
import Dispatch
import Foundation
import Ports
import ReaderProtocols
import ReadersProcess
import Settings

extension DevicesCommand {
  /// Records the transfers of one device, to find out why it misbehaves.
  struct Record: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record", abstract: "Records what a reader or scanner says and is told, without anybody's data.",
      discussion: """
        Stop the hall first: it holds the device. Then lay down or scan what goes wrong, and end with Ctrl+C. Names, numbers,
        addresses and dates of cards and the texts of codes are replaced before anything is written; photos are left out. The file
        can be sent to whoever mends the fault, and be replayed by yichuang-reader-simulator.
        """)
    @Argument(
      help: ArgumentHelp(
        "Where the device is plugged in, as `yichuangctl devices` shows it: 1-2.", valueName: "place"))
    var portPath: String
    @Option(name: .customLong("to"), help: "The file, which must not be there yet.")
    var path: String
    @Option(help: "Ends after so many seconds, not only with Ctrl+C.")
    var seconds: Int?
    @Option(help: "The path of yichuang-readerd (default: beside this program).")
    var program: String?
    @OptionGroup var options: Options

    func run() throws {
      try options.give { store in
        let devices = PluggedDevice.all(root: "", store, keyboards: options.keyboards)
        guard let device = devices.first(where: { $0.portPath == portPath }) else {
          let there = devices.map(\.portPath).joined(separator: ", ")
          return ControlReply(
            .usage,
            "no reader and no scanner is plugged in at \(portPath); there are: \(there.isEmpty ? "none" : there)",
            zh: "插口 \(portPath) 上没有读卡器或扫码器：\(there.isEmpty ? "哪里都没有插" : "插着的有 \(there)")")
        }
        if device.holder == .hall {
          return ControlReply(
            .unavailable, "the hall holds \(portPath): systemctl stop yichuangd, record, and start it again afterwards",
            zh: "大厅的服务正在用 \(portPath)：先 systemctl stop yichuangd，录完再启动")
        }
        return record(device, store.matches(keyboards: options.keyboards))
      }
    }

    private func record(_ device: PluggedDevice, _ matches: [ReaderMatch]) -> ControlReply {
      let file = open(absolutePath(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard file >= 0 else {
        let code = errno
        return ControlReply(
          .usage, "\(path) cannot be made: \(SystemError.english(code)); name another file",
          zh: "建不了文件 \(path)（\(SystemError.chinese(code))）：换一个文件名")
      }
      let output = FileHandle(fileDescriptor: file, closeOnDealloc: true)
      let recording: ReaderRecording
      do throws(ReaderRecording.Failure) {
        recording = try ReaderRecording(
          program: program ?? ReaderTrial.beside, matches: matches, portPath: device.portPath)
      } catch {
        return ControlReply(.installation, error.words)
      }
      let ends = Self.end(recording, after: seconds)
      defer { for source in ends { source.cancel() } }
      for line in device.transcriptHead(root: "") { output.write(Data((line.text + "\n").utf8)) }
      Self.say("recording \(device.portPath) (\(device.model.id)); end with Ctrl+C")
      var lines = 0
      let trouble = recording.hear { said in
        switch said {
        case .line(let text):
          output.write(Data((text + "\n").utf8))
          lines += 1
        case .event(let event): Self.words(event).map(Self.say)
        case .note(let words): Self.say(words)
        }
      }
      if let trouble {
        return ControlReply(
          .unavailable, "the reader process ended: \(trouble); \(lines) lines are written",
          zh: "读卡进程结束了（\(trouble)）；已写 \(lines) 行")
      }
      return ControlReply(
        .done, "\(lines) lines are in \(path)", zh: "\(path) 里写了 \(lines) 行",
        ["lines": .number(Int64(lines)), "file": .text(path)])
    }

    /// An event in words, without personal data.
    private static func words(_ event: ReaderEvent) -> String? {
      switch event {
      case .condition(_, let condition): condition.rawValue
      case .found: "something lies there"
      case .card(_, let card): "a card (\(card.kind.rawValue))"
      case .cardTrouble(_, let trouble): "no card was read: \(trouble.rawValue)"
      case .fieldEmpty: "nothing lies there any more"
      case .code(_, let code): "a code of \(code.text.unicodeScalars.count) characters"
      case .codeTrouble: "something was scanned that is no usable code"
      case .left: "it was unplugged"
      case .arrived, .service: nil
      }
    }

    /// On standard error, so that standard output has the answer alone.
    private static func say(_ words: String) { FileHandle.standardError.write(Data((words + "\n").utf8)) }

    private static func end(_ recording: ReaderRecording, after seconds: Int?) -> [any DispatchSourceProtocol] {
      var sources: [any DispatchSourceProtocol] = []
      for number in [SIGINT, SIGTERM] {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { recording.stop() }
        sources.append(source)
      }
      if let seconds {
        let timer = DispatchSource.makeTimerSource(queue: .global())
        timer.schedule(deadline: .now() + .seconds(seconds))
        timer.setEventHandler { recording.stop() }
        sources.append(timer)
      }
      for source in sources { source.resume() }
      return sources
    }
  }
}
