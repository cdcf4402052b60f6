import Accounts
import Hall
import Ports
import TestKit
import Testing

/// Goal: a badge PIN opens a clerk's window with the badge's own code and nothing without it, and guessing ends it.
@Suite("The badge PIN")
struct BadgePINTests {
  private static let code = PlainSeal().badgeCode("AJ001", issue: 1).description
  private static let pin = "83904"

  private func signIn(
    _ live: LiveHall, _ secret: String, code: String? = code, window: Int? = 1
  ) async throws -> HTTP.Answer {
    let extra = [window.map { #""window":\#($0)"# }, code.map { #""code":"\#($0)""# }].compactMap { $0 }
    let fields = ([#""badge":"AJ001","secret":"\#(secret)""#] + extra).joined(separator: ",")
    return try await HTTP.post(live.hall, "/v1/sessions", "{\(fields)}", cookie: "")
  }

  private func set(
    _ live: LiveHall, _ cookie: String, _ pin: String? = pin, secret: String = "s"
  ) async throws -> HTTP.Answer {
    let body = #"{"secret":"\#(secret)","pin":\#(pin.map { "\"\($0)\"" } ?? "null")}"#
    return try await HTTP.post(live.hall, "/v1/sessions/current/pin", body, cookie: cookie)
  }

  @Test("it is as good as the secret where the badge was scanned for a window, and opens nothing else")
  func signsIn() async throws {
    try await LiveHall.with { live in
      let (here, elsewhere) = (try await live.signIn("AJ001"), try await live.signIn("AJ001"))
      #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: here)["pin"] == "false")
      #expect(try await set(live, here).status == 204)
      for cookie in [here, elsewhere] {
        let session = try await HTTP.get(live.hall, "/v1/sessions/current", cookie: cookie)
        #expect(session.status == 200 && session["pin"] == "true")
      }
      #expect(try await signIn(live, Self.pin).status == 201)
      #expect(try await signIn(live, "s").status == 201, "the secret holds beside it")
      #expect(try await signIn(live, Self.pin, code: nil).status == 401)
      #expect(try await signIn(live, Self.pin, window: nil).status == 401)
      #expect(live.security.lines.contains { $0.hasPrefix("pin_changed") && $0.contains("badge=AJ001") })
      #expect(try await set(live, here, nil).status == 204)
      #expect(try await signIn(live, Self.pin).status == 401)
    }
  }

  @Test(
    "what is easily guessed is refused with the reason",
    arguments: [
      ("123", "数字密码是 4 到 8 位数字。"), ("123456789", "数字密码是 4 到 8 位数字。"), ("12a4", "数字密码是 4 到 8 位数字。"),
      ("٣٩٠٤", "数字密码是 4 到 8 位数字。"), ("1234", "这个数字密码是重复、连续的，或太多人用。"), ("7777", "这个数字密码是重复、连续的，或太多人用。"),
      ("2580", "这个数字密码是重复、连续的，或太多人用。"), ("1986", "年份、工号、大厅电话容易被猜到。"), ("94001", "年份、工号、大厅电话容易被猜到。"),
    ])
  func weak(pin: String, detail: String) async throws {
    try await LiveHall.with { live in
      let answer = try await set(live, live.signIn("AJ001"), pin)
      #expect(answer.status == 422 && answer["code"] == "weak_pin" && answer["detail"] == detail)
    }
  }

  @Test("only clerks have one, and only with their secret")
  func refused() async throws {
    try await LiveHall.with { live in
      let chief = try await set(live, live.signIn("AJ100"))
      #expect(chief.status == 403 && chief["code"] == "pin_for_clerks")
      let wrong = try await set(live, live.signIn("AJ001"), secret: "guess")
      #expect(wrong.status == 403 && wrong["code"] == "wrong_secret")
      #expect(try await set(live, "").status == 401)
    }
  }

  @Test("ten wrong ones in a row end it: the right one is refused then, the secret is not")
  func ends() async throws {
    try await LiveHall.with { live in
      #expect(try await set(live, live.signIn("AJ001")).status == 204)
      func wrong() async throws -> HTTP.Answer {
        // Past what a wrong one waits for, the lock of five minutes among it.
        live.clock.advance(300_000)
        return try await signIn(live, "5927")
      }
      for _ in 0..<9 { #expect(try await wrong()["code"] == "wrong_badge_or_secret") }
      live.clock.advance(300_000)
      #expect(try await signIn(live, Self.pin).status == 201)
      for _ in 0..<9 { #expect(try await wrong()["code"] == "wrong_badge_or_secret") }
      let last = try await wrong()
      #expect(last.status == 401 && last["code"] == "pin_ended")
      #expect(live.security.lines.contains { $0.hasPrefix("pin_ended") && $0.contains("badge=AJ001") })
      live.clock.advance(900_000)
      #expect(try await signIn(live, Self.pin).status == 401)
      #expect(try await signIn(live, "s").status == 201)
    }
  }

  @Test("it outlives a restart and another secret of its owner, not a first secret that was given")
  func kept() async throws {
    let (store, journal, clock) = (MemoryStore(), MemoryJournal(), LiveHall.clock())
    let first = try await LiveHall(rules: .test(), clock: clock, journal: journal, secretStore: store)
    #expect(try await set(first, first.signIn("AJ001")).status == 204)
    #expect(!String(decoding: store.load() ?? [], as: UTF8.self).contains(#""\#(Self.pin)""#))
    try await first.stop()
    let live = try await LiveHall(rules: .test(), clock: clock, openDay: false, journal: journal, secretStore: store)
    let clerk = try await signIn(live, Self.pin)
    #expect(clerk.status == 201)
    let body = #"{"secret":"s","new_secret":"牛奶要趁热喝完再走"}"#
    let session = try #require(clerk.cookies["yichuang_session"])
    let changed = try await HTTP.post(
      live.hall, "/v1/sessions/current/secret", body, cookie: "yichuang_session=\(session)")
    #expect(changed.status == 204, "\(changed.text)")
    #expect(try await signIn(live, Self.pin).status == 201)
    let given = try await HTTP.post(live.hall, "/v1/accounts/AJ001/secret", "{}", cookie: live.signIn("AJ100"))
    #expect(given.status == 200, "\(given.text)")
    #expect(try await signIn(live, Self.pin).status == 401)
    try await live.stop()
  }
}
