import Glibc
import PrinterLink

/// Messages to the scheduler on standard error, as in `filter(7)`. Writes never block on a frozen scheduler; what it
/// does not take is lost.
final class Messages {
  private var reported: Set<PrinterReason> = []

  init() { _ = fcntl(STDERR_FILENO, F_SETFL, fcntl(STDERR_FILENO, F_GETFL) | O_NONBLOCK) }

  func info(_ text: String) { say("INFO", text) }
  func error(_ text: String) { say("ERROR", text) }

  /// Clears all of the backend's reasons, which a queue otherwise keeps from one job to the next.
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
