import Foundation
import Groundwork
import Hall
import Ports
import JournalSQLite
import Testing

/// Goal: whatever end a journal loses, no number is ever given twice on one business day.
///
/// Method: seeded runs of a small hall that issues numbers as the real one does (one above the last in its journal and
/// its acceptances), crashes, loses a random part of its journal's end, is accepted above the ceilings and goes on. An
/// independent set holds every acknowledged number.
@Suite struct CeilingTests {
  /// What the hall's state holds of numbers: the last one issued in each lane on each day.
  private struct Numbers: Sendable {
    var last: [CivilDate: [LaneLetter: Int]] = [:]
    var sequence: Int64 = 0
    var epoch: Int64 = 1

    mutating func take(_ recorded: RecordedEvent) {
      sequence = recorded.sequence
      switch recorded.event {
      case .queue(.ticketIssued(let issued)): last[issued.day, default: [:]][issued.number.lane] = issued.number.ordinal
      case .day(.journalAccepted(let accepted)):
        epoch = accepted.epoch
        guard let day = accepted.day else { return }
        for floor in accepted.floors {
          last[day, default: [:]][floor.lane] = max(last[day]?[floor.lane] ?? 0, floor.first)
        }
      default: break
      }
    }
  }

  private struct Given: Hashable {
    let day: CivilDate
    let number: TicketNumber
  }

  @Test("no number is given twice, whatever end of the journal is lost", arguments: 0..<40)
  func neverTwice(_ seed: Int) async throws {
    var random = SeededRandom(seed: UInt64(seed))
    let hall = TestHall()
    var given: Set<Given> = []
    var today = Sample.day
    var epochs: [Int64] = []
    for _ in 0..<8 {
      let (journal, opening) = try hall.open()
      var numbers = try await journal.replay(into: Numbers()) { $0.take($1) }
      if let accepted = acceptance(of: opening, on: today) {
        epochs.append(accepted.epoch)
        let record = Sample.record(numbers.sequence + 1, .day(.journalAccepted(accepted)))
        try await journal.append([record], after: numbers.sequence)
        numbers.take(record)
      }
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        // Days only move forward while the hall runs, so the checkpoint holds the newest day.
        if random.oneIn(12) {
          today = today.adding(days: 1)
          let record = Sample.record(numbers.sequence + 1, Sample.opened(today))
          try await journal.append([record], after: numbers.sequence)
          numbers.take(record)
        }
        var batch: [RecordedEvent] = []
        var ahead = numbers
        for _ in 0..<Int.random(in: 1...(random.oneIn(4) ? 90 : 3), using: &random) {
          let lane = random.oneIn(3) ? Sample.lane("E") : Sample.laneA
          let ordinal = (ahead.last[today]?[lane] ?? 0) + 1
          guard ordinal <= TicketNumber.highestOrdinal else { continue }
          let record = Sample.record(ahead.sequence + 1, Sample.issued(ordinal, lane: lane, on: today))
          batch.append(record)
          ahead.take(record)
        }
        try await journal.append(batch, after: numbers.sequence)
        numbers = ahead
        for case .queue(.ticketIssued(let issued)) in batch.map(\.event) {
          let isNew = given.insert(Given(day: issued.day, number: issued.number)).inserted
          #expect(isNew, "\(issued.number) of \(issued.day) was given twice; seed \(seed)")
        }
      }
      await journal.close()
      if random.oneIn(2) {
        let kept = Int64.random(in: 0...numbers.sequence, using: &random)
        try hall.edit("DELETE FROM journal WHERE sequence > \(kept); DELETE FROM segments WHERE opened > \(kept)")
      }
    }
    #expect(epochs == epochs.sorted() && Set(epochs).count == epochs.count, "an epoch was used twice; seed \(seed)")
  }

  /// The acceptance that the daemon offers to staff; nil when none is needed.
  private func acceptance(of opening: JournalOpening, on today: CivilDate) -> JournalAccepted? {
    switch opening.condition {
    case .intact: return nil
    case .shorter(_, let ceilings, let day), .differs(_, let ceilings, let day):
      let floors = ceilings.sorted { $0.key < $1.key }.map { LaneStart(lane: $0.key, first: $0.value) }
      return JournalAccepted(epoch: opening.epoch + 1, floors: floors, day: day)
    case .unanchored, .vanished:
      let floors = [Sample.laneA, Sample.lane("E")].map {
        LaneStart(lane: $0, first: JournalOpening.unanchoredFloor)
      }
      return JournalAccepted(epoch: opening.epoch + 1, floors: floors, day: today)
    }
  }

  @Test("before it is accepted a journal that lost its end takes nothing but the acceptance")
  func notAccepted() async throws {
    let hall = TestHall()
    try await hall.withJournal { journal, _ in try await journal.append(Sample.day(tickets: 10), after: 0) }
    try hall.edit("DELETE FROM journal WHERE sequence > 5")
    try await hall.withJournal { journal, opening in
      #expect(opening.lastSequence == 5)
      await #expect(throws: JournalFault.self) {
        try await journal.append([Sample.record(6, Sample.issued(5))], after: 5)
      }
    }
    // It asks until staff accept it, and is intact then.
    try await hall.withJournal { journal, opening in
      #expect(opening.condition != .intact)
      // An acceptance with an old epoch has no effect.
      let stale = JournalAccepted(epoch: opening.epoch, floors: [], day: nil)
      await #expect(throws: JournalFault.self) {
        try await journal.append([Sample.record(6, .day(.journalAccepted(stale)))], after: 5)
      }
    }
    try await hall.withJournal { journal, opening in
      let accepted = try #require(acceptance(of: opening, on: Sample.day))
      try await journal.append([Sample.record(6, .day(.journalAccepted(accepted)))], after: 5)
    }
    try await hall.withJournal { _, opening in
      #expect(opening.condition == .intact)
      #expect(opening.epoch == 2)
    }
  }

  @Test("numbers are reserved in blocks, and more at a time under load")
  func blocks() {
    var ceilings = NumberCeilings()
    #expect(ceilings.ceiling(Sample.laneA, on: Sample.day) == 0)
    ceilings.raise(Sample.laneA, on: Sample.day, to: 50)
    ceilings.raise(Sample.laneA, on: Sample.day, to: 20)
    #expect(ceilings.ceiling(Sample.laneA, on: Sample.day) == 50)
    ceilings.raise(Sample.laneA, on: Sample.day, to: 99_999)
    #expect(ceilings.ceiling(Sample.laneA, on: Sample.day) == TicketNumber.highestOrdinal)
  }

  @Test("the days used last keep their ceilings")
  func days() {
    var ceilings = NumberCeilings()
    for offset in 0..<10 { ceilings.raise(Sample.laneA, on: Sample.day.adding(days: offset), to: 50 + offset) }
    #expect(ceilings.days.count == NumberCeilings.daysKept)
    #expect(ceilings.latest?.day == Sample.day.adding(days: 9))
    #expect(ceilings.ceiling(Sample.laneA, on: Sample.day.adding(days: 8)) == 58)
    // A reopened day keeps its ceilings.
    ceilings.use(Sample.day.adding(days: 8))
    #expect(ceilings.latest?.lanes == [Sample.laneA: 58])
  }
}
