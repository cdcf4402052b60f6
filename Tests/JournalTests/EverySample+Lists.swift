import Groundwork

@testable import Hall

extension EverySample {
  /// 交接清单, the receipt for papers that came later, the number of an agent's trip, and for how long cases are kept.
  static let lists: [(Principal, Event, Outcome?)] = {
    let clerk = Principal.staff(badge: "AJ001", role: .clerk)
    let (list, trip) = (PublicCode(entropy: 101), PublicCode(entropy: 99))
    let number = { (kind: CaseNumber.Kind, ordinal: Int) in
      CaseNumber(kind: kind, division: "500151105", date: Sample.day, ordinal: ordinal)
    }
    return [
      (
        clerk,
        .cases(
          .casesListed(
            CasesListed(code: list, number: number(.list, 1), department: "区社保中心", cases: [code, other]))),
        .handoverList(list)
      ),
      (
        clerk,
        .print(.slipRequested(SlipRequested(slip: slip, subject: .handoverList(list), kiosk: "kiosk-1", attempt: 1))),
        .handoverList(list)
      ),
      (
        clerk,
        .cases(
          .papersReturned(
            PapersReturned(
              code: code, number: number(.receipt, 9), papers: [CasePaper(material: "户口簿", copies: 1)],
              on: Sample.day, isComplete: true))), nil
      ),
      (
        .kiosk("kiosk-1"), .queue(.ticketLinked(TicketLinked(code: code, link: TicketLink(batch: trip)))), nil
      ),
      (
        .system,
        .day(
          .dayOpened(
            DayOpened(
              day: Sample.day, mode: .hybrid, catalogueVersion: "c0ffee", starts: [], confirmed: true, casesKept: 60))),
        nil
      ),
    ]
  }()
}
