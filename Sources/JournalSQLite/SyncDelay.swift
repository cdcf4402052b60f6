import Glibc

/// A pause after every sync, to measure on a fast disk how the hall behaves on a slow one.
struct SyncDelay: Sendable {
  let milliseconds: UInt32

  static let none = SyncDelay(milliseconds: 0)

  func wait() {
    if milliseconds > 0 { usleep(milliseconds * 1000) }
  }
}
