package import Groundwork

/// A paper of a case that has a number of its own, and what it says.
///
/// Receipts and correction notices are kept with the case itself.
package struct GivenPaper: Hashable, Sendable {
  /// The event that gave the number; once an announcement has been told, the event that made it hold.
  package var event: CaseEvent
  package let number: CaseNumber
  package let at: Timestamp
  /// The badge that gave it; nil where the clock did.
  package let by: String?
  /// Its newest slip; nil while none was asked for.
  package var slip: SlipID?
  /// What it says does not hold any more: an acceptance that was taken back, an announcement that another one replaced.
  package var isVoid = false

  package init(event: CaseEvent, number: CaseNumber, at: Timestamp, by: String?) {
    self.event = event
    self.number = number
    self.at = at
    self.by = by
  }
}

extension Case {
  package func paper(_ number: CaseNumber) -> GivenPaper? { given.first { $0.number == number } }

  /// The numbers of all its papers, in the order in which they were given.
  package var numbers: [CaseNumber] {
    [opened.number] + corrections.map(\.number) + given.map(\.number)
  }

  /// What one of its papers is called; a receipt for what came later has the name of its own.
  package func title(of number: CaseNumber) -> String {
    guard case .papersReturned? = paper(number)?.event else { return number.kind.chinese }
    return "补正材料收件凭证"
  }

  /// The newest slip of one of its papers.
  package func slip(of number: CaseNumber) -> SlipID? {
    if number == opened.number { return receiptSlip }
    if number == corrections.last?.number { return correctionSlip }
    return paper(number)?.slip
  }

  /// What a slip of that paper is about; nil for a number that is none of this case.
  package func subject(of number: CaseNumber) -> SlipSubject? {
    if number == opened.number { return .receipt(code) }
    if number == corrections.last?.number { return .correction(code) }
    return paper(number).map { _ in .casePaper(code, number) }
  }

  /// The acceptance that holds; nil before, and after it was taken back.
  package var acceptance: GivenPaper? { given.last { $0.number.kind == .acceptance && !$0.isVoid } }

  /// The pause that the applicant has not been told yet.
  package var announcedPause: PauseAnnounced? {
    untold.lazy.compactMap { if case .pauseAnnounced(let e) = $0.event { e } else { nil } }.first
  }

  /// The extension that the applicant has not been told yet.
  package var announcedExtension: ExtensionAnnounced? {
    untold.lazy.compactMap { if case .extensionAnnounced(let e) = $0.event { e } else { nil } }.first
  }

  /// Why it is late, as it was told last.
  package var explained: OverdueExplained? {
    given.lazy.reversed().compactMap { if case .overdueExplained(let e) = $0.event { e } else { nil } }.first
  }

  /// What the department asked for while it examines.
  package var furtherAsked: [CorrectionLine] {
    given.flatMap { paper -> [CorrectionLine] in
      if case .furtherPapersAsked(let e) = paper.event { e.lines } else { [] }
    }
  }

  /// Announcements that wait until the applicant has been told. What ends a case or decides it drops them.
  package var untold: [GivenPaper] { stage.isRunning ? given.filter { !$0.isVoid && $0.isAnnouncement } : [] }
}

extension GivenPaper {
  /// Whether it is an announcement, which has no effect before the applicant has been told.
  package var isAnnouncement: Bool {
    switch event {
    case .pauseAnnounced, .extensionAnnounced: true
    default: false
    }
  }
}
