import Accounts
import FoundationEssentials
import Groundwork
import Hall
import SecurityRecords
import Testing
import TestKit

/// Goal: an auditor finds in the log and in the history of settings what happened, and leaves a line by looking.
@Suite("The auditor's routes")
struct AuditTests {
  private static let auditor = StaffAccount(
    StaffMember(badge: "SJ001", name: "审", role: .auditor), secretHash: "plain:s")

  /// A hall that keeps its security log and its settings in a folder.
  private func hall(_ body: @Sendable (LiveHall, String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/audit-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let live = try await LiveHall(
      rules: .test(), securityFolder: SecurityFolder(stateFolder: folder),
      settingsHistory: SettingsHistory(stateFolder: folder))
    live.admission.adopt(staff: LiveHall.staff + [Self.auditor], boardToken: "board-token-of-the-test")
    do {
      try await body(live, folder)
    } catch {
      try await live.stop()
      throw error
    }
    try await live.stop()
  }

  private func auditor(_ live: LiveHall) async throws -> String { try await live.signIn("SJ001") }

  @Test("lines come newest first, by event, badge and day, page by page, and the look is a line itself")
  func pages() async throws {
    try await hall { live, _ in
      for number in 1...5 { _ = try await live.signIn("AJ00\(number)") }
      let cookie = try await auditor(live)
      live.securityLog.flush()
      let first = try await HTTP.get(live.hall, "/v1/audit?event=signed_in&limit=4", cookie: cookie)
      #expect(first.status == 200 && first["lines.0.words"]?.contains("SJ001") == true, "\(first.text)")
      #expect(first["lines.3.words"]?.contains("AJ003") == true && first["lines.4.words"] == nil)
      let next = try #require(first["next"])
      let second = try await HTTP.get(live.hall, "/v1/audit?event=signed_in&limit=4&before=\(next)", cookie: cookie)
      #expect(second["lines.0.words"]?.contains("AJ002") == true && second["lines.1.words"]?.contains("AJ001") == true)
      #expect(second["next"] == "null")
      let one = try await HTTP.get(live.hall, "/v1/audit?badge=AJ004", cookie: cookie)
      #expect(one["lines.0.event"] == "signed_in" && one["lines.1.event"] == nil)
      let other = try await HTTP.get(live.hall, "/v1/audit?until=2026-11-22", cookie: cookie)
      #expect(other["lines.0.event"] == nil)
      live.securityLog.flush()
      let looks = try await HTTP.get(live.hall, "/v1/audit?event=audit_read", cookie: cookie)
      // Three earlier ones; the second page is no look of its own, and this one may be there or not.
      #expect(looks["lines.2.event"] == "audit_read" && looks["lines.4.event"] == nil, "\(looks.text)")
    }
  }

  @Test(
    "what cannot be meant is refused",
    arguments: ["since=yesterday", "limit=0", "limit=501", "limit=x", "before=2026-11-23"])
  func refused(_ query: String) async throws {
    try await hall { live, _ in
      let answer = try await HTTP.get(live.hall, "/v1/audit?\(query)", cookie: auditor(live))
      #expect(answer.status == 400 && answer["code"] == "bad_field")
    }
  }

  @Test("the history of settings tells who changed which lines, and no secret")
  func settings() async throws {
    try await hall { live, folder in
      let history = SettingsHistory(stateFolder: folder)
      let before =
        "lanes:\n- {letter: A}\nstaff:\n- {badge: AJ001, secret_hash: 'scrypt$ln=15,r=8,p=3$c2FsdA==$aGFzaA=='}\n"
      let after =
        "lanes:\n- {letter: B}\nstaff:\n- {badge: AJ001, secret_hash: scrypt$ln=15,r=8,p=3$c2FsdA==$aGFzaA==}\n"
      #expect(history.append(before, at: ManualClock.nine, by: "start", sections: []))
      #expect(history.append(before, at: ManualClock.nine, by: "start", sections: []))
      #expect(history.append(after, at: ManualClock.nine, by: "root (sudo: li)", sections: ["lanes"]))
      let cookie = try await auditor(live)
      let list = try await HTTP.get(live.hall, "/v1/settings/history", cookie: cookie)
      #expect(list["entries.0.number"] == "2" && list["entries.0.by"] == "root (sudo: li)", "\(list.text)")
      #expect(list["entries.1.number"] == "1" && list["entries.2.number"] == nil)
      let change = try await HTTP.get(live.hall, "/v1/settings/history/2", cookie: cookie)
      #expect(change.text.contains("-- {letter: A}") && change.text.contains("+- {letter: B}"))
      for text in [list.text, change.text, history.entry(1)?.text ?? "", history.entry(2)?.text ?? ""] {
        #expect(!text.contains("aGFzaA") && !text.contains("ln=15"))
      }
      #expect(try await HTTP.get(live.hall, "/v1/settings/history/3", cookie: cookie).status == 404)
      let clerk = try await live.signIn("AJ001")
      #expect(try await HTTP.get(live.hall, "/v1/settings/history", cookie: clerk).status == 403)
    }
  }
}
