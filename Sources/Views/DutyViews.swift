package import Groundwork
package import Hall

/// Duty plans (值班表) of some days, as JSON.
package struct DutyViews: Sendable {
  private let log: AttendanceLog
  private let people: [AttendanceViews.Person]
  private let dates: ClosedRange<CivilDate>
  private let rules: HallRules

  /// - Parameter dates: at most 62 days.
  package init(
    _ log: AttendanceLog, _ people: [AttendanceViews.Person], _ dates: ClosedRange<CivilDate>, _ rules: HallRules
  ) {
    self.log = log
    self.people = people
    self.dates = dates
    self.rules = rules
  }

  /// - Parameter today: for pages, which mark it.
  package func json(today: CivilDate) -> [UInt8] {
    let days = Array(sequence(first: dates.lowerBound) { $0.adding(days: 1) }.prefix { $0 <= dates.upperBound })
    var json = JSONText()
    json.object { json in
      json.field("today", today.description)
      json.array("days", days) { json, date in
        json.object { json in
          json.field("date", date.description)
          json.field("weekday", date.weekday.rawValue)
          // A hall that is always open has one session.
          let sessions = rules.hours.alwaysOpen ? [] : rules.hours.sessions(on: date, rules.calendar)
          json.field("works", rules.hours.alwaysOpen || !sessions.isEmpty)
          json.array("sessions", sessions) { json, session in
            json.object { json in
              json.field("from", session.from.description)
              json.field("to", session.to.description)
            }
          }
        }
      }
      json.array("people", people) { json, person in
        json.object { json in
          json.field("badge", person.badge)
          json.field("name", person.name)
          let plans = days.compactMap { log.plans[person.badge]?[$0] }
          json.array("plans", plans) { json, plan in
            json.object { json in
              json.field("date", plan.date.description)
              json.field("window", plan.window)
              json.numbers("sessions", plan.sessions)
            }
          }
        }
      }
      json.array("windows", rules.windows) { json, window in
        json.object { json in
          json.field("number", window.number)
          json.field("name", window.name)
        }
      }
    }
    return json.bytes
  }
}
