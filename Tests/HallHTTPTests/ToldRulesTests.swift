import Hall
import Testing

// Goal: a page decides nothing about the queue: which list a ticket stands in and where, what a window allows, what the paper does and who
// may insist are told.
// Method: the server on a socket, asked as pages ask it.
@Suite("What pages are told instead of deciding it")
struct ToldRulesTests {
  private static let window = "/v1/windows/1"

  /// How the ticket on the queue's line `index` stands.
  private func line(_ queue: HTTP.Answer, _ index: Int) -> [String?] {
    ["number", "list", "behind"].map { queue["tickets.\(index).\($0)"] }
  }

  @Test("a ticket says its list and the number in front of it there")
  func lists() async throws {
    try await LiveHall.with { live in
      let cookie = try await live.signIn("AJ001", window: 1)
      for _ in 0..<3 { _ = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-2"}"#) }
      for _ in 0..<2 {
        _ = try await HTTP.post(live.hall, "\(Self.window)/calls", "{}", cookie: cookie)
        _ = try await HTTP.post(live.hall, "\(Self.window)/miss", "{}", cookie: cookie)
      }
      let queue = try await HTTP.get(live.hall, "/v1/queue", cookie: cookie)
      #expect(line(queue, 0) == ["A001", "missed", "null"])
      #expect(line(queue, 1) == ["A002", "missed", "A001"])
      #expect(line(queue, 2) == ["A003", "waiting", "null"])
      let back = try await HTTP.post(
        live.hall, "/v1/tickets/\(queue["tickets.0.id"] ?? "?")/check-in", "{}", cookie: cookie)
      #expect(back["is"] == "ticket" && back["list"] == "waiting" && back["behind"] == "A003")
      _ = try await HTTP.post(live.hall, "\(Self.window)/calls", "{}", cookie: cookie)
      let gone = try await HTTP.post(live.hall, "\(Self.window)/abandon", "{}", cookie: cookie)
      #expect(gone["number"] == "A003" && gone["list"] == "null" && gone["behind"] == "null")
    }
  }

  @Test("a window says its verbs; the answer to a step carries the window after it")
  func verbs() async throws {
    try await LiveHall.with { live in
      let cookie = try await live.signIn("AJ001", window: 1)
      func step(_ verb: String, _ body: String = "{}") async throws -> HTTP.Answer {
        try await HTTP.post(live.hall, "\(Self.window)/\(verb)", body, cookie: cookie)
      }
      func verbs(_ answer: HTTP.Answer, _ path: String = "window_now.") -> [String] {
        (0..<12).compactMap { answer["\(path)verbs.\($0)"] }
      }
      for _ in 0..<2 { _ = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-2"}"#) }
      let called = try await step("calls")
      #expect(called["window_now.is"] == "window" && called["window_now.ticket"] == "A001")
      #expect(
        verbs(called) == ["recall", "serve", "finish", "finish-and-call", "miss", "abandon", "transfer", "items"])
      #expect(called["window_now.finish_from"] != "null")
      let served = try await step("serve")
      #expect(verbs(served) == ["finish", "finish-and-call", "suspend", "abandon", "transfer", "items"])
      #expect(served["window_now.finish_from"] == "null")
      let next = try await step("finish-and-call")
      #expect(next["is"] == "finished_and_called" && next["window_now.ticket"] == "A002")
      let missed = try await step("miss")
      #expect(
        verbs(missed) == ["calls", "resume", "pause", "close", "serve-unnumbered", "undo"]
          && missed["window_now.undo_until"] != "null")
      let paused = try await step("pause", #"{"reason":"开会"}"#)
      #expect(paused["is"] == "window" && verbs(paused, "").prefix(2) == ["open", "close"])
    }
  }

  @Test("the hall says which lane a number without an item joins, and how many of a list are drawn")
  func choices() async throws {
    try await LiveHall.with { live in
      let hall = try await HTTP.get(live.kiosk, "/v1/hall")
      #expect(hall["general_lane"] == "A" && hall["consult_item"] == "null")
      #expect(hall["shown.list_rows"] == "30" && hall["shown.search_hits"] == "40" && hall["shown.suggestions"] == "6")
      let items = try await HTTP.get(live.kiosk, "/v1/items")
      #expect(Set([items["nearest_first.0"], items["nearest_first.1"]]) == ["RS-004", "HALL-001"])
    }
  }

  @Test("a refusal says by which field one may insist, and others say nothing")
  func insisting() async throws {
    try await LiveHall.with { live in
      let clerk = try await live.signIn("AJ001", window: 1)
      let coordinator = try await live.signIn("AJ100")
      _ = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-2"}"#)
      _ = try await HTTP.post(live.hall, "\(Self.window)/calls", "{}", cookie: clerk)
      let doubted = try await HTTP.post(live.hall, "/v1/day/close", "{}", cookie: coordinator)
      #expect(doubted["code"] == "tickets_in_service" && doubted["insist"] == "force")
      let refused = try await HTTP.post(live.hall, "\(Self.window)/calls", "{}", cookie: clerk)
      #expect(refused["code"] == "window_busy" && refused["insist"] == nil)
      #expect(try await HTTP.post(live.hall, "/v1/day/close", #"{"force":true}"#, cookie: coordinator).status == 200)
    }
  }
}
