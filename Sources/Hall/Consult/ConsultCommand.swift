package import Groundwork

/// Commands about questions without a ticket (咨询).
package enum ConsultCommand: Hashable, Sendable {
  case note(NoteConsult)
  case close(PublicCode, result: String)
  case reassign(PublicCode, to: String, reason: String)
}

package struct NoteConsult: Hashable, Sendable {
  package var item: String?
  package var topic: String?
  package let answer: ConsultAnswer
  package var to: String?
  /// Until when a task is to be done; nil: the same working day.
  package var due: CivilDate?

  package init(_ answer: ConsultAnswer) { self.answer = answer }
}

package enum ConsultRefusal: Hashable, Sendable {
  case unknownTask
  /// A text that is missing, too long, or holds what looks like a person's number.
  case badConsultText
  /// A day before today, or more than sixty days ahead.
  case badTaskDate
  /// Somebody else answers for it.
  case notYourTask
  case tooManyTasks(limit: Int)

  var code: String {
    switch self {
    case .unknownTask: "unknown_task"
    case .badConsultText: "bad_consult_text"
    case .badTaskDate: "bad_task_date"
    case .notYourTask: "not_your_task"
    case .tooManyTasks: "too_many_tasks"
    }
  }
}
