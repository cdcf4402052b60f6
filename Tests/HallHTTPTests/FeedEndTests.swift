import Accounts
import Glibc
import Hall
import HallHTTP
import Registrar
import Testing
import TestKit

/// Goal: a feed ends with its session, and neither a machine that is gone nor one that does not read holds a socket.
/// Method: real listeners in this process, whose accepted sockets are looked at by their descriptors.
@Suite("The end of feeds")
struct FeedEndTests {
  /// The hall's descriptor of a reader's connection; nil when it has closed it.
  private static func descriptor(of reader: FeedListener) -> Int32? {
    let port = reader.port
    return (3..<2048).first { descriptor in
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let result = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) }
      }
      return result == 0 && address.sin_family == sa_family_t(AF_INET) && UInt16(bigEndian: address.sin_port) == port
    }
  }

  private func feed(_ live: LiveHall, _ cookie: String, window: Int32? = nil) async throws -> FeedListener {
    let reader = try FeedListener(live.hall, "/v1/feed", cookie: cookie, window: window)
    #expect(try await reader.next()?.event == "snapshot")
    return reader
  }

  @Test("four hours without use end the feed, though the page listens all the time")
  func idle() async throws {
    try await LiveHall.with { live in
      let cookie = try await live.signIn("AJ001")
      let feed = try await feed(live, cookie)
      live.clock.advance(SessionStore.idleMilliseconds - 1)
      live.sessionWatch.look()
      #expect(live.feed.subscriberCount == 1)
      live.clock.advance(1)
      live.sessionWatch.look()
      #expect(try await feed.next() == nil)
      #expect(try await HTTP.get(live.hall, "/v1/feed", cookie: cookie).status == 401)
    }
  }

  @Test("fourteen hours end the feed of a session that is in use")
  func absolute() async throws {
    try await LiveHall.with { live in
      let cookie = try await live.signIn("AJ001")
      let feed = try await feed(live, cookie)
      for _ in 0..<6 {
        live.clock.advance(2 * 3_600_000)
        live.sessionWatch.look()
        #expect(try await HTTP.get(live.hall, "/v1/sessions/current", cookie: cookie).status == 200)
      }
      live.clock.advance(2 * 3_600_000)
      live.sessionWatch.look()
      #expect(try await feed.next() == nil)
    }
  }

  @Test("another role, a member who left, and one session too many end feeds; others go on")
  func others() async throws {
    try await LiveHall.with { live in
      let (one, two, three) = (
        try await live.signIn("AJ001"), try await live.signIn("AJ002"), try await live.signIn("AJ003")
      )
      let feeds = (try await feed(live, one), try await feed(live, two), try await feed(live, three))
      var staff = LiveHall.staff.filter { $0.member.badge != "AJ002" }
      staff[0] = StaffAccount(StaffMember(badge: "AJ001", name: "甲", role: .agent), secretHash: "plain:s")
      live.admission.adopt(staff: staff, boardToken: "board-token-of-the-test")
      #expect(try await feeds.0.next() == nil)
      #expect(try await feeds.1.next() == nil)
      live.clock.advance(1_000)
      for _ in 0..<16 { _ = try await live.signIn("AJ003") }
      // What is told of those sign-ins comes first.
      while let frame = try await feeds.2.next() { #expect(frame.event.hasPrefix("staffSigned")) }
    }
  }

  @Test("every accepted socket has the kernel's time limits for peers that are gone")
  func options() async throws {
    try await LiveHall.with { live in
      let feed = try await feed(live, live.signIn("AJ001"))
      let kiosk = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      #expect(try await kiosk.next()?.event == "snapshot")
      for reader in [feed, kiosk] {
        let socket = try #require(Self.descriptor(of: reader))
        func option(_ level: Int32, _ name: Int32) -> Int32 {
          var (value, size): (Int32, socklen_t) = (-1, 4)
          getsockopt(socket, level, name, &value, &size)
          return value
        }
        #expect(option(Int32(IPPROTO_TCP), Int32(TCP_USER_TIMEOUT)) == 10_000)
        #expect(option(SOL_SOCKET, SO_KEEPALIVE) == 1)
        #expect(option(Int32(IPPROTO_TCP), Int32(TCP_KEEPIDLE)) == 5)
        #expect(option(Int32(IPPROTO_TCP), Int32(TCP_KEEPINTVL)) == 5)
      }
    }
  }

  @Test("a machine that is gone leaves with its socket, whether something was on its way to it or not")
  func gone() async throws {
    try await LiveHall.with { live in
      let cookie = try await live.signIn("AJ001")
      let silent = try await feed(live, cookie)
      try silent.vanish()
      try await eventually("a silent one left") { live.feed.subscriberCount == 0 }
      try await eventually("its socket is closed") { Self.descriptor(of: silent) == nil }
      let told = try await feed(live, cookie)
      // The control: what reads stays.
      let alive = try await feed(live, cookie)
      try told.vanish()
      _ = try await HTTP.post(live.kiosk, "/v1/tickets", "{}")
      try await eventually("one with an event on its way left") { live.feed.subscriberCount == 1 }
      try await eventually("its socket is closed") { Self.descriptor(of: told) == nil }
      #expect(try await alive.next()?.event == "ticketIssued")
      #expect(Self.descriptor(of: alive) != nil)
    }
  }

  @Test("the socket of a screen that never reads is closed: when it is too slow, and when its session ends")
  func stuck() async throws {
    let rules = HallRules.test(longNames: 20_000)
    try await LiveHall.with(rules: rules, buffered: 64) { live in
      let (slow, ended) = (try await live.signIn("AJ001"), try await live.signIn("AJ002"))
      let stuck = (try await feed(live, slow, window: 4096), try await feed(live, ended, window: 4096))
      func take(_ count: Int) async throws {
        for _ in 0..<count {
          let take = TakeTicket(items: ["RS-004"], kiosk: "kiosk-2")
          try await live.registrar.submit(.queue(.takeTicket(take)), by: .kiosk("kiosk-2")) { _, _ in }
        }
      }
      // Enough that a write waits, not enough that the hub gives up.
      try await take(60)
      _ = try await HTTP.send(live.hall, "DELETE", "/v1/sessions/current", nil, ["Cookie: \(ended)"])
      try await eventually("the socket of the ended one is closed") { Self.descriptor(of: stuck.1) == nil }
      try await take(120)
      try await eventually("the socket of the slow one is closed") { Self.descriptor(of: stuck.0) == nil }
      #expect(live.feed.subscriberCount == 0)
    }
  }
}
