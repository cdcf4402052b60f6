import Groundwork

/// How the cases of a month went, by item: what the hall can learn from (多跑, 一次性告知), without any person.
package struct CaseMonth: Hashable, Sendable {
  package var items: [String: CaseTally] = [:]

  package init() {}

  /// Fewer cases than this are not told apart: somebody might be recognised.
  package static let fewest = 5
  package static let monthsKept = 13
}

/// The cases of one item that were decided in a month, and what was found missing in it.
package struct CaseTally: Hashable, Sendable {
  package var decided = 0
  /// Cases whose first ticket came with a one-time notice of the same item and answers.
  package var prepared = 0
  package var preparedCorrected = 0
  package var corrected = 0
  /// Days on which somebody had to come, up to the decision.
  package var trips = 0
  /// Days beyond the first, of cases with a correction.
  package var avoidable = 0
  /// Lines of correction notices, by material and reason.
  package var causes: [CorrectionCause: Int] = [:]

  package init() {}

  /// Causes told apart for an item at the most; further ones are counted as `other` of no material.
  package static let mostCauses = 200
}

/// Why papers were not enough.
package struct CorrectionCause: Hashable, Sendable {
  /// Nil for what the list does not have.
  package let material: String?
  package let reason: CorrectionReason

  package init(material: String?, reason: CorrectionReason) {
    self.material = material
    self.reason = reason
  }
}

extension CasesState {
  mutating func change(_ date: CivilDate, _ item: String, _ body: (inout CaseTally) -> Void) {
    let month = CalendarMonth(date)
    if months[month] == nil {
      months[month] = CaseMonth()
      while months.count > CaseMonth.monthsKept, let oldest = months.keys.min() { months[oldest] = nil }
    }
    guard months[month] != nil else { return }
    body(&months[month, default: CaseMonth()].items[item, default: CaseTally()])
  }

  /// Counts a notice's lines on the day on which it was issued.
  mutating func count(_ correction: CorrectionIssued, of one: Case) {
    change(correction.number.date, one.opened.item) { tally in
      for line in correction.lines {
        for reason in line.reasons {
          var cause = CorrectionCause(material: line.material, reason: reason)
          if tally.causes[cause] == nil, tally.causes.count >= CaseTally.mostCauses {
            cause = CorrectionCause(material: nil, reason: .other)
          }
          tally.causes[cause, default: 0] += 1
        }
      }
    }
  }

  mutating func count(_ decided: CaseDecided, of one: Case) {
    change(decided.on, one.opened.item) { tally in
      tally.decided += 1
      tally.trips += one.visits.count
      let isCorrected = !one.corrections.isEmpty
      if isCorrected {
        tally.corrected += 1
        tally.avoidable += max(0, one.visits.count - 1)
      }
      guard one.isPrepared else { return }
      tally.prepared += 1
      if isCorrected { tally.preparedCorrected += 1 }
    }
  }
}

extension Case {
  /// Somebody came for it on this day, before it was decided.
  mutating func visit(on date: CivilDate) {
    guard decided == nil, !stage.hasEnded, visits.last != date, visits.count < Self.mostVisits else { return }
    if !visits.contains(date) { visits.append(date) }
  }

  /// Days that are told apart; more are not counted.
  private static let mostVisits = 100
}

extension HallState {
  /// Notes a visit where an event of a case shows one; called after the event changed the case.
  mutating func noteVisit(_ event: CaseEvent) {
    switch event {
    case .caseOpened(let e):
      guard !e.isAtVillage || e.ticket != nil else { return }
      cases.known[e.code]?.visit(on: e.receivedOn)
      guard let notice = e.ticket.flatMap({ queue.links[$0]?.notice }).flatMap(notices.notice) else { return }
      cases.known[e.code]?.isPrepared = notice.item == e.item && Set(notice.situations) == Set(e.answers)
    case .papersReturned(let e):
      if e.papers.contains(where: { !$0.isElectronic }) { cases.known[e.code]?.visit(on: e.on) }
    case .correctionIssued(let e):
      if let one = cases[e.code] { cases.count(e, of: one) }
    case .caseDecided(let e):
      if let one = cases[e.code] { cases.count(e, of: one) }
    default: break
    }
  }

  /// A ticket was served whose holder came for a case.
  mutating func noteVisit(_ ticket: Ticket) {
    guard let code = queue.links[ticket.code]?.caseCode else { return }
    cases.known[code]?.visit(on: ticket.day)
  }
}
