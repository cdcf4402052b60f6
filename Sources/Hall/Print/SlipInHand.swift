package import Groundwork

/// A slip that was asked for, and what became of it.
package struct SlipInHand: Hashable, Sendable {
  package let id: SlipID
  package let subject: SlipSubject
  package var kiosk: String
  package var state: SlipState
  /// The attempt that was asked for last.
  package var attempt: Int
  package var requestedAt: Timestamp
  /// 大字: every copy is drawn as the first was.
  package var largeType = false
  /// The printing system's name for the present attempt, once it is prepared.
  package var jobUUID: String?
  /// 已记住, or 已取到: nobody is asked about it any more.
  package var acknowledged = false

  package var kind: SlipKind {
    switch subject {
    case .ticket: .ticket
    case .notice: .notice
    }
  }

  /// The moment from which the present attempt is not begun any more.
  package var expiresAt: Timestamp {
    Timestamp(milliseconds: requestedAt.milliseconds + kind.expiryMilliseconds)
  }
}
