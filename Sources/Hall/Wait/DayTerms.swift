package import Groundwork

/// What was in force when a business day was opened: its hours, in which waiting counts, and what the hall promised.
///
/// It is part of the event that opens the day, so that replay does not depend on the configuration of later days.
package struct DayTerms: Hashable, Sendable {
  /// The day's sessions in order; empty where all time counts: the hall is always open, or staff opened a day off.
  package let sessions: [Stretch]
  /// The longest wait that the hall promises (服务承诺), in minutes of hall time; nil without a promise.
  package let promisedMinutes: Int?
  /// Nil where lanes are not stopped by their remaining capacity, and in records of earlier programs.
  package let cutOff: CutOffRule?

  /// From a moment to a later one.
  package struct Stretch: Hashable, Sendable {
    package let from: Timestamp
    package let to: Timestamp

    package init(from: Timestamp, to: Timestamp) {
      self.from = from
      self.to = to
    }
  }

  package init(sessions: [Stretch], promisedMinutes: Int?, cutOff: CutOffRule? = nil) {
    self.sessions = sessions
    self.promisedMinutes = promisedMinutes
    self.cutOff = cutOff
  }

  /// The terms of a day under these rules; nil where all time counts and nothing is promised.
  ///
  /// - Parameter arranged: the hall's hours with what was arranged for single days; nil: those of the rules.
  package init?(_ date: CivilDate, _ rules: HallRules, arranged: OpeningHours? = nil) {
    let hours = rules.hours.alwaysOpen ? [] : (arranged ?? rules.hours).sessions(on: date, rules.calendar)
    guard !hours.isEmpty || rules.promise != nil else { return nil }
    self.init(
      sessions: Self.spans(hours, on: date, rules.zone),
      promisedMinutes: rules.promise?.waitMinutes, cutOff: hours.isEmpty ? nil : rules.limits.cutOff)
  }

  package static func spans(_ sessions: [OpeningHours.Session], on date: CivilDate, _ zone: ZoneOffset) -> [Stretch] {
    sessions.map { Stretch(from: zone.moment(date, $0.from), to: zone.moment(date, $0.to)) }
  }

  /// The end of the day's last session; nil where all time counts.
  package var closing: Timestamp? { sessions.last?.to }
  package var promised: Int64? { promisedMinutes.map { Int64($0) * 60_000 } }

  /// Milliseconds between two moments that lie within sessions: the lunch break is not waiting.
  package func hallTime(from: Timestamp, to: Timestamp) -> Int64 {
    guard !sessions.isEmpty else { return max(0, to.since(from)) }
    return sessions.reduce(0) { $0 + max(0, min(to, $1.to).since(max(from, $1.from))) }
  }

  /// The moment at which so many milliseconds of hall time have passed; nil where the day's sessions end before.
  package func moment(after milliseconds: Int64, from: Timestamp) -> Timestamp? {
    guard !sessions.isEmpty else { return Timestamp(milliseconds: from.milliseconds + milliseconds) }
    var left = milliseconds
    for session in sessions where session.to > from {
      let start = max(from, session.from)
      if session.to.since(start) >= left { return Timestamp(milliseconds: start.milliseconds + left) }
      left -= session.to.since(start)
    }
    return nil
  }

  /// The first break between two sessions that a wait from `from` over so many minutes of hall time meets; nil for none.
  package func breakMet(from: Timestamp, minutes: Int) -> Stretch? {
    let end = moment(after: Int64(minutes) * 60_000, from: from)
    for (session, next) in zip(sessions, sessions.dropFirst())
    where from < next.from && end.map({ $0 > next.from }) ?? true && session.to < next.from {
      return Stretch(from: session.to, to: next.from)
    }
    return nil
  }
}

/// What the hall promises to everybody who waits (服务承诺): a limit that it sets itself, not an estimate.
package struct ServicePromise: Hashable, Sendable {
  /// Minutes of hall time from the number to its first call: 5...240.
  package let waitMinutes: Int
  /// Minutes of hall time from a reserved slot, or from the scan, to the call: 5...60; nil promises nothing.
  package let reservationMinutes: Int?

  package init(waitMinutes: Int, reservationMinutes: Int? = nil) {
    self.waitMinutes = waitMinutes
    self.reservationMinutes = reservationMinutes
  }
}
