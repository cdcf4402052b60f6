import Control
import Foundation
import Subprocesses
import Updates

/// Debian's package tools: dpkg, apt-get and minisign.
struct DebianTools: Sendable {
  static let package = "yichuang"
  private static let shortMilliseconds: Int64 = 60_000
  /// The timeout of unpacking and of maintainer scripts on a slow machine.
  private static let longMilliseconds: Int64 = 1_800_000
  private static let longestOutput = 4 << 20
  private let programs = SubprocessRunner()

  /// The control fields of a package file.
  struct Fields {
    let package: String
    let version: String
    let architecture: String
    let installedBytes: Int64
  }

  /// nil for what is no Debian package.
  func fields(of file: String) async -> Fields? {
    let names = ["Package", "Version", "Architecture", "Installed-Size"]
    guard let text = await said("/usr/bin/dpkg-deb", ["-f", file] + names) else { return nil }
    var values: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    guard let package = values["Package"], let version = values["Version"], let architecture = values["Architecture"]
    else { return nil }
    let size = Int64(values["Installed-Size"] ?? "").map { min(max($0, 0), 1 << 32) * 1024 }
    return Fields(package: package, version: version, architecture: architecture, installedBytes: size ?? 0)
  }

  /// The version on this machine, and whether it is wholly installed; nil when it did not come as a package.
  func installed() async -> (version: String, isWhole: Bool)? {
    let form = "${db:Status-Abbrev} ${Version}"
    guard let text = await said("/usr/bin/dpkg-query", ["-W", "-f", form, Self.package]) else { return nil }
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count >= 2, let version = parts.last, parts[0] != "rc", parts[0] != "un" else { return nil }
    return (version, parts[0] == "ii")
  }

  func architecture() async -> String {
    (await said("/usr/bin/dpkg", ["--print-architecture"]))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  func isNewer(_ version: String, than other: String) async -> Bool {
    await said("/usr/bin/dpkg", ["--compare-versions", version, "gt", other]) != nil
  }

  /// Whether one of the keys made this signature (minisign, prehashed form) over the file.
  ///
  /// - Returns: nil where minisign is not installed.
  func isSigned(_ file: String, _ signature: String, by keys: [String]) async -> Bool? {
    for key in keys {
      let result = await programs.output(
        of: "/usr/bin/minisign", ["-V", "-q", "-H", "-x", signature, "-p", key, "-m", file], reading: .both,
        limit: 65_536, within: Self.shortMilliseconds)
      switch result {
      case .success: return true
      case .failure(.notStarted): return nil
      case .failure: continue
      }
    }
    return false
  }

  /// Whether the package manager can install this file with what the machine has or can fetch; fetches it.
  ///
  /// - Returns: nil when it can, else its last words.
  func obstacle(to file: String) async -> String? {
    switch await apt(["--simulate", "install", file]) {
    case .failure(let fault): return Self.words(fault)
    case .success(let output):
      let removed = String(decoding: output, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("Remv ") }
      if let first = removed.first { return "it would remove \(first.dropFirst(5).prefix(60))" }
    }
    if case .failure(let fault) = await apt(["--download-only", "install", file]) { return Self.words(fault) }
    return nil
  }

  /// - Returns: nil on success, else why not.
  func install(_ file: String) async -> String? { Self.outcome(await apt(["install", file])) }

  /// Unpacks a package's files, also over one that is half installed.
  func unpack(_ file: String) async -> String? {
    Self.outcome(await detached(["/usr/bin/dpkg", "--unpack", "--force-confold,downgrade", file]))
  }

  /// Runs every maintainer script that is outstanding.
  func configure() async -> String? {
    Self.outcome(await detached(["/usr/bin/dpkg", "--configure", "-a", "--force-confold"]))
  }

  private func apt(_ words: [String]) async -> Result<[UInt8], SubprocessRunner.Fault> {
    await detached(
      [
        "/usr/bin/apt-get", "-q", "-y", "--no-install-recommends", "--allow-downgrades", "-o",
        "Dpkg::Options::=--force-confold", "-o", "DPkg::Lock::Timeout=120",
      ] + words)
  }

  /// Runs a command in a session of its own, so that a closed terminal or ^C does not stop the package manager half-way.
  private func detached(_ command: [String]) async -> Result<[UInt8], SubprocessRunner.Fault> {
    await programs.output(
      of: "/usr/bin/setsid",
      ["--wait", "/usr/bin/env", "DEBIAN_FRONTEND=noninteractive", "APT_LISTCHANGES_FRONTEND=none"] + command,
      reading: .both, limit: Self.longestOutput, within: Self.longMilliseconds)
  }

  private func said(_ program: String, _ words: [String]) async -> String? {
    let result = await programs.output(of: program, words, limit: 65_536, within: Self.shortMilliseconds)
    guard case .success(let output) = result else { return nil }
    return String(decoding: output, as: UTF8.self)
  }

  private static func outcome(_ result: Result<[UInt8], SubprocessRunner.Fault>) -> String? {
    guard case .failure(let fault) = result else { return nil }
    return words(fault)
  }

  /// The reason in one line. The errors of dpkg and apt come before their closing lines.
  private static func words(_ fault: SubprocessRunner.Fault) -> String {
    guard case .exited(let code, let output) = fault else { return "\(fault)" }
    let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let reason =
      lines.first { $0.contains("No space left") } ?? lines.first { $0.contains("Depends:") }
      ?? lines.first { $0.hasPrefix("dpkg: error") } ?? lines.first { $0.hasPrefix("E: ") } ?? lines.last
    return String((reason ?? "status \(code)").prefix(300))
  }
}
