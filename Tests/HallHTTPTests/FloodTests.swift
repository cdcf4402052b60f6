import Hall
import Testing
import TestKit

/// Goal: a client that floods a listener is slowed and told what to do, and others are not. Method: real listeners, the
/// shipped limits, a clock that the test moves.
@Suite("A flood at the listeners")
struct FloodTests {
  private static var limited: HallRules {
    var limits = QueueLimits()
    limits.kioskRates = KioskRates()
    return .test(limits: limits)
  }

  /// Sends requests until another status than `status` comes; returns how often it came, and the other answer.
  private func flood(
    _ status: Int, most: Int = 100, _ ask: () async throws -> HTTP.Answer
  ) async throws -> (count: Int, last: HTTP.Answer) {
    var count = 0
    while true {
      let answer = try await ask()
      guard answer.status == status, count < most else { return (count, answer) }
      count += 1
    }
  }

  @Test("numbers come at a person's pace; clerks and the other kiosk go on")
  func numbers() async throws {
    try await LiveHall.with(rules: Self.limited) { live in
      let body = #"{"kiosk":"kiosk-1"}"#
      let (count, refused) = try await flood(201) { try await HTTP.post(live.kiosk, "/v1/tickets", body) }
      #expect(count == 12)
      #expect(refused.status == 429 && refused["code"] == "too_fast")
      #expect(refused.headers["retry-after"] == "5")
      #expect(refused["detail"] == "请过 5 秒再按；着急请到窗口找工作人员。")
      let clerk = try await live.signIn("AJ001")
      #expect(try await HTTP.post(live.hall, "/v1/tickets", body, cookie: clerk)["number"] == "A013")
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-2"}"#)["number"] == "A014")
      live.clock.advance(5_000)
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", body)["number"] == "A015")
    }
  }

