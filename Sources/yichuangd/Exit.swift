import Control
import Glibc
import Logging

/// The daemon cannot begin or go on: one sentence for the operator and the exit status (sysexits.h).
struct Exit: Error, Sendable {
  typealias Reason = ExitStatus

  let reason: Reason
  let sentence: String
  /// The same in Chinese; nil where only the system's own words could stand.
  let chinese: String?

  init(_ reason: Reason, _ sentence: String, zh: String? = nil) {
    self.reason = reason
    self.sentence = sentence
    chinese = zh
  }

  /// Says the sentence on standard error and ends the process at once, without running what stands behind.
  func leave() -> Never {
    writeError(Terminal.isChinese ? "yichuangd：\(chinese ?? sentence)" : "yichuangd: \(sentence)")
    _exit(reason.rawValue)
  }
}

/// A line on standard error in one write, so that lines of several threads do not mix.
func writeError(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
}

/// A line on standard output, at once: whoever started the demo reads it through a pipe.
func writeOutput(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
}

/// Log lines for journald and for people: `level label: message key=value …`, one line each, on standard error.
///
/// No time: journald and `make run`'s terminal have their own.
struct PlainLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level
  let label: String

  /// Sends all loggers here, at the level that `YICHUANG_LOG` names (trace … critical), else at `level`.
  static func start(level: Logger.Level) {
    let chosen = getenv("YICHUANG_LOG").flatMap { Logger.Level(rawValue: String(cString: $0)) } ?? level
    LoggingSystem.bootstrap { label in
      // Libraries speak of their own affairs; warnings are enough.
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

  private static func quoted(_ text: String) -> String {
    let line = oneLine(text)
    return line.contains(" ") || line.isEmpty ? "\"\(line)\"" : line
  }

  private static func oneLine(_ text: String) -> String {
    text.contains(where: \.isNewline) ? String(text.map { $0.isNewline ? " " : $0 }) : text
  }
}
