/// The estimated wait of a ticket, in minutes: 约 15–25 分钟.
///
/// A pure function of what the hall has measured. It gives nothing without a basis: no open window, too few services
/// and no configured duration, or a wait too long to foresee.
package struct WaitEstimate: Hashable, Sendable {
  /// Tickets that are called before this one in its own lane.
  package let ahead: Int
  /// Tickets in other lanes that some of its windows call first.
  package let aside: Int
  /// Open windows that serve its lane.
  package let windows: Int
  /// Those of them that are free.
  package let idle: Int
  /// Milliseconds of a service.
  package let service: Int64

  /// The fewest services of a lane from which its own pace is used.
  package static let fewestServices = 5
  /// Minutes to which an estimate is rounded; finer would suggest a precision that it lacks.
  package static let step: Int64 = 5
  /// The longest wait that is estimated, in minutes.
  package static let longest: Int64 = 240

  package init(ahead: Int, aside: Int, windows: Int, idle: Int, service: Int64) {
    self.ahead = ahead
    self.aside = aside
    self.windows = windows
    self.idle = idle
    self.service = service
  }

  /// The range of the estimate; nil without one.
  ///
  /// As many windows must become free as tickets are ahead, and one more for this ticket, less those that are free
  /// already. Each open window becomes free once per service. The lower bound is a quarter below that, rounded down to
  /// whole steps, at least one. The upper bound also counts the windows' other lanes, is a quarter above, and is
  /// rounded up.
  package var minutes: ClosedRange<Int>? {
    guard windows > 0, service > 0, ahead >= 0 else { return nil }
    let finishes = Int64(ahead) + 1 - Int64(idle)
    guard finishes > 0 else { return nil }
    let stepMilliseconds = Self.step * 60_000
    let share = 4 * Int64(windows)
    let low = 3 * finishes * service / share / stepMilliseconds * Self.step
    let cautious = 5 * (finishes + Int64(aside)) * service
    let high = (cautious + share * stepMilliseconds - 1) / (share * stepMilliseconds) * Self.step
    guard high <= Self.longest else { return nil }
    let from = max(Self.step, low)
    return Int(from)...Int(max(from, high))
  }
}

extension HallState {
  /// The estimate in minutes for a ticket of `lane` with `ahead` tickets before it; nil without a basis.
  package func waitMinutes(_ lane: LaneLetter, ahead: Int, _ rules: HallRules) -> ClosedRange<Int>? {
    let serving = rules.windows.filter { $0.lanes.contains(lane) && windows[$0.number]?.duty == .open }
    guard !serving.isEmpty, let service = usualService(lane, rules) else { return nil }
    let first = Set(serving.flatMap { $0.lanes.prefix { $0 != lane } })
    return WaitEstimate(
      ahead: ahead, aside: first.reduce(0) { $0 + queue.waitingCount($1) }, windows: serving.count,
      idle: serving.count { windows[$0.number]?.ticket == nil }, service: service
    ).minutes
  }

  /// Milliseconds of a service: from this lane's latest ones, else from the configuration.
  private func usualService(_ lane: LaneLetter, _ rules: HallRules) -> Int64? {
    if let pace = queue.paces[lane], pace.count >= WaitEstimate.fewestServices { return pace.mean }
    return rules.limits.usualServiceMinutes.map { Int64($0) * 60_000 }
  }
}
