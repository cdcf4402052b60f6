import YAMLDocuments
import Control
import Desks
import Foundation
import Groundwork
import Hall
import Logging
import Ports
import Settings

/// What to build, from `--config` or `--demo`.
struct Plan: Sendable {
  let configuration: String
  /// The folder of printer models in the package.
  let models: String
  let stateFolder: String
  let demo: Bool
  /// The hall's own state folder, beside which a training (演练) is held; nil for the hall itself.
  var trainedHall: String?
  /// Ports from the command line, in the demo; 0 takes a free one.
  var kioskPort: Int?
  var hallPort: Int?
  /// Whether the demo's kiosks are exempt from rate limits.
  var isUnlimited = false

  var isTraining: Bool { trainedHall != nil }
  /// Whether printers and readers are emulated and operated on the page /dock/: in the demo and in a training.
  var isEmulated: Bool { demo || isTraining || Self.isEmulatedForTests }

  /// `YICHUANG_TEST_EMULATED`: a configured hall with emulated devices, in debug builds only.
  private static let isEmulatedForTests: Bool = {
    #if DEBUG
      ProcessInfo.processInfo.environment["YICHUANG_TEST_EMULATED"] != nil
    #else
      false
    #endif
  }()

  static let defaultConfiguration = "/etc/yichuang/yichuang.yaml"
  static let defaultState = "/var/lib/yichuang"

  /// The folder for the slips of the demo's printer.
  func slipFolder(of kiosk: String) -> String { "\(stateFolder)/slips/\(kiosk)" }
}

/// The parts of the start that differ in `--demo`.
enum Demo {
  /// The given folder, created with its parents if missing; without one a new temporary folder.
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

  /// A line for each address, for people and tests.
  static func addresses(
    _ plan: Plan, kiosks: [String], boardToken: String, kiosk: Endpoint, hall: Endpoint
  ) -> [String] {
    kiosks.map { "kiosk   http://\(kiosk)/touch/?kiosk=\($0)" } + [
      "window  http://\(hall)/window/",
      "board   http://\(hall)/board/enter?token=\(boardToken)",
      "dock    http://\(kiosk)/dock/",
      "state   \(plan.stateFolder)",
    ]
  }
}

/// Loads configuration and everything that it names, or reports all of their faults.
struct HallFiles: Sendable {
  let configuration: String
  /// The folder of printer models.
  let models: String
  let sealing: any Sealing
  /// Whether the settings of a training of this hall are meant.
  var isTraining = false
  /// Whether each warning is printed, as for `--check`.
  var saysWarnings = false
  /// Logs how many warnings there are and how to list them, unless `saysWarnings`.
  var logger: Logger?

  /// - Throws: `Exit` with each fault on a line of its own.
  func load() throws(Exit) -> HallSettings {
    let loaded = ConfigurationFile.load(configuration, models: models, sealing: sealing)
    let warnings = loaded.warnings
    let isChinese = Terminal.isChinese
    if saysWarnings {
      for warning in warnings { Self.warn(warning.line(inChinese: isChinese)) }
    } else if !warnings.isEmpty {
      let count = "\(warnings.count) warning\(warnings.count == 1 ? "" : "s")"
      let words = isChinese ? "文件里有 \(warnings.count) 处提醒" : "\(count) about the files"
      logger?.notice("\(words): yichuangd --check --config \(configuration)")
    }
    if saysWarnings, let rules = loaded.value?.rules {
      let today = rules.zone.civil(SystemClock().now()).date
      let reach = rules.calendar.reach(on: today)
      if let words = isChinese ? reach.chinese : reach.words { Self.warn(words) }
    }
    guard let settings = loaded.value else {
      let count = loaded.faults.count
      func lines(inChinese: Bool) -> String {
        loaded.faults.map { "\n" + $0.line(inChinese: inChinese) }.joined()
      }
      throw Exit(
        .configuration,
        "\(configuration) cannot be used: \(count) fault\(count == 1 ? "" : "s")\(lines(inChinese: false))",
        zh: "\(configuration) 不能用，有 \(count) 处错误：\(lines(inChinese: true))")
    }
    return isTraining ? try Training.settings(of: settings, sealing) : settings
  }

  private static func warn(_ words: String) { writeError((Terminal.isChinese ? "提醒：" : "warning: ") + words) }
}
