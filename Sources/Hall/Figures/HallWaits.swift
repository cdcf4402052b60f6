package import Groundwork

/// The waits of a day in hall time, kept in order.
///
/// Hall time counts only while a session is on, so a lunch is not waiting. First calls are only ever added, so each is
/// counted once, also when many look.
package struct HallWaits: Sendable, Equatable {
  /// Whole seconds of hall time.
  package private(set) var seconds = SortedSeconds()
  private var date: CivilDate?
  private var openedAt: Timestamp?
  private var sessions: [OpeningHours.Session] = []
  private var counted = 0

  package init() {}

  /// Counts the calls that came since it was asked last. Another day, other sessions or a clock that was set begin anew.
  ///
  /// - Parameter sessions: of the figures' day.
  package mutating func follow(_ figures: DayFigures, sessions: [OpeningHours.Session], zone: ZoneOffset) {
    let isAnother = figures.date != date || figures.openedAt != openedAt || self.sessions != sessions
    if isAnother || figures.waits.count < counted {
      self = HallWaits()
      (date, openedAt, self.sessions) = (figures.date, figures.openedAt, sessions)
    }
    guard let date else { return }
    for call in figures.waits[counted...] {
      let waited = sessions.milliseconds(from: call.since, to: call.at, on: date, zone)
      seconds.insert(Int(waited / 1000))
    }
    counted = figures.waits.count
  }
}

extension [OpeningHours.Session] {
  /// Milliseconds from one moment to another that lie within these sessions of one date: hall time.
  package func milliseconds(from: Timestamp, to: Timestamp, on date: CivilDate, _ zone: ZoneOffset) -> Int64 {
    reduce(0) { sum, session in
      let begin = Swift.max(from, zone.moment(date, session.from))
      let end = Swift.min(to, zone.moment(date, session.to))
      return sum + Swift.max(0, end.since(begin))
    }
  }
}
