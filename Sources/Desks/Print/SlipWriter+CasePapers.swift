package import Groundwork
package import Hall
import Ports
package import Slips

/// Papers of cases with a number of their own. A later copy has the text of the time when the paper was given.
extension SlipWriter {
  func casePaper(
    _ code: PublicCode, _ number: CaseNumber, of slip: SlipInHand, _ state: HallState, _ rules: HallRules
  ) -> SlipDocument? {
    guard let one = state.cases[code] else { return nil }
    if let issued = one.corrections.first(where: { $0.number == number }) {
      return correction(one, issued, of: slip, rules)
    }
    guard let paper = one.paper(number), let applicant = applicant(one),
      let item = catalogue(one.opened.catalogueVersion, rules)?.item(one.opened.item),
      let head = head(one, number: number, at: slip.requestedAt, of: slip, rules)
    else { return nil }
    let desk = CaseWriting(writer: self, one: one, item: item, head: head, applicant: applicant, rules: rules)
    return desk.document(paper)
  }

  func handoverList(_ code: PublicCode, of slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> SlipDocument? {
    guard let list = state.cases.lists[code]?.issued else { return nil }
    let entries = list.cases.compactMap { state.cases[$0] }.map { one in
      let papers = one.papers.filter(\.isHandedIn)
      return HandoverListSlip.Entry(
        number: one.sheet, originals: papers.map(\.held).reduce(0, +), copies: papers.map(\.copies).reduce(0, +),
        by: one.due.date?.target)
    }
    return HandoverListSlip(
      slip: slip.id, hallName: rules.identity.name, number: list.number.description, department: list.department,
      on: list.number.date, entries: entries, copy: slip.attempt
    ).document()
  }

  /// A paper of a case as it would be printed now, for the screen; nil for a number that is none of the case's.
  package func document(
    ofCase code: PublicCode, _ number: CaseNumber, at moment: Timestamp, _ state: HallState, _ rules: HallRules
  ) -> SlipDocument? {
    guard let one = state.cases[code], one.numbers.contains(number) else { return nil }
    let subject = number == one.opened.number ? SlipSubject.receipt(code) : .casePaper(code, number)
    let known = one.slip(of: number).flatMap { state.print.slips[$0] }
    var slip =
      known
      ?? SlipInHand(
        id: SlipID(code.description), subject: subject, kiosk: "", state: .queued, attempt: 1, requestedAt: moment,
        requestedSequence: 0)
    // A picture on the screen is not counted as a copy.
    slip.attempt = 1
    return number == one.opened.number
      ? receipt(code, of: slip, state, rules) : casePaper(code, number, of: slip, state, rules)
  }

  /// Name and badge of a clerk; the badge alone where the staff list has no name.
  func clerk(_ badge: String?) -> String {
    guard let badge else { return "" }
    return names(badge).map { "\($0) \(badge)" } ?? badge
  }
}

/// What the papers of one case have in common.
private struct CaseWriting {
  let writer: SlipWriter
  let one: Case
  let item: Item
  let head: CaseHead
  let applicant: Applicant
  let rules: HallRules

  var windows: [Int] { rules.lane(for: item).map(rules.windows(serving:)) ?? [] }
  var organ: String { item.actingBody ?? rules.identity.name }
  var remedyOrgan: String? { item.remedyOrgan ?? rules.cases.remedyOrgan }
  var collectionWindows: [Int] {
    let lane = rules.lanes.first { $0.groups.contains(Lane.collectionGroup) }
    return lane.map { rules.windows(serving: $0.letter) } ?? []
  }

