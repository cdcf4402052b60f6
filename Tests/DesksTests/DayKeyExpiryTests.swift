import Desks
import Foundation
import Groundwork
import Hall
import Registrar
import Seal
import Testing
import TestKit

/// Goal: no day key outlives its day. Method: the shipped expiry and key folder with a hall in memory.
@Suite("day keys")
struct DayKeyExpiryTests {
  @Test("the key goes when the day is closed, and an overdue one at start")
  func ends() async throws {
    let hall = TestHall()
    let folder = FileManager.default.temporaryDirectory.path + "/yichuang-day-key-expiry-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    @Sendable func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    let keys = try DayKeys(folder: folder)
    let today = ZoneOffset.beijing.civil(hall.clock.now()).date
    _ = try keys.pseudonym(of: [1], on: today.adding(days: -1))
    let expiry = DayKeyExpiry(marking: keys, registrar: hall.registrar, logger: hall.logger)
    await hall.registrar.observe(from: { _, _ in }) { recorded, _ in expiry.note(recorded) }
    try await hall.openDay()
    _ = try keys.pseudonym(of: [1], on: today)
    #expect(try files().count == 2)
    let work = Task { try await expiry.run() }
    defer { work.cancel() }
    try await eventually("only the open day's key is left") { try files() == ["day-\(today).key"] }
    try await hall.registrar.submit(.day(.closeDay(CloseDay())), by: .operator) { _, _ in }
    try await eventually("no key is left") { try files().isEmpty }
  }
}
