import Control
import Subprocesses

/// The programs of Debian that do the work: tar, age, mount and sftp.
struct Programs: Sendable {
  private let runner = SubprocessRunner()
  /// Timeout in milliseconds: 30 minutes, because a USB stick or a slow line takes minutes.
  private static let patience: Int64 = 1_800_000

  /// Runs a program and returns its output.
  ///
  /// - Parameters:
  ///   - package: of Debian, for the sentence where it is not installed.
  ///   - fault: the sentence for a program that refused, made of its last line.
  func run(
    _ program: String, _ arguments: [String], of package: String, within milliseconds: Int64 = patience,
    otherwise fault: (String) -> BackupFault
  ) async throws(BackupFault) -> String {
    let result = await runner.output(
      of: program, arguments, passing: ["HOME"], reading: .both, limit: 1 << 20, within: milliseconds)
    switch result {
    case .success(let output): return String(decoding: output, as: UTF8.self)
    case .failure(.notStarted):
      throw BackupFault(
        .installation, "\(program) is not installed: apt install \(package)", zh: "没有 \(program)：apt install \(package)"
      )
    case .failure(.exited(_, let output)): throw fault(Self.lastLine(output))
    case .failure(.tooLong): throw fault("no end after \(milliseconds / 60_000) minutes")
    case .failure(.tooMuch): throw fault("too much output")
    case .failure(.killed(let signal)): throw fault("ended by signal \(signal)")
    }
  }

  private static func lastLine(_ output: [UInt8]) -> String {
    let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
    // The last lines of age and tar do not say why.
    let closing = ["age: report unexpected", "Exiting with failure status"]
    let reason = lines.last { line in !closing.contains { line.contains($0) } } ?? "no reason given"
    return String(reason.prefix(300))
  }
}
