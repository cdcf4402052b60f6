import Foundation
import TestKit

/// The programs that a private cupsd runs: those of the system, and our own backend among them.
extension PrivateCUPS {
  /// The backend that was built with these tests.
  static let slipBackend = products.appendingPathComponent("yichuang-pos")

  /// cupsd runs only programs of root that nobody else may write, in folders of the same kind.
  static func layOut(programs: URL) throws {
    let files = FileManager.default
    let system = URL(fileURLWithPath: "/usr/lib/cups")
    let folder: [FileAttributeKey: Any] = [.posixPermissions: 0o755]
    let backends = programs.appendingPathComponent("backend")
    try files.createDirectory(at: backends, withIntermediateDirectories: true, attributes: folder)
    for name in try files.contentsOfDirectory(atPath: system.path) where name != "backend" {
      try files.createSymbolicLink(
        at: programs.appendingPathComponent(name), withDestinationURL: system.appendingPathComponent(name))
    }
    for name in ["socket", "ipp"] {
      try files.copyItem(
        at: system.appendingPathComponent("backend/\(name)"), to: backends.appendingPathComponent(name))
    }
    let ours = backends.appendingPathComponent("yichuang-pos")
    try files.copyItem(at: slipBackend, to: ours)
    // Mode 0755 and not 0700: so it runs as `lp`.
    try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: ours.path)
  }

  /// As on an installed system: of root, for the group that the backend and the daemon share.
  static func makeClaimsFolder(_ folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if geteuid() == 0, let group = getgrnam("lp") { chown(folder.path, 0, group.pointee.gr_gid) }
    guard chmod(folder.path, 0o2770) == 0 else { throw NeverHappened("chmod: \(errno)") }
  }

  /// The folder of the test bundle, which is the folder of the programs. The runner is another program elsewhere.
  private static var products: URL {
    Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
      ?? Bundle.main.bundleURL
  }

  /// The one that tests use which neither end it nor read its log. Each has queues of its own.
  static var shared: PrivateCUPS {
    get async throws { try await theShared.value }
  }

  private static let theShared = Task { try await PrivateCUPS(isShared: true) }
}
