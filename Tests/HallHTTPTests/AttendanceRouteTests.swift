import Foundation
import Groundwork
import Hall
import Testing
import TestKit
import Views

/// Goal: a coordinator sees everybody's attendance, everybody else their own; notes are shown beside it.
@Suite struct AttendanceRouteTests {
  private static func rules() -> HallRules {
    let sessions = [
      OpeningHours.Session(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 720)),
      OpeningHours.Session(from: CivilTime(minuteOfDay: 840), to: CivilTime(minuteOfDay: 1050)),
    ]
    return .test(
      hours: OpeningHours(sessions: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, sessions) })))
  }

  @Test("a month as JSON and as a table, with a note that changes no minute")
  func month() async throws {
    try await LiveHall.with(rules: Self.rules()) { hall in
      let clerk = try await hall.signIn("AJ001", window: 1)
      let chief = try await hall.signIn("AJ100")
      let day = String(ZoneOffset.beijing.civil(hall.clock.now()).date.description)
      try await eventually("both sign-ins are journaled") {
        let sheet = try await HTTP.get(hall.hall, "/v1/attendance", cookie: chief)
        return sheet["people.0.sessions.0.verdict"] == "running" && sheet["people.9.sessions.0.arrived_at"] != "null"
      }
      let before = try await HTTP.get(hall.hall, "/v1/attendance?badge=AJ001", cookie: chief)
      #expect(before["people.0.badge"] == "AJ001" && before["people.0.sessions.0.date"] == day)
      // The hall has been open for an hour.
      #expect(before["people.0.sessions.0.late_minutes"] == "60" && before["people.0.sessions.0.late"] == "true")
      let note = #"{"badge":"AJ001","date":"\#(day)","session":1,"kind":"fieldwork","reason":"踏勘"}"#
      #expect(try await HTTP.post(hall.hall, "/v1/attendance/notes", note, cookie: clerk).status == 403)
      #expect(try await HTTP.post(hall.hall, "/v1/attendance/notes", note, cookie: chief).status == 201)
      let after = try await HTTP.get(hall.hall, "/v1/attendance", cookie: clerk)
      #expect(after["people.0.sessions.0.late_minutes"] == "60")
      #expect(after["people.0.sessions.0.notes.0.kind"] == "fieldwork" && after["people.1.badge"] == nil)
      let csv = try await HTTP.get(hall.hall, "/v1/attendance.csv", cookie: chief)
      #expect(csv.body.starts(with: [0xEF, 0xBB, 0xBF]) && csv.text.contains("AJ001,甲,\(day),1,08:00,12:00"))
    }
  }

  @Test("others' attendance, other months, unknown badges and wrong words are refused with a sentence")
  func refused() async throws {
    try await LiveHall.with(rules: Self.rules()) { hall in
      let clerk = try await hall.signIn("AJ001")
      let chief = try await hall.signIn("AJ100")
      let other = try await HTTP.get(hall.hall, "/v1/attendance?badge=AJ002", cookie: clerk)
      #expect(other.status == 403 && other["code"] == "not_your_report")
      #expect(try await HTTP.get(hall.hall, "/v1/attendance").status == 401)
      for month in ["2026-13", "2026", "x", "2026-1-"] {
        #expect(try await HTTP.get(hall.hall, "/v1/attendance?month=\(month)", cookie: chief).status == 400, "\(month)")
      }
      let bodies = [
        #"{"badge":"AJ999","date":"2026-11-23","kind":"leave"}"#: "unknown_badge",
        #"{"badge":"AJ001","date":"yesterday","kind":"leave"}"#: "bad_field",
        #"{"badge":"AJ001","date":"2026-11-23","kind":"holiday"}"#: "bad_field",
        #"{"badge":"AJ001","date":"2026-11-23","kind":"substitute"}"#: "bad_note",
        #"{"badge":"AJ001","date":"2020-11-23","kind":"leave"}"#: "date_too_far",
      ]
      for (body, code) in bodies {
        let answer = try await HTTP.post(hall.hall, "/v1/attendance/notes", body, cookie: chief)
        #expect(answer["code"] == code, "\(body)")
      }
      let seen = #"{"window":1,"kind":"tidy","text":"台面杂物"}"#
      #expect(try await HTTP.post(hall.hall, "/v1/attendance/inspections", seen, cookie: chief).status == 201)
      let sheet = try await HTTP.get(hall.hall, "/v1/attendance", cookie: chief)
      #expect(sheet["inspections.0.text"] == "台面杂物")
      #expect(try await HTTP.get(hall.hall, "/v1/attendance", cookie: clerk)["inspections.0.text"] == nil)
    }
  }

  @Test("a week of plans, and a table that is noted whole or told with each fault at its line")
  func duty() async throws {
    try await LiveHall.with(rules: Self.rules()) { hall in
      let clerk = try await hall.signIn("AJ001")
      let chief = try await hall.signIn("AJ100")
      let day = ZoneOffset.beijing.civil(hall.clock.now()).date
      #expect(try await HTTP.get(hall.hall, "/v1/attendance/plans", cookie: clerk).status == 403)
      #expect(try await HTTP.get(hall.hall, "/v1/attendance/plans?date=x", cookie: chief).status == 400)
      let path = "/v1/attendance/plans/table"
      let bad = #"{"text":"\#(day),AJ001,1,全天\n\#(day),AJ999,1,全天\n\#(day),AJ001,77,早上"}"#
      let refused = try await HTTP.post(hall.hall, path, bad, cookie: chief)
      #expect(refused.status == 422 && refused["code"] == "bad_table")
      #expect(refused.text.contains("第 2 行：没有工号“AJ999”") && refused.text.contains("第 3 行：没有窗口“77”"))
      #expect(try await HTTP.post(hall.hall, path, #"{"text":" "}"#, cookie: chief)["code"] == "bad_table")
      let good = #"{"text":"\#(day),AJ001,1,全天"}"#
      #expect(try await HTTP.post(hall.hall, path, good, cookie: clerk).status == 403)
      #expect(try await HTTP.get(hall.hall, "/v1/attendance/plans", cookie: chief)["people.0.plans.0.date"] == nil)
      #expect(try await HTTP.post(hall.hall, path, good, cookie: chief).status == 201)
      try await eventually("the plan is read from the journal") {
        try await HTTP.get(hall.hall, "/v1/attendance/plans", cookie: chief)["people.0.plans.0.date"] == "\(day)"
      }
      let week = try await HTTP.get(hall.hall, "/v1/attendance/plans?date=\(day)", cookie: chief)
      #expect(week["today"] == "\(day)" && week["days.0.weekday"] == "1" && week["days.6.weekday"] == "7")
      #expect(week["people.0.badge"] == "AJ001" && week["people.0.plans.0.sessions.1"] == "2")
      #expect(week["days.0.sessions.1.from"] == "14:00" && week["windows.0.number"] == "1")
      let taken = #"{"badge":"AJ001","date":"\#(day)"}"#
      let withdraw = "/v1/attendance/plans/withdraw"
      #expect(try await HTTP.post(hall.hall, withdraw, taken, cookie: clerk).status == 403)
      #expect(try await HTTP.post(hall.hall, withdraw, taken, cookie: chief).status == 201)
      try await eventually("the plan is taken back") {
        try await HTTP.get(hall.hall, "/v1/attendance/plans", cookie: chief)["people.0.plans.0.date"] == nil
      }
    }
  }

  @Test(
    "a cell of the table is no formula, and no number that loses its zeros",
    arguments: [
      ("AJ001", "AJ001"), ("=1+1", "\"'=1+1\""), ("-2", "\"'-2\""), ("@x", "\"'@x\""), ("0012", "\"\t0012\""),
      ("12", "12"), ("123456789012", "\"\t123456789012\""), ("a,b", "\"a,b\""), ("说\"好\"", "\"说\"\"好\"\"\""),
    ])
  func cells(_ text: String, _ cell: String) {
    #expect(AttendanceViews.cell(text) == cell)
  }
}
