import Testing
import TestKit

// Goal: two clerks never share a window, and a clerk who has left does not keep it. Method: the server on a socket,
// signed in as a page does it.
@Suite("A window and who sits there")
struct StaffWindowTests {
  private func signIn(_ live: LiveHall, _ badge: String, window: Int) async throws -> HTTP.Answer {
    try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"\#(badge)","secret":"s","window":\#(window)}"#)
  }

  private func open(_ live: LiveHall, _ session: HTTP.Answer) async throws -> HTTP.Answer {
    try await HTTP.post(live.hall, "/v1/windows/1/open", "{}", cookie: cookie(session))
  }

  private func cookie(_ session: HTTP.Answer) -> String {
    session.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
  }

  @Test("a taken window is refused at sign-in, with who sits there; another window is not, nor a coordinator")
  func taken() async throws {
    try await LiveHall.with { live in
      let first = try await signIn(live, "AJ001", window: 1)
      #expect(try await open(live, first)["clerk"] == "AJ001")
      let refused = try await signIn(live, "AJ002", window: 1)
      #expect(refused.status == 409)
      #expect(refused["code"] == "window_taken")
      #expect(refused["title"] == "1 号窗口有人：甲 AJ001")
      #expect(refused.headers["set-cookie"] == nil)
      #expect(try await signIn(live, "AJ002", window: 2).status == 201)
      #expect(try await signIn(live, "AJ001", window: 1).status == 201)
      let coordinator = try await signIn(live, "AJ100", window: 1)
      let closed = try await HTTP.post(live.hall, "/v1/windows/1/close", "{}", cookie: cookie(coordinator))
      #expect(closed["state"] == "closed")
      #expect(try await signIn(live, "AJ002", window: 1).status == 201)
    }
  }

  @Test("whoever signs out leaves a closed window behind, but not while a resident is there")
  func signedOut() async throws {
    try await LiveHall.with { live in
      let first = try await signIn(live, "AJ001", window: 1)
      _ = try await open(live, first)
      let out = try await HTTP.send(live.hall, "DELETE", "/v1/sessions/current", nil, ["Cookie: \(cookie(first))"])
      #expect(out.status == 204)
      let second = try await signIn(live, "AJ002", window: 1)
      #expect(second.status == 201)
      #expect(try await open(live, second)["clerk"] == "AJ002")
      _ = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-2"}"#)
      #expect(try await HTTP.post(live.hall, "/v1/windows/1/calls", "{}", cookie: cookie(second)).status == 201)
      _ = try await HTTP.send(live.hall, "DELETE", "/v1/sessions/current", nil, ["Cookie: \(cookie(second))"])
      let third = try await signIn(live, "AJ003", window: 1)
      #expect(third.status == 201)
      // The resident stays with AJ002 until somebody ends the service: the refusal names AJ002.
      #expect(try await open(live, third)["code"] == "window_taken")
    }
  }

  @Test("a window whose clerk's session has run out is free at the next sign-in")
  func ranOut() async throws {
    try await LiveHall.with { live in
      let first = try await signIn(live, "AJ001", window: 1)
      _ = try await open(live, first)
      live.clock.advance(15 * 3_600_000)
      let second = try await signIn(live, "AJ002", window: 1)
      #expect(second.status == 201)
      #expect(try await open(live, second)["clerk"] == "AJ002")
    }
  }
}
