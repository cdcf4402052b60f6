import Groundwork
package import Hall
package import Ports
package import Slips

/// Makes a slip's document from the hall's state and rules.
///
/// The document is the same for paper and screen, and in each run. Its content comes from the journal, the rules, or the
/// catalogue version that the slip names.
package struct SlipWriter: Sendable {
  /// An earlier version of the catalogue, by its digest.
  package typealias Archive = @Sendable (String) -> Catalogue?

  private let seal: (any Sealing)?
  private let archive: Archive
  private let cases: (any CaseSealing)?
  /// The name of whoever has a badge, where the staff list has one.
  let names: @Sendable (String) -> String?
  private let agency: (any CaseSealing)?

  /// - Parameters:
  ///   - seal: computes the check codes of notices; nil leaves them out.
  ///   - cases: opens the names of cases; nil prints nothing of a case.
  ///   - names: the name of whoever has a badge, printed beside it.
  ///   - agency: opens the names of agency cases; nil prints nothing of one.
  package init(
    seal: (any Sealing)? = nil, cases: (any CaseSealing)? = nil, agency: (any CaseSealing)? = nil,
    names: @escaping @Sendable (String) -> String? = { _ in nil }, archive: @escaping Archive = { _ in nil }
  ) {
    self.names = names
    self.seal = seal
    self.archive = archive
    self.cases = cases
    self.agency = agency
  }

  /// The document of a requested slip; its attempt's number is the copy's.
  ///
  /// Nil when its subject is no longer known: a ticket of a past day, or a catalogue version that is not stored.
  package func document(for slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> SlipDocument? {
    switch slip.subject {
    case .ticket(let code):
      return state.tickets[code].map { ticket($0, of: slip, state, rules).document() }
    case .notice(let code):
      guard let notice = state.notices.notice(code) else { return nil }
      return document(
        of: notice, slip: slip.id, copy: slip.attempt, largeType: slip.largeType, state, rules)
    case .reservation(let code):
      return state.reservations[code].map { reservation($0, of: slip, rules).document() }
    case .receipt(let code): return receipt(code, of: slip, state, rules)
    case .correction(let code): return correction(code, of: slip, state, rules)
    case .casePaper(let code, let number): return casePaper(code, number, of: slip, state, rules)
    case .agency(let code): return agency(code, of: slip, state, rules)
    case .agencyEnd(let code): return agencyEnd(code, of: slip, state, rules)
    case .agencyRenewal(let code): return agencyRenewal(code, of: slip, state, rules)
    case .agencyBatch(let code): return agencyBatch(code, of: slip, state, rules)
    case .handoverList(let code): return handoverList(code, of: slip, state, rules)
    case .closing(let code):
      guard let day = state.days.closed, let kept = day.kept, kept.code == code else { return nil }
      return ClosingSlip(
        slip: slip.id, hallName: rules.identity.name, day: day, head: kept.text,
        laneNames: Dictionary(rules.lanes.map { ($0.letter, $0.name) }) { first, _ in first }, zone: rules.zone,
        copy: slip.attempt
      ).document()
    }
  }

  /// The document of a notice, with or without a slip; GET …/{id}.png shows it.
  ///
  /// Always in the version under which it was issued, so that one number never has two lists.
  package func document(
    of notice: Notice, slip: SlipID? = nil, copy: Int = 1, largeType: Bool = false, _ state: HallState,
    _ rules: HallRules
  ) -> SlipDocument? {
    guard let catalogue = catalogue(notice.catalogueVersion, rules), let item = catalogue.item(notice.item) else {
      return nil
    }
    let contact = NoticeSlip.Contact(
      name: rules.identity.name, address: rules.address, hours: state.hoursText(rules),
      consultPhone: rules.consultPhone,
      supervisePhone: rules.supervisePhone, station: rules.station)
    return NoticeSlip(
      slip: slip ?? notice.slip ?? SlipID(notice.code.description), hall: contact, item: item,
      situations: notice.situations, number: notice.number, code: notice.code,
      checkCode: seal?.checkCode(of: notice), catalogueVersion: catalogue.version,
      place: rules.place(of: item),
      ticket: notice.ticket.flatMap { state.tickets[$0]?.number }, printedAt: notice.issuedAt, zone: rules.zone,
      copy: copy, largeType: largeType, marks: notice.marks
    ).document()
  }

  private func reservation(_ reservation: Reservation, of slip: SlipInHand, _ rules: HallRules) -> ReservationSlip {
    ReservationSlip(
      slip: slip.id, hallName: rules.identity.name, address: rules.address, consultPhone: rules.consultPhone,
      code: reservation.code, from: reservation.from, to: reservation.to,
      laneName: rules.lane(reservation.lane)?.name ?? reservation.lane.description,
      items: reservation.items.compactMap(rules.catalogue.item), madeAt: reservation.madeAt, zone: rules.zone,
      copy: slip.attempt, largeType: slip.largeType, language: slip.language)
  }

  func catalogue(_ version: String, _ rules: HallRules) -> Catalogue? {
    version == rules.catalogue.version ? rules.catalogue : archive(version)
  }

  func applicant(_ one: Case) -> Applicant? { cases?.applicant(one.applicant) }
  func words(_ sealed: SealedCaseText?) -> String? { sealed.flatMap { cases?.open($0) } }
  func principal(_ one: AgencyCase) -> Applicant? { agency?.applicant(one.entrusted.principal) }
  func agencyWords(_ sealed: SealedCaseText) -> String? { agency?.open(sealed) }

  private func ticket(_ ticket: Ticket, of slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> TicketSlip {
    let terms = state.waits.terms
    return TicketSlip(
      slip: slip.id, hallName: rules.identity.name, number: ticket.number, code: ticket.code,
      ahead: ticket.aheadAtIssue,
      estimateMinutes: ticket.waitAtIssue,
      rest: ticket.waitAtIssue.flatMap { terms?.breakMet(from: ticket.issuedAt, minutes: $0.upperBound) },
      promisedMinutes: terms?.promisedMinutes, windows: rules.windows(serving: ticket.lane),
      stops: ticket.stops.map { TicketSlip.Stop(lane: $0, windows: rules.windows(serving: $0)) },
      issuedAt: ticket.issuedAt,
      zone: rules.zone, copy: slip.attempt, largeType: slip.largeType, language: slip.language,
      reserved: ticket.reservation.map { TicketSlip.Reserved(from: $0.from, isLate: !$0.isHonoured) })
  }
}
