import Groundwork

extension HallState {
  mutating func evolveSlipRequested(_ e: SlipRequested, _ at: Timestamp) {
    slips[e.slip] = SlipInHand(
      id: e.slip, subject: e.subject, kiosk: e.kiosk, state: .queued, attempt: e.attempt, requestedAt: at,
      requestedSequence: sequence + 1, largeType: e.largeType, language: e.language)
    switch e.subject {
    case .ticket(let code): tickets[code]?.slip = e.slip
    case .notice(let code): notices[code]?.slip = e.slip
    }
  }

  /// A try begins: another try of the same attempt gets another name in the printing system.
  mutating func evolveAttemptStarted(_ e: AttemptStarted) {
    slips[e.slip]?.state = .printing(attempt: e.attempt)
    slips[e.slip]?.jobUUID = nil
    slips[e.slip]?.endedAt = nil
  }

  mutating func evolveAttemptEnded(_ e: AttemptEnded, _ at: Timestamp) {
    slips[e.slip]?.endedAt = at
    switch e.outcome {
    case .printed(let evidence): slips[e.slip]?.state = .printed(attempt: e.attempt, evidence)
    case .notSent(let reason): slips[e.slip]?.state = .notSent(attempt: e.attempt, reason: reason)
    case .unknown(let reason): slips[e.slip]?.state = .unknown(attempt: e.attempt, reason: reason)
    }
  }

  /// Slips that the print desk has to see to: queued ones first asked for first, and attempts that a crash left open.
  package var openSlips: [SlipInHand] {
    slips.values
      .filter { slip in
        switch slip.state {
        case .queued, .printing: true
        case .printed, .notSent, .unknown, .expired: false
        }
      }
      .sorted { ($0.requestedSequence, $0.id.text) < ($1.requestedSequence, $1.id.text) }
  }
}
