package import Groundwork

/// The paper of one kiosk since its roll was changed (换纸), for the forecast where there is no near-end sensor.
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
  /// The longest slip: a notice of the longest item takes less than a metre.
  static let longestMillimetres = 10_000
}

extension AttemptOutcome {
  /// False when it is known that nothing was sent.
  package var mayHaveUsedPaper: Bool { if case .notSent = self { false } else { true } }
}
