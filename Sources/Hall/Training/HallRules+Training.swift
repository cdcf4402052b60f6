package import Groundwork

extension HallRules {
  /// The letters that lanes get in a training (演练), in this order.
  static let trainingLetters = "TUVWXYZSRQPNMLKJHGFEDCBA".compactMap { LaneLetter(String($0)) }

  /// The lanes of this hall in a training: the first has T and begins with T001, the next ones the letters after it.
  ///
  /// A letter of the hall's own is left out, so that no number of a training is ever a number of the hall. Nil where the
  /// letters do not suffice, which is a hall of more than twelve lanes.
  package var trainingLanes: [LaneLetter: LaneLetter]? {
    let own = Set(lanes.map(\.letter))
    let free = Self.trainingLetters.filter { !own.contains($0) }
    guard free.count >= lanes.count else { return nil }
    // The comprehensive lane is first: most numbers are of it, so it is practised most.
    let ordered = lanes.filter(\.comprehensive) + lanes.filter { !$0.comprehensive }
    return Dictionary(zip(ordered.map(\.letter), free)) { first, _ in first }
  }

  /// The rules of a training of this hall: the same catalogue, windows and limits, with numbers of its own, at any hour.
  ///
  /// Numbers are given outside of the hall's hours too, because that is when most people have time to practise. Lanes are
  /// never stopped before closing, and no closing slip is printed: it would look like the hall's own. Nil as for
  /// `trainingLanes`.
  package func forTraining() -> HallRules? {
    guard let letters = trainingLanes else { return nil }
    var rules = self
    rules.lanes = lanes.map { lane in
      Lane(
        letter: letters[lane.letter] ?? lane.letter, name: lane.name, groups: lane.groups,
        comprehensive: lane.comprehensive)
    }
    rules.windows = windows.map { window in
      WindowRule(
        number: window.number, name: window.name, lanes: window.lanes.map { letters[$0] ?? $0 },
        pauseText: window.pauseText)
    }
    rules.hours = .always
    rules.limits.cutOff = nil
    rules.limits.plausibleShutDays = .max
    rules.closingSlip = .off
    return rules
  }

  /// When a training that begins now ends: with the hall's session in which it began, or with the start of the next one,
  /// so that everybody is back at the hall's own pages. At the latest it ends after `minutes`.
  ///
  /// An end within the first quarter of an hour is skipped: whoever begins that shortly before it wants to go on after it.
  ///
  /// - Parameter hours: the hall's own.
  package static func trainingEnd(
    from begin: Timestamp, hours: OpeningHours, _ calendar: WorkCalendar, _ zone: ZoneOffset, minutes: Int
  ) -> Timestamp {
    let latest = begin.adding(seconds: Int64(minutes) * 60)
    let date = zone.civil(begin).date
    guard !hours.alwaysOpen else { return latest }
    let edges = hours.sessions(on: date, calendar).flatMap { [$0.from, $0.to] }.map { zone.moment(date, $0) }
    let next = edges.filter { $0.since(begin) > 15 * 60_000 }.min()
    return next.map { min($0, latest) } ?? latest
  }
}
