import Groundwork

extension HallState {
  /// Form A is given at any hour, also when no numbers are: it tells what to bring.
  func decideNotice(_ issue: IssueNotice, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let item = rules.catalogue.item(issue.item) else { throw .unknownItem(issue.item) }
    for key in issue.situations where !item.knows(answer: key) {
      throw .unknownSituation(key)
    }
    if let name = issue.marks.unknown(to: item.checklist(issue.situations)) { throw .unknownMaterial(name) }
    if let ticket = issue.ticket, tickets[ticket] == nil { throw .unknownTicket }
    let kiosk = try issue.kiosk.map { id throws(Refusal) in
      guard let kiosk = rules.kiosk(id) else { throw .unknownKiosk(id) }
      return kiosk
    }
    let date = rules.zone.civil(envelope.at).date
    let code = freshCode(envelope.entropy)
    let slip = kiosk?.prints == true ? slipID(envelope.entropy) : nil
    let ordinal = (noticeOrdinals[date] ?? 0) + 1
    let notice = Notice(
      code: code, number: Notice.number(division: rules.identity.division.code, date: date, ordinal: ordinal),
      item: item.code, situations: Self.withoutRepetition(issue.situations), catalogueVersion: rules.catalogue.version,
      issuedAt: envelope.at, ticket: issue.ticket, kiosk: issue.kiosk, slip: slip, marks: issue.marks)
    var events: [Event] = [.noticeIssued(notice)]
    if let kiosk, let slip {
      events.append(
        .slipRequested(
          SlipRequested(
            slip: slip, subject: .notice(code), kiosk: kiosk.id, attempt: 1, largeType: issue.largeType)))
    }
    return Decision(events, .notice(code))
  }

  mutating func evolveNotice(_ notice: Notice, _ at: Timestamp) {
    notices[notice.code] = notice
    day?.totals.notices += 1
    guard let (date, ordinal) = notice.dateAndOrdinal else { return }
    noticeOrdinals[date] = max(noticeOrdinals[date] ?? 0, ordinal)
  }
}

extension HallState {
  /// A notice by its code, also one of an earlier day.
  package func notice(_ code: PublicCode) -> Notice? { notices[code] ?? oldNotices[code] }

  /// Days for which a notice's code opens it.
  package static let noticeDays: Int64 = 180

  /// What was issued before `moment` is only looked up any more, and after half a year not even that.
  mutating func putAwayNotices(issuedBefore moment: Timestamp) {
    let tooOld = moment.adding(seconds: -Self.noticeDays * 86_400)
    oldNotices = oldNotices.filter { $0.value.issuedAt >= tooOld }
    for (code, notice) in notices where notice.issuedAt < moment { oldNotices[code] = notice }
    notices = notices.filter { $0.value.issuedAt >= moment }
  }
}

extension Notice {
  /// The date and the running number that its number carries.
  var dateAndOrdinal: (CivilDate, Int)? {
    let parts = number.split(separator: "-")
    guard parts.count == 4, parts[2].utf8.count == 8, let ordinal = Int(parts[3]), let digits = Int(parts[2]),
      let date = CivilDate(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    else { return nil }
    return (date, ordinal)
  }
}
