import Groundwork
import Hall
import HallHTTP
import Groundwork
import Registrar
import Testing
import TestKit
import Views

/// Every screen gets each event of its audience once, in order, and no other.
@Suite("Feeds")
struct FeedTests {
  @Test("a console gets a snapshot, then events, and comes back without gap or repeat")
  func resume() async throws {
    try await LiveHall.with { live in
      let clerk = try await live.signIn("AJ001", window: 1)
      let screen = try FeedListener(live.hall, "/v1/feed", cookie: clerk)
      #expect(try await screen.next()?.event == "snapshot")
      var ids: [String] = []
      for _ in 0..<3 { _ = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-2"}"#) }
      for _ in 0..<3 {
        let frame = try #require(try await screen.next())
        #expect(frame.event == "ticketIssued")
        ids.append(frame.id ?? "")
      }
      // It disconnects after the first event and returns after the third.
      let back = try FeedListener(live.hall, "/v1/feed", cookie: clerk, last: ids[0])
      // The missed events follow the present time, so that the screen can tell how old they are.
      let present = try #require(try await back.next())
      #expect(present.event == "time" && present.id == nil)
      #expect(try await back.next()?.id == ids[1])
      #expect(try await back.next()?.id == ids[2])
      _ = try await HTTP.post(live.kiosk, "/v1/tickets", "{}")
      let next = try #require(try await back.next())
      #expect(next.event == "ticketIssued" && !ids.contains(next.id ?? ""))
      let stranger = try FeedListener(live.hall, "/v1/feed", cookie: clerk, last: "99.1")
      #expect(try await stranger.next()?.event == "snapshot")
    }
  }

  @Test("after events were lost nobody resumes with an id from before, until the next epoch")
  func rolledBack() async throws {
    try await LiveHall.with(lostEpoch: 1) { live in
      let clerk = try await live.signIn("AJ001", window: 1)
      let screen = try FeedListener(live.hall, "/v1/feed", cookie: clerk)
      _ = try await screen.next()
      var ids: [String] = []
      for _ in 0..<2 {
        _ = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-2"}"#)
        ids.append(try #require(try await screen.next("ticketIssued")?.id))
      }
      // The same sequence may have been another event.
      let back = try FeedListener(live.hall, "/v1/feed", cookie: clerk, last: ids[0])
      #expect(try await back.next()?.event == "snapshot")
    }
  }

  @Test("a screen that was away is told the present before the past, and the time again with each heartbeat")
  func presentTime() async throws {
    try await LiveHall.with { live in
      let clerk = try await live.signIn("AJ001", window: 1)
      let screen = try FeedListener(live.hall, "/v1/feed", cookie: clerk)
      let snapshot = try #require(try await screen.next())
      #expect(snapshot.data.contains(#""at":"2026-11-23T09:00:00+08:00","clock":"2026-11-23T09:00:00+08:00""#))
      _ = try await HTTP.post(live.kiosk, "/v1/tickets", "{}")
      let issued = try #require(try await screen.next("ticketIssued"))
      _ = try await HTTP.post(live.hall, "/v1/windows/1/calls", "{}", cookie: clerk)
      // The page sleeps for ten minutes; meanwhile the server's civil clock is set back by an hour.
      live.clock.advance(600_000)
      live.clock.set(Timestamp(milliseconds: live.clock.now().milliseconds - 3_600_000))
      let back = try FeedListener(live.hall, "/v1/feed", cookie: clerk, last: issued.id)
      let present = try #require(try await back.next())
      #expect(present.event == "time" && present.id == nil)
      #expect(present.data == #"{"at":"2026-11-23T09:10:00+08:00","clock":"2026-11-23T08:10:00+08:00"}"#)
      let called = try #require(try await back.next("ticketCalled"))
      #expect(called.data.hasPrefix(#"{"at":"2026-11-23T09:00:00+08:00""#))
      live.clock.advance(15_000)
      let registrar = live.registrar
      live.feed.beat(HallTime(at: await registrar.moment(), clock: live.clock.now()))
      for one in [screen, back] {
        #expect(try await one.next("time")?.data.contains(#""at":"2026-11-23T09:10:15+08:00""#) == true)
      }
    }
  }

  @Test("a board hears number, window, state and lanes, and no item, name or reason")
  func publicFeed() async throws {
    try await LiveHall.with { live in
      let enter = try await HTTP.get(live.hall, "/board/enter?token=board-token-of-the-test")
      let cookie = enter.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
      let board = try FeedListener(live.hall, "/v1/feed/public", cookie: cookie)
      let snapshot = try #require(try await board.next())
      #expect(snapshot.event == "snapshot")
      let clerk = try await live.signIn("AJ001", window: 1)
      _ = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"items":["RS-004"],"priority":true}"#)
      _ = try await HTTP.post(live.hall, "/v1/windows/1/calls", "{}", cookie: clerk)
      _ = try await HTTP.post(live.hall, "/v1/windows/1/finish", "{}", cookie: clerk)
      var heard: [FeedListener.Frame] = []
      while let frame = try await board.next() {
        heard.append(frame)
        if frame.event == "ticketFinished" { break }
      }
      #expect(heard.contains { $0.event == "ticketCalled" && $0.data.contains(#""number":"A001","window":1"#) })
      for frame in heard {
        for secret in ["RS-004", "社会保障卡", "priority", "kiosk", "AJ001", #""id""#] {
          #expect(!frame.data.contains(secret), "a board heard \(secret) in \(frame.event)")
        }
      }
    }
  }

  @Test("a board is told what became of each call, which window is paused, and that somebody is looked for")
  func boardFollows() async throws {
    try await LiveHall.with { live in
      let enter = try await HTTP.get(live.hall, "/board/enter?token=board-token-of-the-test")
      let cookie = enter.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
      let board = try FeedListener(live.hall, "/v1/feed/public", cookie: cookie)
      let snapshot = try #require(try await board.next())
      #expect(snapshot.data.contains(#""day":{"business_day":"2026-11-23","state":"open""#))
      #expect(snapshot.data.contains(#""help_waiting":false"#))
      let clerk = try await live.signIn("AJ001", window: 1)
      func press(_ verb: String, _ body: String = "{}") async throws {
        let answer = try await HTTP.post(live.hall, "/v1/windows/1/\(verb)", body, cookie: clerk)
        #expect(answer.status < 300, "\(verb)")
      }
      for _ in 0..<2 { _ = try await HTTP.post(live.kiosk, "/v1/tickets", "{}") }
      try await press("calls")
      let called = try #require(try await board.next("ticketCalled"))
      #expect(
        called.data.contains(#""calls":[{"number":"A001","window":1"#) && called.data.contains(#""state":"called"}]"#))
      try await press("serve")
      #expect(try #require(try await board.next("serviceStarted")).data.contains(#""state":"serving"}]"#))
      try await press("finish")
      #expect(try #require(try await board.next("ticketFinished")).data.contains(#""state":"finished"}]"#))
      try await press("calls")
      try await press("miss")
      let missed = try #require(try await board.next("ticketMissed"))
      #expect(missed.data.contains(#""state":"missed"},"#) && missed.data.contains(#""missed":["A002"]"#))
      try await press("pause", #"{"reason":"meal"}"#)
      let paused = try #require(try await board.next("windowPaused"))
      #expect(
        paused.data.contains(#""windows":[{"number":1,"state":"paused","ticket":null}]"#)
          && !paused.data.contains("meal"))
      let ring = try await HTTP.post(live.kiosk, "/v1/help", #"{"kiosk":"kiosk-1"}"#)
      try await live.registrar.submit(.help(.escalateHelp(ring["id"] ?? "")), by: .system) { _, _ in }
      let late = try #require(try await board.next("helpEscalated"))
      #expect(late.data.contains(#""help_waiting":true"#) && !late.data.contains("kiosk"))
      let late2 = try await HTTP.post(live.hall, "/v1/help/\(ring["id"] ?? "")/answer", "{}", cookie: clerk)
      #expect(late2.status == 200)
      #expect(try #require(try await board.next("helpAnswered")).data.contains(#""help_waiting":false"#))
    }
  }

  @Test("screens are told when the hall closes by the clock, though nothing happens in it")
  func dayGoesOn() async throws {
    let session = OpeningHours.Session(
      from: try #require(CivilTime("09:00")), to: try #require(CivilTime("17:30")))
    let hours = OpeningHours(sessions: [.monday: [session], .tuesday: [session]])
    try await LiveHall.with(rules: .test(hours: hours)) { live in
      let phase = DayPhaseFeed(registrar: live.registrar, feed: live.feed, clock: live.clock)
      await phase.look()
      let kiosk = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      #expect(try await kiosk.next()?.event == "snapshot")
      await phase.look()
      live.clock.advance(9 * 3_600_000)
      await phase.look()
      let frame = try #require(try await kiosk.next())
      #expect(frame.event == "dayChanged" && frame.id == nil)
      #expect(frame.data.contains(#""state":"closed""#))
      #expect(frame.data.contains(#""next_opening":"2026-11-24T09:00:00+08:00""#))
    }
  }

  @Test("a kiosk hears of its own tickets whole and of others only the counts")
  func kioskFeed() async throws {
    try await LiveHall.with { live in
      let one = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
      let two = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-2")
      #expect(try await one.next()?.event == "snapshot")
      #expect(try await two.next()?.event == "snapshot")
      let issued = try await HTTP.post(live.kiosk, "/v1/tickets", #"{"kiosk":"kiosk-1"}"#)
      let own = try #require(try await one.next())
      let other = try #require(try await two.next())
      #expect(own.data.contains(issued["id"] ?? "?"))
      #expect(!other.data.contains(issued["id"] ?? "?"))
      #expect(other.data.contains(#""waiting":1"#))
    }
  }

  @Test("signing out ends the open feed and the session")
  func signOut() async throws {
    try await LiveHall.with { live in
      let clerk = try await live.signIn("AJ001")
      let screen = try FeedListener(live.hall, "/v1/feed", cookie: clerk)
      #expect(try await screen.next()?.event == "snapshot")
      let out = try await HTTP.send(live.hall, "DELETE", "/v1/sessions/current", nil, ["Cookie: \(clerk)"])
      #expect(out.status == 204)
      #expect(try await screen.next() == nil)
      #expect(try await HTTP.get(live.hall, "/v1/queue", cookie: clerk).status == 401)
    }
  }

  @Test("a screen that does not read is cut off, and the others hear everything")
  func slowScreen() async throws {
    // Events as large as a long name makes them, so that a few dozen fill every buffer on the way.
    let rules = HallRules.test(longNames: 20_000)
    try await LiveHall.with(rules: rules, buffered: 8) { live in
      let clerk = try await live.signIn("AJ001")
      let stuck = try FeedListener(live.hall, "/v1/feed", cookie: clerk, window: 4096)
      #expect(try await stuck.next()?.event == "snapshot")
      let lively = try FeedListener(live.hall, "/v1/feed", cookie: clerk)
      #expect(try await lively.next()?.event == "snapshot")
      let tickets = 100
      for _ in 0..<tickets {
        let take = TakeTicket(items: ["RS-004"], kiosk: "kiosk-2")
        try await live.registrar.submit(.queue(.takeTicket(take)), by: .kiosk("kiosk-2")) { _, _ in }
        #expect(try await lively.next()?.event == "ticketIssued")
      }
      // Buffered events can still be read; then the feed ends before the last one.
      var told = 0
      while try await stuck.next() != nil { told += 1 }
      #expect(told < tickets)
    }
  }
}
