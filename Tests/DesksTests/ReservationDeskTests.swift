import Desks
import Foundation
import Groundwork
import Hall
import Ports
import Registrar
import Seal
import TestKit
import Testing

/// Goal: what happens to reservations by the clock alone. Method: the shipped scheduler and expiry with a hall in memory.
@Suite("reservations by the clock")
struct ReservationDeskTests {
  /// A hall at nine on a Monday, with a reservation at ten on the same day.
  private func reserved(_ contact: SealedContact? = nil) async throws -> TestHall {
    let hall = TestHall(
      hours: try BusinessDaySchedulerTests.weekdays(), at: try BusinessDaySchedulerTests.moment("2026-11-23", "09:00"),
      reservations: ReservationRule())
    try await hall.openDay()
    let make = MakeReservation(
      lane: LaneLetter("A"), date: try #require(CivilDate("2026-11-23")), from: try #require(CivilTime("10:00")),
      source: .console, contact: contact)
    try await hall.registrar.submit(
      .reservation(.make(make)), by: .staff(badge: "AJ001", role: .clerk)
    ) { _, _ in }
    return hall
  }

  private func words(_ hall: TestHall) async -> [String] {
    await hall.registrar.state.reservations.known.values.map(\.state.word)
  }

  @Test("half an hour after its start a reservation of somebody who has not come lapses, and not before")
  func lapses() async throws {
    let hall = try await reserved()
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await scheduler.look()
    hall.clock.advance(90 * 60_000 - 1)
    await scheduler.look()
    #expect(await words(hall) == ["booked"])
    hall.clock.advance(1)
    await scheduler.look()
    #expect(await words(hall) == ["lapsed"])
  }

  @Test("the key of a date's contacts goes when that day is closed, and overdue ones at start")
  func keys() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/yichuang-contacts-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (days, contacts) = (try DayKeys(folder: folder), try ContactKeys(folder: folder))
    let today = try #require(CivilDate("2026-11-23"))
    _ = try contacts.seal(Contact(name: "演示员甲", phone: nil), for: today.adding(days: -1))
    let sealed = try contacts.seal(Contact(name: "演示员甲", phone: nil), for: today)
    let later = try contacts.seal(Contact(name: "演示员乙", phone: nil), for: today.adding(days: 1))
    let hall = try await reserved(sealed)
    let expiry = DayKeyExpiry(marking: days, contacts: contacts, registrar: hall.registrar, logger: hall.logger)
    await hall.registrar.observe(from: { _, _ in }) { recorded, _ in expiry.note(recorded) }
    let work = Task { try await expiry.run() }
    defer { work.cancel() }
    try await eventually("the overdue key is gone") {
      !FileManager.default.fileExists(atPath: folder + "/slot-\(today.adding(days: -1)).key")
    }
    #expect(contacts.open(sealed, of: today) != nil)
    try await hall.registrar.submit(.day(.closeDay(CloseDay())), by: .operator) { _, _ in }
    try await eventually("the day's contacts cannot be read any more") { contacts.open(sealed, of: today) == nil }
    #expect(contacts.open(later, of: today.adding(days: 1)) != nil)
    #expect(await hall.registrar.state.reservations.known.isEmpty)
  }
}
