package import Groundwork

/// The figures of the business day that was opened last, counted with each event, so that reading them needs no computation.
///
/// Waits stand here as pairs of moments, because only the rules know in which hours the hall was open (`HallWaits`).
package struct DayFigures: Sendable, Equatable {
  /// Nil before the first day.
  package var date: CivilDate?
  package var openedAt: Timestamp?
  /// Nil while the day is open.
  package var closedAt: Timestamp?
  package var lanes: [LaneLetter: LaneTally] = [:]
  /// By the hour of the civil clock, 0...23; an hour in which nothing happened is missing.
  package var hours: [Int: HourTally] = [:]
  /// The first calls, in their order. A call is never undone.
  package var waits: [FirstCall] = []
  /// 办理时长 of each finished ticket whose resident came to the window.
  package var services = SortedSeconds()
  package var windows: [Int: WindowTally] = [:]
  /// What is needed of each of the day's tickets to count its next step.
  package var tickets: [PublicCode: TicketTally] = [:]

  /// 转号 of the day, without those that were undone.
  package var transfers = 0
  /// Tickets that were sent on so often that the coordinator was told (`HallState.transfersToTell`).
  package var sentAround = 0
  /// Second waits that have ended: from a transfer or a check-in to the next call, in their order.
  package var secondWaits: [FirstCall] = []

  package init() {}

  /// The sum over the lanes.
  package var total: LaneTally {
    lanes.values.reduce(into: LaneTally()) { sum, lane in
      sum.issued += lane.issued
      sum.served += lane.served
      sum.missed += lane.missed
      sum.abandoned += lane.abandoned
      sum.closed += lane.closed
    }
  }
}

/// The day's tickets of one lane.
package struct LaneTally: Hashable, Sendable {
  package var issued = 0
  /// 办结.
  package var served = 0
  /// 过号: tickets that were missed at least once, also those whose resident came back.
  package var missed = 0
  /// 弃号.
  package var abandoned = 0
  /// Ended with the day.
  package var closed = 0

  package init() {}
}

/// What happened in one hour.
package struct HourTally: Hashable, Sendable {
  package var issued = 0
  /// First calls.
  package var called = 0
  package var served = 0

  package init() {}
}

/// One window on this day.
package struct WindowTally: Hashable, Sendable {
  /// When it began to do what it does now; nil where that was before the day.
  package var since: Timestamp?
  package var served = 0
  /// 无号办理: people without a number whose service began on this day.
  package var unnumbered = 0

  package init() {}
}

/// From when a ticket waited, and when it was first called.
package struct FirstCall: Hashable, Sendable {
  package let lane: LaneLetter
  package var since: Timestamp
  package var at: Timestamp

  package init(lane: LaneLetter, since: Timestamp, at: Timestamp) {
    self.lane = lane
    self.since = since
    self.at = at
  }
}

/// What is needed of a ticket to count its next step.
package struct TicketTally: Hashable, Sendable {
  package let lane: LaneLetter
  /// What its present wait counts from: its issue, or its return after a miss.
  package var since: Timestamp
  package var isCalled = false
  /// Since when its resident is served; nil while nobody is.
  package var servingSince: Timestamp?
  /// Milliseconds of the services that have ended; nil before the resident was at a window.
  package var served: Int64?
  package var misses = 0
  package var transfers = 0
  /// Since when it waits again, after a transfer or a miss; nil while it does not.
  package var waitsAgainSince: Timestamp?
  /// The step that an undo would revert.
  package var lastStep: LastStep?

  package init(lane: LaneLetter, since: Timestamp) {
    self.lane = lane
    self.since = since
  }
}

extension TicketTally {
  /// A finish, a miss, an abandon or a step to another lane, and what stood before it.
  package struct LastStep: Hashable, Sendable {
    package enum Kind: String, Sendable {
      case finished
      case missed
      case abandoned
      case transferred
      case movedOn
    }

    package let kind: Kind
    /// The hour of the civil clock in which it was taken.
    package let hour: Int
    package let servingSince: Timestamp?
    package let served: Int64?

    package init(kind: Kind, hour: Int, servingSince: Timestamp?, served: Int64?) {
      self.kind = kind
      self.hour = hour
      self.servingSince = servingSince
      self.served = served
    }
  }
}
