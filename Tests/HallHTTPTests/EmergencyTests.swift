import Groundwork
import Hall
import Ports
import Registrar
import TestKit
import Testing

/// Goal: a silent call reaches every other console and nobody else, whatever the disk does, and can always be ended.
@Suite struct EmergencyTests {
  private func names(_ journal: MemoryJournal) -> [String] {
    journal.events.filter { if case .emergency = $0 { true } else { false } }.map(\.name)
  }

  @Test("consoles see it, boards and kiosks get nothing, and the journal has each step")
  func steps() async throws {
    let journal = MemoryJournal()
    let live = try await LiveHall(rules: .test(), journal: journal)
    let enter = try await HTTP.get(live.hall, "/board/enter?token=board-token-of-the-test")
    let link = enter.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
    let answer = try await HTTP.post(live.hall, "/v1/sessions", #"{"badge":"AJ001","secret":"s","window":1}"#)
    let raiser = answer.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
    let other = try await live.signIn("AJ002")
    let console = try FeedListener(live.hall, "/v1/feed", cookie: other)
    let board = try FeedListener(live.hall, "/v1/feed/public", cookie: link)
    let kiosk = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-1")
    let raised = try await HTTP.post(live.hall, "/v1/emergency", "{}", cookie: raiser)
    #expect(raised.status == 201 && raised["state"] == "raised")
    let again = try await HTTP.post(live.hall, "/v1/emergency", "{}", cookie: raiser)
    #expect(again["id"] == raised["id"])
    let told = try #require(try await console.next("emergenciesChanged"))
    #expect(told.data.contains(#""window":1,"badge":"AJ001""#) && told.data.contains(#""taken_by":null"#))
    let id = raised["id"] ?? ""
    #expect(try await HTTP.post(live.hall, "/v1/emergency/\(id)/take", "{}", cookie: other).status == 200)
    #expect(try #require(try await console.next("emergenciesChanged")).data.contains(#""taken_by":"AJ002""#))
    // Whoever connects later sees it too.
    let later = try FeedListener(live.hall, "/v1/feed", cookie: raiser)
    #expect(try #require(try await later.next("emergenciesChanged")).data.contains(id))
    #expect(try await HTTP.post(live.hall, "/v1/emergency/\(id)/end", #"{"false":true}"#, cookie: other).status == 200)
    #expect(try #require(try await console.next("emergenciesChanged")).data == #"{"emergencies":[]}"#)
    let gone = try await HTTP.post(live.hall, "/v1/emergency/\(id)/end", "{}", cookie: other)
    #expect(gone.status == 404 && gone["code"] == "unknown_emergency")
    try await eventually("it is journaled") { self.names(journal).count == 3 }
    #expect(names(journal) == ["emergencyRaised", "emergencyTaken", "emergencyEnded"])
    // What a board and a kiosk hear next is the next ticket.
    _ = try await HTTP.post(live.kiosk, "/v1/tickets", "{}")
    #expect(try await board.next()?.event == "snapshot")
    #expect(try await board.next()?.event == "ticketIssued")
    #expect(try await kiosk.next()?.event == "snapshot")
    #expect(try await kiosk.next()?.event == "ticketIssued")
    #expect(live.security.lines.contains { $0.hasPrefix("emergency_raised") && $0.contains("window=1") })
    try await live.stop()
  }

  @Test(
    "it works while the disk takes nothing, and is journaled in order when it does",
    arguments: [JournalFault.full, .readOnly])
  func disk(_ fault: JournalFault) async throws {
    let journal = MemoryJournal()
    let clock = ManualClock(ManualClock.nine)
    let live = try await LiveHall(rules: .test(), clock: clock, journal: journal)
    let cookie = try await live.signIn("AJ001")
    journal.refuse(fault)
    let raised = try await HTTP.post(live.hall, "/v1/emergency", "{}", cookie: cookie)
    let id = raised["id"] ?? ""
    #expect(raised.status == 201)
    #expect(try await HTTP.get(live.hall, "/v1/emergency", cookie: cookie)["emergencies.0.id"] == id)
    #expect(try await HTTP.post(live.hall, "/v1/emergency/\(id)/take", "{}", cookie: cookie).status == 200)
    #expect(try await HTTP.post(live.hall, "/v1/emergency/\(id)/end", "{}", cookie: cookie).status == 200)
    #expect(names(journal) == [])
    journal.refuse(nil)
    try await eventually("the disk answers again", passing: clock) { self.names(journal).count == 3 }
    #expect(names(journal) == ["emergencyRaised", "emergencyTaken", "emergencyEnded"])
    try await live.stop()
  }

  @Test("it ends with the day, outlives a restart, and only staff see it")
  func dayAndRestart() async throws {
    let journal = MemoryJournal()
    let live = try await LiveHall(rules: .test(), journal: journal)
    let cookie = try await live.signIn("AJ001")
    _ = try await HTTP.post(live.hall, "/v1/emergency", "{}", cookie: cookie)
    try await eventually("it is journaled") { self.names(journal).count == 1 }
    #expect(try await HTTP.get(live.hall, "/v1/emergency").status == 401)
    try await live.stop()
    let next = try await LiveHall(rules: .test(), openDay: false, journal: journal)
    let chief = try await next.signIn("AJ100")
    #expect(try await HTTP.get(next.hall, "/v1/emergency", cookie: chief)["emergencies.0.badge"] == "AJ001")
    _ = try await HTTP.post(next.hall, "/v1/day/close", "{}", cookie: chief)
    #expect(try await HTTP.get(next.hall, "/v1/emergency", cookie: chief)["emergencies.0.badge"] == nil)
    try await eventually("the end is journaled") { self.names(journal).count == 2 }
    #expect(await next.registrar.state.emergencies.open == [])
    try await next.stop()
  }

  @Test("only the daemon tells the journal of a call, once")
  func decided() throws {
    let raised = EmergencyRaised(id: "x", window: 1, badge: "AJ001", at: ManualClock.nine)
    var state = HallState()
    func ask(_ event: EmergencyEvent, _ actor: Principal = .system) throws -> Int {
      try decide(
        state, .test(), Envelope(.emergency(.note(event)), by: actor, at: ManualClock.nine, entropy: 1)
      ).events.count
    }
    #expect(throws: Refusal.request(.staffOnly)) { _ = try ask(.emergencyRaised(raised), .kiosk("kiosk-1")) }
    #expect(try ask(.emergencyRaised(raised)) == 1)
    #expect(try ask(.emergencyEnded(EmergencyEnded(id: "x", badge: nil, isFalse: false, at: ManualClock.nine))) == 0)
    state.emergencies.open = [Emergency(raised: raised, takenBy: "AJ002")]
    #expect(try ask(.emergencyRaised(raised)) == 0)
    #expect(try ask(.emergencyTaken(EmergencyTaken(id: "x", badge: "AJ003", at: ManualClock.nine))) == 0)
  }
}
