import Groundwork
import Hall
import Testing

/// Goal: the hall judges its own ranges, learns from them, and leaves them out while they do not hold.
///
/// Method: ratios and marks by hand, then a hall whose services suddenly take much longer.
@Suite("Whether ranges of waits hold")
struct WaitRecordTests {
  @Test("with fifty ratios a range is made from them: the 12 % and 88 % order statistics of the last two hundred")
  func ratios() {
    var ratios = WaitRatios()
    for index in 1...49 { ratios.note(waited: Int64(index), expected: 100) }
    #expect(WaitRatios.spread(ratios.ratios) == nil)
    ratios.note(waited: 50, expected: 100)
    #expect(WaitRatios.spread(ratios.ratios) == WaitSpread(from: 60, to: 450))
    for _ in 0..<WaitRatios.kept { ratios.note(waited: 3, expected: 2) }
    #expect(ratios.ratios.count == WaitRatios.kept)
    #expect(WaitRatios.spread(ratios.ratios) == WaitSpread(from: 1500, to: 1500))
    ratios.note(waited: 1, expected: 0)
    ratios.note(waited: .max / 2000, expected: 1)
    #expect(ratios.ratios.last == WaitRatios.highest)
  }

  @Test("ranges are left out below seven in ten that held, and told again above three in four")
  func hysteresis() {
    let (inside, outside): (Int64, Int64) = (600_000, 600_001)
    var record = RangeRecord()
    for _ in 0..<49 { record.note(waited: outside, 5...10) }
    #expect(record.isTelling, "too few to judge")
    record = RangeRecord()
    for _ in 0..<15 { record.note(waited: outside, 5...10) }
    for _ in 0..<35 { record.note(waited: inside, 5...10) }
    #expect(record.isTelling, "exactly 70 %")
    record.note(waited: 299_999, 5...10)
    #expect(!record.isTelling)
    for _ in 0..<13 { record.note(waited: inside, 5...10) }
    #expect(record.inside == 48 && record.count == 64 && !record.isTelling, "exactly 75 %")
    record.note(waited: 300_000, 5...10)
    #expect(record.isTelling)
    for _ in 0..<300 { record.note(waited: inside, 5...10) }
    #expect(record.count == RangeRecord.kept && record.inside == RangeRecord.kept)
  }

  @Test("while ranges are left out a ticket says nothing, but is judged, so that the hall finds its way back")
  func leftOut() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 8
    var bench = try Bench.open(.bench(limits: limits))
    bench.state.waits.record = RangeRecord(Array(repeating: false, count: 60), isTelling: false)
    try bench.take()
    try bench.at(1, .call(nil))
    var silent = 0
    for _ in 0..<220 {
      let ticket = try bench.takeTicket()
      #expect(bench.state.waits.forecasts[ticket.code]?.finishes == 1)
      #expect((ticket.waitAtIssue == nil) == !bench.state.waits.record.isTelling)
      if ticket.waitAtIssue == nil { silent += 1 }
      bench.wait(seconds: 480)
      try bench.at(1, .finishAndCall)
      #expect(bench.state.waits.forecasts.isEmpty, "a called ticket is expected no longer")
    }
    // 150 of 200 that held are not enough, 151 are.
    #expect(silent == 151)
    #expect(bench.state.waits.ratios[try letter("A")]?[0].ratios.count == WaitRatios.kept)
  }

  @Test("an abandoned ticket is not judged, and the day's close forgets what was expected")
  func abandoned() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 8
    var bench = try Bench.open(.bench(limits: limits))
    try bench.take()
    try bench.at(1, .call(nil))
    let gone = try bench.take()
    try bench.take()
    #expect(bench.state.waits.forecasts.count == 2)
    try bench.ask(.queue(.abandonTicket(gone)), by: .clerk(1))
    #expect(bench.state.waits.forecasts.count == 1)
    try bench.closeDay(force: true)
    #expect(bench.state.waits.forecasts.isEmpty && bench.state.waits.record.count == 0)
  }

  @Test("a range is this lane's own, else that of all lanes, else the table's")
  func lanes() throws {
    var waits = WaitState()
    let (mine, other) = (try letter("A"), try letter("B"))
    func ratios(_ count: Int, _ value: Int) -> [WaitRatios] {
      WaitBucket.allCases.map { $0 == .one ? WaitRatios(Array(repeating: value, count: count)) : WaitRatios() }
    }
    waits.restore(other, ratios(49, 3000))
    #expect(waits.spread(mine, finishes: 1) == WaitBucket.one.usualSpread)
    waits.restore(other, ratios(50, 3000))
    #expect(waits.spread(mine, finishes: 1) == WaitSpread(from: 3000, to: 3000))
    waits.restore(mine, ratios(50, 700))
    #expect(waits.spread(mine, finishes: 1) == WaitSpread(from: 700, to: 700))
    #expect(waits.spread(mine, finishes: 2) == WaitBucket.few.usualSpread)
  }
}
