import Foundation
import Groundwork
import Hall
import Registrar
import Simulation
import TestKit
import Testing

/// Goal: somebody without a receipt is found by their card, whoever looks leaves a line, and questions without a number are
/// answered for.
/// Method: requests over the real listeners, with keys in a folder.
@Suite("Finding cases, and first-asked, over HTTP", .timeLimit(.minutes(5)))
struct CaseSearchRouteTests {
  private static func hall() async throws -> LiveHall {
    var hall = ScenarioHall(
      clock: ZoneOffset.beijing.moment(CivilDate(daysSinceEpoch: 20_780), CivilTime(minuteOfDay: 540)))
    hall.officeHours = true
    return try await LiveHall(rules: ScenarioRules.rules(hall), clock: LiveHall.clock(hall.clock))
  }

  private static let opening = #"""
    {"item":"NY-001","applicant":{"name":"演示员甲","number":"11010519491231002x","phone":"023-45801234"},
     "papers":[{"material":"申请书","originals":1}]}
    """#

  @Test("by a card's number in any form; not by another one; and never by a stranger")
  func find() async throws {
    let live = try await Self.hall()
    let clerk = try await live.signIn("AJ001", window: 1)
    let id = try await HTTP.post(live.hall, "/v1/cases", Self.opening, cookie: clerk)["id"] ?? ""
    func find(_ number: String, _ cookie: String? = nil) async throws -> HTTP.Answer {
      try await HTTP.post(live.hall, "/v1/cases/find", #"{"number":"\#(number)"}"#, cookie: cookie ?? clerk)
    }
    let found = try await find("110105 19491231 002X")
    #expect(found["cases.0.id"] == id && found["cases.1.id"] == nil)
    #expect(!String(decoding: found.body, as: UTF8.self).contains("演示员甲"))
    #expect(try await find("500224199001010012")["code"] == "bad_applicant")
    #expect(try await find("")["code"] == "bad_applicant")
    let none = try await find("G12345678")
    #expect(none.status == 200 && none["cases.0.id"] == nil)
    #expect(
      live.security.lines.filter { $0.contains("case_searched") }.map { $0.contains("badge=AJ001") } == [true, true])
    #expect(!live.security.lines.contains { $0.contains("19491231") })
    #expect(try await HTTP.post(live.hall, "/v1/cases/find", #"{"number":"G12345678"}"#).status == 401)
    #expect(try await HTTP.post(live.kiosk, "/v1/cases/find", #"{"number":"G12345678"}"#).status == 404)
    try await live.stop()
  }

  @Test("the applicant in full only with a reason, and only to whom it concerns")
  func unmask() async throws {
    let live = try await Self.hall()
    let clerk = try await live.signIn("AJ001", window: 1)
    let id = try await HTTP.post(live.hall, "/v1/cases", Self.opening, cookie: clerk)["id"] ?? ""
    func look(_ reason: String, _ cookie: String) async throws -> HTTP.Answer {
      try await HTTP.post(live.hall, "/v1/cases/\(id)/unmask", #"{"reason":"\#(reason)"}"#, cookie: cookie)
    }
    #expect(try await look("看", clerk)["code"] == "reason_needed")
    let shown = try await look("电话通知补正", clerk)
    #expect(shown["name"] == "演示员甲" && shown["number"] == "11010519491231002X" && shown["phone"] == "023-45801234")
    #expect(live.security.lines.contains { $0.contains("personal_data_shown") && $0.contains("why=电话通知补正") })
    let other = try await live.signIn("AJ002")
    #expect(try await look("电话通知补正", other)["code"] == "not_served_here")
    try await live.stop()
  }

  @Test("a question that was passed on stands in the list of whoever was asked, until it is closed")
  func task() async throws {
    let live = try await Self.hall()
    let clerk = try await live.signIn("AJ001", window: 1)
    let noted = try await HTTP.post(
      live.hall, "/v1/consults", #"{"topic":"土地纠纷","answer":"passed_on","to":"司法所"}"#, cookie: clerk)
    #expect(noted.status == 201 && noted["open"] == "true")
    let id = noted["id"] ?? ""
    let mine = try await HTTP.get(live.hall, "/v1/first-asked", cookie: clerk)
    #expect(mine["tasks.0.id"] == id && mine["tasks.0.to"] == "司法所" && mine["tasks.0.days"] == "0")
    #expect(
      try await HTTP.post(live.hall, "/v1/consults", #"{"topic":"电话 13800138000","answer":"told"}"#, cookie: clerk)[
        "code"] == "bad_consult_text")
    #expect(
      try await HTTP.post(live.hall, "/v1/consults/\(id)/close", #"{"result":"已答复"}"#, cookie: clerk)["open"]
        == "false")
    #expect(try await HTTP.get(live.hall, "/v1/first-asked", cookie: clerk)["tasks.0.id"] == nil)
    #expect(
      try await HTTP.post(live.hall, "/v1/consults/\(id)/close", #"{"result":"再"}"#, cookie: clerk)["code"]
        == "unknown_task")
    #expect(try await HTTP.get(live.hall, "/v1/first-asked").status == 401)
    #expect(try await HTTP.get(live.hall, "/v1/case-months", cookie: clerk).status == 403)
    try await live.stop()
  }
}
