import Glibc
import Logging

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
