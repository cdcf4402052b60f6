import Groundwork
import Hall
import HallHTTP
import Registrar
import Simulation
import Testing

/// Goal: what goes to a department, what an agent carries and who is turned away are said over HTTP as the hall knows them.
/// Method: requests over the real listeners.
@Suite("Lists of cases and trips over HTTP", .timeLimit(.minutes(5)))
struct CaseListRouteTests {
  private static func hall() async throws -> LiveHall {
    var hall = ScenarioHall(
      clock: ZoneOffset.beijing.moment(CivilDate(daysSinceEpoch: 20_780), CivilTime(minuteOfDay: 540)))
    hall.officeHours = true
    return try await LiveHall(rules: ScenarioRules.rules(hall), clock: LiveHall.clock(hall.clock))
  }

  private static let opening =
    #"{"item":"MZ-001","applicant":{"name":"演示员甲"},"papers":[{"material":"申请书","originals":1},{"material":"身份证","seen":true}]}"#

  /// An accepted case; its path.
  private func accepted(_ live: LiveHall, _ clerk: String) async throws -> String {
    let id = try await HTTP.post(live.hall, "/v1/cases", Self.opening, cookie: clerk)["id"] ?? ""
    let accepted = try await HTTP.post(live.hall, "/v1/cases/\(id)/accept", "{}", cookie: clerk)
    #expect(accepted["stage"] == "accepted", "\(String(decoding: accepted.body, as: UTF8.self))")
    return "/v1/cases/\(id)"
  }

