package import Groundwork

/// When kiosks stop to issue numbers of a lane, because its windows cannot serve more people until closing time.
///
/// A lane is stopped when its need is more than `load` of its capacity (`LaneLoad`). A stop lasts for a
/// minimum time and ends only well below `load` (hysteresis), so that a lane does not go to and fro. Tickets that were
/// issued are served. A day keeps the rule with which it was opened.
package struct CutOffRule: Hashable, Sendable {
  /// γ: the share of the capacity that may be promised by numbers, in thousandths: 100...1000.
  package var load = 850
  /// No lane is stopped earlier than so many minutes before the day's last session ends: 15...480.
  package var earliestMinutes = 90
  /// Minutes for which windows go on after closing time for those who have numbers: 0...240. They count as capacity.
  package var overtimeMinutes = 0

  package init() {}

  package init(load: Int, earliestMinutes: Int, overtimeMinutes: Int) {
    self.load = load
    self.earliestMinutes = earliestMinutes
    self.overtimeMinutes = overtimeMinutes
  }

  /// A stopped lane goes on when its need is at most this share of its capacity, in thousandths.
  package static let reopening = 600
  /// A stopped lane goes on at the earliest after so many milliseconds.
  package static let shortest: Int64 = 10 * 60_000
  /// Milliseconds since the lane's last number until it is stopped. A family that takes its numbers one after the other
  /// gets all of them, as long as the whole capacity is not passed.
  package static let quiet: Int64 = 20_000
}

/// What a lane's windows can still do until closing time, and what is asked of them.
package struct LaneLoad: Hashable, Sendable {
  /// Tickets that wait in the lane or are suspended, reservations of the day that are still to come, and the ticket of
  /// somebody who comes now.
  package let need: Int
  /// Services until closing time and overtime, in thousandths.
  package let capacity: Int

  package init(need: Int, capacity: Int) {
    self.need = need
    self.capacity = capacity
  }

  /// Whether the need is more than a share of the capacity.
  ///
  /// - Parameter share: in thousandths.
  package func passes(_ share: Int) -> Bool { need * 1_000_000 > share * capacity }
}

/// A lane whose numbers are stopped (号已发完): kiosks issue none, staff may.
package struct LaneStopped: Hashable, Sendable {
  package let lane: LaneLetter
  package let load: LaneLoad

  package init(lane: LaneLetter, load: LaneLoad) {
    self.lane = lane
    self.load = load
  }
}

/// A stopped lane has numbers again.
package struct LaneWentOn: Hashable, Sendable {
  package let lane: LaneLetter
  /// Nil where the day became longer, so that it is too early for a stop.
  package let load: LaneLoad?

  package init(lane: LaneLetter, load: LaneLoad?) {
    self.lane = lane
    self.load = load
  }
}

/// The lanes that are stopped on the open day, and since when.
package struct CutOffState: Sendable, Equatable {
  package var stopped: [LaneLetter: Timestamp] = [:]

  package init() {}

  mutating func bringBack(to moment: Timestamp) { stopped = stopped.mapValues { min($0, moment) } }
}
