import Glibc
import Simulation
import Testing

/// Goal: no day, whatever fails in it, issues a number twice, loses an answer, or leaves anybody waiting.
///
/// Method: whole days from seeds through the shipped commit loop, each answer predicted by an oracle, and the journal
/// and the answers checked by an audit. `make sim SEED=n` runs one day with a line of trace for each event.
@Suite("Simulated days")
struct SimulatedDayTests {
  /// Fifty whole days of 400 residents, five to a case so that cases run in parallel.
  @Test("whole days of 400 tickets hold", arguments: Array(stride(from: UInt64(0), to: 50, by: 5)))
  func wholeDays(first: UInt64) {
    for seed in first..<first + 5 { play(.wholeDay(seed)) }
  }

  /// Small days have many faults.
  @Test("small days hold", arguments: Array(stride(from: UInt64(1000), to: 1960, by: 40)))
  func smallDays(first: UInt64) {
    for seed in first..<first + 40 { play(.smallDay(seed)) }
  }

  /// One day from its seed, with its trace.
  @Test("the day of YICHUANG_SIM_SEED", .enabled(if: seedToReplay != nil))
  func replay() throws {
    let day = Day.run(.day(try #require(seedToReplay), traces: true))
    for line in day.trace { print(line) }
    print(day.counts)
    #expect(day.findings.isEmpty, "\(day.findings.joined(separator: "\n"))")
  }

  private func play(_ setting: Setting) {
    let day = Day.run(setting)
    #expect(day.findings.isEmpty, "replay with make sim SEED=\(setting.seed)\n\(day.findings.joined(separator: "\n"))")
  }
}

private let seedToReplay: UInt64? = getenv("YICHUANG_SIM_SEED").flatMap { UInt64(String(cString: $0)) }
