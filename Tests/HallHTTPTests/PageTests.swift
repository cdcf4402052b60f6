import Testing
import TestKit

/// Goal: a touch page's rights are bound to that page. Method: a process of the machine without the page's cookie, a
/// second page, and the page itself ask the same hall over its real listener.
@Suite struct PageTests {
  @Test("a process without a page's cookie gets nothing done at the kiosk's listener")
  func withoutPage() async throws {
    try await LiveHall.with { live in
      let ticket = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)
      let id = ticket["id"] ?? ""
      let steps = [
        ("/v1/tickets", "{}"), ("/v1/tickets/\(id)/abandon", "{}"), ("/v1/tickets/\(id)/check-in", "{}"),
        ("/v1/tickets/\(id)/acknowledge", "{}"), ("/v1/tickets/\(id)/reprint", "{}"),
        ("/v1/notices", #"{"item":"RS-004"}"#),
        ("/v1/help", #"{"kiosk":"kiosk-1"}"#), ("/v1/kiosks/kiosk-1/cards", #"{"read":true}"#),
        ("/v1/awareness", #"{"question":"x","answer":0}"#), ("/v1/readings", #"{"text":"您好"}"#),
      ]
      for (path, body) in steps {
        let answer = try await HTTP.post(live.kiosk, path, body, cookie: "")
        #expect(answer.status == 401 && answer["code"] == "page_needed", "\(path) \(answer.text)")
        let guess = try await HTTP.post(
          live.kiosk, path, body, cookie: "yichuang_page_kiosk-1=00000000000000000000000000000000")
        #expect(guess["code"] == "page_needed", "\(path)")
      }
      for path in ["/v1/tickets/\(id)", "/v1/feed/kiosk?kiosk=kiosk-1", "/v1/kiosks/kiosk-1/readers"] {
        #expect(try await HTTP.get(live.kiosk, path, cookie: "").status == 401, "\(path)")
      }
      #expect(try await HTTP.get(live.kiosk, "/v1/tickets/\(id)")["state"] == "waiting")
    }
  }

  @Test("a second page is refused while the first listens, and staff let it in")
  func secondPage() async throws {
    try await LiveHall.with { live in
      let feed = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      _ = try await feed.next()
      let second = try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-1/page", "{}", cookie: "")
      #expect(second.status == 409 && second["code"] == "kiosk_held")
      let path = "/v1/kiosks/kiosk-1/page/decision"
      #expect(try await HTTP.post(live.hall, path, #"{"allow":true}"#).status == 401)
      let clerk = try await live.signIn("AJ001")
      #expect(try await HTTP.post(live.hall, path, #"{"allow":true}"#, cookie: clerk).status == 200)
      let third = try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-1/page", "{}", cookie: "")
      #expect(third.status == 200)
      let cookie = third.headers["set-cookie"] ?? ""
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
      // The previous page has lost the kiosk, and the permission is used up.
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#).status == 401)
    }
  }

  @Test("staff who have decided are not asked again by a page that goes on asking")
  func quiet() async throws {
    try await LiveHall.with { live in
      let feed = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      _ = try await feed.next()
      let ask = { try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-1/page", "{}", cookie: "").status }
      #expect(try await ask() == 409)
      #expect(live.contested() == true)
      let clerk = try await live.signIn("AJ001")
      _ = try await HTTP.post(live.hall, "/v1/kiosks/kiosk-1/page/decision", #"{"allow":false}"#, cookie: clerk)
      #expect(try await ask() == 409)
      #expect(live.contested() == false)
      live.clock.advance(600_000)
      #expect(try await ask() == 409)
      #expect(live.contested() == true)
    }
  }

  @Test("a page that lost two answers in a row still has its kiosk")
  func lostAnswers() async throws {
    try await LiveHall.with { live in
      let feed = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      _ = try await feed.next()
      // The returned cookies are discarded.
      for _ in 1...3 { #expect(try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-1/page", "{}").status == 200) }
    }
  }

  @Test("a page that comes back with its secret takes the kiosk from one that came meanwhile")
  func comesBack() async throws {
    try await LiveHall.with { live in
      let stranger = try await HTTP.claim(live.kiosk, ["kiosk-1"])
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#, cookie: stranger).status == 201)
      let back = try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-1/page", "{}")
      #expect(back.status == 200)
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#, cookie: stranger).status == 401)
    }
  }

  @Test("the secret is rotated, and the one before ends half a minute later")
  func rotation() async throws {
    try await LiveHall.with { live in
      let first = try await HTTP.claim(live.kiosk, ["kiosk-2"])
      let next = try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-2/page", "{}", cookie: first)
      let second = next.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
      #expect(first != second)
      let body = #"{"kiosk":"kiosk-2"}"#
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", body, cookie: first).status == 201)
      live.clock.advance(31_000)
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", body, cookie: first).status == 401)
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets", body, cookie: second).status == 201)
    }
  }

  @Test("a number is given up and reprinted only where it was taken, although its id is known")
  func elsewhere() async throws {
    try await LiveHall.with { live in
      let id = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)["id"] ?? ""
      let other = try await HTTP.claim(live.kiosk, ["kiosk-2"])
      for verb in ["abandon", "reprint"] {
        let answer = try await HTTP.post(live.kiosk, "/v1/tickets/\(id)/\(verb)", "{}", cookie: other)
        #expect(answer.status == 403 && answer["code"] == "slip_needed", "\(verb)")
      }
      #expect(try await HTTP.post(live.kiosk, "/v1/tickets/\(id)/abandon", "{}")["state"] == "abandoned")
    }
  }

  @Test("a kiosk's feed tells no code of a number that its page did not take")
  func feed() async throws {
    try await LiveHall.with { live in
      let feed = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      _ = try await feed.next()
      let clerk = try await live.signIn("AJ001")
      let strange = try await HTTP.post(live.hall, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#, cookie: clerk)["id"] ?? "?"
      let own = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)["id"] ?? "?"
      _ = try await HTTP.post(live.kiosk, "/v1/tickets/\(own)/abandon", "{}")
      while let frame = try await feed.next() {
        #expect(!frame.data.contains(strange))
        if frame.event == "ticketAbandoned" {
          #expect(frame.data.contains(own))
          break
        }
      }
    }
  }
}
