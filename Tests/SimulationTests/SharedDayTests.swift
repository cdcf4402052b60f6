import Glibc
import Simulation
import Testing

/// Goal: a hall with several machines on one journal cannot be told from one with one machine.
///
/// Method: days from seeds through the shipped commit loops, with delays, cuts, late writes, dead processes and a server
/// that starts again or is lost with its disk; every command and every refusal is one that the oracle of one machine foresees. Planted mistakes
/// must be found, and shares of a crowd are measured with turns and without.
@Suite("Simulated days of several machines")
struct SharedDayTests {
  @Test("days of two to four machines hold", arguments: Array(stride(from: UInt64(1), to: 121, by: 30)))
  func days(first: UInt64) {
    for seed in first..<first + 30 {
      let day = SharedDay.run(SharedSetting(seed: seed))
      #expect(day.findings.isEmpty, "\(day.findings.joined(separator: "\n"))")
    }
  }

  /// `YICHUANG_SHARED_SEEDS=1000-1999`: long runs, with up to eight machines.
  @Test("the days of YICHUANG_SHARED_SEEDS", .enabled(if: seedsToRun != nil))
  func long() throws {
    for seed in try #require(seedsToRun) {
      let day = SharedDay.run(SharedSetting(seed: seed, machines: 2 + Int(seed % 7)))
      #expect(day.findings.isEmpty, "\(day.findings.joined(separator: "\n"))")
    }
  }

  @Test("the days are full of what can go wrong")
  func full() {
    var sum = SharedDay.Counts()
    for seed in UInt64(200)..<220 {
      let counts = SharedDay.run(SharedSetting(seed: seed)).counts
      sum.overtaken += counts.overtaken
      sum.turns += counts.turns
      sum.looks += counts.looks
      sum.cutOff += counts.cutOff
      sum.lateWrites += counts.lateWrites
      sum.crashes += counts.crashes
      sum.restarts += counts.restarts
      sum.rescues += counts.rescues
      sum.rolledBack += counts.rolledBack
      sum.refused += counts.refused
      sum.repeated += counts.repeated
      sum.issued += counts.issued
    }
    print(sum)
    #expect(sum.overtaken > 30 && sum.turns > 30 && sum.looks > 300)
    #expect(sum.cutOff > 5 && sum.lateWrites > 0 && sum.crashes > 5 && sum.restarts > 3)
    #expect(sum.rescues > 3 && sum.rolledBack > 3)
    #expect(sum.refused > 100 && sum.repeated > 100)
    // Tickets of lost records are not there any more.
    #expect(sum.issued <= 20 * 40 && sum.issued + sum.rolledBack >= 20 * 40)
  }

  @Test(
    "each planted mistake is found within some days",
    arguments: [SharedPlanted.appendsAnyway, .answersAtFirstResult, .looksSeeNothing, .rescuesWithoutFloors])
  func planted(_ mistake: SharedPlanted) {
    for seed in UInt64(300)..<360 {
      let day = SharedDay.run(SharedSetting(seed: seed, planted: mistake))
      if let finding = day.findings.first {
        print("\(mistake): \(finding)")
        return
      }
    }
    Issue.record("sixty days did not find \(mistake)")
  }

  /// The share of the far machine in what a crowd at four machines wrote, as a part of a fair one.
  private func share(_ planted: SharedPlanted?) -> Double {
    let day = SharedDay.run(SharedSetting(seed: 1, machines: 4, tickets: 160, planted: planted, isStorm: true))
    if planted == nil { #expect(day.findings.isEmpty, "\(day.findings)") }
    print(day.counts)
    let written = day.counts.written
    return Double(written[0]) / Double(max(1, written.reduce(0, +))) * Double(written.count)
  }

  @Test("a machine that is far away gets its share of a crowd")
  func fair() {
    #expect(share(nil) >= 0.5)
    #expect(share(.turnsHoldNobody) < 0.5, "the measure can fail")
  }

  @Test("the same seed gives the same day")
  func reproducible() {
    let first = SharedDay.run(SharedSetting(seed: 17, traces: true))
    #expect(first.trace.count > 100)
    #expect(SharedDay.run(SharedSetting(seed: 17, traces: true)).trace == first.trace)
  }
}

private let seedsToRun: ClosedRange<UInt64>? = getenv("YICHUANG_SHARED_SEEDS").flatMap { text in
  let ends = String(cString: text).split(separator: "-").compactMap { UInt64($0) }
  return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
}
