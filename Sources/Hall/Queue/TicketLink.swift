import Groundwork

/// What a ticket's holder brought: the codes of a one-time notice, of a case, and of an agent's trip. They link a visit to what it
/// is about, by codes alone.
package struct TicketLink: Hashable, Sendable {
  /// The one-time notice (Form A) with which the resident prepared.
  package var notice: PublicCode?
  /// The case that they came for.
  package var caseCode: PublicCode?
  /// The trip (代办批次) with which an agent came: one number for all that it carries to one lane.
  package var batch: PublicCode?

  package init(notice: PublicCode? = nil, caseCode: PublicCode? = nil, batch: PublicCode? = nil) {
    self.notice = notice
    self.caseCode = caseCode
    self.batch = batch
  }

  package var isEmpty: Bool { notice == nil && caseCode == nil && batch == nil }

  /// This link, with the codes of `newer` where it has them.
  func joined(by newer: TicketLink) -> TicketLink {
    TicketLink(notice: newer.notice ?? notice, caseCode: newer.caseCode ?? caseCode, batch: newer.batch ?? batch)
  }
}

/// The holder of a ticket showed the slip of a notice or of a case.
package struct TicketLinked: Hashable, Sendable {
  /// The code of the ticket.
  package let code: PublicCode
  package let link: TicketLink

  package init(code: PublicCode, link: TicketLink) {
    self.code = code
    self.link = link
  }
}

extension HallState {
  /// The codes of `link` that the hall knows. Unknown ones are dropped: an old slip is no reason to refuse a number.
  func known(_ link: TicketLink) -> TicketLink {
    TicketLink(
      notice: link.notice.flatMap { notices.notice($0) == nil ? nil : $0 },
      caseCode: link.caseCode.flatMap { cases[$0] == nil ? nil : $0 },
      batch: link.batch.flatMap { agency.batches[$0] == nil ? nil : $0 })
  }

  /// A clerk scans the slip of a notice or a case for whoever stands there.
  func decideLink(_ code: PublicCode, _ link: TicketLink, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor.isStaff else { throw .request(.staffOnly) }
    guard let ticket = queue.tickets[code] else { throw .queue(.unknownTicket) }
    if let notice = link.notice, notices.notice(notice) == nil { throw .notice(.unknownNotice) }
    if let code = link.caseCode, cases[code] == nil { throw .cases(.unknownCase) }
    if let code = link.batch, agency.batches[code] == nil { throw .agency(.unknownAgency) }
    let known = queue.links[code] ?? TicketLink()
    guard !link.isEmpty, known.joined(by: link) != known else { return Decision([], .ticket(ticket.code)) }
    return Decision([.queue(.ticketLinked(TicketLinked(code: code, link: link)))], .ticket(ticket.code))
  }
}
