package import Groundwork

/// What is arranged at present (当日安排).
package struct ArrangementState: Sendable, Equatable {
  /// An arrangement with who made it, and when.
  package struct Arranged<What: Hashable & Sendable>: Hashable, Sendable {
    package let what: What
    package let by: Principal
    package internal(set) var at: Timestamp

    package init(_ what: What, by: Principal, at: Timestamp) {
      self.what = what
      self.by = by
      self.at = at
    }
  }

  /// The paused lanes of the open day. All arrangements but sessions are of the open day.
  package var paused: [LaneLetter: Arranged<LanePaused>] = [:]
  /// By date: of the day that was opened last, and of coming days.
  package var sessions: [CivilDate: Arranged<SessionAdded>] = [:]
  /// Nil: as the configuration says.
  package var frequent: Arranged<FrequentChosen>?
  /// Nil: no page of a coordinator's.
  package var publicity: Arranged<PublicityWritten>?

  package init() {}

  mutating func evolve(_ event: ArrangementEvent, _ at: Timestamp, _ actor: Principal) {
    switch event {
    case .lanePaused(let e): paused[e.lane] = Arranged(e, by: actor, at: at)
    case .laneResumed(let e): paused[e.lane] = nil
    case .sessionAdded(let e): sessions[e.date] = Arranged(e, by: actor, at: at)
    case .sessionCancelled(let e): sessions[e.date] = nil
    case .frequentChosen(let e): frequent = e.items.isEmpty ? nil : Arranged(e, by: actor, at: at)
    case .publicityWritten(let e): publicity = e.isEmpty ? nil : Arranged(e, by: actor, at: at)
    }
  }

  /// Another day begins: what was arranged for the one before has ended.
  ///
  /// - Parameter last: the day that was opened last before; a day that is opened again keeps what was arranged.
  mutating func begin(_ day: CivilDate, after last: CivilDate?) {
    guard day != last else { return }
    paused = [:]
    frequent = nil
    publicity = nil
    sessions = sessions.filter { $0.key >= day }
  }

  /// Staff confirmed the clock at `moment`; see `HallState.bringBack`.
  mutating func bringBack(to moment: Timestamp) {
    for lane in paused.keys { paused[lane]?.bringBack(to: moment) }
    for date in sessions.keys { sessions[date]?.bringBack(to: moment) }
    frequent?.bringBack(to: moment)
    publicity?.bringBack(to: moment)
  }
}

extension ArrangementState.Arranged {
  fileprivate mutating func bringBack(to moment: Timestamp) { at = min(at, moment) }
}

extension HallState {
  /// The hall's hours with what was arranged.
  package func hours(_ rules: HallRules) -> OpeningHours {
    rules.hours.with(arrangements.sessions.mapValues(\.what.session))
  }

  mutating func evolve(_ event: ArrangementEvent, _ at: Timestamp, _ actor: Principal) {
    arrangements.evolve(event, at, actor)
    switch event {
    case .sessionAdded(let e): if let terms = e.terms { waits.terms = terms }
    case .sessionCancelled(let e): if let terms = e.terms { waits.terms = terms }
    case .lanePaused, .laneResumed, .frequentChosen, .publicityWritten: break
    }
  }
}
