import Groundwork
import Hall

extension EverySample {
  /// Questions without a ticket, and what holders of tickets brought.
  static let consults: [(Principal, Event, Outcome?)] = [
    (
      clerk,
      .consult(
        .consultNoted(
          ConsultNoted(
            code: code, item: "RS-004", topic: nil, answer: .told, to: nil, firstAsked: "AJ001", on: Sample.day,
            due: nil))), .consult(code)
    ),
    (
      clerk,
      .consult(
        .consultNoted(
          ConsultNoted(
            code: other, item: nil, topic: "土地纠纷", answer: .askedSuperior, to: "分管领导", firstAsked: "AJ001",
            on: Sample.day, due: Sample.day.adding(days: 1)))), .consult(other)
    ),
    (
      clerk, .consult(.taskReassigned(TaskReassigned(code: other, to: "AJ002", reason: "调离"))), .consult(other)
    ),
    (
      clerk,
      .consult(.taskClosed(TaskClosed(code: other, result: "已电话答复", on: Sample.day.adding(days: 3), isLate: true))),
      .consult(other)
    ),
    (
      clerk, .queue(.ticketLinked(TicketLinked(code: code, link: TicketLink(notice: other, caseCode: nil)))),
      .ticket(code)
    ),
    (.kiosk("kiosk-1"), .queue(.ticketLinked(TicketLinked(code: code, link: TicketLink(caseCode: other)))), nil),
  ]
}
