import Groundwork
import Hall
import Registrar
import Testing
import TestKit

/// Goal: a screen that asks for a number too early after a crash is told why and when to retry; everything else goes
/// on.
@Suite("Intake over HTTP")
struct IntakeTests {
  @Test("while earlier slips are looked up numbers are 503 with Retry-After, calls go on, and readiness says why")
  func closed() async throws {
    let journal = MemoryJournal()
    let first = try await LiveHall(rules: .test(), journal: journal)
    let ticket = try await HTTP.post(first.kiosk, "/v1/tickets", "{}", key: "known")
    #expect(ticket.status == 201)
    try await first.stop()

    let hall = try await LiveHall(rules: .test(), openDay: false, journal: journal, takesIn: false)
    let paths = ["/v1/tickets", "/v1/tickets/\(ticket["id"] ?? "")/reprint"]
    for path in paths {
      let answer = try await HTTP.post(hall.kiosk, path, "{}")
      #expect(answer.status == 503)
      #expect(answer["code"] == "reconciling_prints")
      #expect(answer["title"] == "正在核对上次的打印，请稍候")
      #expect(answer.headers["retry-after"] == "2")
    }
    let notice = try await HTTP.post(hall.kiosk, "/v1/notices", #"{"item":"RS-004"}"#)
    #expect(notice.status == 503)
    let again = try await HTTP.post(hall.kiosk, "/v1/tickets", "{}", key: "known")
    #expect(again["number"] == ticket["number"])

    let readiness = try await HTTP.get(hall.kiosk, "/readyz")
    #expect(readiness.status == 503)
    #expect(readiness["intake"] == "reconciling_prints")
    let cookie = try await hall.signIn("AJ001", window: 1)
    let called = try await HTTP.post(hall.hall, "/v1/windows/1/calls", "{}", cookie: cookie)
    #expect(called["number"] == ticket["number"])
    let shown = try await HTTP.get(hall.kiosk, "/v1/tickets/\(ticket["id"] ?? "")")
    #expect(shown["state"] == "called")

    await hall.registrar.openIntake()
    #expect(try await HTTP.post(hall.kiosk, "/v1/tickets", "{}").status == 201)
    #expect(try await HTTP.get(hall.kiosk, "/readyz").status == 200)
    try await hall.stop()
  }

  @Test("a clerk says that the roll is new, a kiosk cannot, and a kiosk without printer has none")
  func roll() async throws {
    try await LiveHall.with { hall in
      let cookie = try await hall.signIn("AJ001")
      let answer = try await HTTP.post(hall.hall, "/v1/kiosks/kiosk-1/roll", "{}", cookie: cookie)
      #expect(answer.status == 200)
      #expect(answer["kiosk"] == "kiosk-1")
      #expect(answer["slips"] == "0")
      #expect(answer["changed_at"]?.hasSuffix("+08:00") == true)
      #expect(try await HTTP.post(hall.hall, "/v1/kiosks/kiosk-1/roll", "{}").status == 401)
      #expect(try await HTTP.post(hall.kiosk, "/v1/kiosks/kiosk-1/roll", "{}").status == 404)
      #expect(try await HTTP.post(hall.hall, "/v1/kiosks/kiosk-2/roll", "{}", cookie: cookie)["code"] == "no_printer")
      #expect(try await HTTP.post(hall.hall, "/v1/kiosks/x/roll", "{}", cookie: cookie)["code"] == "unknown_kiosk")
    }
  }
}
