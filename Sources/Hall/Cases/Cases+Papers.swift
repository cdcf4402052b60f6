import Groundwork

/// Papers of cases: asking for slips, copies of them, and what holds once a paper has been told.
extension CaseDesk {
  func printer(_ wish: PaperWish) throws(Refusal) -> KioskRule {
    guard let kiosk = rules.kiosk(wish.kiosk) else { throw .request(.unknownKiosk(wish.kiosk)) }
    guard SlipKind.casePaper.isPrinted(at: kiosk) else { throw .print(.noPrinter(wish.kiosk)) }
    return kiosk
  }

  /// The slip of the paper that a step gave; a collected result has its paper since it was ready.
  func slips(of events: [Event], _ one: Case) -> [Event] {
    guard let printer else { return [] }
    var numbers: [CaseNumber] = []
    for case .cases(let event) in events {
      if case .correctionIssued = event {
        let slip = state.firstSlip(.correction(one.code), at: printer, envelope.entropy, largeType: largeType)
        return slip.map { [.print(.slipRequested($0))] } ?? []
      }
      if let number = event.number { numbers.append(number) }
      if case .resultCollected = event, let ready = one.given.last(where: { $0.number.kind == .result }) {
        numbers.append(ready.number)
      }
    }
    return numbers.enumerated().compactMap { index, number in
      let known = one.slip(of: number).flatMap { state.print.slips[$0] }
      let request = request(.casePaper(one.code, number), known, at: printer, largeType, salt: UInt64(index))
      return request.map { .print(.slipRequested($0)) }
    }
  }

  /// 补打: the same paper with the same number. A resident's paper for whoever has one of the case at a kiosk; a paper
  /// that goes with the files only for staff.
  func copy(_ one: Case, _ number: CaseNumber?, _ wish: PaperWish) throws(Refusal) -> [Event] {
    let printer = try printer(wish)
    if !actor.isStaff, actor != .operator {
      guard case .kiosk(let id) = actor, id == wish.kiosk else { throw .request(.staffOnly) }
    }
    let number = number ?? newest(one)
    guard let subject = one.subject(of: number), one.paper(number)?.isVoid != true,
      number.kind != .forward || actor.isStaff || actor == .operator
    else { throw .cases(.unknownPaper) }
    let known = one.slip(of: number).flatMap { state.print.slips[$0] }
    switch known?.state {
    case .queued, .printing: throw .print(.slipOnItsWay)
    case .printed, .notSent, .unknown, .expired, nil: break
    }
    return request(subject, known, at: printer, wish.largeType, salt: 0).map { [.print(.slipRequested($0))] } ?? []
  }

  /// The paper that is printed where no number is named: the newest one that is the applicant's.
  private func newest(_ one: Case) -> CaseNumber {
    if one.stage == .correcting, let last = one.corrections.last { return last.number }
    let theirs = one.given.last { !$0.isVoid && $0.number.kind != .forward && $0.number.kind != .result }
    return theirs?.number ?? one.opened.number
  }

  /// Another copy keeps the slip and its size.
  private func request(
    _ subject: SlipSubject, _ known: SlipInHand?, at printer: KioskRule, _ largeType: Bool, salt: UInt64
  ) -> SlipRequested? {
    if let known {
      return SlipRequested(
        slip: known.id, subject: subject, kiosk: printer.id, attempt: known.attempt + 1,
        largeType: known.largeType || largeType, language: known.language)
    }
    return state.firstSlip(subject, at: printer, envelope.entropy &+ salt, largeType: largeType)
  }

  /// Nothing is printed whose text the organ has not approved; the step may be taken without paper.
  func approved(_ decision: Decision) throws(Refusal) -> Decision {
    for case .print(.slipRequested(let slip)) in decision.events {
      if let kind = slip.subject.paperKind, rules.cases.unapproved.contains(kind) {
        throw .cases(.paperNotApproved(kind))
      }
    }
    return decision
  }

  /// The papers of what the clock accepted, each at the printer beside the window that serves the item.
  func deemedSlips(_ events: [Event]) -> [Event] {
    var requests: [Event] = []
    guard !rules.cases.unapproved.contains(.acceptance) else { return [] }
    for case .cases(.acceptanceDeemed(let e)) in events {
      guard let one = state.cases[e.code], let printer = usualPrinter(one) else { continue }
      let subject = SlipSubject.casePaper(e.code, e.number)
      let salt = UInt64(requests.count)
      guard let request = request(subject, nil, at: printer, false, salt: salt) else { continue }
      requests.append(.print(.slipRequested(request)))
    }
    return requests
  }

  /// Where the case's last paper came out; else an office printer, whose sheets last, else the first printer.
  private func usualPrinter(_ one: Case) -> KioskRule? {
    let last = [one.correctionSlip, one.receiptSlip].lazy.compactMap { $0.flatMap { state.print.slips[$0]?.kiosk } }
      .first
    let known = last.flatMap(rules.kiosk)
    return known.flatMap { $0.prints ? $0 : nil } ?? rules.casePrinters.first
  }

  // MARK: Told

  /// The paper has come out, or was handed over: what it announced holds from here on.
  func tell(_ one: Case, _ number: CaseNumber) throws(Refusal) -> [Event] {
    guard let paper = one.untold.first(where: { $0.number == number }) else { throw .cases(.unknownPaper) }
    switch paper.event {
    case .pauseAnnounced: try requirePauser()
    default: try requireCoordinator()
    }
    return holding(one, paper)
  }

  /// What follows from a slip that came out with evidence.
  func printed(_ subject: SlipSubject) -> [Event] {
    guard case .casePaper(let code, let number) = subject, let one = state.cases[code],
      let paper = one.untold.first(where: { $0.number == number })
    else { return [] }
    return holding(one, paper)
  }

  private func holding(_ one: Case, _ paper: GivenPaper) -> [Event] {
    guard let accepted = one.acceptedOn else { return [] }
    switch paper.event {
    case .pauseAnnounced(let e) where !one.isPaused:
      // The limit ran until the applicant was told, except for the days by which a pause may be entered late.
      let from = (try? lately(e.from, accepted, "")) ?? today
      let pauses = one.pauses + [ClockPause(stage: e.stage, from: from, to: nil)]
      let due = (try? one.limits.due(from: accepted, pauses, by: calendar)) ?? e.due
      return [
        .cases(
          .clockPaused(
            ClockPaused(
              code: e.code, number: e.number, stage: e.stage, from: from, expectedDays: e.expectedDays, due: due,
              reason: e.reason)))
      ]
    case .extensionAnnounced(let e) where one.extended == nil:
      let limits = one.opened.limits.extended(by: e.count, e.unit)
      let due = (try? limits.due(from: accepted, one.pauses, by: calendar)) ?? e.due
      return [
        .cases(
          .timeExtended(
            TimeExtended(
              code: e.code, number: e.number, count: e.count, unit: e.unit, head: e.head, reason: e.reason,
              article: e.article, due: due)))
      ]
    default: return []
    }
  }
}

extension SlipSubject {
  /// Which paper of a case it is; nil for other slips.
  fileprivate var paperKind: CaseNumber.Kind? {
    switch self {
    case .receipt: .receipt
    case .correction: .correction
    case .casePaper(_, let number): number.kind
    case .handoverList: .list
    default: nil
    }
  }
}

extension HallRules {
  /// The printers for papers of cases: office printers first, because thermal paper fades.
  package var casePrinters: [KioskRule] {
    let printing = kiosks.filter(\.prints)
    return printing.filter { !$0.printsTickets } + printing.filter(\.printsTickets)
  }
}
