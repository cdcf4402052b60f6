import Groundwork
import Hall
import Simulation
import TestKit
import Testing

/// Goal: consoles and kiosks make reservations, and nobody who may not is told whose they are.
/// Method: requests over the real listeners.
@Suite("Reservations over HTTP", .timeLimit(.minutes(5)))
struct ReservationRouteTests {
  private static func hall() async throws -> LiveHall {
    var hall = ScenarioHall(
      clock: ZoneOffset.beijing.moment(CivilDate(daysSinceEpoch: 20_780), CivilTime(minuteOfDay: 540)))
    hall.officeHours = true
    hall.reservations = true
    return try await LiveHall(
      rules: ScenarioRules.rules(hall), clock: LiveHall.clock(hall.clock), journal: MemoryJournal())
  }

  @Test("slots are offered, one is reserved and is full then; the list is for clerks")
  func reserved() async throws {
    let live = try await Self.hall()
    let offered = try await HTTP.get(live.kiosk, "/v1/reservations/slots?item=RS-004")
    #expect(offered["lane"] == "A" && offered["days.0.date"] == "2026-11-24" && offered["days.0.slots.0.free"] == "1")
    let body = #"{"items":["RS-004"],"date":"2026-11-24","from":"09:00","kiosk":"kiosk-1"}"#
    let made = try await HTTP.post(live.kiosk, "/v1/reservations", body)
    #expect(made.status == 201 && made["state"] == "booked" && made["slip.state"] == "queued")
    let full = try await HTTP.post(live.kiosk, "/v1/reservations", body)
    #expect(full.status == 409 && full["code"] == "slot_full")
    let again = try await HTTP.get(live.kiosk, "/v1/reservations/slots?lane=A")
    #expect(again["days.0.slots.0.free"] == "0" && again["days.0.slots.1.free"] == "1")
    #expect(try await HTTP.get(live.hall, "/v1/reservations").status == 401)
    let clerk = try await live.signIn("AJ001")
    let list = try await HTTP.get(live.hall, "/v1/reservations", cookie: clerk)
    #expect(list["today"] == "2026-11-23" && list["reservations.0.id"] == made["id"])
    try await live.stop()
  }

  @Test("a kiosk takes neither name nor phone, and what is no date, time or phone is refused")
  func refused() async throws {
    let live = try await Self.hall()
    let clerk = try await live.signIn("AJ001")
    for (body, code) in [
      (#"{"lane":"A","date":"2026-11-24","from":"09:00","name":"演示员甲"}"#, "bad_contact"),
      (#"{"lane":"A","date":"morgen","from":"09:00"}"#, "bad_date"),
      (#"{"lane":"A","date":"2026-11-24","from":"9 Uhr"}"#, "bad_time"),
      (#"{"lane":"a","date":"2026-11-24","from":"09:00"}"#, "bad_lane"),
      (#"{"lane":"A","date":"2027-11-24","from":"09:00"}"#, "date_not_offered"),
      (#"{"lane":"A","date":"2026-11-24","from":"09:01"}"#, "unknown_slot"),
    ] {
      #expect(try await HTTP.post(live.kiosk, "/v1/reservations", body)["code"] == code, "\(body)")
    }
    let phone = #"{"lane":"A","date":"2026-11-24","from":"09:00","phone":"none"}"#
    #expect(try await HTTP.post(live.hall, "/v1/reservations", phone, cookie: clerk)["code"] == "bad_contact")
    #expect(try await HTTP.get(live.kiosk, "/v1/reservations/000000000000")["code"] == "unknown_reservation")
    try await live.stop()
  }
}
