import Control
import Desks
import Groundwork
import Hall
import Logging
import Ports
import Settings
import YAMLDocuments

/// Reads configuration and everything that it names, or says everything that is wrong in them.
struct HallFiles: Sendable {
  let configuration: String
  /// The folder of printer models.
  let models: String
  let sealing: any Sealing
  /// Whether each warning is said, as whoever checks the files wants.
  var saysWarnings = false
  /// Else told how many there are and how to hear them.
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
    return settings
  }

  private static func warn(_ words: String) { writeError((Terminal.isChinese ? "提醒：" : "warning: ") + words) }
}
