package import Groundwork
package import Hall

/// The highest numbers that may have been issued, per business day and lane.
///
/// Numbers are reserved in blocks before one is issued. A truncated journal therefore never issues a number again:
/// after staff accept it, numbering continues above the ceiling.
package struct NumberCeilings: Hashable, Sendable {
  /// Numbers reserved at a time: few enough that a gap in the numbering stays small, enough that the extra sync is
  /// rare.
  package static let block = 50
  /// The most numbers reserved at a time, when a batch issues many at once.
  package static let largestBlock = 500
  /// Business days kept: today, the day before, and two for days that were opened under a wrong date.
  package static let daysKept = 4

  /// The day used last is the last element.
  package private(set) var days: [DayCeilings] = []

  package init() {}

  package init(days: [DayCeilings]) { self.days = days }

  package func ceiling(_ lane: LaneLetter, on day: CivilDate) -> Int {
    days.last { $0.day == day }?.lanes[lane] ?? 0
  }

  /// The day used last, with its ceilings.
  package var latest: DayCeilings? { days.last }

  /// Raises a ceiling; never lowers one.
  package mutating func raise(_ lane: LaneLetter, on day: CivilDate, to ordinal: Int) {
    use(day)
    let last = days.count - 1
    days[last].lanes[lane] = max(days[last].lanes[lane] ?? 0, min(ordinal, TicketNumber.highestOrdinal))
  }

  /// Makes `day` the day used last, and adds it where it is missing.
  package mutating func use(_ day: CivilDate) {
    if days.last?.day == day { return }
    let known = days.first { $0.day == day } ?? DayCeilings(day: day, lanes: [:])
    days.removeAll { $0.day == day }
    days.append(known)
    if days.count > Self.daysKept { days.removeFirst() }
  }

  /// The ceilings that must be durable before `events` are appended; nil when the present ones suffice.
  ///
  /// A batch that issues many numbers reserves more at a time, so that the extra sync stays rare under load.
  package func raised(for events: [RecordedEvent]) -> NumberCeilings? {
    let issued = events.compactMap { recorded -> TicketIssued? in
      if case .queue(.ticketIssued(let issued)) = recorded.event { issued } else { nil }
    }
    let beyond = issued.filter { $0.number.ordinal > ceiling($0.number.lane, on: $0.day) }
    guard !beyond.isEmpty else { return nil }
    let reserve = min(max(Self.block, issued.count * 16), Self.largestBlock)
    var next = self
    for issued in beyond {
      next.raise(issued.number.lane, on: issued.day, to: issued.number.ordinal - 1 + reserve)
    }
    return next
  }
}

/// The ceilings of one business day.
package struct DayCeilings: Hashable, Sendable {
  package let day: CivilDate
  package var lanes: [LaneLetter: Int]

  package init(day: CivilDate, lanes: [LaneLetter: Int]) {
    self.day = day
    self.lanes = lanes
  }
}
