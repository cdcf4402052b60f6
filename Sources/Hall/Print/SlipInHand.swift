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
  /// The sequence of the event that asked for the present attempt: slips come out in this order.
  package var requestedSequence: Int64
  /// 大字: every copy is drawn as the first was.
  package var largeType = false
  /// Likewise.
  package var language = SlipLanguage.chinese
  /// The printing system's name for the present attempt, once it is prepared.
  package var jobUUID: String?
  /// When the present attempt's outcome was written down.
  package var endedAt: Timestamp?
  /// 已记住, or 已取到: nobody is asked about it any more.
  package var acknowledged = false

  package var kind: SlipKind { subject.kind }

  var isNotSent: Bool { if case .notSent = state { true } else { false } }

  /// The print desk has to see to it: it is queued, or an attempt is on its way or was left open by a crash.
  var isOpen: Bool {
    switch state {
    case .queued, .printing: true
    case .printed, .notSent, .unknown, .expired: false
    }
  }

  /// The moment from which the present attempt is not begun any more.
  package var expiresAt: Timestamp {
    Timestamp(milliseconds: requestedAt.milliseconds + kind.expiryMilliseconds)
  }

  /// Milliseconds for which only the resident is asked whether an unknown slip came out; afterwards the clerks see it too.
  package static let residentIsAskedMilliseconds: Int64 = 30_000

  /// Until when the question 小票出来了吗 is the resident's alone; nil when nothing is unanswered.
  package var askedUntil: Timestamp? {
    guard case .unknown = state, !acknowledged, let endedAt else { return nil }
    return Timestamp(milliseconds: endedAt.milliseconds + Self.residentIsAskedMilliseconds)
  }
}