  func document(_ paper: GivenPaper) -> SlipDocument? {
    switch paper.event {
    case .caseAccepted(let e): acceptance(e.acceptedOn, nil, e.due, e.owed, paper)
    case .acceptanceDeemed(let e):
      acceptance(e.acceptedOn, e.article, e.due, one.missing.map { OwedPaper(material: $0, by: nil) }, paper)
    case .caseRefused(let e): refusal(e)
    case .pauseAnnounced(let e): pause(e.stage, e.from, e.expectedDays, e.due, paper)
    case .clockPaused(let e): pause(e.stage, e.from, e.expectedDays, e.due, paper)
    case .extensionAnnounced(let e): extending(e.reason, e.head, e.count, e.unit, e.article, e.due)
    case .timeExtended(let e): extending(e.reason, e.head, e.count, e.unit, e.article, e.due)
    case .overdueExplained(let e):
      OverdueSlip(
        head: head, name: applicant.name, due: e.due, reason: e.text, expected: e.expected,
        clerk: writer.clerk(one.responsible), tellsRemedy: e.tellsRemedy, remedyOrgan: remedyOrgan
      ).document()
    case .caseForwarded(let e):
      HandoverSlip(
        head: head, name: applicant.name, department: e.department,
        papers: e.materials.isEmpty ? one.papers.filter(\.isHandedIn) : e.materials.compactMap(one.account),
        kept: e.kept, due: one.due, clerk: writer.clerk(paper.by)
      ).document()
    case .papersReturned(let e):
      ReturnSlip(
        head: head, name: applicant.name, papers: e.papers, isComplete: e.isComplete, receivedAt: paper.at,
        clerk: writer.clerk(paper.by), notice: one.corrections.last?.number.description,
        missing: e.isComplete ? [] : notCome(through: paper.number)
      ).document()
    case .resultReady: collection()
    case .furtherPapersAsked(let e):
      FurtherSlip(
        head: head, name: applicant.name, lines: e.lines.map { writer.line($0, item) }, windows: windows,
        due: one.due, clerk: writer.clerk(paper.by ?? one.responsible)
      ).document()
    default: nil
    }
  }

  private func acceptance(
    _ on: CivilDate, _ article: String?, _ due: CaseDue, _ owed: [OwedPaper], _ paper: GivenPaper
  ) -> SlipDocument {
    AcceptanceSlip(
      head: head, name: applicant.name, acceptedOn: on, deemedBy: article, limits: one.opened.limits, due: due,
      owed: owed, windows: windows, department: organ, clerk: writer.clerk(paper.by ?? one.responsible),
      result: item.result, collectionWindows: collectionWindows
    ).document()
  }

  private func refusal(_ e: CaseRefused) -> SlipDocument? {
    guard let reason = writer.words(e.proposal.text) else { return nil }
    let name = writer.names(e.approver) ?? e.approver
    return RefusalSlip(
      head: head, name: applicant.name, maskedNumber: applicant.maskedNumber, ground: e.proposal.ground,
      reason: reason, article: e.proposal.article, told: e.proposal.told, organ: organ,
      approver: "\(name) \(e.title)", on: e.number.date, remedyOrgan: remedyOrgan
    ).document()
  }

  private func pause(
    _ stage: String, _ from: CivilDate, _ days: Int, _ due: CaseDue, _ paper: GivenPaper
  ) -> SlipDocument {
    PauseSlip(
      head: head, name: applicant.name, stage: stage, from: from, expectedDays: days, due: due,
      basis: one.limits.isLicence ? "行政许可法第四十五条" : "本事项时限规定：\(stage)不计入",
      clerk: writer.clerk(one.responsible)
    ).document()
  }

  private func extending(
    _ reason: String, _ approvedBy: String, _ count: Int, _ unit: LimitUnit, _ article: String, _ due: CaseDue
  ) -> SlipDocument {
    ExtensionSlip(
      head: head, name: applicant.name, reason: reason, approvedBy: approvedBy, count: count, unit: unit,
      article: article, due: due
    ).document()
  }

  /// The papers that the newest notice asked for and that had not come when that receipt was given.
  private func notCome(through number: CaseNumber) -> [String] {
    var came: Set<String> = []
    for paper in one.given {
      if case .papersReturned(let e) = paper.event { came.formUnion(e.papers.map(\.material)) }
      if paper.number == number { break }
    }
    let asked = one.corrections.last?.lines.compactMap(\.material) ?? []
    return asked.filter { !came.contains($0) }
  }

  private func collection() -> SlipDocument? {
    guard let decided = one.decided else { return nil }
    return CollectionSlip(
      head: head, name: applicant.name, outcome: decided.outcome, results: decided.results, collected: one.collected,
      bearer: applicant.bearer, originals: one.collected?.returned ?? one.held, remedyOrgan: remedyOrgan
    ).document()
  }
}
