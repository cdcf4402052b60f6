import Hall
import JournalSQLite
import Ports
import TestKit
import Testing

/// Goal: SQLite's journal keeps the contract of `JournalPort` as one that is alone. Method: the suite that every adapter
/// runs, with the records read from the file by a connection of its own.
@Suite struct ContractTests {
  @Test("SQLite keeps the contract of a journal that is alone")
  func sqlite() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      #expect(!journal.isShared)
      let (path, seal) = (hall.file("journal.sqlite"), hall.seal)
      let contract = JournalContract(
        open: { _ in journal },
        stored: {
          let reading = JournalFollower(path, of: .hall, sealing: seal, into: Records()) {
            $0.events.append($1)
          }
          return try await reading.read().events
        })
      let findings = try await contract.run()
      #expect(findings == [])
    }
  }

  private struct Records: Sendable { var events: [RecordedEvent] = [] }
}
