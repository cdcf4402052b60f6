import Glibc

/// The daemon cannot begin or go on: one sentence for the operator and the exit status (sysexits.h).
struct Exit: Error, Sendable {
  enum Reason: Int32, Sendable {
    /// EX_DATAERR: the journal is damaged or written by a newer program. Starting again does not help.
    case data = 65
    /// EX_SOFTWARE: our own mistake.
    case bug = 70
    /// EX_OSERR: the installation is not whole.
    case installation = 72
    /// EX_CANTCREAT: the state folder cannot be made or written.
    case folder = 73
    /// EX_IOERR: the disk does not read or write.
    case disk = 74
    /// EX_TEMPFAIL: somebody else has the state folder or a port.
    case taken = 75
    /// EX_CONFIG: files to mend; each fault stands on a line of its own.
    case configuration = 78
  }

  let reason: Reason
  let sentence: String

  init(_ reason: Reason, _ sentence: String) {
    self.reason = reason
    self.sentence = sentence
  }

  /// Says the sentence on standard error and ends the process at once, without running what stands behind.
  func leave() -> Never {
    writeError("yichuangd: \(sentence)")
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
