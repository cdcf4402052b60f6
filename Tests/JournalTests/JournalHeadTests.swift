import Foundation
import Groundwork
import Ports
import Seal
import Testing

@testable import Hall
@testable import JournalSQLite

/// Goal: a head that was kept elsewhere is found in every whole copy of its journal, and in no other.
@Suite struct JournalHeadTests {
  private let stranger = HallSeal(key: HallKey(bytes: [UInt8](repeating: 8, count: HallKey.length)))

  private func verify(_ hall: TestHall, _ head: JournalHead) throws -> HeadVerdict? {
    try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal, head: head).head
  }

  @Test("a head has its form, and is read again as people type it")
  func form() throws {
    let hall = TestHall()
    let head = JournalHead(sequence: 482_113, digest: [UInt8](0..<32), day: Sample.day, sealing: hall.seal)
    let text = head.description
    #expect(text == "482113-20261123-7NKG-5WNV-W2KH-YPA2-MRWJ-CQJ4")
    #expect(JournalHead(text) == head)
    #expect(JournalHead(text.lowercased().replacing("-", with: " ")) == head)
    #expect(JournalHead(text.replacing("-", with: "").replacing("0", with: "o")) == head)
    let first = JournalHead(sequence: 0, digest: [UInt8](repeating: 0, count: 32), day: nil, sealing: hall.seal)
    #expect(JournalHead(first.description) == first)
    for text in ["", "-", "482113", String(text.dropLast()), text + "2", String(text.dropFirst(7))] {
      #expect(JournalHead(text) == nil, "\(text)")
    }
  }

  @Test("every mistyped character is noticed")
  func mistyped() throws {
    let hall = TestHall()
    let text = Array(
      JournalHead(sequence: 482_113, digest: [UInt8](0..<32), day: Sample.day, sealing: hall.seal).description.utf8)
    for index in text.indices where text[index] != UInt8(ascii: "-") {
      for other in PublicCode.alphabet where other != text[index] {
        var wrong = text
        wrong[index] = other
        #expect(JournalHead(String(decoding: wrong, as: UTF8.self)) == nil)
      }
    }
  }

  @Test("a head is found in the journal, in its backup and in a journal that was replaced, and says how far it goes")
  func found() async throws {
    let hall = TestHall()
    let (head, copy) = try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 9), after: 0)
      let head = try await journal.journalHead()
      #expect(head.sequence == 10 && head.day == Sample.day)
      _ = try await journal.backup(to: hall.file("copy"))
      try await journal.append([Sample.record(11, Sample.issued(10))], after: 10)
      #expect(try await journal.verify(against: head).head == .found(later: 1))
      return (head, hall.file("copy"))
    }
    #expect(try String(contentsOfFile: copy + ".head", encoding: .utf8) == "\(head)\n")
    #expect(try verify(hall, head) == .found(later: 1))
    #expect(try JournalVerifier.verify(backup: copy, sealing: hall.seal, head: head).head == .found(later: 0))
    _ = try JournalRestore.restore(copy, into: try StateFolder.claim(hall.path), sealing: hall.seal, force: true)
    let replaced = hall.file("journal.sqlite.replaced-1")
    #expect(try JournalVerifier.verify(backup: replaced, sealing: hall.seal, head: head).head == .found(later: 1))
    let later = try #require(
      try JournalVerifier.verify(backup: replaced, sealing: hall.seal).journalHead(hall.seal))
    #expect(try JournalVerifier.verify(backup: copy, sealing: hall.seal, head: later).head == .endsBefore(last: 10))
    #expect(try JournalVerifier.verify(backup: copy, sealing: stranger, head: later).head == .otherKey)
  }

  @Test("a head of another record or another journal is contradicted")
  func otherRecord() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 9), after: 0)
      let digest = try await journal.digest(of: 10)
      for (sequence, digest) in [(9, digest), (10, [UInt8](0..<32))] as [(Int64, [UInt8])] {
        let head = JournalHead(sequence: sequence, digest: digest, day: Sample.day, sealing: hall.seal)
        #expect(try await journal.verify(against: head).head == .contradicted)
      }
    }
  }

  @Test("a record that is bad before the head is told, and the head is not")
  func notReached() async throws {
    let hall = TestHall()
    let head = try await hall.withJournal { journal, _ in
      try await journal.append(Sample.day(tickets: 9), after: 0)
      return try await journal.journalHead()
    }
    try hall.edit("UPDATE journal SET body = CAST(replace(body, 'RS-004', 'RS-005') AS BLOB) WHERE sequence = 5")
    let verification = try JournalVerifier.verify(
      try StateFolder.claim(hall.path), sealing: hall.seal, head: head)
    #expect(verification.head == .notReached)
    #expect(verification.problem != nil && !verification.isSound)
  }

  @Test("when its record has left, a head is found in the export and not in the journal")
  func exported() async throws {
    let hall = TestHall()
    let kept = try await hall.withJournal { journal, _ in
      var sequence: Int64 = 0
      var head: JournalHead?
      for number in 0..<8 {
        let day = Sample.day.adding(days: number)
        let events: [Event] = [
          Sample.opened(day), Sample.issued(number + 1, on: day),
          .day(.dayClosed(DayClosed(day: day, closed: [], totals: DayTotals()))),
        ]
        try await journal.append(zip((sequence + 1)..., events).map { Sample.record($0, $1) }, after: sequence)
        sequence += 3
        if number == 2 { head = try await journal.journalHead() }
      }
      let removed = try await journal.retire(keeping: 1) { _ in }
      #expect(removed > 9)
      return try #require(head)
    }
    guard case .hasLeft(let first) = try verify(hall, kept) else {
      Issue.record("it has not left")
      return
    }
    #expect(first >= kept.sequence)
    var verdicts: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: hall.file("exports")).sorted() {
      let path = hall.file("exports/" + name)
      let verification = try JournalExport.verify(path, sealing: hall.seal, kept: kept)
      #expect(verification.problem == nil)
      verdicts.append(verification.head?.word ?? "")
    }
    #expect(verdicts.contains("found") && !verdicts.contains("contradicted"))
  }
}
