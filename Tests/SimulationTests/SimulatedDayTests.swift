import Glibc
import Simulation
import Testing

/// Goal: no day, however much goes wrong in it, gives a number twice, loses an answer, or leaves anybody waiting.
///
/// Method: whole days from seeds through the shipped run loop, each answer predicted by an oracle, and the journal and the
/// answers looked at by an audit. `make sim SEED=n` plays one day with a line for each thing that happened.
@Suite("Simulated days")
struct SimulatedDayTests {
  /// Fifty whole days of 400 residents, five to a case so that cases can run side by side.
  @Test("whole days of 400 tickets hold", arguments: Array(stride(from: UInt64(0), to: 50, by: 5)))
  func wholeDays(first: UInt64) {
    for seed in first..<first + 5 { play(.wholeDay(seed)) }
  }

  /// Small days are full of faults.
  @Test("small days hold", arguments: Array(stride(from: UInt64(1000), to: 1960, by: 40)))
  func smallDays(first: UInt64) {
    for seed in first..<first + 40 { play(.smallDay(seed)) }
  }

  /// One day from its seed, told line by line.
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
