import Groundwork
import Hall

extension HallViews {
  /// What coordinators are reminded of beside the queue: how many cases have an alarm, how many tasks of questions and agency cases are
  /// late, how many agency cases have originals that an agent has had for too long, and how many leased numbers people have
  /// to look after.
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
