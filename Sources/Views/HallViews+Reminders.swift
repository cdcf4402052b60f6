import Groundwork
import Hall

extension HallViews {
  /// Counts of what coordinators are reminded of beside the queue.
  ///
  /// These are cases with an alarm, tasks of questions and agency cases that are late, agency cases with originals that an
  /// agent has had for too long, and leased numbers that somebody has to look after.
  func todayReminders(_ now: Timestamp, into json: inout JSONText) {
    let today = rules.zone.civil(now).date
    let agency = AgencyViews(state, rules, now)
    json.object("reminders") { json in
      json.field("cases", state.cases.open.count { !$0.alarms(on: today, by: rules.calendar).isEmpty })
      json.field("tasks", state.consults.tasks.values.count { $0.due < today })
      json.field("agency", state.agency.open.count { agency.isLate($0) })
      json.field("originals", state.agency.open.count { !$0.heldTooLong(on: today, rules.calendar).isEmpty })
      json.field("leases", state.leases.incidents.count + state.leases.adopted.values.count { $0.ended != nil })
    }
  }
}
