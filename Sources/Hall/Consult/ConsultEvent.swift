package import Groundwork

/// Events of questions that staff were asked without a ticket (咨询), and of the tasks that came of them.
package enum ConsultEvent: Hashable, Sendable {
  case consultNoted(ConsultNoted)
  case taskClosed(TaskClosed)
  case taskReassigned(TaskReassigned)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .consultNoted: "consultNoted"
    case .taskClosed: "taskClosed"
    case .taskReassigned: "taskReassigned"
    }
  }

  package var code: PublicCode {
    switch self {
    case .consultNoted(let e): e.code
    case .taskClosed(let e): e.code
    case .taskReassigned(let e): e.code
    }
  }

  /// Never on a public screen.
  var subject: EventSubject {
    var subject = EventSubject()
    subject.isOfConsults = true
    return subject
  }
}

/// What was answered to somebody who asked.
package enum ConsultAnswer: String, Hashable, Sendable, CaseIterable {
  /// 当场答复.
  case told
  /// 转交他人: a task until somebody says what came of it.
  case passedOn = "passed_on"
  /// 请示领导: a task too.
  case askedSuperior = "asked_superior"
  /// Not this hall's: they were told where.
  case elsewhere

  package var isTask: Bool { self == .passedOn || self == .askedSuperior }
}

/// Somebody asked, without a ticket. Who was asked first answers for it (首问负责).
package struct ConsultNoted: Hashable, Sendable {
  package let code: PublicCode
  package let item: String?
  /// What it was about, 1...60 characters and no number of a person; nil where the item says it.
  package let topic: String?
  package let answer: ConsultAnswer
  /// Who has to see to it: a badge or an office, 1...40 characters; only of a task.
  package let to: String?
  /// The badge.
  package let firstAsked: String
  package let on: CivilDate
  /// The day until which it is to be done; only of a task.
  package let due: CivilDate?

  package init(
    code: PublicCode, item: String?, topic: String?, answer: ConsultAnswer, to: String?, firstAsked: String,
    on: CivilDate, due: CivilDate?
  ) {
    self.code = code
    self.item = item
    self.topic = topic
    self.answer = answer
    self.to = to
    self.firstAsked = firstAsked
    self.on = on
    self.due = due
  }
}

/// A task was done, with its result.
package struct TaskClosed: Hashable, Sendable {
  package let code: PublicCode
  /// 1...100 characters.
  package let result: String
  package let on: CivilDate
  /// More than one working day after the day on which it was asked.
  package let isLate: Bool

  package init(code: PublicCode, result: String, on: CivilDate, isLate: Bool) {
    self.code = code
    self.result = result
    self.on = on
    self.isLate = isLate
  }
}

/// Somebody else answers for the task, because the first-asked is not there any more.
package struct TaskReassigned: Hashable, Sendable {
  package let code: PublicCode
  /// The badge.
  package let to: String
  /// 1...60 characters.
  package let reason: String

  package init(code: PublicCode, to: String, reason: String) {
    self.code = code
    self.to = to
    self.reason = reason
  }
}
