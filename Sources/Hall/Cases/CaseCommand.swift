package import Groundwork

/// Commands about cases.
package enum CaseCommand: Hashable, Sendable {
  case open(OpenCase)
  /// - paper: where the paper that the step gives is printed; nil without paper.
  case step(PublicCode, CaseStep, paper: PaperWish? = nil)
  /// Another copy of a paper (补打), marked as one; the first copy where none came out yet.
  ///
  /// - number: nil: the newest paper that is the applicant's.
  case print(PublicCode, CaseNumber?, PaperWish)
  /// 交接清单 of what goes to a department together.
  ///
  /// - paper: where the list is printed; nil without paper.
  case list(department: String, paper: PaperWish? = nil)
}

/// Where a paper of a case is printed, and how.
package struct PaperWish: Hashable, Sendable {
  /// The kiosk or office printer that prints it.
  package let kiosk: String
  package let largeType: Bool

  package init(kiosk: String, largeType: Bool = false) {
    self.kiosk = kiosk
    self.largeType = largeType
  }
}

extension CaseCommand {
  /// Whether it may ask for paper.
  var wantsPaper: Bool {
    switch self {
    case .open, .step(_, .issueCorrection, _), .print: true
    case .step(_, _, let paper), .list(_, let paper): paper != nil
    }
  }
}

/// Takes papers and begins a case.
package struct OpenCase: Hashable, Sendable {
  package let item: String
  package var answers: [String] = []
  package var ticket: PublicCode?
  package let applicant: SealedCaseText
  package var holder: HolderPseudonym?
  package var by = CaseBearer.oneself
  package var papers: [CasePaper] = []
  /// 委托受理、授权办理: what the station took, on this day; nil: today.
  package var receivedOn: CivilDate?
  /// The kiosk or office printer that prints the receipt; nil without paper.
  package var kiosk: String?
  package var largeType = false
  /// Names on the list of the one-time notice that the ticket's holder brought, as the catalogue had it then; nil where none
  /// was brought, or its version is not kept.
  package var toldBefore: Set<String>?
  /// The agency case (代办件) that an agent brings it with.
  package var agency: PublicCode?

  package init(item: String, applicant: SealedCaseText) {
    self.item = item
    self.applicant = applicant
  }
}

/// A step of a case that is open.
package enum CaseStep: Hashable, Sendable {
  case correctOnSpot(material: String, what: SealedCaseText)
  case issueCorrection(IssueCorrection)
  /// - byHand: the clerk says that the paper was handed over, where no printer confirmed it.
  case serve(ServingWay, witnesses: [String], byHand: Bool)
  case takePapers([CasePaper], isComplete: Bool)
  /// - owedBy: until when papers that may follow are handed in; nil: before the decision.
  case accept(isImmediate: Bool, owedBy: CivilDate?)
  case proposeRefusal(RefusalGround, article: String, text: SealedCaseText, told: String?)
  case refuse(returnsOriginals: Bool)
  case redirect(organ: String, address: String, phone: String, returnsOriginals: Bool)
  case withdraw(returnsOriginals: Bool)
  /// - kept: originals that the department keeps for good.
  case forward(department: String, materials: [String], kept: [OriginalsMoved])
  case confirm(differs: [String])
  case pause(PauseCase)
  /// - to: the last day that is not counted; nil: today.
  case resume(to: CivilDate?)
  /// - isTold: the paper was handed over; else the extension holds once it has come out.
  case extend(count: Int, LimitUnit, head: String, reason: String, article: String, isTold: Bool)
  case decide(CaseOutcome, results: [CaseResult])
  case makeReady(location: String)
  case collect(CaseBearer, shown: CollectionProof, isSigned: Bool, returnsOriginals: Bool)
  case send(SendingWay, reference: String?, returnsOriginals: Bool)
  /// A paper that was announced was handed over by hand: from here on it holds.
  case tell(CaseNumber)
  case undoAccept
  case reassign(to: String, reason: String)
  case correctEntry(CorrectEntry)
  case explain(ExplainOverdue)
  /// The result was moved to another location.
  case relocate(to: String)
  case askFurther([CorrectionLine])
  /// A posted notice has come; nil: today.
  case deliver(on: CivilDate?)
}

/// Puts a wrong entry right.
package struct CorrectEntry: Hashable, Sendable {
  package let field: CaseField
  /// Only for counts.
  package var material: String?
  /// The right value; empty where the applicant changes, or an acceptance is taken back.
  package var value = ""
  package var applicant: SealedCaseText?
  package var holder: HolderPseudonym?
  package let reason: SealedCaseText
  /// The badge of a clerk who is there and agrees.
  package let second: String

  package init(field: CaseField, reason: SealedCaseText, second: String) {
    self.field = field
    self.reason = reason
    self.second = second
  }
}

package struct ExplainOverdue: Hashable, Sendable {
  /// 1...200 characters, for the applicant.
  package let text: String
  package var expected: CivilDate?
  package var tellsRemedy = false

  package init(text: String) { self.text = text }
}

package struct IssueCorrection: Hashable, Sendable {
  package let lines: [CorrectionLine]
  package var isElectronic = false
  /// Why it was not told the first time; nil where everything is new.
  package var secondReason: SealedCaseText?
  package var kiosk: String?
  package var largeType = false

  package init(lines: [CorrectionLine]) { self.lines = lines }
}

package struct PauseCase: Hashable, Sendable {
  package let stage: String
  /// The day on which the stage begins; nil: today.
  package var from: CivilDate?
  /// 1...365.
  package let expectedDays: Int
  /// The written notice (特别程序告知) was handed over; else the limit runs on until it has come out.
  package let isTold: Bool
  /// Why it is entered late.
  package var reason: String?

  package init(stage: String, from: CivilDate? = nil, expectedDays: Int, isTold: Bool, reason: String? = nil) {
    self.stage = stage
    self.from = from
    self.expectedDays = expectedDays
    self.isTold = isTold
    self.reason = reason
  }
}
