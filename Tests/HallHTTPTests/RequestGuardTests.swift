import HallHTTP
import Testing
import TestKit

/// Answers to strangers, old pages and broken programs: problem details, never a 500.
@Suite("The gate")
struct RequestGuardTests {
  @Test("another host, another site and another content type are refused")
  func crossSite() async throws {
    try await LiveHall.with { live in
      let host = try await HTTP.send(live.kiosk, "GET", "/v1/hall", nil, [], host: "evil.example")
      #expect(host.status == 421)
      let origin = try await HTTP.post(live.kiosk, "/v1/tickets", "{}", headers: ["Origin: http://evil.example"])
      #expect(origin["code"] == "cross_site")
      let site = try await HTTP.post(live.kiosk, "/v1/tickets", "{}", headers: ["Sec-Fetch-Site: cross-site"])
      #expect(site.status == 403)
      let own = try await HTTP.post(
        live.kiosk, "/v1/tickets", "{}",
        headers: ["Origin: http://127.0.0.1:\(live.kiosk)", "Sec-Fetch-Site: same-origin"])
      #expect(own.status == 201)
      let form = try await HTTP.send(
        live.kiosk, "POST", "/v1/tickets", Array("a=1".utf8),
        ["Idempotency-Key: x", "Content-Type: application/x-www-form-urlencoded"])
      #expect(form.status == 415)
    }
  }

  @Test(
    "a body that is not the form is refused with what is wrong",
    arguments: [
      ("{", 400, "bad_json"), ("[]", 400, "bad_json"), (#"{"what":1}"#, 400, "unknown_field"),
      (#"{"items":"RS-004"}"#, 400, "bad_field"), (#"{"items":["NO-1"]}"#, 422, "unknown_item"),
      (#"{"lane":"a"}"#, 400, "bad_lane"), (#"{"lane":"Z"}"#, 422, "unknown_lane"),
      (#"{"kiosk":"none"}"#, 422, "unknown_kiosk"), ("\u{0}", 400, "bad_json"),
      (String(repeating: "[", count: 5000), 400, "bad_json"),
    ])
  func badBodies(body: String, status: Int, code: String) async throws {
    try await LiveHall.with { live in
      let answer = try await HTTP.post(live.kiosk, "/v1/tickets", body)
      #expect(answer.status == status)
      #expect(answer["code"] == code)
      #expect(answer.headers["content-type"] == "application/problem+json")
    }
  }

  @Test("a body over 64 KiB is 413, and a missing or bad key is 400")
  func bounds() async throws {
    try await LiveHall.with { live in
      let large = try await HTTP.post(live.kiosk, "/v1/tickets", String(repeating: " ", count: 70_000))
      #expect(large.status == 413)
      let none = try await HTTP.send(live.kiosk, "POST", "/v1/tickets", Array("{}".utf8), [])
      #expect(none["code"] == "key_needed")
      let long = try await HTTP.post(live.kiosk, "/v1/tickets", "{}", key: String(repeating: "k", count: 129))
      #expect(long["code"] == "bad_key")
    }
  }

  @Test("words follow the language that is asked for")
  func language() async throws {
    try await LiveHall.with { live in
      let english = try await HTTP.get(live.kiosk, "/v1/items/NONE", headers: ["Accept-Language: en-GB,en;q=0.9"])
      #expect(english["title"] == "There is no such item")
      #expect(try await HTTP.get(live.kiosk, "/v1/items/NONE")["title"] == "没有这个事项")
    }
  }

  @Test("staff routes need a session, boards their link, and each listener serves only its own")
  func access() async throws {
    try await LiveHall.with { live in
      #expect(try await HTTP.get(live.hall, "/v1/queue").status == 401)
      #expect(try await HTTP.get(live.hall, "/v1/feed").status == 401)
      #expect(try await HTTP.get(live.hall, "/v1/feed/public").status == 401)
      #expect(try await HTTP.post(live.hall, "/v1/tickets", "{}").status == 401)
      #expect(try await HTTP.get(live.kiosk, "/v1/queue").status == 404)
      #expect(try await HTTP.get(live.hall, "/v1/feed/kiosk").status == 404)
      #expect(try await HTTP.get(live.hall, "/board/enter?token=wrong").status == 403)
      let enter = try await HTTP.get(live.hall, "/board/enter?token=board-token-of-the-test")
      #expect(enter.status == 303)
      #expect(enter.headers["set-cookie"]?.contains("HttpOnly") == true)
    }
  }

  @Test("every answer carries the security headers")
  func headers() async throws {
    try await LiveHall.with { live in
      for path in ["/v1/hall", "/v1/nothing", "/healthz"] {
        let answer = try await HTTP.get(live.kiosk, path)
        #expect(answer.headers["content-security-policy"]?.contains("default-src 'self'") == true)
        #expect(answer.headers["x-content-type-options"] == "nosniff")
      }
    }
  }

  @Test("after three bad tries a badge waits, and a right secret signs in again later")
  func badTries() async throws {
    try await LiveHall.with { live in
      for _ in 0..<3 {
        let wrong = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"x"}"#)
        #expect(wrong.status == 401)
      }
      let waits = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"s"}"#)
      #expect(waits.status == 429)
      #expect(waits.headers["retry-after"] == "1")
      let other = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ002","secret":"s"}"#)
      #expect(other.status == 201)
      live.clock.advance(1_000)
      #expect(try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"s"}"#).status == 201)
    }
  }
}
