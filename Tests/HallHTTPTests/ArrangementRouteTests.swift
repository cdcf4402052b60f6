import Groundwork
import Hall
import Testing
import TestKit

/// Goal: an arrangement of a coordinator's is asked for, told to every page, and taken back over the API.
@Suite("Arranging the day over HTTP")
struct ArrangementRouteTests {
  private func post(_ live: LiveHall, _ path: String, _ body: String, _ cookie: String) async throws -> HTTP.Answer {
    try await HTTP.post(live.hall, path, body, cookie: cookie)
  }

  @Test("a paused lane is told with its reason, and the kiosk's refusal says it")
  func lane() async throws {
    try await LiveHall.with { live in
      let chief = try await live.signIn("AJ100")
      let paused = try await post(live, "/v1/lanes/A/pause", #"{"reason":"系统检修"}"#, chief)
      #expect(paused.status == 200 && paused["arrangements.paused_lanes.0.letter"] == "A")
      #expect(paused["arrangements.paused_lanes.0.by"] == "AJ100")
      let hall = try await HTTP.get(live.kiosk, "/v1/hall")
      #expect(hall["lanes.0.paused"] == "系统检修" && hall["lanes.0.accepting"] == "false")
      #expect(hall["lanes.1.paused"] == "null" && hall["lanes.1.accepting"] == "true")
      let refused = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)
      #expect(refused.status == 409 && refused["code"] == "lane_paused")
      #expect(refused["detail"]?.contains("系统检修") == true)
      let today = try await HTTP.get(live.hall, "/v1/today", cookie: chief)
      #expect(today["arrangements.paused_lanes.0.reason"] == "系统检修" && today["lanes.0.paused"] == "系统检修")
      let back = try await post(live, "/v1/lanes/A/resume", "{}", chief)
      #expect(back.status == 200 && back["arrangements.paused_lanes.0.letter"] == nil)
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#).status == 201)
    }
  }

  @Test("frequent items and the page of the idle screen are shown in the place of the configured ones")
  func screens() async throws {
    try await LiveHall.with { live in
      let chief = try await live.signIn("AJ100")
      #expect(try await post(live, "/v1/today/frequent", #"{"items":["RS-004"]}"#, chief).status == 200)
      #expect(try await HTTP.get(live.kiosk, "/v1/hall")["frequent.0"] == "RS-004")
      let unknown = try await post(live, "/v1/today/frequent", #"{"items":["XX-1"]}"#, chief)
      #expect(unknown.status == 422 && unknown["code"] == "unknown_item")
      let page = #"{"title":"医保缴费","lines":["12月31日截止"]}"#
      #expect(try await post(live, "/v1/today/publicity", page, chief).status == 200)
      let shown = try await HTTP.get(live.kiosk, "/v1/publicity")
      #expect(shown["pages.0.title"] == "医保缴费" && shown["pages.0.lines.0"] == "12月31日截止")
      let long = #"{"title":"\#(String(repeating: "长", count: 25))","lines":[]}"#
      #expect(try await post(live, "/v1/today/publicity", long, chief)["code"] == "bad_publicity")
      for (path, body) in [("frequent", #"{"items":[]}"#), ("publicity", #"{"title":"","lines":[]}"#)] {
        #expect(try await post(live, "/v1/today/\(path)", body, chief).status == 200)
      }
      #expect(try await HTTP.get(live.kiosk, "/v1/hall")["frequent.0"] == nil)
      #expect(try await HTTP.get(live.kiosk, "/v1/publicity")["pages.0.title"] == nil)
    }
  }

  @Test("a session more opens the hall after hours; times that are none are refused")
  func session() async throws {
    let hours = OpeningHours(
      sessions: Dictionary(
        uniqueKeysWithValues: Weekday.allCases.map { day in
          (day, CivilTime("08:00").flatMap { from in CivilTime("08:30").map { [.init(from: from, to: $0)] } } ?? [])
        }))
    try await LiveHall.with(rules: .test(hours: hours)) { live in
      let chief = try await live.signIn("AJ100")
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)["code"] == "hall_closed")
      let bad = try await post(live, "/v1/today/session", #"{"from":"9 Uhr","to":"11:00"}"#, chief)
      #expect(bad.status == 400 && bad["code"] == "bad_field")
      #expect(
        try await post(live, "/v1/today/session", #"{"from":"07:00","to":"08:00"}"#, chief)["code"] == "session_past")
      let added = try await post(live, "/v1/today/session", #"{"from":"08:30","to":"11:00"}"#, chief)
      #expect(added.status == 200 && added["arrangements.sessions.0.from"]?.contains("T08:30") == true)
      #expect(try await HTTP.get(live.kiosk, "/v1/hall")["day.state"] == "open")
      #expect(try await HTTP.get(live.kiosk, "/v1/hall")["day.extra_sessions.0.to"]?.contains("T11:00") == true)
      let noDate = try await post(live, "/v1/today/session", #"{"date":"morgen","from":"09:00","to":"11:00"}"#, chief)
      #expect(noDate.status == 400 && noDate["code"] == "bad_field")
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#).status == 201)
      #expect(try await post(live, "/v1/today/session/cancel", "{}", chief)["arrangements.sessions.0.from"] == nil)
      #expect(try await HTTP.get(live.kiosk, "/v1/hall")["day.state"] == "closed")
    }
  }

  @Test("a clerk arranges nothing")
  func clerks() async throws {
    try await LiveHall.with { live in
      let clerk = try await live.signIn("AJ001")
      let asked = try await post(live, "/v1/lanes/A/pause", #"{"reason":"甲"}"#, clerk)
      #expect(asked.status == 403 && asked["code"] == "coordinator_only")
      #expect(try await post(live, "/v1/lanes/A/pause", #"{"reason":"甲"}"#, "").status == 401)
    }
  }
}