  @Test("what waits for a department is counted, listed once, and its list is printed")
  func handovers() async throws {
    let live = try await Self.hall()
    let clerk = try await live.signIn("AJ001", window: 1)
    let department = #"{"department":"区民政局"}"#
    let none = try await HTTP.post(live.hall, "/v1/handovers", department, cookie: clerk)
    #expect(none.status == 409 && none["code"] == "nothing_to_list")
    for _ in 0..<2 {
      let path = try await accepted(live, clerk)
      let sent = try await HTTP.post(
        live.hall, "\(path)/forward", #"{"department":"区民政局","materials":["申请书"]}"#, cookie: clerk)
      #expect(sent["stage"] == "forwarded", "\(String(decoding: sent.body, as: UTF8.self))")
    }
    let waiting = try await HTTP.get(live.hall, "/v1/handovers", cookie: clerk)
    #expect(waiting["waiting.0.department"] == "区民政局" && waiting["waiting.0.count"] == "2")
    let made = try await HTTP.post(
      live.hall, "/v1/handovers", #"{"department":"区民政局","kiosk":"kiosk-1"}"#, cookie: clerk)
    #expect(made.status == 201 && made["slip.state"] == "queued" && made["cases.1"] != nil)
    let after = try await HTTP.get(live.hall, "/v1/handovers", cookie: clerk)
    #expect(after["waiting.0.department"] == nil && after["lists.0.number"] == made["number"])
    #expect(try await HTTP.get(live.hall, "/v1/handovers").status == 401)
    try await live.stop()
  }

  @Test("who comes with a one-time notice is accepted by it, although the list has grown since; what is new is owed")
  func toldBefore() async throws {
    var hall = ScenarioHall(
      clock: ZoneOffset.beijing.moment(CivilDate(daysSinceEpoch: 20_780), CivilTime(minuteOfDay: 540)))
    hall.officeHours = true
    let first = ScenarioRules.rules(hall).catalogue
    let live = try await LiveHall(
      rules: ScenarioRules.rules(hall), clock: LiveHall.clock(hall.clock),
      archive: { $0 == first.version ? first : nil })
    let clerk = try await live.signIn("AJ001", window: 1)
    let notice = try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"MZ-001","situations":[]}"#)
    hall.publish(.addMaterial(item: "MZ-001", name: "收入证明"))
    let rules = ScenarioRules.rules(hall)
    await live.registrar.adopt(rules)
    live.feed.adopt(rules)
    for (brought, expected) in [(#","notice":"\#(notice["id"] ?? "")""#, "accepted"), ("", nil as String?)] {
      let ticket = try await HTTP.post(
        live.kiosk, "/v1/tickets", #"{"items":["MZ-001"],"kiosk":"kiosk-1"\#(brought)}"#)
      let opening = Self.opening.dropLast() + #","ticket":"\#(ticket["id"] ?? "")"}"#
      let id = try await HTTP.post(live.hall, "/v1/cases", String(opening), cookie: clerk)["id"] ?? ""
      let answer = try await HTTP.post(
        live.hall, "/v1/cases/\(id)/accept", #"{"owed_by":"2026-12-01"}"#, cookie: clerk)
      #expect(answer["stage"] == expected, "\(String(decoding: answer.body, as: UTF8.self))")
      #expect((answer["code"] == "papers_missing") == (expected == nil))
    }
    try await live.stop()
  }

  @Test("somebody without authority gets no result of another's, and the security log says who turned them away")
  func turnedAway() async throws {
    let live = try await Self.hall()
    let clerk = try await live.signIn("AJ001", window: 1)
    let other = try await live.signIn("AJ004", window: 4)
    let path = try await accepted(live, clerk)
    _ = try await HTTP.post(live.hall, "\(path)/decide", #"{"outcome":"granted"}"#, cookie: other)
    _ = try await HTTP.post(live.hall, "\(path)/ready", #"{"place":"A-1"}"#, cookie: other)
    func collect(_ shown: String) async throws -> HTTP.Answer {
      try await HTTP.post(
        live.hall, "\(path)/collect", #"{"by":"relative","shown":"\#(shown)","signed":true,"originals_returned":true}"#,
        cookie: other)
    }
    let refused = try await collect("receipt")
    #expect(refused["code"] == "proxy_needed")
    let line = live.security.lines.first { $0.contains("collection_refused") }
    #expect(line?.contains("badge=AJ004") == true && line?.contains("code=\(path.suffix(12))") == true)
    let done = try await collect("proxy")
    #expect(done["stage"] == "collected")
    #expect(live.security.lines.count { $0.contains("collection_refused") } == 1)
    try await live.stop()
  }

  @Test("an agent's list under a kiosk's scanner: one number for each lane, no item, no name; the window sees it all")
  func trip() async throws {
    let live = try await Self.hall()
    let agent = try await live.signIn("DB001")
    let clerk = try await live.signIn("AJ001", window: 1)
    var ids: [String] = []
    for _ in 0..<2 {
      let entrusted = try await HTTP.post(
        live.hall, "/v1/agency",
        #"{"item":"SB-001","principal":{"name":"演示员乙"},"originals":[{"name":"身份证","count":1,"mark":"1234"},{"name":"户口簿","count":1}]}"#,
        cookie: agent)
      let id = try #require(entrusted["id"])
      _ = try await HTTP.post(live.hall, "/v1/agency/\(id)/take", "{}", cookie: agent)
      ids.append(id)
    }
    let body = #"{"agency":[\#(ids.map { "\"\($0)\"" }.joined(separator: ","))]}"#
    let made = try await HTTP.post(live.hall, "/v1/agency/batches", body, cookie: agent)
    let batch = try #require(made["id"])
    #expect(try await HTTP.post(live.kiosk, "/v1/codes", #"{"text":"\#(batch)"}"#)["is"] == "trip")
    let shown = try await HTTP.get(live.kiosk, "/v1/trips/\(batch)")
    #expect(shown["lanes.0.lane"] == "A" && shown["lanes.0.count"] == "2" && shown["lanes.1.lane"] == nil)
    let text = String(decoding: shown.body, as: UTF8.self)
    #expect(!text.contains("社保卡") && !text.contains("演示员乙"))
    let take = #"{"lane":"A","batch":"\#(batch)","kiosk":"kiosk-1"}"#
    let ticket = try await HTTP.post(live.kiosk, "/v1/tickets", take)
    #expect(ticket.status == 201)
    #expect(try await HTTP.get(live.kiosk, "/v1/trips/\(batch)")["lanes.0.ticket"] == ticket["id"])
    #expect(try await HTTP.post(live.kiosk, "/v1/tickets", take)["code"] == "trip_has_ticket")
    let carried = try await HTTP.get(live.hall, "/v1/agency/batches/\(batch)", cookie: clerk)
    #expect(carried["carries.0.id"] == ids[0] && carried["carries.1.id"] == ids[1])
    #expect(try await HTTP.get(live.kiosk, "/v1/trips/000000000000").status == 404)
    try await live.stop()
  }
}
