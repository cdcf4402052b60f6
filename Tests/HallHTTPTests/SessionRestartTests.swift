import Hall
import Ports
import Testing
import TestKit

/// Goal: after a restart of the daemon exactly those who may stay are still signed in. Method: two halls, one after the
/// other, with one store. What was answered is stored: nothing else is waited for.
@Suite("Sessions and a restart")
struct SessionRestartTests {
  /// Signs in at a hall, stops it, and asks the next hall over the same store with the same cookie.
  private func restart(
    after milliseconds: Int64, _ signOut: Bool = false, _ look: (LiveHall, String) async throws -> Void
  ) async throws {
    let (store, clock, journal) = (MemoryStore(), LiveHall.clock(), MemoryJournal())
    let first = try await LiveHall(rules: .test(), clock: clock, journal: journal, sessionStore: store)
    let cookie = try await first.signIn("AJ001", window: 1)
    if signOut { _ = try await HTTP.send(first.hall, "DELETE", "/v1/sessions/current", nil, ["Cookie: \(cookie)"]) }
    try await first.stop()
    clock.advance(milliseconds)
    let second = try await LiveHall(rules: .test(), clock: clock, openDay: false, journal: journal, sessionStore: store)
    do { try await look(second, cookie) } catch {
      try await second.stop()
      throw error
    }
    try await second.stop()
    // The stored data is useless as a cookie.
    let kept = String(decoding: store.load() ?? [], as: UTF8.self)
    #expect(!kept.contains(cookie.split(separator: "=").last ?? "?"))
  }

  @Test("a clerk goes on where they were")
  func goesOn() async throws {
    try await restart(after: 30_000) { hall, cookie in
      let session = try await HTTP.get(hall.hall, "/v1/sessions/current", cookie: cookie)
      #expect(session["badge"] == "AJ001")
      _ = try await HTTP.post(hall.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)
      let call = try await HTTP.post(hall.hall, "/v1/windows/1/calls", "{}", cookie: cookie)
      #expect(call.status == 201, "\(call.text)")
    }
  }

  @Test("a session ends by its times, the time of the stop included")
  func ends() async throws {
    try await restart(after: 4 * 3_600_000) { hall, cookie in
      let answer = try await HTTP.get(hall.hall, "/v1/sessions/current", cookie: cookie)
      #expect(answer.status == 401)
    }
  }

  @Test("who signed out stays out")
  func signedOut() async throws {
    try await restart(after: 0, true) { hall, cookie in
      let answer = try await HTTP.get(hall.hall, "/v1/sessions/current", cookie: cookie)
      #expect(answer.status == 401)
    }
  }
}
