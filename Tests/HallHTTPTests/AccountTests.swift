import Accounts
import Hall
import SecurityRecords
import Testing
import TestKit

/// Goal: who forgot a secret, or is slowed down, is helped by somebody of the hall, and nobody gets more rights by it.
@Suite("Accounts: first secrets, delays and roles")
struct AccountTests {
  private static let own = "牛奶要趁热喝完再走"

  private static func staff(first: Bool = false) -> [StaffAccount] {
    func one(_ badge: String, _ role: StaffRole) -> StaffAccount {
      StaffAccount(
        StaffMember(badge: badge, name: "甲", role: role), secretHash: "plain:s",
        isFirstSecret: first && badge == "AJ001")
    }
    return [
      one("AJ001", .clerk), one("DB001", .agent), one("AJ100", .coordinator), one("AJ101", .coordinator),
      one("XT001", .systemAdministrator), one("AQ001", .securityAdministrator), one("AQ002", .securityAdministrator),
      one("SJ001", .auditor),
    ]
  }

  private func hall(first: Bool = false, _ body: @Sendable (LiveHall) async throws -> Void) async throws {
    try await LiveHall.with { live in
      live.admission.adopt(staff: Self.staff(first: first), boardToken: "board-token-of-the-test")
      try await body(live)
    }
  }

  private func signIn(_ live: LiveHall, _ badge: String, _ secret: String = "s") async throws -> HTTP.Answer {
    try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"\#(badge)","secret":"\#(secret)"}"#, cookie: "")
  }

  private func cookie(_ answer: HTTP.Answer) -> String {
    "yichuang_session=\(answer.cookies["yichuang_session"] ?? "?")"
  }

  @Test("a first secret opens nothing but its own change, which has to be another one")
  func firstSecret() async throws {
    try await hall(first: true) { live in
      let answer = try await signIn(live, "AJ001")
      #expect(answer.status == 201 && answer["change_secret"] == "true")
      let clerk = cookie(answer)
      for path in ["/v1/queue", "/v1/feed", "/v1/sessions"] {
        let refused = try await HTTP.get(live.hall, path, cookie: clerk)
        #expect(refused.status == 403 && refused["code"] == "change_secret_first", "\(path)")
      }
      let open = try await HTTP.post(live.hall, "/v1/windows/1/open", "{}", cookie: clerk)
      #expect(open.status == 403 && open["code"] == "change_secret_first")
      func change(to new: String) async throws -> HTTP.Answer {
        try await HTTP.post(
          live.hall, "/v1/sessions/current/secret", #"{"secret":"s","new_secret":"\#(new)"}"#, cookie: clerk)
      }
      #expect(try await change(to: "short")["code"] == "weak_secret")
      #expect(try await change(to: Self.own).status == 204)
      #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: clerk)["change_secret"] == "false")
      #expect(try await HTTP.get(live.hall, "/v1/queue", cookie: clerk).status == 200)
      // The configuration read again does not ask for it again.
      live.admission.adopt(staff: Self.staff(first: true), boardToken: "board-token-of-the-test")
      #expect(try await HTTP.get(live.hall, "/v1/queue", cookie: clerk).status == 200)
    }
  }

  @Test("a first secret is given once, ends the sessions, and cannot stay as it is")
  func given() async throws {
    try await hall { live in
      let clerk = cookie(try await signIn(live, "AJ001"))
      let chief = cookie(try await signIn(live, "AJ100"))
      let answer = try await HTTP.post(live.hall, "/v1/accounts/AJ001/secret", "{}", cookie: chief)
      let secret = try #require(answer["secret"])
      #expect(answer.status == 200 && secret.count == 14)
      #expect(try await HTTP.get(live.hall, "/v1/queue", cookie: clerk).status == 401)
      #expect(try await signIn(live, "AJ001").status == 401)
      let list = try await HTTP.get(live.hall, "/v1/accounts", cookie: chief)
      #expect(list["accounts.0.badge"] == "AJ001" && list["accounts.0.first_secret"] == "true")
      #expect(!list.text.contains(secret))
      let first = try await signIn(live, "AJ001", secret)
      #expect(first.status == 201 && first["change_secret"] == "true")
      let body = #"{"secret":"\#(secret)","new_secret":"\#(secret)"}"#
      let same = try await HTTP.post(live.hall, "/v1/sessions/current/secret", body, cookie: cookie(first))
      #expect(same.status == 422 && same["code"] == "weak_secret")
      #expect(
        live.security.lines.joined().contains("first_secret_given") && !live.security.lines.joined().contains(secret))
    }
  }

  @Test(
    "nobody gives a secret to an equal or to a higher role",
    arguments: [
      ("AJ100", "AJ001", 200), ("AJ100", "DB001", 200), ("AJ100", "AJ101", 403), ("AJ100", "AQ001", 403),
      ("AJ100", "SJ001", 403), ("AQ001", "AJ100", 200), ("AQ001", "XT001", 200), ("AQ001", "AQ002", 403),
      ("AQ001", "SJ001", 403), ("XT001", "AJ001", 403), ("SJ001", "AJ001", 403), ("AJ001", "DB001", 403),
      ("AQ001", "AJ999", 404),
    ])
  func mayGive(_ giver: String, _ badge: String, _ status: Int) async throws {
    try await hall { live in
      let giver = cookie(try await signIn(live, giver))
      #expect(try await HTTP.post(live.hall, "/v1/accounts/\(badge)/secret", "{}", cookie: giver).status == status)
    }
  }

  @Test("a coordinator ends the delay of somebody who was wrong too often")
  func release() async throws {
    try await hall { live in
      let chief = cookie(try await signIn(live, "AJ100"))
      for _ in 1...4 { _ = try await signIn(live, "AJ001", "wrong") }
      #expect(try await signIn(live, "AJ001").status == 429)
      let list = try await HTTP.get(live.hall, "/v1/accounts", cookie: chief)
      #expect(list["accounts.0.badge"] == "AJ001" && list["accounts.0.delay_seconds"] != "null")
      #expect(try await HTTP.post(live.hall, "/v1/accounts/AJ001/release", "{}", cookie: chief).status == 204)
      #expect(try await signIn(live, "AJ001").status == 201)
      #expect(live.security.lines.joined().contains("delay_released"))
    }
  }

  @Test("an administrator sees no resident and serves nobody", arguments: ["XT001", "AQ001", "SJ001"])
  func administrators(_ badge: String) async throws {
    try await hall { live in
      let body = #"{"badge":"\#(badge)","secret":"s","window":1}"#
      let answer = try await HTTP.post(live.hall, "/v1/sessions", body, cookie: "")
      #expect(answer.status == 201 && answer["window"] == "null")
      let own = cookie(answer)
      for path in ["/v1/queue", "/v1/feed", "/v1/kiosks/kiosk-1/page"] {
        #expect(try await HTTP.get(live.hall, path, cookie: own).status >= 403, "\(path)")
      }
      for path in ["/v1/windows/1/open", "/v1/day/close", "/v1/tickets"] {
        let refused = try await HTTP.post(live.hall, path, "{}", cookie: own)
        #expect(refused.status == 403 && refused["code"] == "role_needed", "\(path) \(refused.text)")
      }
      #expect(try await HTTP.get(live.hall, "/v1/accounts", cookie: own).status == (badge == "AQ001" ? 200 : 403))
      #expect(try await HTTP.get(live.hall, "/v1/audit", cookie: own).status == (badge == "SJ001" ? 404 : 403))
    }
  }
}
