/// How long a ticket is likely to wait, in minutes: 约 15–25 分钟.
///
/// A pure rule over what the hall has seen. It says nothing where there is nothing to go by: no open window, too few
/// services and no usual length in the configuration, or a wait so long that nobody can foresee it.
package struct WaitEstimate: Hashable, Sendable {
  /// Tickets that are called before this one in its own lane.
  package let ahead: Int
  /// Tickets in other lanes that some of its windows call first.
  package let aside: Int
  /// Open windows that serve its lane.
  package let windows: Int
  /// Those of them at which nobody is.
  package let idle: Int
  /// Milliseconds that a service takes.
  package let service: Int64

  /// Services of a lane from which on its own pace is believed.
  package static let fewestServices = 5
  /// Minutes to which an estimate is rounded: finer would be a promise.
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

  /// From the hopeful to the cautious end; nil when there is nothing to say.
  ///
  /// As many windows must become free as tickets are ahead, and one more for this ticket, less the windows that are free
  /// already; each open window frees itself once a service. The hopeful end is a quarter below that and rounded down to
  /// whole steps, but never under one; the cautious end counts what stands in the windows' other lanes too, is a quarter
  /// above and rounded up.
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
  /// The minutes that a ticket of `lane` with `ahead` tickets before it is likely to wait; nil when nothing honest can be
  /// said.
  package func waitMinutes(_ lane: LaneLetter, ahead: Int, _ rules: HallRules) -> ClosedRange<Int>? {
    let serving = rules.windows.filter { $0.lanes.contains(lane) && windows[$0.number]?.duty == .open }
    guard !serving.isEmpty, let service = usualService(lane, rules) else { return nil }
    let first = Set(serving.flatMap { $0.lanes.prefix { $0 != lane } })
    return WaitEstimate(
      ahead: ahead, aside: first.reduce(0) { $0 + queue.waitingCount($1) }, windows: serving.count,
      idle: serving.count { windows[$0.number]?.ticket == nil }, service: service
    ).minutes
  }

  /// Milliseconds of a service: as this lane's last ones went, else as the configuration says.
  private func usualService(_ lane: LaneLetter, _ rules: HallRules) -> Int64? {
    if let pace = queue.paces[lane], pace.count >= WaitEstimate.fewestServices { return pace.mean }
    return rules.limits.usualServiceMinutes.map { Int64($0) * 60_000 }
  }
}
