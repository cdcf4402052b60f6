package import Groundwork

/// A requested slip and its outcome.
package struct SlipInHand: Hashable, Sendable {
  package let id: SlipID
  package let subject: SlipSubject
  package var kiosk: String
  package var state: SlipState
  /// The latest requested attempt.
  package var attempt: Int
  package var requestedAt: Timestamp
  /// The sequence of the event that requested the present attempt: slips are printed in this order.
  package var requestedSequence: Int64
  /// 大字: every copy is drawn like the first.
  package var largeType = false
  /// Every copy has the language of the first.
  package var language = SlipLanguage.chinese
  /// The printing system's name for the present attempt, once it is prepared.
  package var jobUUID: String?
  /// When the present attempt's outcome was recorded.
  package var endedAt: Timestamp?
  /// 已记住, or 已取到: nobody is asked about it any more.
  package var acknowledged = false

  package init(
    id: SlipID, subject: SlipSubject, kiosk: String, state: SlipState, attempt: Int, requestedAt: Timestamp,
    requestedSequence: Int64, largeType: Bool = false, language: SlipLanguage = .chinese
  ) {
    self.id = id
    self.subject = subject
    self.kiosk = kiosk
    self.state = state
    self.attempt = attempt
    self.requestedAt = requestedAt
    self.requestedSequence = requestedSequence
    self.largeType = largeType
    self.language = language
  }

  package var kind: SlipKind { subject.kind }

  var isNotSent: Bool { if case .notSent = state { true } else { false } }

  /// The print desk has to handle it: it is queued, or an attempt is in progress or was left open by a crash.
  var isOpen: Bool {
    switch state {
    case .queued, .printing: true
    case .printed, .notSent, .unknown, .expired: false
    }
  }

  /// From this moment on the present attempt is not started any more.
  package var expiresAt: Timestamp {
    Timestamp(milliseconds: requestedAt.milliseconds + kind.expiryMilliseconds)
  }

  /// Milliseconds for which only the resident is asked about an unknown slip; afterwards the clerks see it too.
  package static let residentIsAskedMilliseconds: Int64 = 30_000

  /// Until when only the resident is asked 小票出来了吗; nil when nothing is unanswered.
  package var askedUntil: Timestamp? {
    guard case .unknown = state, !acknowledged, let endedAt else { return nil }
    return Timestamp(milliseconds: endedAt.milliseconds + Self.residentIsAskedMilliseconds)
  }
}
