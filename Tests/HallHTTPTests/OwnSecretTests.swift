import Accounts
import Hall
import Testing
import TestKit

/// Goal: staff choose their own secret; it holds across restarts until the configuration has another hash.
@Suite("The own secret")
struct OwnSecretTests {
  private static let fresh = "牛奶要趁热喝完再走"

  private func change(
    _ live: LiveHall, _ cookie: String, from present: String = "s", to new: String = OwnSecretTests.fresh
  ) async throws -> HTTP.Answer {
    let body = #"{"secret":"\#(present)","new_secret":"\#(new)"}"#
    return try await HTTP.post(live.hall, "/v1/sessions/current/secret", body, cookie: cookie)
  }

  private func signIn(_ live: LiveHall, _ secret: String) async throws -> Int {
    let body = #"{"badge":"AJ001","secret":"\#(secret)"}"#
    return try await HTTP.post(live.hall, "/v1/sessions", body, cookie: "").status
  }

  @Test("its owner changes it: the old one is refused, other sessions end, this one goes on")
  func changes() async throws {
    try await LiveHall.with { live in
      let (here, elsewhere) = (try await live.signIn("AJ001"), try await live.signIn("AJ001"))
      let feed = try FeedListener(live.hall, "/v1/feed", cookie: elsewhere)
      #expect(try await feed.next()?.event == "snapshot")
      let answer = try await change(live, here)
      #expect(answer.status == 204, "\(answer.text)")
      #expect(answer.cookies["yichuang_device_AJ001"] != nil)
      while try await feed.next() != nil {}
      #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: elsewhere).status == 401)
      #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: here).status == 200)
      #expect(try await signIn(live, "s") == 401)
      #expect(try await signIn(live, Self.fresh) == 201)
    }
  }

  @Test("a wrong present secret is refused and slowed, and an easy new one is refused with the reason")
  func refused() async throws {
    try await LiveHall.with { live in
      let cookie = try await live.signIn("AJ001")
      let weak = try await change(live, cookie, to: "admin888")
      #expect(weak.status == 422 && weak["code"] == "weak_secret")
      #expect(weak["detail"] == "这个口令太常见：换成几个互不相关的词。")
      #expect(try await change(live, cookie, to: "aj001-安居")["code"] == "weak_secret")
      for _ in 1...3 {
        let wrong = try await change(live, cookie, from: "guess")
        #expect(wrong.status == 403 && wrong["code"] == "wrong_secret")
      }
      #expect(try await change(live, cookie).status == 429)
      // Signing in again does not give a fresh count.
      #expect(try await change(live, live.signIn("AJ001")).status == 429)
      live.clock.advance(1_000)
      #expect(try await change(live, cookie).status == 204)
      #expect(try await change(live, "").status == 401)
    }
  }

  @Test("it outlives a restart, and a new hash in the configuration ends it")
  func kept() async throws {
    let (store, journal, clock) = (MemoryStore(), MemoryJournal(), LiveHall.clock())
    let first = try await LiveHall(rules: .test(), clock: clock, journal: journal, secretStore: store)
    #expect(try await change(first, first.signIn("AJ001")).status == 204)
    try await first.stop()
    // The file has the new hash instead of the old one, and nothing that reveals the secret's length or the old hash.
    let kept = String(decoding: store.load() ?? [], as: UTF8.self)
    #expect(kept.contains("AJ001") && !kept.contains(#""plain:s""#))
    let second = try await LiveHall(
      rules: .test(), clock: clock, openDay: false, journal: journal, secretStore: store)
    #expect(try await signIn(second, "s") == 401)
    #expect(try await signIn(second, Self.fresh) == 201)
    let token = "board-token-of-the-test"
    second.admission.adopt(staff: LiveHall.staff, boardToken: token)
    #expect(try await signIn(second, Self.fresh) == 201, "a reload with the same hash changes nothing")
    let changed = LiveHall.staff.map { StaffAccount($0.member, secretHash: "plain:new of the hall") }
    second.admission.adopt(staff: changed, boardToken: token)
    #expect(try await signIn(second, Self.fresh) == 401)
    #expect(try await signIn(second, "new of the hall") == 201)
    // Going back to the first configuration does not bring the own secret back.
    second.admission.adopt(staff: LiveHall.staff, boardToken: token)
    #expect(try await signIn(second, Self.fresh) == 401)
    try await second.stop()
  }

  @Test("what cannot be stored does not hold")
  func notStored() async throws {
    let live = try await LiveHall(rules: .test(), secretStore: FullStore())
    let answer = try await change(live, live.signIn("AJ001"))
    #expect(answer.status == 503 && answer["code"] == "storage_fault")
    #expect(try await signIn(live, "s") == 201)
    #expect(try await signIn(live, Self.fresh) == 401)
    try await live.stop()
  }
}
