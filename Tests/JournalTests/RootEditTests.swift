import Foundation
import Groundwork
import Ports
import Testing

@testable import JournalSQLite

/// Goal: whatever root does to the records of a journal is found by a head that is kept elsewhere, and by nothing else.
///
/// Method: a thousand edits of a small journal from one seed, each covered up (`RootEdit`). Verification without the head
/// is the control: it has to pass, or the edit was found by something weaker than the head.
@Suite struct RootEditTests {
  private static let seed: UInt64 = 20_261_123
  private static let edits = 1000

  @Test("a thousand edits by root are found by a head kept elsewhere, and pass without it")
  func thousand() async throws {
    print("edits by root: \(Self.edits), seed \(Self.seed)")
    let hall = TestHall()
    let head = try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 24), after: 0)
      return try await journal.journalHead()
    }
    let folder = try StateFolder.claim(hall.path)
    let records = try hall.bodies()
    var random = SeededRandom(seed: Self.seed)
    var found: [RootEdit: [String: Int]] = [:]
    for number in 1...Self.edits {
      let edit = RootEdit.allCases[Int.random(in: 0..<RootEdit.allCases.count, using: &random)]
      try hall.replaceRecords(edit.apply(to: records, using: &random))
      let verification = try JournalVerifier.verify(folder, sealing: hall.seal, head: head)
      let isCovered = verification.problem == nil && verification.checkpoint == .agrees
      if !isCovered { Issue.record("edit \(number) \(edit): without the head \(verification)") }
      if verification.isSound || verification.head?.isFound != false {
        Issue.record("edit \(number) \(edit): passed")
      }
      found[edit, default: [:]][verification.head?.word ?? "", default: 0] += 1
    }
    #expect(Set(found.keys) == Set(RootEdit.allCases), "every kind was made")
    #expect(found[.truncate]?["contradicted"] == nil && found[.change]?["not_found"] == nil)
    print("edits by root: \(found.map { "\($0.key) \($0.value)" }.sorted().joined(separator: "; "))")
    // The control of the control: what was written is found again.
    try hall.replaceRecords(records)
    #expect(try JournalVerifier.verify(folder, sealing: hall.seal, head: head).head == .found(later: 0))
  }

  @Test("a start takes an edited journal that root covered up: only the head shows it", arguments: RootEdit.allCases)
  func start(_ edit: RootEdit) async throws {
    let hall = TestHall()
    let head = try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 24), after: 0)
      return try await journal.journalHead()
    }
    var random = SeededRandom(seed: Self.seed)
    try hall.replaceRecords(edit.apply(to: hall.bodies(), using: &random))
    try await hall.withJournal { journal, opening in
      #expect(opening.condition == .intact)
      _ = try await journal.restore()
      #expect(try await journal.verify(against: head).head?.isFound == false)
    }
  }
}
