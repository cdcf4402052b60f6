package import Groundwork

/// What the hall knows of waits: the terms of the open day, the expectations of tickets that were not called yet, and how
/// earlier ones came out, over days.
///
/// At most 200 ratios for each lane and bucket, and 200 flags of `RangeRecord`.
package struct WaitState: Sendable, Equatable {
  /// Nil while no day is open, and where all time counts and nothing is promised.
  package var terms: DayTerms?
  /// The forecast of each ticket of the open day that had one and was not called yet.
  package var forecasts: [PublicCode: WaitForecast] = [:]
  /// By lane, and in it by `WaitBucket`.
  package private(set) var ratios: [LaneLetter: [WaitRatios]] = [:]
  package var record = RangeRecord()
  /// Broken promises of the business day that was opened last.
  package var broken = 0
  /// What follows from `ratios`, kept because every ticket that is shown needs it: by lane, and of all lanes together.
  private var spreads: [LaneLetter: [WaitSpread?]] = [:]
  private var spreadsOfAll: [WaitSpread?] = Array(repeating: nil, count: WaitBucket.allCases.count)

  package init() {}

  /// The spread of waits with so many services before them: this lane's own, else that of all lanes, else the usual one.
  package func spread(_ lane: LaneLetter, finishes: Int) -> WaitSpread {
    let bucket = WaitBucket(finishes: finishes)
    return spreads[lane]?[bucket.rawValue] ?? spreadsOfAll[bucket.rawValue] ?? bucket.usualSpread
  }

  /// Milliseconds of hall time between two moments of the open day.
  package func hallTime(from: Timestamp, to: Timestamp) -> Int64 {
    terms?.hallTime(from: from, to: to) ?? max(0, to.since(from))
  }

  /// - Parameter ratios: one for each bucket; for a snapshot.
  package mutating func restore(_ lane: LaneLetter, _ ratios: [WaitRatios]) {
    guard ratios.count == WaitBucket.allCases.count else { return }
    self.ratios[lane] = ratios
    for bucket in WaitBucket.allCases { derive(lane, bucket) }
  }

  /// A ticket was called for the first time.
  mutating func called(_ ticket: Ticket, at moment: Timestamp) {
    guard let forecast = forecasts.removeValue(forKey: ticket.code) else { return }
    let waited = hallTime(from: ticket.waitsSince, to: moment)
    let bucket = WaitBucket(finishes: forecast.finishes)
    ratios[ticket.lane, default: WaitBucket.allCases.map { _ in WaitRatios() }][bucket.rawValue]
      .note(waited: waited, expected: forecast.expected)
    derive(ticket.lane, bucket)
    if let minutes = forecast.minutes { record.note(waited: waited, minutes) }
  }

  mutating func openDay(_ terms: DayTerms?, isAnother: Bool) {
    self.terms = terms
    if isAnother { broken = 0 }
  }

  mutating func closeDay() {
    terms = nil
    forecasts = [:]
  }

  private mutating func derive(_ lane: LaneLetter, _ bucket: WaitBucket) {
    let index = bucket.rawValue
    let own = ratios[lane]?[index].ratios ?? []
    spreads[lane, default: WaitBucket.allCases.map { _ in nil }][index] = WaitRatios.spread(own)
    spreadsOfAll[index] = WaitRatios.spread(ratios.values.flatMap { $0[index].ratios })
  }
}

extension Ticket {
  /// The moment from which its wait counts.
  package var waitsSince: Timestamp {
    max(issuedAt, reservation?.isHonoured == true ? reservation?.from ?? issuedAt : issuedAt)
  }
}
