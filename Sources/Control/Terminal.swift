import Foundation

/// The language for the person at the terminal (POSIX: `LC_ALL` before `LC_MESSAGES` before `LANG`).
package enum Terminal {
  package static let isChinese: Bool = isChinese(ProcessInfo.processInfo.environment)

  static func isChinese(_ environment: [String: String]) -> Bool {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    return set?.hasPrefix("zh") ?? false
  }
}
