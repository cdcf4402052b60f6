import Hall
import HallHTTP
import Registrar
import Testing
import TestKit

/// A visit over real listeners: a touch gives a number, a clerk calls it, the screens get the events.
@Suite("A visit over HTTP")
struct VisitTests {
  @Test("a number is taken, called, served and finished")
  func wholeVisit() async throws {
    try await LiveHall.with { live in
      let issued = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"items":["RS-004"]}"#)
      #expect(issued.status == 201)
      #expect(issued["number"] == "A001")
      #expect(issued["ahead"] == "0")
      #expect(issued["business_day"] == "2026-11-23")
      #expect(issued["slip.state"] == "queued")
      let clerk = try await live.signIn("AJ001", window: 1)
      let called = try await HTTP.post(live.hall, "/v1/windows/1/calls", "{}", cookie: clerk)
      #expect(called.status == 201)
      #expect(called["number"] == "A001")
      #expect(called["window"] == "1")
      let again = try await HTTP.post(live.hall, "/v1/windows/1/calls", "{}", cookie: clerk)
      #expect(again.status == 409)
      #expect(again["code"] == "window_busy")
      let served = try await HTTP.post(live.hall, "/v1/windows/1/serve", "{}", cookie: clerk)
      #expect(served["state"] == "serving")
      let finished = try await HTTP.post(live.hall, "/v1/windows/1/finish-and-call", "{}", cookie: clerk)
      #expect(finished["finished.state"] == "finished")
      #expect(finished["called"] == "null")
      let none = try await HTTP.post(live.hall, "/v1/windows/1/calls", "{}", cookie: clerk)
      #expect(none["code"] == "nobody_waiting")
    }
  }

  @Test("a ticket is written in the language of the page; another language is refused, and a notice has none to choose")
  func language() async throws {
    try await LiveHall.with { live in
      for (body, language) in [("{}", SlipLanguage.chinese), (#"{"language":"en"}"#, .english)] {
        let issued = try await HTTP.post(live.kiosk, "/v1/tickets", body)
        let code = try #require(issued["id"].flatMap { PublicCode($0) })
        let written = await live.registrar.read { state, _ in
          state.tickets[code]?.slip.flatMap { state.print.slips[$0]?.language }
        }
        #expect(issued.status == 201 && written == language)
      }
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", #"{"language":"fr"}"#).status == 400)
      #expect(try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"RS-004","language":"en"}"#).status == 400)
    }
  }

  @Test("what is already so is answered again and again, makes no event, and takes nothing from its key")
  func alreadySo() async throws {
    try await LiveHall.with { live in
      let clerk = try await live.signIn("AJ001", window: 1)
      let ring = try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-1"}"#, key: "first")
      let before = await live.registrar.read { state, _ in state.sequence }
      for key in ["first", "second", "second"] {
        let again = try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-1"}"#, key: key)
        #expect(again.status == 201 && again["id"] == ring["id"])
        let open = try await HTTP.post(live.hall, "/v1/windows/1/open", "{}", key: "open-\(key)", cookie: clerk)
        #expect(open.status == 200 && open["state"] == "idle")
      }
      #expect(await live.registrar.read { state, _ in state.sequence } == before)
      // The same key of another kiosk is another request.
      let other = try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-2"}"#, key: "second")
      #expect(other.status == 201 && other["id"] != ring["id"])
    }
  }

  @Test("a double tap gives one ticket, and another body under the same key is refused")
  func doubleTap() async throws {
    try await LiveHall.with { live in
      let first = try await HTTP.post(live.kiosk, "/v1/tickets", "{}", key: "tap")
      let second = try await HTTP.post(live.kiosk, "/v1/tickets", "{}", key: "tap")
      #expect(first["id"] == second["id"])
      #expect(second.status == 201)
      let other = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"lane":"E"}"#, key: "tap")
      #expect(other.status == 422)
      #expect(other["code"] == "key_reused")
      let next = try await HTTP.post(live.kiosk, "/v1/tickets", "{}", key: "tap-2")
      #expect(next["number"] == "A002")
    }
  }

  @Test("two windows that press next together never get one ticket")
  func twoWindows() async throws {
    try await LiveHall.with { live in
      let one = try await live.signIn("AJ001", window: 1)
      let two = try await live.signIn("AJ002", window: 2)
      for _ in 0..<20 {
        for _ in 0..<2 { _ = try await HTTP.post(live.kiosk, "/v1/tickets", "{}") }
        async let a = HTTP.post(live.hall, "/v1/windows/1/calls", "{}", cookie: one)
        async let b = HTTP.post(live.hall, "/v1/windows/2/calls", "{}", cookie: two)
        let (first, second) = try await (a, b)
        #expect(first.status == 201 && second.status == 201)
        #expect(first["number"] != second["number"])
        _ = try await HTTP.post(live.hall, "/v1/windows/1/finish", "{}", cookie: one)
        _ = try await HTTP.post(live.hall, "/v1/windows/2/finish", "{}", cookie: two)
      }
    }
  }

  @Test("a notice is issued with its number, and asks for paper where a printer is")
  func notice() async throws {
    try await LiveHall.with { live in
      let notice = try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"RS-004","situations":["self"]}"#)
      #expect(notice.status == 201)
      #expect(notice["number"] == "GZ-500151105-20261123-0001")
      #expect(notice["slip.state"] == "queued")
      let elsewhere = try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"RS-004","kiosk":"kiosk-2"}"#)
      #expect(elsewhere["slip"] == "null")
      let unknown = try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"RS-004","situations":["x"]}"#)
      #expect(unknown["code"] == "unknown_situation")
    }
  }

  @Test("help rings at the consoles until somebody goes")
  func help() async throws {
    try await LiveHall.with { live in
      let ring = try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-1"}"#)
      #expect(ring.status == 201)
      let clerk = try await live.signIn("AJ001")
      let queue = try await HTTP.get(live.hall, "/v1/queue", cookie: clerk)
      #expect(queue["help.0.id"] == ring["id"])
      let answer = try await HTTP.post(live.hall, "/v1/help/\(ring["id"] ?? "")/answer", "{}", cookie: clerk)
      #expect(answer["state"] == "answered")
      #expect(try await HTTP.get(live.hall, "/v1/queue", cookie: clerk)["help.0.id"] == nil)
    }
  }

  @Test("a kiosk is told whether a console hears its ring, and whom it can reach else")
  func helpIsHeard() async throws {
    try await LiveHall.with { live in
      let deaf = try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-1"}"#)
      #expect(deaf["state"] == "ringing" && deaf["listening"] == "false")
      #expect(deaf["reach.people.0.phone"] != nil && deaf["reach.hours"] != nil)
      let clerk = try await live.signIn("AJ001")
      let console = try FeedListener(live.hall, "/v1/feed", cookie: clerk)
      let snapshot = try #require(try await console.next())
      #expect(snapshot.data.contains(#""state":"ringing""#))
      let kiosk = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      _ = try await kiosk.next()
      #expect(try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-1"}"#)["listening"] == "true")
      let id = deaf["id"] ?? ""
      #expect(try await HTTP.post(live.kiosk, "/v1/help/\(id)/hear", "{}").status == 404)
      #expect(try await HTTP.post(live.hall, "/v1/help/\(id)/hear", "{}").status == 401)
      #expect(try await HTTP.post(live.hall, "/v1/help/\(id)/hear", "{}", cookie: clerk)["state"] == "heard")
      #expect(try #require(try await kiosk.next()).event == "helpHeard")
      #expect(try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-1"}"#)["state"] == "heard")
      try await live.registrar.submit(.help(.escalateHelp(id)), by: .system) { _, _ in }
      let late = try #require(try await kiosk.next())
      #expect(late.event == "helpEscalated" && late.data.contains(#""escalated":true"#))
    }
  }

  @Test("before the day is open the kiosk says so and still gives notices")
  func closed() async throws {
    try await LiveHall.with(openDay: false) { live in
      let refused = try await HTTP.post(live.kiosk, "/v1/tickets", "{}")
      #expect(refused.status == 409)
      #expect(refused["code"] == "day_not_open")
      #expect(try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"RS-004"}"#).status == 201)
      let chief = try await live.signIn("AJ100")
      #expect(try await HTTP.post(live.hall, "/v1/day/open", "{}", cookie: chief)["state"] == "open")
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", "{}").status == 201)
      let clerk = try await live.signIn("AJ001")
      #expect(try await HTTP.post(live.hall, "/v1/day/close", "{}", cookie: clerk).status == 403)
    }
  }
}
