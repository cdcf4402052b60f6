import Foundation

/// In what language the person at the terminal is spoken to (POSIX: `LC_ALL` before `LC_MESSAGES` before `LANG`).
enum Terminal {
  static let isChinese: Bool = {
    let environment = ProcessInfo.processInfo.environment
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    return set?.hasPrefix("zh") ?? false
  }()
}
