import Testing

/// Goal: what comes by the door is believed as far as the door vouches for it, and nothing of it is believed at a port of this
/// machine. Method: real listeners; the test acts as the door. Tests/door has the real nginx.
@Suite("The door's listener")
struct DoorTests {
  private static let origin = "Origin: https://\(LiveHall.doorHost)"
  private static let right = #"{"badge":"AJ001","secret":"s"}"#

  private func send(
    _ live: LiveHall, _ method: String, _ path: String, _ body: String? = nil, host: String = LiveHall.doorHost,
    from client: String? = "192.168.1.21", _ headers: [String] = []
  ) async throws -> HTTP.Answer {
    let forwarded = client.map { ["X-Forwarded-For: \($0)"] } ?? []
    return try await HTTP.send(
      live.door, method, path, body.map { Array($0.utf8) },
      forwarded + headers + (body == nil ? [] : ["Idempotency-Key: k", "Content-Type: application/json"]), host: host)
  }

  @Test("only the configured addresses are its hosts")
  func hosts() async throws {
    try await LiveHall.with { live in
      for host in [LiveHall.doorHost, "yichuang.local:7443", "YICHUANG.local:7443"] {
        #expect(try await send(live, "GET", "/v1/hall", host: host).status == 200, "\(host)")
      }
      for host in ["127.0.0.1:\(live.door)", "localhost", "192.168.1.10", "192.168.1.10:7444", "evil.example:7443"] {
        let answer = try await send(live, "GET", "/v1/hall", host: host)
        #expect(answer.status == 421 && answer["code"] == "wrong_host", "\(host)")
      }
      // The addresses of the door are no hosts of the machine's own port.
      #expect(try await HTTP.send(live.hall, "GET", "/v1/hall", nil, [], host: LiveHall.doorHost).status == 421)
    }
  }

  @Test("only the origin of the same address over TLS is a page's own")
  func origins() async throws {
    try await LiveHall.with { live in
      #expect(try await send(live, "POST", "/v1/sessions", Self.right, [Self.origin]).status == 201)
      for origin in [
        "http://\(LiveHall.doorHost)", "https://192.168.1.10", "https://yichuang.local:7443", "null",
        "http://127.0.0.1:\(live.hall)", "https://evil.example",
      ] {
        let answer = try await send(live, "POST", "/v1/sessions", Self.right, ["Origin: \(origin)"])
        #expect(answer.status == 403 && answer["code"] == "cross_site", "\(origin)")
      }
    }
  }

  @Test("cookies are Secure and of this host alone, and those of a plain page are not taken")
  func cookies() async throws {
    try await LiveHall.with { live in
      let plain = try await live.signIn("AJ001")
      #expect(plain.hasPrefix("yichuang_session="))
      #expect(try await send(live, "GET", "/v1/sessions/current", nil, ["Cookie: \(plain)"]).status == 401)
      let answer = try await send(live, "POST", "/v1/sessions", Self.right, [Self.origin])
      let names = ["__Host-yichuang_device_AJ001", "__Host-yichuang_session"]
      #expect(answer.cookies.keys.sorted() == names)
      let set = try #require(answer.headers["set-cookie"])
      for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"] { #expect(set.contains(part), "\(set)") }
      #expect(!set.contains("Domain"))
      let own = "Cookie: __Host-yichuang_session=\(answer.cookies["__Host-yichuang_session"] ?? "")"
      #expect(try await send(live, "GET", "/v1/sessions/current", nil, [own]).status == 200)
      #expect(try await HTTP.send(live.hall, "GET", "/v1/sessions/current", nil, [own]).status == 401)
      let board = try await send(live, "GET", "/board/enter?token=board-token-of-the-test")
      #expect(board.cookies.keys.sorted() == ["__Host-yichuang_board"])
    }
  }

  @Test("answers say that this host is reached over TLS only, and those of the machine's own ports do not")
  func transportSecurity() async throws {
    try await LiveHall.with { live in
      for path in ["/v1/hall", "/v1/nothing"] {
        let (remote, local) = (try await send(live, "GET", path), try await HTTP.get(live.hall, path))
        #expect(remote.headers["strict-transport-security"] == "max-age=31536000")
        #expect(local.headers["strict-transport-security"] == nil)
      }
    }
  }

  @Test(
    "a request without exactly one address is refused", arguments: [nil, "", "192.168.1.21, 10.0.0.1", "here", "1.2.3"])
  func unclearClients(client: String?) async throws {
    try await LiveHall.with { live in
      #expect(try await send(live, "GET", "/v1/hall", from: client).status == 400)
      let twice = try await send(live, "GET", "/v1/hall", nil, ["X-Forwarded-For: 10.0.0.1"])
      #expect(twice.status == 400)
    }
  }

  @Test("failures at the sign-in count for the client that the door names, not for the door")
  func delays() async throws {
    try await LiveHall.with { live in
      let wrong = #"{"badge":"AJ001","secret":"x"}"#
      for _ in 0..<3 {
        let answer = try await send(live, "POST", "/v1/sessions", wrong, from: "192.168.1.66")
        #expect(answer.status == 401)
      }
      #expect(try await send(live, "POST", "/v1/sessions", Self.right, from: "192.168.1.66").status == 429)
      #expect(try await send(live, "POST", "/v1/sessions", Self.right, from: "192.168.1.22").status == 201)
      #expect(live.security.lines.contains { $0.contains("source=192.168.1.66") })
    }
  }

  @Test("at the machine's own port what a header says of the client is not believed")
  func spoofed() async throws {
    try await LiveHall.with { live in
      for _ in 0..<3 {
        _ = try await HTTP.post(
          live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"x"}"#, headers: ["X-Forwarded-For: 192.168.1.67"],
          from: "127.0.0.66")
      }
      let waits = try await HTTP.post(live.hall, "/v1/sessions", Self.right, from: "127.0.0.66")
      #expect(waits.status == 429)
      #expect(!live.security.lines.contains { $0.contains("192.168.1.67") })
    }
  }

  @Test("monitoring through the door hears yes or no, also from the machine itself")
  func monitoring() async throws {
    try await LiveHall.with { live in
      let answer = try await send(live, "GET", "/readyz", from: "127.0.0.1")
      #expect(answer.text == #"{"ready":true}"#)
    }
  }
}
