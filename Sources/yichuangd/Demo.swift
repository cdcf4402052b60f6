import Control
import Foundation

/// What is particular to `--demo`.
enum Demo {
  /// The folder given, made when it is missing with everything above it; without one a fresh folder for temporary
  /// files.
  static func stateFolder(_ given: String?) throws(Exit) -> String {
    if let given {
      let path = given.hasPrefix("/") ? given : FileManager.default.currentDirectoryPath + "/" + given
      try? FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      return path
    }
    let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array((parent + "/yichuang-demo.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Exit(
        .folder, "no folder for the demo can be made in \(parent): name one with --state",
        zh: "在 \(parent) 里建不了演示用的文件夹：用 --state 写一个")
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A line for each address, as people and tests read them.
  static func addresses(_ plan: Plan, kiosks: [String], boardToken: String, kiosk: Int, hall: Int) -> [String] {
    kiosks.map { "kiosk   http://127.0.0.1:\(kiosk)/touch/?kiosk=\($0)" } + [
      "window  http://127.0.0.1:\(hall)/window/",
      "board   http://127.0.0.1:\(hall)/board/enter?token=\(boardToken)",
      "dock    http://127.0.0.1:\(kiosk)/dock/",
      "state   \(plan.stateFolder)",
    ]
  }
}
