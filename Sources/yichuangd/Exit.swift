import Control
import Glibc
import Logging
import Ports

/// Why the daemon cannot start or go on: one sentence for the operator and the exit status (sysexits.h).
struct Exit: Error, Sendable {
  typealias Reason = ExitStatus

  let reason: Reason
  let sentence: String
  /// The same in Chinese; nil where there are only the system's own words.
  let chinese: String?

  init(_ reason: Reason, _ sentence: String, zh: String? = nil) {
    self.reason = reason
    self.sentence = sentence
    chinese = zh
  }

  /// Writes the sentence to standard error and ends the process at once, without running deferred code.
  func leave() -> Never {
    writeError(Terminal.isChinese ? "yichuangd：\(chinese ?? sentence)" : "yichuangd: \(sentence)")
    _exit(reason.rawValue)
  }
}

/// Writes a line to standard error in one call, so that lines of several threads do not mix.
func writeError(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = FileWriting.write(bytes, to: 2)
}

/// Writes a line to standard output, flushed at once, because the demo's output may be a pipe.
func writeOutput(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = FileWriting.write(bytes, to: 1)
}

/// Log lines for journald and for people: `level label: message key=value …`, one line each, on standard error.
///
/// Without a timestamp: journald adds one, and `make run`'s terminal needs none.
struct PlainLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level
  let label: String

  /// Installs this handler for all loggers, at the level in `YICHUANG_LOG` (trace … critical), else at `level`.
  static func start(level: Logger.Level) {
    let chosen = getenv("YICHUANG_LOG").flatMap { Logger.Level(rawValue: String(cString: $0)) } ?? level
    LoggingSystem.bootstrap { label in
      // Libraries log warnings and errors only.
      let own = label.hasPrefix("yichuang") || chosen < .info
      return PlainLog(logLevel: own ? chosen : max(chosen, .warning), label: label)
    }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }
    writeError("\(event.level) \(label): \(Self.oneLine("\(event.message)"))\(pairs.joined())")
  }

  /// A value with a space, a quote or an equals sign is quoted, so that no value looks like another field.
  private static func quoted(_ text: String) -> String {
    let line = oneLine(text)
    guard line.isEmpty || line.contains(where: { " \"\\=".contains($0) }) else { return line }
    return "\"" + line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func oneLine(_ text: String) -> String {
    text.contains(where: \.isNewline) ? String(text.map { $0.isNewline ? " " : $0 }) : text
  }
}
