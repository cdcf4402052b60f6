import Accounts
import Groundwork
import Hall
import Ports
import TestKit
import Testing

/// Goal: a scanned badge says whose it is and no more, a revoked one opens nothing, and a badge alone opens a window only where and when
/// the hall says so.
@Suite struct BadgeSignInTests {
  private static let code = PlainSeal().badgeCode("AJ001", issue: 1).description

  private static func rules(badgeOnly: Bool, hours: OpeningHours = .always) -> HallRules {
    var rules = HallRules.test(hours: hours)
    rules.opensByBadge = badgeOnly
    return rules
  }

  private func signIn(_ live: LiveHall, _ body: String) async throws -> HTTP.Answer {
    try await HTTP.post(live.hall, "/v1/sessions", body)
  }

  @Test("the code decides whose badge it is, the secret is asked all the same")
  func withSecret() async throws {
    try await LiveHall.with(rules: Self.rules(badgeOnly: false)) { live in
      let answer = try await signIn(live, #"{"badge":"AJ001","secret":"s","window":1,"code":"\#(Self.code)"}"#)
      #expect(answer.status == 201 && answer["badge"] == "AJ001")
      let other = try await signIn(live, #"{"badge":"AJ002","secret":"s","code":"\#(Self.code)"}"#)
      #expect(other["badge"] == "AJ001")
      let alone = try await signIn(live, #"{"badge":"AJ001","window":1,"code":"\#(Self.code)"}"#)
      #expect(alone.status == 422 && alone["code"] == "secret_needed")
      for made in ["YB-AJ001-1-0000000000", "AJ001", "YB-AJ001-2-\(Self.code.suffix(10))"] {
        let answer = try await signIn(live, #"{"badge":"AJ001","secret":"s","code":"\#(made)"}"#)
        #expect(answer.status == 401 && answer["code"] == "wrong_badge_or_secret", "\(made)")
      }
    }
  }

  @Test("a badge that was replaced is refused as such, and noted")
  func revoked() async throws {
    try await LiveHall.with(rules: Self.rules(badgeOnly: true)) { live in
      let reissued = LiveHall.staff.map {
        $0.member.badge == "AJ001"
          ? StaffAccount($0.member, secretHash: $0.secretHash, badgeIssue: 2) : $0
      }
      live.admission.adopt(staff: reissued, boardToken: "board-token-of-the-test")
      for secret in [#""secret":"s","#, ""] {
        let answer = try await signIn(live, #"{"badge":"AJ001",\#(secret)"window":1,"code":"\#(Self.code)"}"#)
        #expect(answer.status == 403 && answer["code"] == "badge_revoked")
      }
      #expect(live.security.lines.contains { $0.hasPrefix("badge_revoked") && $0.contains("badge=AJ001") })
    }
  }

  @Test("a badge alone opens a clerk's window within the hours, and nothing else")
  func badgeOnly() async throws {
    let session = OpeningHours.Session(from: CivilTime(minuteOfDay: 540), to: CivilTime(minuteOfDay: 1050))
    let hours = OpeningHours(sessions: [.monday: [session]])
    try await LiveHall.with(rules: Self.rules(badgeOnly: true, hours: hours)) { live in
      let answer = try await signIn(live, #"{"badge":"AJ001","window":1,"code":"\#(Self.code)"}"#)
      #expect(answer.status == 201 && answer["badge"] == "AJ001")
      let noWindow = try await signIn(live, #"{"badge":"AJ001","code":"\#(Self.code)"}"#)
      #expect(noWindow["code"] == "secret_needed")
      let typed = try await signIn(live, #"{"badge":"AJ001","window":1}"#)
      #expect(typed["code"] == "secret_needed")
      let chief = PlainSeal().badgeCode("AJ100", issue: 1).description
      #expect(try await signIn(live, #"{"badge":"AJ100","window":1,"code":"\#(chief)"}"#)["code"] == "secret_needed")
      live.clock.advance(9 * 3_600_000)
      let late = try await signIn(live, #"{"badge":"AJ001","window":1,"code":"\#(Self.code)"}"#)
      #expect(late["code"] == "secret_needed")
    }
  }

  @Test("five wrong secrets lock a badge at that client for five minutes, and no other client")
  func lock() async throws {
    try await LiveHall.with(rules: Self.rules(badgeOnly: false)) { live in
      for _ in 0..<5 {
        let wrong = try await signIn(live, #"{"badge":"AJ001","secret":"x"}"#)
        #expect(wrong.status == 401)
        // What a fourth and fifth attempt wait for.
        live.clock.advance(2_000)
      }
      live.clock.advance(290_000)
      let locked = try await signIn(live, #"{"badge":"AJ001","secret":"s"}"#)
      #expect(locked.status == 429)
      live.clock.advance(9_000)
      let open = try await signIn(live, #"{"badge":"AJ001","secret":"s"}"#)
      #expect(open.status == 201)
    }
  }
}
