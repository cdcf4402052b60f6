import Testing
import TestKit

/// Goal: one browser has one session, and a coordinator sees and ends any.
@Suite("Sessions that others end")
struct SessionListTests {
  private func browser(
    _ live: LiveHall, _ badge: String, window: Int? = nil, cookie: String = ""
  ) async throws -> String {
    let at = window.map { #","window":\#($0)"# } ?? ""
    let body = #"{"badge":"\#(badge)","secret":"s"\#(at)}"#
    let answer = try await HTTP.post(live.hall, "/v1/sessions", body, cookie: cookie)
    #expect(answer.status == 201, "\(answer.text)")
    return "yichuang_session=\(answer.cookies["yichuang_session"] ?? "?")"
  }

  @Test("a new sign-in ends the session that was open in the same browser, and its feed")
  func replaced() async throws {
    try await LiveHall.with { live in
      let first = try await browser(live, "AJ001", window: 1)
      _ = try await HTTP.post(live.hall, "/v1/windows/1/open", "{}", cookie: first)
      let feed = try FeedListener(live.hall, "/v1/feed", cookie: first)
      #expect(try await feed.next()?.event == "snapshot")
      // The window is not taken: who worked there was in this browser.
      let second = try await browser(live, "AJ002", window: 1, cookie: first)
      while try await feed.next() != nil {}
      #expect(try await HTTP.get(live.hall, "/v1/queue", cookie: first).status == 401)
      #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: second)["badge"] == "AJ002")
      // A refused sign-in ends nothing.
      let wrong = #"{"badge":"AJ003","secret":"x"}"#
      #expect(try await HTTP.post(live.hall, "/v1/sessions", wrong, cookie: second).status == 401)
      #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: second).status == 200)
    }
  }

  @Test("a coordinator sees every session and ends one; a clerk may do neither")
  func coordinator() async throws {
    try await LiveHall.with { live in
      let clerk = try await browser(live, "AJ001", window: 1)
      _ = try await HTTP.post(live.hall, "/v1/windows/1/open", "{}", cookie: clerk)
      live.clock.advance(60_000)
      let chief = try await browser(live, "AJ100")
      for cookie in [clerk, ""] {
        let seen = try await HTTP.get(live.hall, "/v1/sessions", cookie: cookie)
        #expect(seen.status == (cookie.isEmpty ? 401 : 403))
      }
      live.clock.advance(1_000)
      let seen = try await HTTP.get(live.hall, "/v1/sessions", cookie: chief)
      #expect(seen["sessions.0.badge"] == "AJ100" && seen["sessions.0.own"] == "true")
      #expect(seen["sessions.1.badge"] == "AJ001" && seen["sessions.1.window"] == "1")
      #expect(seen["sessions.1.address"] == "127.0.0.1")
      #expect(seen["sessions.1.since"] == "2026-11-23T09:00:00+08:00")
      // What is shown is no cookie.
      #expect(!seen.text.contains(clerk.split(separator: "=").last ?? "?"))
      let feed = try FeedListener(live.hall, "/v1/feed", cookie: clerk)
      #expect(try await feed.next()?.event == "snapshot")
      let path = "/v1/sessions/\(seen["sessions.1.id"] ?? "?")"
      #expect(try await HTTP.send(live.hall, "DELETE", path, nil, ["Cookie: \(clerk)"]).status == 403)
      #expect(try await HTTP.send(live.hall, "DELETE", path, nil, ["Cookie: \(chief)"]).status == 204)
      while try await feed.next() != nil {}
      #expect(try await HTTP.get(live.hall, "/v1/queue", cookie: clerk).status == 401)
      #expect(try await HTTP.send(live.hall, "DELETE", path, nil, ["Cookie: \(chief)"]).status == 404)
      // The window is free again.
      let queue = try await HTTP.get(live.hall, "/v1/queue", cookie: chief)
      #expect(queue["windows.0.number"] == "1" && queue["windows.0.state"] == "closed")
    }
  }

  @Test("nobody's sign-ins end the sessions of others")
  func capacity() async throws {
    try await LiveHall.with { live in
      let other = try await browser(live, "AJ002")
      let first = try await browser(live, "AJ001")
      live.clock.advance(1_000)
      for _ in 0..<16 { _ = try await browser(live, "AJ001") }
      #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: first).status == 401)
      #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: other).status == 200)
    }
  }
}
