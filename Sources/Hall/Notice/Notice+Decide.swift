import Groundwork

extension HallState {
  func decide(_ command: NoticeCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    switch command {
    case .issueNotice(let issue): try decideIssue(issue, rules, envelope)
    }
  }

  /// Form A is issued at any hour, also when no numbers are: it says what to bring.
  private func decideIssue(_ issue: IssueNotice, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let item = rules.catalogue.item(issue.item) else { throw .request(.unknownItem(issue.item)) }
    for key in issue.situations where !item.knows(answer: key) {
      throw .notice(.unknownSituation(key))
    }
    if let name = issue.marks.unknown(to: item.checklist(issue.situations)) { throw .notice(.unknownMaterial(name)) }
    if let ticket = issue.ticket, queue.tickets[ticket] == nil { throw .queue(.unknownTicket) }
    let kiosk = try issue.kiosk.map { id throws(Refusal) in
      guard let kiosk = rules.kiosk(id) else { throw .request(.unknownKiosk(id)) }
      return kiosk
    }
    let date = rules.zone.civil(envelope.at).date
    let code = freshCode(envelope.entropy)
    let slip = firstSlip(.notice(code), at: kiosk, envelope.entropy, largeType: issue.largeType)
    let ordinal = (notices.ordinals[date] ?? 0) + 1
    let notice = Notice(
      code: code, number: Notice.number(division: rules.identity.division.code, date: date, ordinal: ordinal),
      date: date, ordinal: ordinal, item: item.code, situations: Self.withoutRepetition(issue.situations),
      catalogueVersion: rules.catalogue.version, issuedAt: envelope.at, ticket: issue.ticket, kiosk: issue.kiosk,
      slip: slip?.slip, marks: issue.marks)
    var events: [Event] = [.notice(.noticeIssued(notice))]
    if let slip { events.append(.print(.slipRequested(slip))) }
    return Decision(events, .notice(code))
  }

  mutating func evolve(_ event: NoticeEvent) {
    switch event {
    case .noticeIssued(let notice):
      notices.recent[notice.code] = notice
      notices.ordinals[notice.date] = max(notices.ordinals[notice.date] ?? 0, notice.ordinal)
      days.open?.totals.notices += 1
    }
  }
}
