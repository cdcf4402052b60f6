import Simulation
import Testing

/// Goal: the oracle and the audit can fail. Method: one planted mistake at a time, which some day has to find.
@Suite("Planted mistakes")
struct PlantedTests {
  @Test("each planted mistake is found within a few days", arguments: Planted.allCases)
  func found(planted: Planted) {
    for seed in UInt64(1000)..<1060 {
      let day = Day.run(.smallDay(seed, tickets: 30, planted: planted))
      if let finding = day.findings.first {
        print("\(planted): \(finding)")
        return
      }
    }
    Issue.record("sixty days did not find \(planted)")
  }

  @Test("the same seed gives the same day")
  func reproducible() {
    let first = Day.run(.smallDay(1017, traces: true))
    let second = Day.run(.smallDay(1017, traces: true))
    #expect(first.trace.count > 100)
    #expect(first.trace == second.trace)
    #expect(Day.run(.smallDay(1018, traces: true)).trace != first.trace)
  }

  @Test("the days are full of what can go wrong")
  func fullOfFaults() {
    var sum = Day.Counts()
    for seed in UInt64(1000)..<1040 {
      let counts = Day.run(.smallDay(seed)).counts
      sum.crashes += counts.crashes
      sum.faults += counts.faults
      sum.repeated += counts.repeated
      sum.refused += counts.refused
      sum.clockSteps += counts.clockSteps
      sum.issued += counts.issued
    }
    #expect(sum.crashes > 40)
    #expect(sum.faults > 40)
    #expect(sum.repeated > 40)
    #expect(sum.refused > 400)
    #expect(sum.clockSteps > 40)
    #expect(sum.issued > 400)
  }

  @Test("a whole day issues hundreds of tickets and serves most of them")
  func wholeDay() {
    let day = Day.run(.wholeDay(1))
    #expect(day.findings == [])
    #expect(day.counts.issued > 300)
    #expect(day.counts.events > 2_000)
  }
}
