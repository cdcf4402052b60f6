/// A screen that is watched: its page beats while it is drawn.
package enum WatchedScreen: Hashable, Sendable {
  /// The screen of a configured kiosk, by its id.
  case kiosk(String)
  /// A board's screen, by the name that its machine was given.
  case board(String)
}

extension WatchedScreen {
  /// Letters of a board's name at most.
  package static let longestName = 32

  /// Whether a board's screen may have this name: 1 to 32 of `a-z`, `0-9` and hyphens, no hyphen first.
  package static func isName(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D }
    return isPlain && (1...longestName).contains(name.utf8.count) && !name.hasPrefix("-")
  }
}
