import Accounts
import Hall
import Testing
import TestKit

/// Goal: the day at a glance is a coordinator's, and tells in one answer what the hall knows of its day.
@Suite("The day at a glance")
struct TodayTests {
  private func today(_ live: LiveHall, _ cookie: String) async throws -> HTTP.Answer {
    try await HTTP.get(live.hall, "/v1/today", cookie: cookie)
  }

  @Test("only a coordinator sees it")
  func roles() async throws {
    try await LiveHall.with { live in
      let roles: [StaffRole] = StaffRole.allCases
      live.admission.adopt(
        staff: roles.map {
          StaffAccount(StaffMember(badge: "B-\($0.rawValue)".prefix16, name: "甲", role: $0), secretHash: "plain:s")
        }, boardToken: "board-token-of-the-test")
      #expect(try await today(live, "").status == 401)
      for role in roles {
        let answer = try await today(live, try await live.signIn("B-\(role.rawValue)".prefix16))
        #expect(answer.status == (role == .coordinator ? 200 : 403), "\(role)")
        if role != .coordinator { #expect(answer["code"] == "role_needed") }
      }
    }
  }

  @Test("it tells who waits and for how long, who sits where since when, and what was done")
  func figures() async throws {
    try await LiveHall.with(rules: .test(promise: ServicePromise(waitMinutes: 2))) { live in
      let clerk = try await live.signIn("AJ001", window: 1)
      let chief = try await live.signIn("AJ100")
      for _ in 0..<3 { _ = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-2"}"#) }
      func step(_ verb: String, _ body: String = "{}") async throws {
        _ = try await HTTP.post(live.hall, "/v1/windows/1/\(verb)", body, cookie: clerk)
      }
      live.clock.advance(90_000)
      try await step("calls")
      try await step("serve")
      live.clock.advance(60_000)
      try await step("finish")
      try await step("calls")
      try await step("miss")
      try await step("pause", #"{"reason":"送件"}"#)
      live.clock.advance(30_000)
      let answer = try await today(live, chief)
      #expect(answer.status == 200)
      let told = [
        "lanes.0.letter": "A", "lanes.0.waiting": "1", "lanes.0.longest_wait_seconds": "180",
        "lanes.0.longest_wait_number": "A003", "lanes.0.issued": "3", "lanes.0.served": "1", "lanes.0.missed": "1",
        "lanes.1.longest_wait_seconds": "null", "windows.0.state": "paused", "windows.0.pause_reason": "送件",
        "windows.0.clerk": "AJ001", "windows.0.clerk_name": "甲", "windows.0.served": "1", "windows.1.state": "closed",
        "windows.1.since": "null", "totals.waiting": "1", "totals.issued": "3", "totals.served": "1",
        "totals.at_windows": "0", "wait.count": "2", "wait.mean_seconds": "120", "wait.p90_seconds": "150",
        "service.mean_seconds": "60", "hours.0.hour": "9", "hours.0.issued": "3", "hours.0.called": "2",
        "hours.0.served": "1", "kiosks.0.id": "kiosk-1", "backup": "null", "clock_synchronised_at": "null",
        "date": "2026-11-23", "closed_at": "null", "promise.minutes": "2", "promise.kept": "1", "promise.broken": "1",
        "promise.waiting_over": "1",
      ]
      for (path, value) in told { #expect(answer[path] == value, "\(path)") }
      _ = try await HTTP.post(live.hall, "/v1/day/close", #"{"force":true}"#, cookie: chief)
      let closed = try await today(live, chief)
      #expect(closed["totals.closed"] == "2" && closed["totals.waiting"] == "0")
      #expect(closed["closed_at"] != "null" && closed["lanes.0.longest_wait_seconds"] == "null")
      #expect(closed["wait.count"] == "2")
    }
  }

  @Test("a hall that has not opened yet has a day without figures")
  func before() async throws {
    try await LiveHall.with(openDay: false) { live in
      let answer = try await today(live, try await live.signIn("AJ100"))
      #expect(answer.status == 200 && answer["date"] == "null" && answer["wait.mean_seconds"] == "null")
      #expect(answer["hours.0.hour"] == nil && answer["totals.issued"] == "0")
    }
  }
}

extension String {
  /// As long as a badge may be.
  fileprivate var prefix16: String { String(prefix(16)) }
}
