import Foundation
import Groundwork
import Hall
import JournalCodec
import Registrar
import Simulation
import TestKit
import Testing

/// Goal: what somebody typed about a person is nowhere in clear, each problem has its name in both languages, and a kiosk tells
/// the holder of a receipt how far it is and nothing more.
/// Method: requests over the real listeners, with keys in a folder.
@Suite("Cases over HTTP", .timeLimit(.minutes(5)))
struct CaseRouteTests {
  private static func hall(_ journal: MemoryJournal = MemoryJournal()) async throws -> LiveHall {
    var hall = ScenarioHall(
      clock: ZoneOffset.beijing.moment(CivilDate(daysSinceEpoch: 20_780), CivilTime(minuteOfDay: 540)))
    hall.officeHours = true
    return try await LiveHall(rules: ScenarioRules.rules(hall), clock: LiveHall.clock(hall.clock), journal: journal)
  }

  private static let planted = ["㑇𠮷演示员", "11010519491231002X", "023-45801234", "演示员亲属乙", "离婚判决书第七页", "章盖歪了看不清"]

  private static let opening = #"""
    {"item":"NY-001","applicant":{"name":"㑇𠮷演示员","number":"11010519491231002x","phone":"023-45801234","bearer":"演示员亲属乙"},
     "by":"relative","papers":[{"material":"申请书","originals":1}],"kiosk":"kiosk-1"}
    """#

  @Test("names, numbers, phones and typed words are in no record and no answer")
  func sealed() async throws {
    let journal = MemoryJournal()
    let live = try await Self.hall(journal)
    let clerk = try await live.signIn("AJ001", window: 1)
    let made = try await HTTP.post(live.hall, "/v1/cases", Self.opening, cookie: clerk)
    #expect(made.status == 201 && made["stage"] == "received" && made["receipt_slip.state"] == "queued")
    let id = made["id"] ?? ""
    let lines =
      #"{"lines":[{"material":"户口簿","reasons":["missing","other"],"ask":"离婚判决书第七页","words":"章盖歪了看不清"}],"kiosk":"kiosk-1"}"#
    let told = try await HTTP.post(live.hall, "/v1/cases/\(id)/corrections", lines, cookie: clerk)
    #expect(told["stage"] == "correcting" && told["correction_slip.state"] == "queued")
    let shown = try await HTTP.get(live.hall, "/v1/cases/\(id)", cookie: clerk)
    #expect(shown["name"] == "㑇***员" && shown["number_of_card"] == "110***********002X")
    let list = try await HTTP.get(live.hall, "/v1/cases?list=correcting", cookie: clerk)
    #expect(list["cases.0.id"] == id)
    let records = journal.records.map { String(decoding: RecordCodec.encode($0), as: UTF8.self) }.joined()
    let answers = [made, told, shown, list].map { String(decoding: $0.body, as: UTF8.self) }.joined()
    #expect(answers.contains("建房许可"))
    #expect(records.contains("caseOpened") && records.contains("2026H2:"))
    for text in Self.planted {
      #expect(!records.contains(text), "\(text) is in the journal")
      #expect(!answers.contains(text), "\(text) is in an answer")
    }
    try await live.stop()
  }

  @Test("at a kiosk the receipt's code tells how far it is, and nothing of whose or what it is")
  func kiosk() async throws {
    let live = try await Self.hall()
    let clerk = try await live.signIn("AJ001", window: 1)
    let id = try await HTTP.post(live.hall, "/v1/cases", Self.opening, cookie: clerk)["id"] ?? ""
    let answer = try await HTTP.get(live.kiosk, "/v1/cases/\(id)")
    #expect(answer["state"] == "in_progress" && answer["missing"] == "0" && answer["windows.0"] == "1")
    for field in ["name", "item", "item_name", "number", "stage", "responsible"] { #expect(answer[field] == nil) }
    #expect(try await HTTP.get(live.kiosk, "/v1/cases/000000000000")["code"] == "unknown_case")
    #expect(try await HTTP.post(live.kiosk, "/v1/codes", #"{"text":"\#(id)"}"#)["is"] == "case")
    #expect(try await HTTP.get(live.hall, "/v1/cases/\(id)").status == 401)
    #expect(try await HTTP.get(live.hall, "/v1/cases").status == 401)
    try await live.stop()
  }

  @Test("what is typed wrong is refused by name, and nothing is taken")
  func refused() async throws {
    let live = try await Self.hall()
    let clerk = try await live.signIn("AJ001", window: 1)
    func opened(_ fields: String) async throws -> String? {
      try await HTTP.post(live.hall, "/v1/cases", "{\(fields)}", cookie: clerk)["code"]
    }
    let name = #""applicant":{"name":"演示员甲"}"#
    #expect(try await opened(#""item":"XX-001",\#(name)"#) == "unknown_item")
    #expect(try await opened(#""item":"NY-001","applicant":{"name":""}"#) == "bad_applicant")
    #expect(
      try await opened(#""item":"NY-001","applicant":{"name":"\#(String(repeating: "长", count: 31))"}"#)
        == "bad_applicant")
    #expect(
      try await opened(#""item":"NY-001","applicant":{"name":"甲","number":"110105194912310021"}"#) == "bad_applicant")
    #expect(try await opened(#""item":"NY-001","applicant":{"name":"甲","phone":"没有"}"#) == "bad_applicant")
    #expect(
      try await opened(#""item":"NY-001",\#(name),"papers":[{"material":"房产证","copies":1}]"#) == "material_not_listed")
    #expect(try await opened(#""item":"NY-001",\#(name),"papers":[{"material":"申请书"}]"#) == "bad_case_text")
    #expect(try await opened(#""item":"NY-001",\#(name),"received_on":"2026-11-20""#) == "bad_case_date")
    #expect(try await opened(#""item":"NY-001",\#(name),"by":"friend""#) == "bad_field")
    #expect(try await HTTP.get(live.hall, "/v1/cases?list=all", cookie: clerk)["code"] == "bad_list")
    #expect(await live.registrar.state.cases.known.isEmpty)
    try await live.stop()
  }

  @Test("any paper of a case under a kiosk's scanner is printed again there; corrected names stay sealed")
  func papers() async throws {
    let journal = MemoryJournal()
    let live = try await Self.hall(journal)
    let clerk = try await live.signIn("AJ001", window: 1)
    let id = try await HTTP.post(live.hall, "/v1/cases", Self.opening, cookie: clerk)["id"] ?? ""
    let path = "/v1/cases/\(id)/print"
    #expect(try await HTTP.post(live.kiosk, path, #"{"kiosk":"kiosk-1"}"#)["code"] == "slip_on_its_way")
    let slip = try #require(await live.registrar.state.cases.known.values.first?.receiptSlip)
    for command in [PrintCommand.start(slip, attempt: 1), .end(slip, attempt: 1, .printed(.echo))] {
      try await live.registrar.submit(.print(command), by: .system) { _, _ in }
    }
    let again = try await HTTP.post(live.kiosk, path, #"{"kiosk":"kiosk-1","large_type":true}"#)
    #expect(again["state"] == "in_progress" && again["slip"] == "queued" && again["item"] == nil)
    let unknown = try await HTTP.post(live.kiosk, path, #"{"kiosk":"kiosk-1","number":"SL-1"}"#)
    #expect(unknown.status == 404 && unknown["code"] == "unknown_paper")
    #expect(try await HTTP.post(live.hall, path, "{}", cookie: clerk)["code"] == "bad_field")
    #expect(try await HTTP.get(live.hall, "/v1/cases/\(id)/slips/SJ-1.pdf", cookie: clerk)["code"] == "unknown_paper")
    #expect(try await HTTP.get(live.hall, "/v1/cases/\(id)/slips/SJ-1.pdf").status == 401)

    let coordinator = try await live.signIn("AJ100")
    let heir =
      #"{"field":"applicant","applicant":{"name":"𬱖继承人"},"reason":"原申请人已去世的事","second":"AJ001"}"#
    let corrected = try await HTTP.post(live.hall, "/v1/cases/\(id)/correct", heir, cookie: coordinator)
    #expect(corrected.status == 200 && corrected["fixes.0.field"] == "applicant")
    let badField = #"{"field":"weather","reason":"登记有误","second":"AJ001"}"#
    #expect(
      try await HTTP.post(live.hall, "/v1/cases/\(id)/correct", badField, cookie: coordinator)["code"] == "bad_field")
    let records = journal.records.map { String(decoding: RecordCodec.encode($0), as: UTF8.self) }.joined()
    for text in ["𬱖继承人", "原申请人已去世的事"] { #expect(!records.contains(text)) }
    #expect(try await HTTP.get(live.hall, "/v1/cases/\(id)", cookie: clerk)["name"] == "𬱖**人")
    try await live.stop()
  }
}
