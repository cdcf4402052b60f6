import Control
import Foundation
import Glibc
import Ports

/// The files that switch a machine's own screen on, below a root.
struct ScreenFiles: Sendable {
  /// A file that cannot be read or written.
  struct Fault: Error, Hashable, Sendable {
    let path: String
    let code: Int32
  }

  /// Empty for this machine; another root while an image is built.
  let root: String

  /// The settings that the units read. The page's address contains its secret, so nobody else may read the file.
  var settings: String { root + "/etc/yichuang/screen.conf" }
  /// What Chromium may do, for every browser of this machine while the screen is on.
  var policy: String { root + "/etc/chromium/policies/managed/yichuang-screen.json" }
  /// Lets the browser of a board reach its hall.
  var network: String { root + "/etc/systemd/system/yichuang-screen.service.d/50-board.conf" }
  /// Exists where another program shows a desktop.
  var displayManager: String { root + "/etc/systemd/system/display-manager.service" }

  /// The programs that a screen needs and this machine lacks.
  var missing: [String] {
    [
      ("/usr/bin/chromium", "chromium"), ("/usr/lib/xorg/Xorg", "xserver-xorg-core"), ("/usr/bin/xprop", "x11-utils"),
      ("/usr/lib/xorg/modules/input/libinput_drv.so", "xserver-xorg-input-libinput"),
      ("/usr/bin/matchbox-window-manager", "matchbox-window-manager"),
      ("/usr/lib/chromium/chrome-sandbox", "chromium-sandbox"),
    ].filter { !FileManager.default.fileExists(atPath: root + $0.0) }.map(\.1)
  }

  /// - Parameters:
  ///   - template: the shipped policy, without addresses.
  ///   - authority: the hall's certificate authority, PEM; nil where the machine trusts the hall already.
  func write(_ page: ScreenPage, template: [UInt8], authority: String?) throws(Fault) {
    try write(
      """
      # The page of this machine's own screen. Written by `yichuangctl screen on`; `yichuangctl screen off` takes it away.
      SCREEN_PAGE="\(page.address)"

      """, to: settings, mode: 0o600)
    try write(policyText(page, template, authority), to: policy, mode: 0o644)
    if page.isHere {
      try remove(network)
    } else {
      try write(
        """
        # The board's hall is another machine of the hall's own network. Written by `yichuangctl screen on`.
        [Service]
        IPAddressAllow=10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 link-local

        """, to: network, mode: 0o644)
    }
  }

  /// Takes all of them away.
  func remove() throws(Fault) {
    for path in [settings, policy, network] { try remove(path) }
  }

  /// The address that is shown; nil while the screen is off.
  func page() -> String? {
    guard let text = try? String(contentsOfFile: settings, encoding: .utf8) else { return nil }
    let prefix = "SCREEN_PAGE=\""
    let line = text.split(separator: "\n").first { $0.hasPrefix(prefix) }
    return line.map { String($0.dropFirst(prefix.count).dropLast()) }
  }

  private func policyText(_ page: ScreenPage, _ template: [UInt8], _ authority: String?) throws(Fault) -> String {
    guard var policy = try? JSONDecoder().decode([String: ControlValue].self, from: Data(template)) else {
      throw Fault(path: "policies.json", code: EINVAL)
    }
    var allowed: [ControlValue] = if case .list(let list) = policy["URLAllowlist"] { list } else { [] }
    allowed.append(.text(page.origin + (page.kind == .kiosk ? "/touch/" : "/board/")))
    policy["URLAllowlist"] = .list(allowed)
    // A board plays speech although nobody has touched the page.
    if page.kind == .board { policy["AutoplayAllowlist"] = .list([.text(page.origin)]) }
    if let authority { policy["CACertificates"] = .list([.text(authority)]) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(policy) else { throw Fault(path: self.policy, code: EINVAL) }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private func remove(_ path: String) throws(Fault) {
    if unlink(path) != 0, errno != ENOENT { throw Fault(path: path, code: errno) }
  }

  /// Writes under a temporary name in the same folder, durably, and then replaces the former file.
  private func write(_ text: String, to path: String, mode: mode_t) throws(Fault) {
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let new = path + ".new"
    let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw Fault(path: path, code: errno) }
    fchmod(file, mode)
    var code = FileWriting.write(Array(text.utf8), to: file)
    if code == 0 { code = FileWriting.sync(file) }
    close(file)
    if code == 0, rename(new, path) != 0 { code = errno }
    guard code == 0 else {
      unlink(new)
      throw Fault(path: path, code: code)
    }
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    _ = FileWriting.sync(directory)
    close(directory)
  }
}

extension ControlReply {
  init(_ fault: ScreenFiles.Fault) {
    let why = String(cString: strerror(fault.code))
    self.init(
      .folder, "\(fault.path) cannot be written: \(why); run it as root (sudo)",
      zh: "\(fault.path) 写不了（\(why)）：用 root 运行（sudo）", ["path": .text(fault.path)])
  }
}
