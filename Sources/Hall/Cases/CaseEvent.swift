/// Events of cases (办件). Their payloads are in `CaseEvent+Papers.swift`, `CaseEvent+Course.swift` and
/// `CaseEvent+Later.swift`.
package enum CaseEvent: Hashable, Sendable {
  case caseOpened(CaseOpened)
  case correctedOnSpot(CorrectedOnSpot)
  case correctionIssued(CorrectionIssued)
  case correctionServed(CorrectionServed)
  case papersReturned(PapersReturned)
  /// Nobody was told in time what is missing, and the law takes that for acceptance.
  case acceptanceDeemed(AcceptanceDeemed)
  /// The hall's own promise to tell in time was not kept; it has no effect in law.
  case correctionPromiseBroken(CorrectionPromiseBroken)
  case caseAccepted(CaseAccepted)
  case refusalProposed(RefusalProposed)
  case caseRefused(CaseRefused)
  case caseRedirected(CaseRedirected)
  case caseWithdrawn(CaseWithdrawn)
  case caseForwarded(CaseForwarded)
  case forwardConfirmed(ForwardConfirmed)
  case clockPaused(ClockPaused)
  case clockResumed(ClockResumed)
  case timeExtended(TimeExtended)
  case dueRecomputed(DueRecomputed)
  case caseDecided(CaseDecided)
  case resultReady(ResultReady)
  case resultCollected(ResultCollected)
  case resultSent(ResultSent)
  case pauseAnnounced(PauseAnnounced)
  case extensionAnnounced(ExtensionAnnounced)
  case acceptanceUndone(AcceptanceUndone)
  case caseReassigned(CaseReassigned)
  case caseCorrected(CaseCorrected)
  case overdueExplained(OverdueExplained)
  case resultPlaced(ResultPlaced)
  case furtherPapersAsked(FurtherPapersAsked)
  case correctionDelivered(CorrectionDelivered)
  case casesListed(CasesListed)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .caseOpened: "caseOpened"
    case .correctedOnSpot: "correctedOnSpot"
    case .correctionIssued: "correctionIssued"
    case .correctionServed: "correctionServed"
    case .papersReturned: "papersReturned"
    case .acceptanceDeemed: "acceptanceDeemed"
    case .correctionPromiseBroken: "correctionPromiseBroken"
    case .caseAccepted: "caseAccepted"
    case .refusalProposed: "refusalProposed"
    case .caseRefused: "caseRefused"
    case .caseRedirected: "caseRedirected"
    case .caseWithdrawn: "caseWithdrawn"
    case .caseForwarded: "caseForwarded"
    case .forwardConfirmed: "forwardConfirmed"
    case .clockPaused: "clockPaused"
    case .clockResumed: "clockResumed"
    case .timeExtended: "timeExtended"
    case .dueRecomputed: "dueRecomputed"
    case .caseDecided: "caseDecided"
    case .resultReady: "resultReady"
    case .resultCollected: "resultCollected"
    case .resultSent: "resultSent"
    case .pauseAnnounced: "pauseAnnounced"
    case .extensionAnnounced: "extensionAnnounced"
    case .acceptanceUndone: "acceptanceUndone"
    case .caseReassigned: "caseReassigned"
    case .caseCorrected: "caseCorrected"
    case .overdueExplained: "overdueExplained"
    case .resultPlaced: "resultPlaced"
    case .furtherPapersAsked: "furtherPapersAsked"
    case .correctionDelivered: "correctionDelivered"
    case .casesListed: "casesListed"
    }
  }

  /// The case that it concerns; of `casesListed` the list's own code.
  package var code: PublicCode {
    switch self {
    case .caseOpened(let e): e.code
    case .correctedOnSpot(let e): e.code
    case .correctionIssued(let e): e.code
    case .correctionServed(let e): e.code
    case .papersReturned(let e): e.code
    case .acceptanceDeemed(let e): e.code
    case .correctionPromiseBroken(let e): e.code
    case .caseAccepted(let e): e.code
    case .refusalProposed(let e): e.code
    case .caseRefused(let e): e.code
    case .caseRedirected(let e): e.code
    case .caseWithdrawn(let e): e.code
    case .caseForwarded(let e): e.code
    case .forwardConfirmed(let e): e.code
    case .clockPaused(let e): e.code
    case .clockResumed(let e): e.code
    case .timeExtended(let e): e.code
    case .dueRecomputed(let e): e.code
    case .caseDecided(let e): e.code
    case .resultReady(let e): e.code
    case .resultCollected(let e): e.code
    case .resultSent(let e): e.code
    case .pauseAnnounced(let e): e.code
    case .extensionAnnounced(let e): e.code
    case .acceptanceUndone(let e): e.code
    case .caseReassigned(let e): e.code
    case .caseCorrected(let e): e.code
    case .overdueExplained(let e): e.code
    case .resultPlaced(let e): e.code
    case .furtherPapersAsked(let e): e.code
    case .correctionDelivered(let e): e.code
    case .casesListed(let e): e.code
    }
  }

  /// Only feeds of staff get events of cases: neither number nor item nor name is ever public.
  var subject: EventSubject {
    var subject = EventSubject()
    subject.isOfCases = true
    return subject
  }
}
