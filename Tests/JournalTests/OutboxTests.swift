import Foundation
import Groundwork
import Hall
import Ports
import Testing

@testable import JournalSQLite

/// Goal: what an outbox was given is there when it is opened again, and a number is never given twice.
@Suite("outbox.sqlite")
struct OutboxTests {
  private static let lease = NumbersLeased(
    kiosk: "kiosk-1", machine: "hall-1", holder: "o1", lane: Sample.laneA, day: Sample.day, from: 9_001, through: 9_050)

  private func ticket(_ ordinal: Int) -> LeasedTicket {
    LeasedTicket(
      code: PublicCode(entropy: UInt64(ordinal)), number: TicketNumber(lane: Sample.laneA, ordinal: ordinal),
      day: Sample.day, kiosk: "kiosk-1", items: ["RS-004"], stops: [Sample.lane("E")], priority: true,
      catalogueVersion: "c0ffee", issuedAt: Sample.start, ahead: 2, largeType: true, language: .english,
      key: IdempotencyKey(scope: "kiosk:kiosk-1 POST", key: "\(ordinal)"), bodyDigest: [0, 255],
      holder: HolderNoted(code: PublicCode(entropy: UInt64(ordinal)), pseudonym: nil, byProxy: true, agent: "DB01"))
  }

  @Test("a lease, its numbers, their slips and what was settled come back")
  func comesBack() async throws {
    let hall = TestHall()
    let claimed = try StateFolder.claim(hall.path)
    defer { withExtendedLifetime(claimed) {} }
    let (outbox, empty, _) = try SQLiteOutbox.open(stateFolder: hall.path, newHolder: "o1")
    #expect(empty == LeaseTable() && outbox.holder == "o1")
    try await outbox.keep(Self.lease)
    for ordinal in [9_001, 9_002, 9_003] { try await outbox.keep(ticket(ordinal)) }
    try await outbox.note(.printed(.echo), of: ticket(9_002).code)
    try await outbox.settle(ticket(9_001).code)
    let (again, table, _) = try SQLiteOutbox.open(stateFolder: hall.path, newHolder: "another")
    var second = ticket(9_002)
    second.slip = .printed(.echo)
    #expect(again.holder == "o1")
    #expect(table.pending == [second, ticket(9_003)])
    #expect(table.blocks == [LeaseTable.Block(lease: Self.lease, next: 9_004)])
    try await again.giveUp(Self.lease)
    #expect(try SQLiteOutbox.open(stateFolder: hall.path, newHolder: "x").table.blocks.isEmpty)
  }

  @Test("the copy of a disk in another machine has none of its numbers; other cards of the same machine change nothing")
  func copied() async throws {
    let hall = TestHall()
    let claimed = try StateFolder.claim(hall.path)
    defer { withExtendedLifetime(claimed) {} }
    func open(_ holder: String, _ cards: Set<String>) throws -> (outbox: SQLiteOutbox, table: LeaseTable, isCopy: Bool)
    {
      try SQLiteOutbox.open(stateFolder: hall.path, newHolder: holder, cards: cards)
    }
    // An outbox of a release that knew no cards.
    let first = try open("o1", [])
    try await first.outbox.keep(Self.lease)
    try await first.outbox.keep(ticket(9_001))
    for cards: Set<String> in [["aa"], ["aa", "bb"], ["bb"], []] {
      let again = try open("o2", cards)
      #expect(!again.isCopy && again.outbox.holder == "o1" && again.table.blocks.count == 1)
    }
    let copy = try open("o3", ["cc"])
    #expect(copy.isCopy && copy.outbox.holder == "o3" && copy.table.blocks.isEmpty)
    #expect(copy.table.pending == [ticket(9_001)], "what was given is told by whoever has it")
    #expect(try !open("o4", ["cc"]).isCopy)
  }

  @Test("an outbox that is damaged is said to be, and none is made in its place")
  func damaged() throws {
    let hall = TestHall()
    let claimed = try StateFolder.claim(hall.path)
    defer { withExtendedLifetime(claimed) {} }
    try #require(try SQLiteOutbox.open(stateFolder: hall.path, newHolder: "o1").table == LeaseTable())
    try "no database".write(
      toFile: hall.path + "/outbox.sqlite", atomically: true, encoding: .utf8)
    #expect(throws: StateFault.self) { try SQLiteOutbox.open(stateFolder: hall.path, newHolder: "o2") }
  }
}
