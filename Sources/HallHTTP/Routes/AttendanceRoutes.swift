import Accounts
import Groundwork
import Hall
import HTTPTypes
import Hummingbird
import Logging
import Ports
import Registrar
import Views

/// Attendance (考勤), and what is noted beside it.
struct AttendanceRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.get("v1/attendance") { request, context in
      let sheet = try await sheet(request, context)
      return Response.json(sheet.views.json(month: sheet.month, showsInspections: sheet.isWhole))
    }
    router.get("v1/attendance.csv") { request, context in
      let sheet = try await sheet(request, context)
      var response = Response.bytes(sheet.views.csv, type: "text/csv; charset=utf-8")
      response.headers[.contentDisposition] = "attachment; filename=\"attendance-\(sheet.month).csv\""
      return response
    }
    post("notes", to: router, AttendanceNoteForm.self) { form in
      guard let kind = AttendanceNoted.Kind(rawValue: form.kind) else {
        throw Problem.badKind(AttendanceNoted.Kind.allCases.map(\.rawValue))
      }
      if let whom = form.substituted { try requireMember(whom) }
      return .noteAttendance(
        AttendanceNoted(
          badge: try requireMember(form.badge), date: try date(form.date), session: form.session, kind: kind,
          substituted: form.substituted, reason: form.reason))
    }
    post("plans", to: router, DutyForm.self) { form in
      .planDuty(
        DutyPlanned(
          date: try date(form.date), badge: try requireMember(form.badge), window: form.window,
          sessions: form.sessions))
    }
    post("plans/withdraw", to: router, WithdrawnPlanForm.self) { form in
      .withdrawPlan(DutyPlanWithdrawn(date: try date(form.date), badge: try requireMember(form.badge)))
    }
    post("inspections", to: router, InspectionForm.self) { form in
      guard let kind = InspectionNoted.Kind(rawValue: form.kind) else {
        throw Problem.badKind(InspectionNoted.Kind.allCases.map(\.rawValue))
      }
      if let badge = form.badge { try requireMember(badge) }
      return .noteInspection(InspectionNoted(badge: form.badge, window: form.window, kind: kind, text: form.text))
    }
  }

  private func post<Form: RequestForm>(
    _ name: String, to router: Router<HallContext>, _ form: Form.Type,
    _ command: @escaping @Sendable (Form) throws -> StaffCommand
  ) {
    router.post(RouterPath("v1/attendance/\(name)")) { request, context in
      try await endpoint.change(request, context, Form.self, status: .created) { form in
        .staff(try command(form))
      } write: { _, _, json in
        json.object { json in json.field("state", "noted") }
      }
    }
  }

  @discardableResult
  private func requireMember(_ badge: String) throws(Problem) -> String {
    guard endpoint.parts.admission.member(badge) != nil else {
      throw Problem(
        .unprocessableContent, "unknown_badge", Problem.Words("没有这个工号", "There is no such badge"),
        Problem.Words("请核对工号。", "Check the badge."))
    }
    return badge
  }

  private func date(_ text: String) throws(Problem) -> CivilDate {
    guard let date = CivilDate(text) else {
      throw .badRequest("bad_field", "日期写成 2026-12-01 这样。", "A date looks like 2026-12-01.")
    }
    return date
  }

  private struct Sheet {
    let month: String
    let views: AttendanceViews
    /// Whether it has everybody.
    let isWhole: Bool
  }

  /// A coordinator sees everybody or one person, everybody else themselves.
  private func sheet(_ request: Request, _ context: HallContext) async throws -> Sheet {
    let session = try context.requireStaff()
    let parts = endpoint.parts
    let asked = request.uri.queryParameters.get("badge")
    let mayAll = session.role.may(.runDay)
    guard mayAll || (asked ?? session.badge) == session.badge else { throw Problem.notYourReport }
    let now = await parts.time().at
    let rules = parts.feed.rules
    let month = request.uri.queryParameters.get("month") ?? String(rules.zone.civil(now).date.description.prefix(7))
    guard month.utf8.count == 7, let first = CivilDate(month + "-01") else {
      throw Problem.badRequest("bad_field", "月份写成 2026-12 这样。", "A month looks like 2026-12.")
    }
    let (year, number, _) = first.parts
    let dates = first...first.adding(days: CivilDate.length(ofMonth: number, year: year) - 1)
    let log = try await Self.log(parts)
    let people = people(log, asked ?? (mayAll ? nil : session.badge), dates)
    return Sheet(
      month: month, views: AttendanceViews(log, people, dates, rules, now: now), isWhole: mayAll && asked == nil)
  }

  static func log(_ parts: ServerDependencies) async throws -> AttendanceLog {
    guard let history = parts.attendance else { throw Problem.notFound }
    do {
      return try await history()
    } catch {
      parts.logger.error("attendance cannot be read from the journal", metadata: ["why": "\(error)"])
      throw Problem(
        .serviceUnavailable, "storage_fault", Problem.Words("账本读不出来", "The journal cannot be read"),
        Problem.Words("请管理员查看日志。", "An administrator looks at the log."), retryAfter: 10)
    }
  }

  /// Everybody who works at the hall's matters, and those who did in these days and are no longer on the list.
  private func people(
    _ log: AttendanceLog, _ only: String?, _ dates: ClosedRange<CivilDate>
  ) -> [AttendanceViews.Person] {
    let zone = endpoint.parts.feed.rules.zone
    var people = endpoint.parts.admission.accounts().map(\.member).filter { !$0.role.isAdministrator }.map {
      AttendanceViews.Person(badge: $0.badge, name: $0.name, role: $0.role)
    }
    let known = Set(endpoint.parts.admission.accounts().map(\.member.badge))
    for (badge, presences) in log.presences.sorted(by: { $0.key < $1.key }) where !known.contains(badge) {
      guard presences.contains(where: { dates.contains(zone.civil($0.from).date) }) else { continue }
      people.append(AttendanceViews.Person(badge: badge, name: "", role: nil))
    }
    return only.map { only in people.filter { $0.badge == only } } ?? people
  }
}

struct AttendanceNoteForm: RequestForm {
  static let fields: Set<String> = ["badge", "date", "session", "kind", "substituted", "reason"]
  var badge: String
  var date: String
  var session: Int?
  /// A word of `AttendanceNoted.Kind`.
  var kind: String
  var substituted: String?
  var reason: String?
}

struct DutyForm: RequestForm {
  static let fields: Set<String> = ["badge", "date", "window", "sessions"]
  var badge: String
  var date: String
  var window: Int?
  var sessions: [Int]
}

struct WithdrawnPlanForm: RequestForm {
  static let fields: Set<String> = ["badge", "date"]
  var badge: String
  var date: String
}

struct InspectionForm: RequestForm {
  static let fields: Set<String> = ["badge", "window", "kind", "text"]
  var badge: String?
  var window: Int?
  /// A word of `InspectionNoted.Kind`.
  var kind: String
  var text: String
}

extension Problem {
  fileprivate static func badKind(_ words: [String]) -> Problem {
    let list = words.joined(separator: ", ")
    return .badRequest("bad_field", "kind 应为：\(list)。", "kind is one of \(list).")
  }

  fileprivate static var notYourReport: Problem {
    Problem(
      .forbidden, "not_your_report", Words("只能看自己的", "You see only your own"),
      Words("别人的考勤由统筹人员查看。", "A coordinator sees those of others."))
  }
}
