import ArgumentParser
import Control
import Foundation
import Subprocesses

/// Certificates for consoles and boards on other machines, made by this program's own commands where it has them.
struct CertificateStep {
  private let programs = SubprocessRunner()

  private static func has(_ command: String) -> Bool {
    YichuangCtl.configuration.subcommands.contains { $0.configuration.commandName == command }
  }

  static var isThere: Bool { has("tls") }

  /// Whether a door in front of the daemon can be written.
  static var hasDoor: Bool { has("door") }

  /// The first address of this machine that is no loopback.
  static var ownAddress: String? {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return nil }
    defer { freeifaddrs(first) }
    for entry in sequence(first: first, next: { $0?.pointee.ifa_next }) {
      guard let entry, let address = entry.pointee.ifa_addr, address.pointee.sa_family == AF_INET,
        entry.pointee.ifa_flags & UInt32(IFF_LOOPBACK) == 0
      else { continue }
      var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let length = socklen_t(MemoryLayout<sockaddr_in>.size)
      guard getnameinfo(address, length, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else { continue }
      return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }
    return nil
  }

  /// What became of it, for the summary.
  func run(_ address: String, config: String) async -> ControlReply {
    guard Self.isThere else {
      return ControlReply(
        .installation,
        "no certificate was made: this release has no `yichuangctl tls`; consoles work on this machine only",
        zh: "没有签发证书：这一版没有 yichuangctl tls，窗口和大屏页面只能在本机用")
    }
    let made = await own(["tls", "init", "--address", address])
    guard made.status == 0, Self.hasDoor else { return made }
    let door = await own(["door", "write", "--config", config, "--reload"])
    return door.status == 0 ? made : door
  }

  private func own(_ words: [String]) async -> ControlReply {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/bin/yichuangctl"
    let ended = await programs.output(
      of: program, words, passing: ["YICHUANG_SHARE", "YICHUANG_STATE"], reading: .both, limit: 65_536, within: 60_000)
    switch ended {
    case .success(let output):
      return ControlReply(String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines))
    case .failure(let fault):
      var said = "\(fault)"
      if case .exited(_, let output) = fault { said = String(decoding: output.prefix(400), as: UTF8.self) }
      return ControlReply(
        .unavailable, "yichuangctl \(words[0]) did not succeed: \(said)", zh: "yichuangctl \(words[0]) 没有成功：\(said)")
    }
  }
}
