package import Groundwork

/// One matter of one applicant for one item (办件), from the first paper that was taken to the result that was handed over.
///
/// A ticket is one visit, a case one matter: one ticket may touch several cases, and one case has several tickets.
package struct Case: Hashable, Sendable {
  package let opened: CaseOpened
  package var stage = CaseStage.received
  /// 经办: exactly one badge at any time.
  package var responsible: String
  /// A line for each material of which something came, in the order in which it came.
  package var papers: [PaperAccount] = []
  /// Every notice, in order; the last one is open while the stage is `correcting`.
  package var corrections: [CorrectionIssued] = []
  /// How the last notice reached the applicant; nil while it has not.
  package var served: CorrectionServed?
  /// When the applicant was first told what is missing, or that nothing is.
  package var toldOn: CivilDate?
  /// The day on which all that was asked for was there.
  package var completeOn: CivilDate?
  /// Until when the applicant has to be told what is missing; a new notice of holidays may move it.
  package var tellBy: TellBy
  /// The hall's own promise to tell was not kept, and that was noted.
  package var isPromiseBroken = false
  /// Nil before acceptance.
  package var acceptedOn: CivilDate?
  package var isDeemed = false
  /// Until when to decide; `.unlimited` before acceptance.
  package var due = CaseDue.unlimited
  package var owed: [OwedPaper] = []
  package var pauses: [ClockPause] = []
  package var extended: TimeExtended?
  package var proposal: ProposalMade?
  /// The department that has the papers; nil before they went.
  package var department: String?
  package var isConfirmed = false
  package var decided: CaseDecided?
  /// Shelf or cabinet cell; nil before the result is there.
  package var location: String?
  package var endedOn: CivilDate?
  /// The newest slips of the receipt and of the notice.
  package var receiptSlip: SlipID?
  package var correctionSlip: SlipID?
  /// Business days on which somebody came for it, up to the decision.
  package var visits: [CivilDate] = []
  /// Its first ticket came with a one-time notice (Form A) of the same item and answers.
  package var isPrepared = false
  /// Whose matter it is; another than at the opening where that was wrong, or where it goes to heirs.
  package var applicant: SealedCaseText
  package var holder: HolderPseudonym?
  package var by: CaseBearer
  /// Its papers with a number of their own, in the order in which they were given.
  package var given: [GivenPaper] = []
  /// When the last notice came that was posted; nil while that is not known.
  package var deliveredOn: CivilDate?
  /// Who collected the result, and what was shown.
  package var collected: ResultCollected?
  /// What was put right afterwards, in order.
  package var fixes: [CaseCorrected] = []

  package init(_ opened: CaseOpened) {
    self.opened = opened
    responsible = opened.responsible
    tellBy = opened.telling.by
    applicant = opened.applicant
    holder = opened.holder
    by = opened.by
  }

  /// A clerk's proposal that waits for an approver, and whose it is.
  package struct ProposalMade: Hashable, Sendable {
    package let what: RefusalProposed
    package let by: String

    package init(what: RefusalProposed, by: String) {
      self.what = what
      self.by = by
    }
  }

  package var code: PublicCode { opened.code }
  /// 暂停计时: a stage lasts for which a limit does not run.
  package var isPaused: Bool { stage.isRunning && pauses.last.map { $0.to == nil } ?? false }
  /// The originals that have to be given back before it can end.
  package var held: [OriginalsMoved] {
    papers.filter { $0.held != 0 }.map { OriginalsMoved(material: $0.material, count: $0.held) }
  }

  package func material(_ name: String) -> CaseMaterial? { opened.materials.first { $0.name == name } }
  package func account(_ name: String) -> PaperAccount? { papers.first { $0.material == name } }

  /// Materials without which it is not accepted and of which nothing is there, by name or by the name of their group.
  package var missing: [String] { lacking(.necessary) }
  /// Materials that may follow and of which nothing is there.
  package var followable: [String] { lacking(.deferrable) }

  private func lacking(_ necessity: Material.Necessity) -> [String] {
    var names: [String] = []
    for material in opened.materials where material.necessity == necessity && !material.isShared {
      let members = material.group.map { group in opened.materials.filter { $0.group == group } } ?? [material]
      guard !members.contains(where: { account($0.name)?.isHandedIn ?? false || $0.isShared }) else { continue }
      let name = material.group ?? material.name
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The limits with what extended them.
  package var limits: CaseLimits {
    extended.map { opened.limits.extended(by: $0.count, $0.unit) } ?? opened.limits
  }

  /// Whether a line names what the first notice should have named (二次告知).
  ///
  /// What the first notice named is not told again, and a defect of a paper that came only afterwards was not visible then.
  package func shouldHaveBeenTold(_ line: CorrectionLine) -> Bool {
    guard !corrections.isEmpty else { return false }
    guard let name = line.material else { return true }
    if corrections.contains(where: { $0.lines.contains { $0.material == name } }) { return false }
    return !(account(name)?.cameLate ?? false) || line.reasons == [.missing]
  }
}
