package import Groundwork

/// The paper of one kiosk since its roll was changed last (换纸): what a forecast is made of where no sensor sees the end.
package struct PaperRoll: Hashable, Sendable {
  /// Slips that came out, or may have.
  package var slips = 0
  /// Paper that they used.
  package var millimetres = 0
  /// When the roll was changed; nil: not since the journal began.
  package var changedAt: Timestamp?

  package init(slips: Int = 0, millimetres: Int = 0, changedAt: Timestamp? = nil) {
    self.slips = slips
    self.millimetres = millimetres
    self.changedAt = changedAt
  }
}

extension PaperUsed {
  /// No slip is longer: a notice of the longest item takes less than a metre.
  static let longestMillimetres = 10_000
}

extension AttemptOutcome {
  /// False when it is known that nothing was sent.
  package var mayHaveUsedPaper: Bool { if case .notSent = self { false } else { true } }
}

extension HallState {
  /// Staff changed the roll, or the print desk saw that paper is in again.
  func decideChangeRoll(
    _ kiosk: String, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard let rule = rules.kiosk(kiosk) else { throw .unknownKiosk(kiosk) }
    guard rule.prints else { throw .noPrinter(kiosk) }
    switch envelope.actor {
    case .staff, .system, .operator: break
    case .kiosk: throw .staffOnly
    }
    return Decision([.rollChanged(RollChanged(kiosk: kiosk))], .done)
  }

  mutating func evolvePaperUsed(_ e: PaperUsed) {
    rolls[e.kiosk, default: PaperRoll()].slips += 1
    rolls[e.kiosk, default: PaperRoll()].millimetres += e.millimetres
  }
}
