package import Groundwork

/// How a ticket came to be called, for the question why it was called before another one (为什么 B012 在 A020 前面).
package struct CallNote: Hashable, Sendable {
  package enum Basis: Hashable, Sendable {
    /// 先来: it overtook nobody.
    case inTurn
    /// 优先: it overtook others, as the nth in a row.
    case overtaking(Int)
    /// 点名: a clerk picked it. The reason is nil when it passed over nobody.
    case byName(badge: String?, reason: String?)
  }

  /// The sequence of the call's event.
  package let sequence: Int64
  package internal(set) var at: Timestamp
  package let window: Int
  /// The window's lanes in the order of its preference, at that moment; empty where it served one.
  package let lanes: [LaneLetter]
  package let basis: Basis
  /// The lane in which it waited.
  package let lane: LaneLetter
  /// It waited for this window alone.
  package let isFromPool: Bool

  package init(
    sequence: Int64, at: Timestamp, window: Int, lanes: [LaneLetter], basis: Basis, lane: LaneLetter, isFromPool: Bool
  ) {
    self.sequence = sequence
    self.at = at
    self.window = window
    self.lanes = lanes
    self.basis = basis
    self.lane = lane
    self.isFromPool = isFromPool
  }
}
