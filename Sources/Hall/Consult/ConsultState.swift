package import Groundwork

/// Tasks that came of questions and are not done, and how many were asked. Both outlive business days.
package struct ConsultState: Sendable, Equatable {
  /// At most `mostTasks`.
  package var tasks: [PublicCode: ConsultTask] = [:]
  /// By month, then by the badge that was asked first; `monthsKept` months.
  package var months: [CalendarMonth: [String: ConsultTally]] = [:]

  package init() {}

  package static let mostTasks = 1_000
  package static let monthsKept = 13

  /// In the order of the days until which they are to be done.
  package var open: [ConsultTask] {
    tasks.values.sorted { ($0.due, $0.noted.code.bits) < ($1.due, $1.noted.code.bits) }
  }

  mutating func evolve(_ event: ConsultEvent) {
    switch event {
    case .consultNoted(let e):
      change(e.on, e.firstAsked) {
        $0.asked += 1
        if e.answer.isTask { $0.tasks += 1 }
      }
      if e.answer.isTask { tasks[e.code] = ConsultTask(e) }
    case .taskClosed(let e):
      guard let task = tasks.removeValue(forKey: e.code) else { return }
      change(task.noted.on, task.noted.firstAsked) {
        $0.closed += 1
        if e.on == task.noted.on { $0.closedSameDay += 1 }
        if e.isLate { $0.late += 1 }
      }
    case .taskReassigned(let e): tasks[e.code]?.responsible = e.to
    }
  }

  /// Counts where the question was asked, in a month that is still kept.
  private mutating func change(_ date: CivilDate, _ badge: String, _ body: (inout ConsultTally) -> Void) {
    let month = CalendarMonth(date)
    if months[month] == nil {
      months[month] = [:]
      while months.count > Self.monthsKept, let oldest = months.keys.min() { months[oldest] = nil }
    }
    guard months[month] != nil else { return }
    body(&months[month, default: [:]][badge, default: ConsultTally()])
  }
}

/// A question that somebody still has to see to.
package struct ConsultTask: Hashable, Sendable {
  package let noted: ConsultNoted
  /// Who answers for it now; at first who was asked.
  package var responsible: String

  package init(_ noted: ConsultNoted, responsible: String? = nil) {
    self.noted = noted
    self.responsible = responsible ?? noted.firstAsked
  }

  package var due: CivilDate { noted.due ?? noted.on }
}

/// What one badge was asked in a month.
package struct ConsultTally: Hashable, Sendable {
  package var asked = 0
  /// Those of them that were passed on, or asked of a superior.
  package var tasks = 0
  package var closed = 0
  package var closedSameDay = 0
  /// Closed more than one working day later.
  package var late = 0

  package init() {}
}

/// A month of the civil calendar.
package struct CalendarMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let year: Int
  /// 1...12.
  package let month: Int

  package init(_ date: CivilDate) {
    let (year, month, _) = date.parts
    self.year = year
    self.month = month
  }

  /// 2026-11.
  package init?(_ text: String) {
    guard text.utf8.count == 7, let first = CivilDate("\(text)-01") else { return nil }
    self.init(first)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month) < (right.year, right.month)
  }

  package var description: String {
    let padded = month < 10 ? "0\(month)" : "\(month)"
    return "\(year)-\(padded)"
  }
}
