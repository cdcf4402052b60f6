import Desks
import Testing
import TestKit

/// Goal: a screen whose heartbeats stop becomes a fault, and only the screen's own page can send heartbeats. Method: pages
/// send heartbeats over the real listeners, the test moves the clock.
@Suite struct BeatTests {
  @Test("a kiosk's screen that is silent for a minute is a fault until it beats again")
  func silence() async throws {
    try await LiveHall.with { live in
      let faults = { try await HTTP.get(live.kiosk, "/v1/hall").text }
      #expect(try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-1/beat", "").status == 204)
      live.clock.advance(60_000)
      await live.screens.look()
      #expect(try await faults().contains(#""faults":[]"#))
      live.clock.advance(1)
      await live.screens.look()
      let text = try await faults()
      #expect(text.contains(#""code":"screen_dead","kiosk":"kiosk-1""#), "\(text)")
      #expect(text.contains("把取号机断电再开") && text.contains("switch the kiosk off and on"))
      #expect(try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-1/beat", "").status == 204)
      await live.screens.look()
      #expect(try await faults().contains(#""faults":[]"#))
    }
  }

  @Test("a process without the page's cookie cannot beat for a kiosk, and no kiosk is beaten for that there is not")
  func strangers() async throws {
    try await LiveHall.with { live in
      let stranger = try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-1/beat", "", cookie: "")
      #expect(stranger.status == 401 && stranger["code"] == "page_needed")
      let unknown = try await HTTP.post(live.kiosk, "/v1/kiosks/kiosk-9/beat", "")
      #expect(unknown.status == 422 && unknown["code"] == "unknown_kiosk")
    }
  }

  @Test("boards beat by the names of their screens, and the remedy names those that are silent")
  func boards() async throws {
    try await LiveHall.with { live in
      #expect(try await HTTP.post(live.hall, "/v1/boards/east/beat", "").status == 401)
      let enter = try await HTTP.get(
        live.hall, "/board/enter?token=board-token-of-the-test&screen=east&window=3&other=%0d%0ax")
      #expect(enter.headers["location"] == "/board/?window=3&screen=east")
      let cookie = enter.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
      for name in ["east", "west", "south"] {
        #expect(try await HTTP.post(live.hall, "/v1/boards/\(name)/beat", "", cookie: cookie).status == 204)
      }
      for name in ["East", "-east", "a%20b", String(repeating: "a", count: 33)] {
        let answer = try await HTTP.post(live.hall, "/v1/boards/\(name)/beat", "", cookie: cookie)
        #expect(answer.status == 400 && answer["code"] == "bad_screen_name", "\(name)")
      }
      live.clock.advance(61_000)
      _ = try await HTTP.post(live.hall, "/v1/boards/south/beat", "", cookie: cookie)
      await live.screens.look()
      let text = try await HTTP.get(live.hall, "/v1/hall").text
      #expect(text.contains(#""code":"board_dead","kiosk":null"#) && text.contains("大屏：east、west。"), "\(text)")
    }
  }

  @Test("no more screens are known than there is room for, and one that is silent for a day makes room")
  func bound() async throws {
    try await LiveHall.with { live in
      let enter = try await HTTP.get(live.hall, "/board/enter?token=board-token-of-the-test")
      let cookie = enter.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
      for number in 1...64 {
        #expect(try await HTTP.post(live.hall, "/v1/boards/b\(number)/beat", "", cookie: cookie).status == 204)
      }
      let late = try await HTTP.post(live.hall, "/v1/boards/late/beat", "", cookie: cookie)
      #expect(late.status == 409 && late["code"] == "too_many_boards")
      live.clock.advance(86_400_001)
      await live.screens.look()
      #expect(try await HTTP.get(live.hall, "/v1/hall").text.contains(#""faults":[]"#))
      #expect(try await HTTP.post(live.hall, "/v1/boards/late/beat", "", cookie: cookie).status == 204)
    }
  }
}
