import Groundwork

@testable import Hall

/// One of each event about lists of cases that went to a department, and of the shapes that came with them.
enum CaseListSamples {
  private static let (code, other, day) = (Samples.code, Samples.other, Samples.day)

  static let list = HandoverList(
    issued: CasesListed(
      code: other, number: CaseNumber(kind: .list, division: "500151105", date: day, ordinal: 1),
      department: Samples.awkward, cases: [code, other]),
    slip: Samples.slip)

  static let events: [Event] = [
    .cases(.casesListed(list.issued)),
    .cases(
      .papersReturned(
        PapersReturned(
          code: code, number: CaseNumber(kind: .receipt, division: "500151105", date: day, ordinal: 2),
          papers: [CasePaper(material: "户口簿", copies: 1)], on: day, isComplete: false))),
    .print(
      .slipRequested(SlipRequested(slip: Samples.slip, subject: .handoverList(other), kiosk: "kiosk-1", attempt: 1))),
    .queue(.ticketLinked(TicketLinked(code: code, link: TicketLink(notice: other, caseCode: code, batch: other)))),
    .queue(.ticketLinked(TicketLinked(code: code, link: TicketLink(batch: other)))),
    .day(
      .dayOpened(
        DayOpened(
          day: day, mode: .hybrid, catalogueVersion: "0", starts: Samples.lanes, confirmed: false, casesKept: 731))),
  ]
}
