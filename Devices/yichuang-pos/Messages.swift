import Glibc
import PrinterLink

/// What the scheduler is told on standard error, as `filter(7)` says. A scheduler that is frozen or gone is not
/// waited for: what it does not take is lost.
final class Messages {
  private var reported: Set<PrinterReason> = []

  init() { _ = fcntl(STDERR_FILENO, F_SETFL, fcntl(STDERR_FILENO, F_GETFL) | O_NONBLOCK) }

  func info(_ text: String) { say("INFO", text) }
  func error(_ text: String) { say("ERROR", text) }

  /// Takes back every reason of ours: they stay with the queue from one job to the next.
  func clear() {
    reported = []
    say("STATE", "-" + Self.words(Set(PrinterReason.allCases)))
  }

  func report(_ reasons: Set<PrinterReason>) {
    let gone = reported.subtracting(reasons)
    let new = reasons.subtracting(reported)
    if !gone.isEmpty { say("STATE", "-" + Self.words(gone)) }
    if !new.isEmpty { say("STATE", "+" + Self.words(new)) }
    reported = reasons
  }

  private static func words(_ reasons: Set<PrinterReason>) -> String {
    reasons.map(\.rawValue).sorted().joined(separator: ",")
  }

  private func say(_ kind: String, _ text: String) {
    let line = Array("\(kind): \(text.split(whereSeparator: \.isNewline).joined(separator: " "))\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }
}
