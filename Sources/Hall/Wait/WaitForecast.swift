/// What a ticket's wait is expected to be, and the range in minutes that goes with it.
///
/// It is in the journal with the ticket, whether the range was told or not, because the hall judges its own ranges by it.
package struct WaitForecast: Hashable, Sendable {
  /// Services that have to end before the ticket is called; at least 1.
  package let finishes: Int
  /// Milliseconds until they have ended, if each takes as long as the lane's services take on average.
  package let expected: Int64
  /// The range in minutes, in whole steps; it begins with 0 where only its end says something. Nil where it would end
  /// beyond `longest`.
  package let minutes: ClosedRange<Int>?

  /// Minutes to which a range is rounded; finer would suggest a precision that it lacks.
  package static let step: Int64 = 5
  /// The longest wait that is foreseen, in minutes.
  package static let longest: Int64 = 240
  /// The fewest services of a lane from which its own pace is used.
  package static let fewestServices = 5

  package init(finishes: Int, expected: Int64, minutes: ClosedRange<Int>?) {
    self.finishes = finishes
    self.expected = expected
    self.minutes = minutes
  }

  /// - Parameters:
  ///   - spread: the ends of the range as shares of `expected`.
  package init(finishes: Int, expected: Int64, spread: WaitSpread) {
    self.init(finishes: finishes, expected: expected, minutes: Self.range(expected, spread))
  }

  /// From `from` of the expected time, rounded down, to `to` of it, rounded up. The ends are never equal.
  private static func range(_ expected: Int64, _ spread: WaitSpread) -> ClosedRange<Int>? {
    let stepMilliseconds = step * 60_000
    let low = expected * Int64(spread.from) / 1000 / stepMilliseconds * step
    let exact = expected * Int64(spread.to) / 1000
    let high = max((exact + stepMilliseconds - 1) / stepMilliseconds * step, low + step)
    return high <= longest ? Int(low)...Int(high) : nil
  }
}

/// What can be said about a wait.
package enum WaitOutlook: Hashable, Sendable {
  /// No window is open for the lane, or too few services were measured and none is configured.
  case unknown
  /// A window is free for the ticket.
  case free
  case forecast(WaitForecast)

  package var forecast: WaitForecast? {
    if case .forecast(let forecast) = self { forecast } else { nil }
  }

  /// The range that stands for a free window.
  package static let noWait = 0...0
}

extension HallState {
  /// The outlook of a ticket of `lane` with `ahead` tickets of its lane before it.
  ///
  /// As many windows must become free as tickets are before it, and one more for this ticket, less those that are free
  /// already. Tickets of lanes that its windows prefer count as before it.
  package func waitOutlook(_ lane: LaneLetter, ahead: Int, _ rules: HallRules) -> WaitOutlook {
    let serving = rules.windows.filter { $0.lanes.contains(lane) && windows[$0.number]?.duty == .open }
    guard !serving.isEmpty, let service = usualService(lane, rules) else { return .unknown }
    let preferred = Set(serving.flatMap { $0.lanes.prefix { $0 != lane } })
    let before = ahead + preferred.reduce(0) { $0 + queue.waitingCount($1) }
    let finishes = before + 1 - serving.count { windows[$0.number]?.isFree ?? true }
    guard finishes > 0 else { return .free }
    let expected = Int64(finishes) * service / Int64(serving.count)
    return .forecast(
      WaitForecast(finishes: finishes, expected: expected, spread: waits.spread(lane, finishes: finishes)))
  }

  /// The range in minutes that is told: `WaitOutlook.noWait` for a free window, nil without a basis for one, and while
  /// the hall's own ranges do not hold.
  package func waitMinutes(_ lane: LaneLetter, ahead: Int, _ rules: HallRules) -> ClosedRange<Int>? {
    waitMinutes(waitOutlook(lane, ahead: ahead, rules))
  }

  func waitMinutes(_ outlook: WaitOutlook) -> ClosedRange<Int>? {
    switch outlook {
    case .unknown: nil
    case .free: WaitOutlook.noWait
    case .forecast(let forecast): waits.record.isTelling ? forecast.minutes : nil
    }
  }

  /// Milliseconds of a service: from this lane's latest ones, else from the configuration.
  func usualService(_ lane: LaneLetter, _ rules: HallRules) -> Int64? {
    if let pace = queue.paces[lane], pace.count >= WaitForecast.fewestServices { return pace.mean }
    return rules.limits.usualServiceMinutes.map { Int64($0) * 60_000 }
  }
}
