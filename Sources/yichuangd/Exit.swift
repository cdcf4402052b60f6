import Control
import Glibc

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
