/// Events of slips, of attempts to print them, and of paper.
package enum PrintEvent: Hashable, Sendable {
  case slipRequested(SlipRequested)
  case attemptStarted(AttemptStarted)
  case attemptPrepared(AttemptPrepared)
  case attemptEnded(AttemptEnded)
  case paperUsed(PaperUsed)
  case rollChanged(RollChanged)
  case slipExpired(SlipExpired)
  case slipAcknowledged(SlipAcknowledged)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .slipRequested: "slipRequested"
    case .attemptStarted: "attemptStarted"
    case .attemptPrepared: "attemptPrepared"
    case .attemptEnded: "attemptEnded"
    case .paperUsed: "paperUsed"
    case .rollChanged: "rollChanged"
    case .slipExpired: "slipExpired"
    case .slipAcknowledged: "slipAcknowledged"
    }
  }
}

package struct SlipRequested: Hashable, Sendable {
  package let slip: SlipID
  package let subject: SlipSubject
  package let kiosk: String
  /// The attempt of this request: 1 at first, one more for each 补打.
  package let attempt: Int
  /// 大字.
  package let largeType: Bool
  package let language: SlipLanguage

  package init(
    slip: SlipID, subject: SlipSubject, kiosk: String, attempt: Int, largeType: Bool = false,
    language: SlipLanguage = .chinese
  ) {
    self.slip = slip
    self.subject = subject
    self.kiosk = kiosk
    self.attempt = attempt
    self.largeType = largeType
    self.language = language
  }
}

package struct AttemptStarted: Hashable, Sendable {
  package let slip: SlipID
  package let attempt: Int

  package init(slip: SlipID, attempt: Int) {
    self.slip = slip
    self.attempt = attempt
  }
}

package struct AttemptPrepared: Hashable, Sendable {
  package let slip: SlipID
  package let attempt: Int
  package let jobUUID: String

  package init(slip: SlipID, attempt: Int, jobUUID: String) {
    self.slip = slip
    self.attempt = attempt
    self.jobUUID = jobUUID
  }
}

package struct AttemptEnded: Hashable, Sendable {
  package let slip: SlipID
  package let attempt: Int
  package let outcome: AttemptOutcome

  package init(slip: SlipID, attempt: Int, outcome: AttemptOutcome) {
    self.slip = slip
    self.attempt = attempt
    self.outcome = outcome
  }
}

/// A slip used paper, or may have; accompanies the outcome of an attempt of which bytes were sent.
package struct PaperUsed: Hashable, Sendable {
  package let kiosk: String
  /// The length of one slip, including the feed before the cut; above 0.
  package let millimetres: Int

  package init(kiosk: String, millimetres: Int) {
    self.kiosk = kiosk
    self.millimetres = millimetres
  }
}

/// A new roll of paper is in (换纸).
package struct RollChanged: Hashable, Sendable {
  package let kiosk: String

  package init(kiosk: String) {
    self.kiosk = kiosk
  }
}

package struct SlipExpired: Hashable, Sendable {
  package let slip: SlipID

  package init(slip: SlipID) {
    self.slip = slip
  }
}

package struct SlipAcknowledged: Hashable, Sendable {
  package let slip: SlipID

  package init(slip: SlipID) {
    self.slip = slip
  }
}

extension PrintEvent {
  /// The slip of the event; nil for events of paper.
  package var slip: SlipID? {
    switch self {
    case .slipRequested(let e): e.slip
    case .attemptStarted(let e): e.slip
    case .attemptPrepared(let e): e.slip
    case .attemptEnded(let e): e.slip
    case .slipExpired(let e): e.slip
    case .slipAcknowledged(let e): e.slip
    case .paperUsed, .rollChanged: nil
    }
  }

  func subject(_ state: HallState) -> EventSubject {
    var subject = EventSubject()
    switch self {
    case .paperUsed(let e): subject.roll = e.kiosk
    case .rollChanged(let e): subject.roll = e.kiosk
    case .slipRequested, .attemptStarted, .attemptPrepared, .attemptEnded, .slipExpired, .slipAcknowledged:
      guard let slip = slip.flatMap({ state.print.slips[$0] }) else { break }
      switch slip.subject {
      case .ticket(let code): subject.ticket = code
      case .notice(let code): subject.notice = code
      case .reservation(let code): subject.reservation = code
      // No page of a kiosk shows it.
      case .closing:
        subject.isOfClosing = true
        return subject
      case .receipt, .correction, .casePaper, .agency, .agencyEnd, .agencyRenewal, .agencyBatch, .handoverList:
        subject.isOfCases = true
        return subject
      }
      subject.kiosk = slip.kiosk
    }
    return subject
  }
}
