package import Groundwork
package import Hall

/// Attendance (考勤) of some people over some days, as JSON and as a table for spreadsheets.
package struct AttendanceViews: Sendable {
  package struct Person: Sendable {
    package let badge: String
    package let name: String
    package let role: StaffRole?

    package init(badge: String, name: String, role: StaffRole?) {
      self.badge = badge
      self.name = name
      self.role = role
    }
  }

  private let people: [(person: Person, rows: [Attendance])]
  private let log: AttendanceLog
  private let dates: ClosedRange<CivilDate>
  private let rules: HallRules

  /// - Parameter dates: at most 62 days.
  package init(
    _ log: AttendanceLog, _ people: [Person], _ dates: ClosedRange<CivilDate>, _ rules: HallRules, now: Timestamp
  ) {
    let rows = Dictionary(
      grouping: Attendance.sheet(log, people.map(\.badge), dates, rules, now: now), by: \.badge)
    self.people = people.map { ($0, rows[$0.badge] ?? []) }
    self.log = log
    self.dates = dates
    self.rules = rules
  }

  /// - Parameter showsInspections: also what was noted about windows and people.
  package func json(month: String, showsInspections: Bool) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.field("month", month)
      json.field("grace_minutes", rules.staffing.graceMinutes)
      json.field("reaches_back_to", log.days.keys.min()?.description)
      json.array("people", people) { json, one in
        json.object { json in
          json.field("badge", one.person.badge)
          json.field("name", one.person.name)
          json.field("role", one.person.role?.rawValue)
          totals(AttendanceTotals(one.rows), into: &json)
          json.array("sessions", one.rows) { row($1, into: &$0) }
        }
      }
      json.array("inspections", showsInspections ? inspections : []) { json, one in
        json.object { json in
          json.field("at", rules.zone.rfc3339(one.at))
          json.field("by", one.by)
          json.field("badge", one.noted.badge)
          json.field("window", one.noted.window)
          json.field("kind", one.noted.kind.rawValue)
          json.field("text", one.noted.text)
        }
      }
    }
    return json.bytes
  }

  private var inspections: [(at: Timestamp, by: String?, noted: InspectionNoted)] {
    log.inspections.filter { dates.contains(rules.zone.civil($0.at).date) }
  }

  private func totals(_ totals: AttendanceTotals, into json: inout JSONText) {
    json.object("totals") { json in
      json.field("planned", totals.planned)
      json.field("present", totals.present)
      json.field("absent", totals.absent)
      json.field("late", totals.late)
      json.field("late_minutes", totals.lateMinutes)
      json.field("early", totals.early)
      json.field("early_minutes", totals.earlyMinutes)
      json.field("away_minutes", totals.awayMinutes)
      json.field("clock_doubtful", totals.doubtful)
      json.field("unplanned", totals.unplanned)
      json.field("noted", totals.noted)
    }
  }

  private func row(_ row: Attendance, into json: inout JSONText) {
    json.object { json in
      json.field("date", row.date.description)
      json.field("session", row.session)
      json.field("from", rules.zone.rfc3339(row.span.from))
      json.field("to", rules.zone.rfc3339(row.span.to))
      json.field("verdict", row.verdict.rawValue)
      json.field("arrived_at", row.arrivedAt.map(rules.zone.rfc3339))
      json.field("left_at", row.leftAt.map(rules.zone.rfc3339))
      json.field("late_minutes", row.lateMinutes)
      json.field("late", row.isLate)
      json.field("early_minutes", row.earlyMinutes)
      json.field("away_minutes", row.awayMinutes)
      json.array("notes", row.notes) { json, note in
        json.object { json in
          json.field("kind", note.kind.rawValue)
          json.field("substituted", note.substituted)
          json.field("reason", note.reason)
        }
      }
    }
  }

  /// CSV in UTF-8 with its byte order mark, a line for each session.
  package var csv: [UInt8] {
    let heads = ["工号", "姓名", "日期", "场次", "应到", "应离", "情况", "签到", "签退", "迟到分钟", "早退分钟", "离岗分钟", "登记", "说明"]
    var lines = [heads.map(Self.cell).joined(separator: ",")]
    for (person, rows) in people {
      for row in rows {
        lines.append(cells(person, row).map(Self.cell).joined(separator: ","))
      }
    }
    return [0xEF, 0xBB, 0xBF] + Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }

  private func cells(_ person: Person, _ row: Attendance) -> [String] {
    let (arrived, left) = (row.arrivedAt.map(time) ?? "", row.leftAt.map(time) ?? "")
    let kinds: [String] = row.notes.map { note in
      let whom: String = note.substituted.map { "（替\($0)）" } ?? ""
      return Self.word(note.kind) + whom
    }
    let reasons: [String] = row.notes.compactMap(\.reason)
    var cells: [String] = [person.badge, person.name, row.date.description, String(row.session)]
    cells += [time(row.span.from), time(row.span.to), Self.word(row), arrived, left]
    cells += [row.lateMinutes, row.earlyMinutes, row.awayMinutes].map { String($0) }
    return cells + [kinds.joined(separator: "；"), reasons.joined(separator: "；")]
  }

  private func time(_ moment: Timestamp) -> String { rules.zone.civil(moment).time.description }

  private static func word(_ row: Attendance) -> String {
    switch row.verdict {
    case .present: row.isLate ? "迟到" : row.earlyMinutes > 0 ? "早退" : "到岗"
    case .absent: "缺勤"
    case .running: "进行中"
    case .clockDoubtful: "时钟存疑"
    case .unplanned: "非排班"
    }
  }

  private static func word(_ kind: AttendanceNoted.Kind) -> String {
    switch kind {
    case .leave: "请假"
    case .fieldwork: "下村踏勘"
    case .meeting: "会议"
    case .training: "培训"
    case .substitute: "顶岗"
    case .clock: "系统原因"
    }
  }

  /// A cell that a spreadsheet does not run as a formula, and does not convert to a number where it begins with a zero or is
  /// long.
  package static func cell(_ text: String) -> String {
    var text = text
    if let first = text.first, "=+-@\t\r\n".contains(first) { text = "'" + text }
    let digits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if digits, text.utf8.count > 11 || (text.utf8.count > 1 && text.hasPrefix("0")) { text = "\t" + text }
    guard text.contains(where: { ",\"\r\n\t'".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
