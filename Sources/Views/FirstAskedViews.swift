package import Groundwork
package import Hall

/// What a member of the staff is responsible for as the first asked (首问负责). Never on a public screen.
package struct FirstAskedViews: Sendable {
  let state: HallState
  let rules: HallRules

  package init(_ state: HallState, _ rules: HallRules) {
    self.state = state
    self.rules = rules
  }

  /// Open transfers, tasks and cases, each with its age.
  ///
  /// - Parameter isCoordinator: sees the tasks of all.
  package func json(of badge: String, isCoordinator: Bool, at now: Timestamp, into json: inout JSONText) {
    let today = rules.zone.civil(now).date
    let transfers = state.queue.openTransfers.compactMap { state.tickets[$0] }.filter { $0.firstAsked == badge }
    let tasks = state.consults.open.filter { isCoordinator || $0.responsible == badge }
    let cases = state.cases.open.filter { $0.opened.firstAsked == badge }
    json.object { json in
      json.array("transfers", transfers) { json, ticket in
        json.object { json in
          json.field("id", ticket.code.description)
          json.field("number", ticket.number.description)
          json.field("lane", ticket.lane.description)
          json.field("since", ticket.transfer.map { rules.zone.rfc3339($0.at) })
          json.field("minutes", ticket.transfer.map { Int(max(0, now.since($0.at)) / 60_000) } ?? 0)
        }
      }
      json.array("tasks", tasks) { json, task in write(task, on: today, into: &json) }
      json.array("cases", cases) { json, one in
        json.object { json in
          json.field("id", one.code.description)
          json.field("number", one.opened.number.description)
          json.field("stage_word", one.isPaused ? "暂停中" : one.stage.chinese)
          json.field("days", rules.calendar.workingDays(after: one.opened.receivedOn, through: today))
        }
      }
    }
  }

  private func write(_ task: ConsultTask, on today: CivilDate, into json: inout JSONText) {
    json.object { json in
      json.field("id", task.noted.code.description)
      json.field("item", task.noted.item)
      json.field("item_name", task.noted.item.flatMap(rules.catalogue.item)?.name ?? task.noted.item)
      json.field("topic", task.noted.topic)
      json.field("answer", task.noted.answer.rawValue)
      json.field("to", task.noted.to)
      json.field("first_asked", task.noted.firstAsked)
      json.field("responsible", task.responsible)
      json.field("on", task.noted.on.description)
      json.field("due", task.due.description)
      json.field("days", rules.calendar.workingDays(after: task.noted.on, through: today))
      json.field("late", task.due < today)
    }
  }

  /// The month by badge: asked, passed on, closed, and what is open longer than a working day.
  package func month(_ month: CalendarMonth, on today: CivilDate, into json: inout JSONText) {
    let tallies = (state.consults.months[month] ?? [:]).sorted { $0.key < $1.key }
    json.object { json in
      json.field("month", month.description)
      json.array("badges", tallies) { json, badge in
        let old = state.consults.open.count { task in
          task.noted.firstAsked == badge.key && CalendarMonth(task.noted.on) == month
            && rules.calendar.workingDays(after: task.noted.on, through: today) > 1
        }
        json.object { json in
          json.field("badge", badge.key)
          json.field("asked", badge.value.asked)
          json.field("tasks", badge.value.tasks)
          json.field("closed", badge.value.closed)
          json.field("closed_same_day", badge.value.closedSameDay)
          json.field("closed_late", badge.value.late)
          json.field("open_over_a_day", old)
        }
      }
    }
  }
}
