package enum CaseRefusal: Hashable, Sendable {
  case unknownCase
  /// The step does not fit where the case stands.
  case caseIs(CaseStage)
  /// A question of the item is open: its key.
  case itemNeedsAnswers(String)
  /// Not on the checklist of the case's version and answers (行政许可法 第三十一条).
  case materialNotListed(String)
  /// The hall gets it by data sharing; it is asked only as `shared_failed`.
  case sharedMaterial(String)
  /// A line without what exactly to bring.
  case askNeeded
  case reasonNeeded
  case secondBadgeNeeded
  /// Something was not told the first time: it needs a reason.
  case secondNotice([String])
  /// The first clock has run out: a new line cannot stop the acceptance of a licence.
  case toldTooLate(TellBy)
  /// The paper has not come out, and nobody says that it was handed over.
  case notTold
  case papersMissing([String])
  case noApprover
  case notApprover
  case ownProposal
  case nothingProposed
  case owed([String])
  case paused
  case notPaused
  /// The stage is not one for which a limit of the item stops.
  case stageNotExcluded(String)
  /// A date that lies ahead, before acceptance, or too far back.
  case badCaseDate
  case alreadyExtended
  case badExtension
  case originalsOpen([OriginalsMoved])
  /// More originals than there are.
  case noSuchOriginals(String)
  /// The station may not take this item for the town.
  case notEntrusted
  case notServedHere
  case proxyNeeded
  /// A field that is empty, too long, or holds control characters.
  case badCaseText
  case tooManyCases(limit: Int)
  /// Personal data cannot be sealed: nothing is taken.
  case cannotSeal
  /// Nobody with this badge is at work.
  case notAtWork(String)
  /// The time to take an acceptance back is over, or it was somebody else's.
  case tooLateToUndo
  /// The day that was told has not passed.
  case notOverdue
  /// The value that is to be put right is the same, or cannot be.
  case badCorrection(CaseField)
  /// Not a number of this case, or one that nobody gets again.
  case unknownPaper
  /// The organ has not approved its text.
  case paperNotApproved(CaseNumber.Kind)
  /// Nothing is on its way to the department that stands on no list yet.
  case nothingToList(String)
  /// The catalogue has neither the law's limit nor the hall's promise for the item: there would be no day to keep.
  case noTimeLimit

  var code: String {
    switch self {
    case .unknownCase: "unknown_case"
    case .caseIs: "case_is"
    case .itemNeedsAnswers: "item_needs_answers"
    case .materialNotListed: "material_not_listed"
    case .sharedMaterial: "shared_material"
    case .askNeeded: "ask_needed"
    case .reasonNeeded: "reason_needed"
    case .secondBadgeNeeded: "second_badge_needed"
    case .secondNotice: "second_notice"
    case .toldTooLate: "told_too_late"
    case .notTold: "not_told"
    case .papersMissing: "papers_missing"
    case .noApprover: "no_approver"
    case .notApprover: "not_approver"
    case .ownProposal: "own_proposal"
    case .nothingProposed: "nothing_proposed"
    case .owed: "owed"
    case .paused: "paused"
    case .notPaused: "not_paused"
    case .stageNotExcluded: "stage_not_excluded"
    case .badCaseDate: "bad_case_date"
    case .alreadyExtended: "already_extended"
    case .badExtension: "bad_extension"
    case .originalsOpen: "originals_open"
    case .noSuchOriginals: "no_such_originals"
    case .notEntrusted: "not_entrusted"
    case .notServedHere: "not_served_here"
    case .proxyNeeded: "proxy_needed"
    case .badCaseText: "bad_case_text"
    case .tooManyCases: "too_many_cases"
    case .cannotSeal: "cannot_seal"
    case .notAtWork: "not_at_work"
    case .tooLateToUndo: "too_late_to_undo"
    case .notOverdue: "not_overdue"
    case .badCorrection: "bad_correction"
    case .unknownPaper: "unknown_paper"
    case .paperNotApproved: "paper_not_approved"
    case .nothingToList: "nothing_to_list"
    case .noTimeLimit: "no_time_limit"
    }
  }
}
