import Accounts
import Groundwork
import Hall
import Hummingbird
import Views

/// Duty plans (值班表): a week to look at, and a table to plan many at once.
struct DutyRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("v1/attendance/plans") { request, context in
      _ = try context.require(.runDay)
      let rules = parts.feed.rules
      let today = rules.zone.civil(await parts.time().at).date
      let asked = request.uri.queryParameters.get("date")
      guard let date = asked.map({ CivilDate(String($0)) }) ?? today else {
        throw Problem.badRequest("bad_field", "日期写成 2026-12-01 这样。", "A date looks like 2026-12-01.")
      }
      let monday = date.adding(days: 1 - date.weekday.rawValue)
      let log = try await AttendanceRoutes.log(parts)
      let people = members.map { AttendanceViews.Person(badge: $0.badge, name: $0.name, role: $0.role) }
      return Response.json(DutyViews(log, people, monday...monday.adding(days: 6), rules).json(today: today))
    }
    router.post("v1/attendance/plans/table") { request, context in
      let rules = parts.feed.rules
      let today = rules.zone.civil(await parts.time().at).date
      return try await endpoint.change(request, context, DutyTableForm.self, status: .created) { form in
        let table = DutyTable(
          form.text, badges: Set(members.map(\.badge)), windows: Set(rules.windows.map(\.number)), today: today
        ) { rules.hours.alwaysOpen ? 1 : rules.hours.sessions(on: $0, rules.calendar).count }
        guard table.faults.isEmpty, !table.plans.isEmpty else { throw Problem.badTable(table) }
        return .staff(.planDuties(table.plans))
      } write: { _, _, json in
        json.object { json in json.field("state", "noted") }
      }
    }
  }

  /// Who can be planned: everybody who works at the hall's matters.
  private var members: [StaffMember] {
    endpoint.parts.admission.accounts().map(\.member).filter { !$0.role.isAdministrator }
  }
}

struct DutyTableForm: RequestForm {
  static let fields: Set<String> = ["text"]
  var text: String
}

extension Problem {
  /// The most faults in one answer.
  private static let toldFaults = 30

  fileprivate static func badTable(_ table: DutyTable) -> Problem {
    let faults = table.faults
    var chinese = faults.prefix(toldFaults).map { "第 \($0.line) 行：\($0.fault.chinese)。" }
    var english = faults.prefix(toldFaults).map { "Line \($0.line): \($0.fault.english)." }
    if faults.isEmpty {
      chinese = ["每行写：日期、工号、窗口、场次。"]
      english = ["Write a line for each badge and day: date, badge, window, sessions."]
    } else if faults.count > toldFaults {
      chinese.append("一共 \(faults.count) 处。")
      english.append("\(faults.count) in all.")
    }
    return Problem(
      .unprocessableContent, "bad_table",
      faults.isEmpty
        ? Words("表格是空的", "The table is empty")
        : Words("表格有错，一行也没有记", "The table has faults; nothing of it was noted"),
      Words(chinese.joined(separator: "\n"), english.joined(separator: "\n")))
  }
}
