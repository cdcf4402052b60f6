import Accounts
import Foundation
import Hall
import SecurityRecords
import Testing
import TestKit

/// Goal: what an auditor looks for is in the log, and no secret is. Method: attacks over real listeners with planted
/// secrets, the log's files read as the auditor does.
@Suite("The security log of a hall")
struct SecurityLogTests {
  private static let planted = "planted-secret-of-somebody"

  @Test("sign-ins, failures, lock-outs, refusals and ends of sessions have their lines, and none holds a secret")
  func lines() async throws {
    let state = "/tmp/yichuang-security-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: state) }
    let folder = SecurityFolder(stateFolder: state)
    let live = try await LiveHall(rules: .test(), securityFolder: folder)
    let secrets = try await attack(live)
    live.securityLog.flush()
    try await live.stop()
    var lines: [SecurityLine] = []
    folder.read { lines.append($0) }
    func has(_ event: String, _ values: [String: String]) -> Bool {
      lines.contains { line in line.event == event && values.allSatisfy { line.values[$0.key] == $0.value } }
    }
    #expect(has("signed_in", ["badge": "AJ001", "role": "clerk", "source": "127.0.0.1", "console": "new"]))
    #expect(has("signed_in", ["badge": "AJ100", "role": "coordinator"]))
    #expect(has("sign_in_failed", ["badge": "AJ002", "code": "wrong_badge_or_secret"]))
    #expect(has("sign_in_failed", ["badge": "AJ001", "code": "wrong_secret"]))
    #expect(has("locked_out", ["badge": "AJ002", "seconds": "1"]))
    #expect(has("refused", ["badge": "AJ001", "code": "role_needed", "request": "GET /v1/sessions"]))
    #expect(has("refused", ["code": "cross_site"]) && has("refused", ["code": "wrong_host"]))
    #expect(has("refused", ["code": "wrong_link"]) && has("refused", ["code": "page_needed"]))
    #expect(has("secret_changed", ["badge": "AJ001"]))
    #expect(has("session_ended", ["badge": "AJ001", "why": "ended", "by": "AJ100"]))
    #expect(has("session_ended", ["badge": "AJ100", "why": "signed_out"]))
    #expect(has("session_ended", ["badge": "AJ003", "why": "account_changed"]))
    let written = lines.map(\.text).joined(separator: "\n") + live.security.lines.joined(separator: "\n")
    for secret in secrets { #expect(!written.contains(secret), "\(secret)") }
    // The control: the same search finds what is there.
    #expect(written.contains("AJ002"))
  }

  /// - Returns: what was sent or given and must not be logged.
  private func attack(_ live: LiveHall) async throws -> [String] {
    let planted = Self.planted
    let clerk = try await live.signIn("AJ001")
    let chief = try await live.signIn("AJ100")
    let third = try await live.signIn("AJ003")
    for _ in 1...5 {
      _ = try await HTTP.post(
        live.hall, "/v1/sessions", #"{"badge":"AJ002","secret":"\#(planted)"}"#, cookie: "")
    }
    // A made-up badge may be a secret that was typed into the wrong field.
    _ = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"\#(planted)","secret":"x"}"#, cookie: "")
    _ = try await HTTP.get(live.hall, "/v1/sessions", cookie: clerk)
    let own = #"{"secret":"\#(planted)","new_secret":"石榴树今年结了果\#(planted)"}"#
    _ = try await HTTP.post(live.hall, "/v1/sessions/current/secret", own, cookie: clerk)
    let right = #"{"secret":"s","new_secret":"石榴树今年结了果\#(planted)"}"#
    #expect(try await HTTP.post(live.hall, "/v1/sessions/current/secret", right, cookie: clerk).status == 204)
    _ = try await HTTP.post(live.hall, "/v1/day/close", "{}", cookie: chief, headers: ["Origin: http://evil.example"])
    _ = try await HTTP.send(live.hall, "GET", "/v1/hall", nil, [], host: "evil.example")
    _ = try await HTTP.get(live.hall, "/board/enter?token=\(planted)")
    let ticket = try await HTTP.post(live.kiosk, "/v1/tickets", "{}")["id"] ?? "?"
    _ = try await HTTP.post(live.kiosk, "/v1/tickets/\(ticket)/abandon", "{}", cookie: "")
    let seen = try await HTTP.get(live.hall, "/v1/sessions", cookie: chief)
    let ids = (0..<3).filter { seen["sessions.\($0).badge"] == "AJ001" }.map { seen["sessions.\($0).id"] ?? "?" }
    for id in ids { _ = try await HTTP.send(live.hall, "DELETE", "/v1/sessions/\(id)", nil, ["Cookie: \(chief)"]) }
    live.admission.adopt(
      staff: LiveHall.staff.filter { $0.member.badge != "AJ003" }, boardToken: "board-token-of-the-test")
    _ = try await HTTP.send(live.hall, "DELETE", "/v1/sessions/current", nil, ["Cookie: \(chief)"])
    return [planted, ticket, "board-token-of-the-test", "plain:", "石榴树"]
      + [clerk, chief, third].compactMap { $0.split(separator: "=").last.map(String.init) }
  }
}