  @Test("notices, second copies, rings and drawings have limits of their own")
  func others() async throws {
    try await LiveHall.with(rules: Self.limited) { live in
      let ticket = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)
      let notice = try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"RS-004","kiosk":"kiosk-2"}"#)
      let id = notice["id"] ?? "?"
      let notices = try await flood(201) {
        try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"RS-004","kiosk":"kiosk-2"}"#)
      }
      #expect(notices.count == 11 && notices.last["code"] == "too_fast")
      let rings = try await flood(201) {
        let ring = try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-1"}"#)
        let clerk = try await live.signIn("AJ001")
        _ = try await HTTP.post(live.hall, "/v1/help/\(ring["id"] ?? "?")/answer", "{}", cookie: clerk)
        return ring
      }
      #expect(rings.count == 4 && rings.last["code"] == "too_fast")
      let drawings = try await flood(200) { try await HTTP.get(live.kiosk, "/v1/notices/\(id).png") }
      #expect(drawings.count == 20 && drawings.last["code"] == "too_fast")
      // Reads are not counted.
      #expect(try await HTTP.get(live.kiosk, "/v1/notices/\(id)").status == 200)
      #expect(try await HTTP.get(live.kiosk, "/v1/tickets/\(ticket["id"] ?? "?")").status == 200)
    }
  }

  @Test("strangers who ask for a kiosk are slowed, its own page is not")
  func claims() async throws {
    try await LiveHall.with(rules: Self.limited) { live in
      let feed = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      _ = try await feed.next()
      let path = "/v1/kiosks/kiosk-1/page"
      let strangers = try await flood(409) { try await HTTP.post(live.kiosk, path, "{}", cookie: "") }
      // One attempt was the hall's own at its start.
      #expect(strangers.count == 29 && strangers.last["code"] == "too_fast")
      #expect(try await HTTP.post(live.kiosk, path, "{}").status == 200)
    }
  }

  @Test("a guess locks a badge for whoever guesses, not for its owner at the console that knows it")
  func owner() async throws {
    try await LiveHall.with { live in
      let first = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"s"}"#)
      let device = "yichuang_device_AJ001=\(first.cookies["yichuang_device_AJ001"] ?? "?")"
      let wrong = #"{"badge":"AJ001","secret":"guess"}"#
      let guesses = try await flood(401) { try await HTTP.post(live.hall, "/v1/sessions", wrong) }
      #expect(guesses.count == 3 && guesses.last.status == 429 && guesses.last["code"] == "try_later")
      #expect(guesses.last.headers["retry-after"] == "1")
      let right = #"{"badge":"AJ001","secret":"s"}"#
      #expect(try await HTTP.post(live.hall, "/v1/sessions", right).status == 429)
      #expect(try await HTTP.post(live.hall, "/v1/sessions", right, cookie: device).status == 201)
      // A device cookie of another badge, or a forged one, counts as unknown.
      let strange = device.replacing("AJ001", with: "AJ002")
      let other = #"{"badge":"AJ002","secret":"guess"}"#
      for _ in 1...3 { _ = try await HTTP.post(live.hall, "/v1/sessions", other, cookie: strange) }
      #expect(try await HTTP.post(live.hall, "/v1/sessions", other).status == 429)
      // The owner's errors are slowed too.
      for _ in 1...3 { _ = try await HTTP.post(live.hall, "/v1/sessions", wrong, cookie: device) }
      #expect(try await HTTP.post(live.hall, "/v1/sessions", right, cookie: device).status == 429)
      live.clock.advance(1_000)
      #expect(try await HTTP.post(live.hall, "/v1/sessions", right, cookie: device).status == 201)
    }
  }

  @Test("waits grow, from the fifth error on they are five minutes, and they are forgotten a quarter of an hour later")
  func growing() async throws {
    try await LiveHall.with { live in
      let wrong = #"{"badge":"AJ001","secret":"guess"}"#
      var waits: [Int] = []
      for _ in 1...10 {
        _ = try await HTTP.post(live.hall, "/v1/sessions", wrong)
        let answer = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"guess"}"#)
        guard answer.status == 429, let seconds = answer.headers["retry-after"].flatMap({ Int($0) }) else { continue }
        waits.append(seconds)
        live.clock.advance(Int64(seconds) * 1000)
      }
      #expect(waits.starts(with: [1, 2, 300, 300]) && waits.dropFirst(2).allSatisfy { $0 == 300 })
      live.clock.advance(900_000)
      #expect(try await HTTP.post(live.hall, "/v1/sessions", wrong).status == 401)
      #expect(try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"s"}"#).status == 201)
    }
  }

  @Test("a flood of invented badges forgets no other's tries")
  func invented() async throws {
    try await LiveHall.with { live in
      for _ in 1...3 { _ = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"x"}"#) }
      for number in 0..<400 {
        _ = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"ZZ\#(number)","secret":"x"}"#)
      }
      #expect(try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"x"}"#).status == 429)
    }
  }

  @Test("guesses at the board's link are slowed, a board that was let in is not")
  func boardLink() async throws {
    try await LiveHall.with { live in
      let link = "/board/enter?token=board-token-of-the-test"
      let entered = try await HTTP.get(live.hall, link)
      #expect(entered.status == 303)
      let board = "yichuang_board=\(entered.cookies["yichuang_board"] ?? "?")"
      let guesses = try await flood(403) { try await HTTP.get(live.hall, "/board/enter?token=0123456789abcdef") }
      #expect(guesses.count == 10 && guesses.last.status == 429 && guesses.last["code"] == "try_later")
      // While an address is slowed, even the right link is refused.
      #expect(try await HTTP.get(live.hall, link).status == 429)
      #expect(try await HTTP.get(live.hall, link, cookie: board).status == 303)
      live.clock.advance(6_000)
      #expect(try await HTTP.get(live.hall, link).status == 303)
    }
  }

  @Test("refusals stand in a log that holds no secret, a flood of them as one line a minute")
  func log() async throws {
    try await LiveHall.with { live in
      let ticket = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)["id"] ?? "?"
      for _ in 1...40 {
        _ = try await HTTP.post(live.kiosk, "/v1/tickets/\(ticket)/abandon", "{}", cookie: "")
        _ = try await HTTP.get(live.hall, "/board/enter?token=secret-of-somebody")
        _ = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"secret-of-somebody"}"#)
      }
      live.clock.advance(60_000)
      _ = try await HTTP.post(live.kiosk, "/v1/tickets/\(ticket)/abandon", "{}", cookie: "")
      let lines = live.security.lines
      let page = "refused code=page_needed count=1 listener=kiosk request=POST /v1/tickets source=127.0.0.1"
      #expect(lines.contains(page))
      #expect(lines.contains(page.replacing("count=1", with: "count=40")))
      #expect(
        lines.contains(
          "sign_in_failed badge=AJ001 code=wrong_badge_or_secret count=1 listener=hall request=POST /v1/sessions source=127.0.0.1"
        ))
      #expect(lines.contains { $0.contains("code=wrong_link") } && lines.contains { $0.contains("code=try_later") })
      #expect(lines.count < 8, "\(lines)")
      #expect(!lines.contains { $0.contains("secret-of-somebody") || $0.contains(ticket) })
    }
  }
}
