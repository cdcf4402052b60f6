import ArgumentParser
import Control
import Foundation

/// The output options of every command.
struct AnswerOptions: ParsableArguments {
  @Flag(help: "Answer with one line of JSON.")
  var json = false

  /// Prints the answer and ends with its status.
  func give(_ reply: ControlReply) throws {
    if json {
      var fields = reply.details
      fields["ok"] = .flag(reply.status == 0)
      fields["status"] = .number(Int64(reply.status))
      fields["sentence"] = .text(reply.sentence)
      if let chinese = reply.chinese { fields["chinese"] = .text(chinese) }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(fields), as: UTF8.self))
    } else if reply.status == 0 {
      print(reply.words(inChinese: Terminal.isChinese))
    } else {
      FileHandle.standardError.write(Data(Self.complaint(reply).utf8))
    }
    if reply.status != 0 { throw ExitCode(reply.status) }
  }

  private static func complaint(_ reply: ControlReply) -> String {
    "yichuangctl\(Terminal.isChinese ? "：" : ": ")\(reply.words(inChinese: Terminal.isChinese))\n"
  }
}

/// The state folder of the daemon and its journal.
struct StateOptions: ParsableArguments {
  @Option(help: "The state folder (default: YICHUANG_STATE, else /var/lib/yichuang).")
  var state: String?

  var folder: String {
    if let state { return absolutePath(state) }
    let named = ProcessInfo.processInfo.environment["YICHUANG_STATE"] ?? ""
    return named.isEmpty ? "/var/lib/yichuang" : named
  }

  /// Sends a request to the daemon of this folder; nil when none runs.
  func ask(_ request: ControlRequest) -> ControlReply? {
    do throws(ControlSocket.Fault) {
      return try ControlClient(stateFolder: folder).ask(request)
    } catch {
      return error == .nobodyThere ? nil : ControlReply(.unavailable, error.description, zh: error.chinese)
    }
  }

  /// Sends a request to the daemon of this folder, which has to run.
  func demand(_ request: ControlRequest) -> ControlReply {
    var request = request
    request.by = ToolRecord.by
    return ask(request)
      ?? ControlReply(
        .unavailable, "no daemon runs on \(folder): start it first (systemctl start yichuangd)",
        zh: "\(folder) 上没有运行服务：先启动（systemctl start yichuangd）；服务开着，就核对 --state")
  }
}

func absolutePath(_ path: String) -> String {
  path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
}
