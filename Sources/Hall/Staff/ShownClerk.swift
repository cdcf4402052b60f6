package import Groundwork

/// Who is shown over a window (佩证上岗).
package struct ShownClerk: Hashable, Sendable {
  package let badge: String
  /// 顶岗: stands in for somebody else now.
  package let isSubstitute: Bool

  package init(badge: String, isSubstitute: Bool) {
    self.badge = badge
    self.isSubstitute = isSubstitute
  }
}

extension HallState {
  /// The badge that is signed in at a window; or that of its substitute, where a coordinator noted one for this session
  /// who sits at no other window. Nil where nobody is signed in.
  package func shownClerk(at window: Int, _ rules: HallRules, at moment: Timestamp) -> ShownClerk? {
    guard let badge = windows[window]?.badge else { return nil }
    let (today, clock) = rules.zone.civil(moment)
    let date = day?.date ?? today
    let session = session(on: date, today, clock, rules)
    let notes = staff.substitutes.filter { note in
      note.date == date && (session == nil || (note.session.map { $0 == session } ?? true))
    }
    if notes.contains(where: { $0.badge == badge }) { return ShownClerk(badge: badge, isSubstitute: true) }
    let substitute = notes.last { note in
      note.substituted == badge && !windows.states.values.contains { $0.badge == note.badge && $0.duty != .closed }
    }
    guard let substitute else { return ShownClerk(badge: badge, isSubstitute: false) }
    return ShownClerk(badge: substitute.badge, isSubstitute: true)
  }

  /// The session that is on or comes next, the first being 1; after the last one, that. Nil where all time counts.
  private func session(on date: CivilDate, _ today: CivilDate, _ clock: CivilTime, _ rules: HallRules) -> Int? {
    let sessions = hours(rules).sessions(on: date, rules.calendar)
    guard !rules.hours.alwaysOpen, !sessions.isEmpty else { return nil }
    // After midnight a day that is still open is in its last session.
    guard today == date else { return sessions.count }
    return (sessions.firstIndex { clock < $0.to } ?? sessions.count - 1) + 1
  }
}
