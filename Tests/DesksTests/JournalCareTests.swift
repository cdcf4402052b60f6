import Groundwork
import Hall
import Logging
import Ports
import Synchronization
import TestKit
import Testing

@testable import Desks

/// Goal: each day close makes a snapshot, a long start makes one at once, and a fault in earlier records is shown.
///
/// Method: the shipped service beside a journal that notes what it is asked.
@Suite("journal care")
struct JournalCareTests {
  /// A journal that stores nothing.
  final class Asked: SnapshotKeeping {
    private let sequences = Mutex<[Int64]>([])
    private let retentions = Mutex<[RetentionRule]>([])
    private let fault: StateFault?

    init(fault: StateFault? = nil) { self.fault = fault }

    var kept: [Int64] { sequences.withLock { $0 } }

    func keepSnapshot(of state: HallState) async throws(StateFault) { sequences.withLock { $0.append(state.sequence) } }

    /// The rules with which old days were asked to leave.
    var retired: [RetentionRule] { retentions.withLock { $0 } }

    func retire(
      keeping rule: RetentionRule, telling tell: @Sendable (RecordsLeft) async throws(StateFault) -> Void
    ) async throws(StateFault) -> RetiredDays {
      retentions.withLock { $0.append(rule) }
      return RetiredDays()
    }

    func verifySkipped() async throws(StateFault) -> Int64 {
      if let fault { throw fault }
      return 7
    }
  }

  private static let rule = RetentionRule(days: 400, exportDays: 4000)
  private let health = HealthBoard(clock: ManualClock())

  private func care(_ journal: Asked, replayed: Int64 = 0, accepted: Bool = true) -> JournalCare {
    var state = HallState(sequence: 9, lastAt: Timestamp(milliseconds: 0))
    state.isAccepted = accepted
    return JournalCare(
      journal: journal, opened: RestoredState(state: state, replayed: replayed), health: health,
      retention: { Self.rule }, logger: .quiet
    ) { _ in }
  }

  private func recorded(_ sequence: Int64, _ event: DayEvent) -> (RecordedEvent, HallState) {
    let at = Timestamp(milliseconds: sequence)
    return (
      RecordedEvent(sequence: sequence, at: at, actor: .system, event: .day(event), answer: nil),
      HallState(sequence: sequence, lastAt: at)
    )
  }

  private let closed = DayEvent.dayClosed(
    DayClosed(day: CivilDate(daysSinceEpoch: 20_780), closed: [], totals: DayTotals()))
  private let accepted = DayEvent.journalAccepted(JournalAccepted(epoch: 2, floors: [], day: nil))

  /// Runs the service until `isDone`.
  private func run(_ care: JournalCare, until isDone: @escaping @Sendable () async -> Bool) async throws {
    let service = Task { try await care.run() }
    try await eventually("the journal was cared for") { await isDone() }
    service.cancel()
    try await service.value
  }

  @Test("the state right after each day close is stored, and no other")
  func closings() async throws {
    let journal = Asked()
    let care = care(journal)
    for (recorded, state) in [recorded(10, accepted), recorded(11, closed), recorded(12, accepted)] {
      care.note(recorded, state)
    }
    try await run(care) { !journal.kept.isEmpty }
    #expect(journal.kept == [11])
  }

  @Test("a start that replayed much stores its state at once; one of a journal that nobody accepted does not")
  func longStart() async throws {
    let journal = Asked()
    try await run(care(journal, replayed: JournalCare.manyRecords + 1)) { journal.kept == [9] }
    let short = Asked()
    let unaccepted = Asked()
    for (care, journal) in [
      (care(short, replayed: JournalCare.manyRecords), short),
      (care(unaccepted, replayed: JournalCare.manyRecords + 1, accepted: false), unaccepted),
    ] {
      // What comes later in the same queue is stored: nothing came before it.
      let (recorded, state) = recorded(11, closed)
      care.note(recorded, state)
      try await run(care) { !journal.kept.isEmpty }
      #expect(journal.kept == [11])
    }
  }

  @Test(
    "after the verification and each day close old days leave, but not from a journal whose earlier records were found damaged"
  )
  func retention() async throws {
    let sound = Asked()
    let service = care(sound)
    let running = Task { try await service.run() }
    try await eventually("the verification has passed") { sound.retired == [Self.rule] }
    let (recorded, state) = self.recorded(11, closed)
    service.note(recorded, state)
    try await eventually("a day was closed") { sound.retired == [Self.rule, Self.rule] }
    running.cancel()
    try await running.value

    let damaged = Asked(fault: .badRecord(sequence: 3, problem: "is missing"))
    let other = care(damaged)
    let health = health
    let going = Task { try await other.run() }
    try await eventually("the fault is shown") { await health.faults.map(\.code) == [.journalDamaged] }
    for sequence in [11, 12] as [Int64] {
      let (recorded, state) = self.recorded(sequence, closed)
      other.note(recorded, state)
      try await eventually("the day is stored") { damaged.kept.last == sequence }
    }
    going.cancel()
    try await going.value
    #expect(damaged.retired.isEmpty)
  }

  @Test("a fault in the records before the snapshot is shown")
  func fault() async throws {
    let health = health
    try await run(care(Asked(fault: .badRecord(sequence: 3, problem: "is missing")))) {
      await health.faults.map(\.code) == [.journalDamaged]
    }
    #expect(await health.faults.map(\.code) == [.journalDamaged])
  }
}
