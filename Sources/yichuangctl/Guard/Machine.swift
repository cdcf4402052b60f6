import Foundation
import Glibc
import Subprocesses

/// Questions to this machine's programs and kernel.
enum Machine {
  private static let programs = SubprocessRunner()

  /// What a program wrote; nil where it is missing or failed.
  static func output(_ program: String, _ words: String...) async -> String? {
    guard case .success(let bytes) = await programs.output(of: program, words, limit: 262_144, within: 20_000) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func failure(_ program: String, _ words: String...) async -> String? { await failure(program, words) }

  /// Why a program failed, in its own words; nil where it did not.
  static func failure(_ program: String, _ words: [String]) async -> String? {
    switch await programs.output(of: program, words, reading: .both, limit: 65_536, within: 60_000) {
    case .success: return nil
    case .failure(.exited(let status, let bytes)):
      let said = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      return said.isEmpty ? "\(program) ended with \(status)" : said
    case .failure(let fault): return "\(program): \(fault)"
    }
  }

  /// A property of systemd or of one of its units; nil where systemd does not answer.
  static func property(_ name: String, of unit: String? = nil) async -> String? {
    let words = ["show", "--value", "-p", name] + (unit.map { [$0] } ?? [])
    guard case .success(let bytes) = await programs.output(of: "/usr/bin/systemctl", words, limit: 4096, within: 20_000)
    else { return nil }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The text of a small file of the kernel; nil where it cannot be read.
  static func text(_ file: String) -> String? {
    (try? String(contentsOfFile: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Whether a program listens at a TCP port. Source: proc(5), /proc/net/tcp; state 0A is LISTEN.
  static func listens(port: Int) -> Bool {
    let digits = String(port, radix: 16, uppercase: true)
    let ending = ":" + String(repeating: "0", count: 4 - digits.count) + digits
    return ["/proc/net/tcp", "/proc/net/tcp6"].contains { file in
      (text(file) ?? "").split(separator: "\n").contains { line in
        let fields = line.split(separator: " ")
        return fields.count > 3 && fields[1].hasSuffix(ending) && fields[3] == "0A"
      }
    }
  }

  /// Whether the kernel counts its clock as synchronised, as systemd reports it. This ends when the clock is set by hand, and
  /// about nine hours after the last synchronisation. Source: timedatectl(1), adjtimex(2).
  static func clockIsSynchronised() async -> Bool {
    await output("/usr/bin/timedatectl", "show", "--value", "-p", "NTPSynchronized")?.hasPrefix("yes") ?? false
  }
}
