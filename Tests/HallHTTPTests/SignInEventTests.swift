import Foundation
import Groundwork
import Hall
import Ports
import TestKit
import Testing

/// Goal: each sign-in and sign-out is in the journal, and a disk that accepts no writes keeps nobody from signing in.
@Suite struct SignInEventTests {
  private func staffEvents(_ journal: MemoryJournal) -> [StaffEvent] {
    journal.events.compactMap { if case .staff(let event) = $0 { event } else { nil } }
  }

  @Test("a sign-in, another in the same browser and a sign-out are events in their order")
  func order() async throws {
    let journal = MemoryJournal()
    let hall = try await LiveHall(rules: .test(), journal: journal)
    let first = try await HTTP.post(hall.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"s","window":1}"#)
    let cookie = first.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
    let second = try await HTTP.post(
      hall.hall, "/v1/sessions", #"{"badge":"AJ002","secret":"s"}"#, cookie: cookie)
    let other = second.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
    _ = try await HTTP.send(hall.hall, "DELETE", "/v1/sessions/current", nil, ["Cookie: \(other)"])
    let expected: [StaffEvent] = [
      .staffSignedIn(StaffSignedIn(badge: "AJ001", role: .clerk, workplace: .window(1), how: .typed)),
      .staffSignedOut(StaffSignedOut(badge: "AJ001", workplace: .window(1), how: .otherConsole)),
      .staffSignedIn(StaffSignedIn(badge: "AJ002", role: .clerk, workplace: .backOffice, how: .typed)),
      .staffSignedOut(StaffSignedOut(badge: "AJ002", workplace: .backOffice, how: .own)),
    ]
    try await eventually("the four events") { self.staffEvents(journal).count == 4 }
    #expect(staffEvents(journal) == expected)
    try await hall.stop()
  }

  @Test("a badge at one place in two browsers is out with the second sign-out")
  func twoBrowsers() async throws {
    let journal = MemoryJournal()
    let hall = try await LiveHall(rules: .test(), journal: journal)
    var cookies: [String] = []
    for _ in 0..<2 {
      let answer = try await HTTP.post(hall.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"s","window":1}"#)
      cookies.append(answer.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? "")
    }
    for cookie in cookies {
      _ = try await HTTP.send(hall.hall, "DELETE", "/v1/sessions/current", nil, ["Cookie: \(cookie)"])
    }
    _ = try await hall.signIn("AJ003")
    try await eventually("the last sign-in") {
      self.staffEvents(journal).last
        == .staffSignedIn(StaffSignedIn(badge: "AJ003", role: .clerk, workplace: .backOffice, how: .typed))
    }
    let outs = staffEvents(journal).filter { if case .staffSignedOut = $0 { true } else { false } }
    #expect(outs == [.staffSignedOut(StaffSignedOut(badge: "AJ001", workplace: .window(1), how: .own))])
    try await hall.stop()
  }

  @Test(
    "a sign-in works while the disk takes nothing; the security log has it", arguments: [JournalFault.full, .readOnly])
  func fullDisk(_ fault: JournalFault) async throws {
    let journal = MemoryJournal()
    let hall = try await LiveHall(rules: .test(), journal: journal)
    journal.refuse(fault)
    let answer = try await HTTP.post(hall.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"s"}"#)
    #expect(answer.status == 201)
    #expect(hall.security.lines.contains { $0.hasPrefix("signed_in") && $0.contains("badge=AJ001") })
    #expect(staffEvents(journal) == [])
    try await hall.stop()
  }
}
