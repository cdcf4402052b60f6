import Groundwork
import Hall
import JournalCodec
import Simulation
import Testing

/// Goal: replaying from a snapshot gives the state that replaying every record gives.
///
/// Method: whole days from seeds, and the morning after each. The state at many records is encoded and decoded, the
/// rest of the day is folded into it, and the whole state at the end is compared with the one of a full replay.
@Suite("Snapshots of simulated days")
struct SnapshotTests {
  private static let seeds: [UInt64] = [2, 3, 5] + Array(1001...1012)

  private static func replay(_ records: some Sequence<RecordedEvent>, into state: HallState = HallState()) -> HallState
  {
    records.reduce(into: state) { $0.evolve($1) }
  }

  /// Records at which the state is cut: some fifty of a day, and each at which a day is closed.
  private static func cuts(_ records: [RecordedEvent]) -> [Int] {
    let closings = records.indices.filter { if case .day(.dayClosed) = records[$0].event { true } else { false } }
    return Set(stride(from: 0, to: records.count, by: max(1, records.count / 50)) + closings.map { $0 + 1 }).sorted()
  }

  @Test("the rest of a day after a snapshot gives the state of the whole", arguments: seeds)
  func equal(seed: UInt64) throws {
    let day = Day.run(.day(seed))
    #expect(day.findings.isEmpty)
    let records = try day.records()
    let whole = Self.replay(records)
    var live = HallState()
    var done = 0
    for cut in Self.cuts(records) {
      live = Self.replay(records[done..<cut], into: live)
      done = cut
      let restored = try StateCodec.decode(StateCodec.encode(live)[...])
      #expect(restored == live, "seed \(seed), after record \(cut)")
      #expect(restored.violations().isEmpty)
      #expect(Self.replay(records[cut...], into: restored) == whole, "seed \(seed), after record \(cut)")
    }
  }

  @Test("a difference that was planted into a snapshot is found", arguments: [2, 1003] as [UInt64])
  func planted(seed: UInt64) throws {
    let records = try Day.run(.day(seed)).records()
    let whole = Self.replay(records)
    for cut in Self.cuts(records) where cut > 0 && cut < records.count {
      var wrong = Self.replay(records[..<cut])
      wrong.queue.ordinals[CivilDate(daysSinceEpoch: 1)] = [:]
      let restored = try StateCodec.decode(StateCodec.encode(wrong)[...])
      #expect(Self.replay(records[cut...], into: restored) != whole, "after record \(cut)")
    }
  }
}
