import Groundwork
import Hall
import JournalSQLite
import Ports
import TestKit
import Testing

/// Goal: a case that has left the hall's state is found again by its code, and nothing else is taken for it.
@Suite("Cases that ended long ago")
struct EndedCaseTests {
  @Test("a case is told as its records say, with the day of its end; an unknown code finds none")
  func found() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(EverySample.records, after: 0) }
    let search = EndedCaseSearch(hall.file("journal.sqlite"))
    let opened = EverySample.records.compactMap { record -> (PublicCode, String)? in
      if case .cases(.caseOpened(let opened)) = record.event { (opened.code, opened.number.description) } else { nil }
    }
    #expect(!opened.isEmpty)
    for (code, number) in opened {
      let found = try #require(try await search.find(code, zone: .beijing))
      let one = try #require(found.cases[code])
      #expect(one.opened.number.description == number && found.cases.known.count == 1)
      #expect(one.stage.hasEnded == (one.endedOn != nil))
    }
    #expect(try await search.find(PublicCode(entropy: 4_711), zone: .beijing) == nil)
    let nowhere = EndedCaseSearch("/nowhere/journal.sqlite")
    await #expect(throws: StateFault.self) { try await nowhere.find(opened[0].0, zone: .beijing) }
  }
}
