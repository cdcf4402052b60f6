import Groundwork

/// The waits of a day in hall time, kept in order.
///
/// Hall time counts only while a session is on, so the lunch break is not waiting. First calls are only ever added, so
/// each is counted once, however many readers ask.
package struct HallWaits: Sendable, Equatable {
  /// Whole seconds of hall time.
  package private(set) var seconds = SortedSeconds()
  private var date: CivilDate?
  private var openedAt: Timestamp?
  private var terms: DayTerms?
  private var counted = 0

  package init() {}

  /// Counts the calls that came since it was asked last. Another day, other sessions or a clock that was set begin anew.
  ///
  /// - Parameter terms: of the figures' day; nil where all time counts.
  package mutating func follow(_ figures: DayFigures, _ terms: DayTerms?) {
    let isAnother =
      figures.date != date || figures.openedAt != openedAt || self.terms?.sessions != terms?.sessions
    if isAnother || figures.waits.count < counted {
      self = HallWaits()
      (date, openedAt, self.terms) = (figures.date, figures.openedAt, terms)
    }
    guard date != nil else { return }
    for call in figures.waits[counted...] {
      let waited = terms?.hallTime(from: call.since, to: call.at) ?? max(0, call.at.since(call.since))
      seconds.insert(Int(waited / 1000))
    }
    counted = figures.waits.count
  }
}
