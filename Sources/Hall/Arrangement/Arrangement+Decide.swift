import Groundwork

extension HallState {
  /// Items that kiosks show first, at most; characters and lines of a page of the idle screen.
  package static let frequentLimit = 12
  /// Days from today on which an extra session may be.
  static let sessionDays = 31
  static let publicityTitle = 24
  static let publicityLines = 6
  static let publicityLine = 60

  func decide(_ command: ArrangementCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
    let event: ArrangementEvent?
    switch command {
    case .pauseLane(let lane, let reason): event = try pause(lane, reason, rules)
    case .resumeLane(let lane):
      guard rules.lane(lane) != nil || arrangements.paused[lane] != nil else { throw .queue(.unknownLane(lane)) }
      event = arrangements.paused[lane] == nil ? nil : .laneResumed(LaneResumed(lane: lane))
    case .addSession(let date, let session): event = try add(session, on: date, rules, envelope.clock)
    case .cancelSession(let date):
      let date = date ?? rules.zone.civil(envelope.clock).date
      event = arrangements.sessions[date].map { _ in
        .sessionCancelled(SessionCancelled(date: date, terms: terms(of: date, rules, with: nil)))
      }
    case .chooseFrequent(let items): event = try choose(items, rules)
    case .writePublicity(let title, let lines): event = try write(PublicityWritten(title: title, lines: lines))
    }
    return Decision(event.map { [.arrangement($0)] } ?? [], .done)
  }

  private func pause(_ lane: LaneLetter, _ reason: String, _ rules: HallRules) throws(Refusal) -> ArrangementEvent? {
    guard day != nil else { throw .day(.dayNotOpen) }
    guard rules.lane(lane) != nil else { throw .queue(.unknownLane(lane)) }
    let paused = LanePaused(lane: lane, reason: try Self.readableReason(reason))
    return arrangements.paused[lane]?.what == paused ? nil : .lanePaused(paused)
  }

  private func add(
    _ session: OpeningHours.Session, on asked: CivilDate?, _ rules: HallRules, _ clock: Timestamp
  ) throws(Refusal) -> ArrangementEvent? {
    let (today, time) = rules.zone.civil(clock)
    let date = asked ?? today
    guard session.from < session.to, date > today || date == today && session.to > time else {
      throw .arrangement(.sessionPast)
    }
    guard date <= today.adding(days: Self.sessionDays) else {
      throw .arrangement(.sessionTooFar(days: Self.sessionDays))
    }
    let usual = rules.hours.sessions(on: date, rules.calendar)
    guard !usual.contains(where: { session.from < $0.to && $0.from < session.to }) else {
      throw .arrangement(.sessionOverlaps)
    }
    guard arrangements.sessions[date]?.what.session != session else { return nil }
    return .sessionAdded(
      SessionAdded(date: date, session: session, terms: terms(of: date, rules, with: session)))
  }

  /// The terms of the open day with one session more, or without one; nil where the date is another one. What the day
  /// promised, and its cut-off, stay.
  private func terms(
    of date: CivilDate, _ rules: HallRules, with session: OpeningHours.Session?
  ) -> DayTerms? {
    guard day?.date == date else { return nil }
    let hours = rules.hours.with(session.map { [date: $0] } ?? [:])
    let sessions = DayTerms.spans(hours.sessions(on: date, rules.calendar), on: date, rules.zone)
    return DayTerms(
      sessions: sessions, promisedMinutes: waits.terms?.promisedMinutes,
      cutOff: waits.terms?.sessions.isEmpty == false ? waits.terms?.cutOff : rules.limits.cutOff)
  }

  private func choose(_ items: [String], _ rules: HallRules) throws(Refusal) -> ArrangementEvent? {
    guard day != nil else { throw .day(.dayNotOpen) }
    let chosen = FrequentChosen(items: Self.withoutRepetition(items))
    guard chosen.items.count <= Self.frequentLimit else {
      throw .arrangement(.tooManyFrequent(limit: Self.frequentLimit))
    }
    for code in chosen.items where rules.catalogue.item(code) == nil { throw .request(.unknownItem(code)) }
    return (arrangements.frequent?.what.items ?? []) == chosen.items ? nil : .frequentChosen(chosen)
  }

  private func write(_ page: PublicityWritten) throws(Refusal) -> ArrangementEvent? {
    guard day != nil else { throw .day(.dayNotOpen) }
    let texts = [page.title] + page.lines
    let isPlain = !texts.contains { $0.unicodeScalars.contains { $0.value < 32 } }
    let isShort =
      page.title.count <= Self.publicityTitle && page.lines.count <= Self.publicityLines
      && page.lines.allSatisfy { $0.count <= Self.publicityLine }
    guard page.isEmpty || isPlain && isShort && !page.title.isEmpty else { throw .arrangement(.badPublicity) }
    return (arrangements.publicity?.what ?? PublicityWritten(title: "", lines: [])) == page
      ? nil : .publicityWritten(page)
  }
}
