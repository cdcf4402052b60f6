package import Groundwork

/// A ticket waited longer than the hall had promised (服务承诺).
package struct PromiseBroken: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// From the number to its first call, or to its end without one.
    case wait
    /// From a reserved slot, or from the scan, to the first call.
    case reservation
  }

  package let kind: Kind
  package let code: PublicCode
  /// Milliseconds of hall time.
  package let waited: Int64
  package let promisedMinutes: Int

  package init(kind: Kind, code: PublicCode, waited: Int64, promisedMinutes: Int) {
    self.kind = kind
    self.code = code
    self.waited = waited
    self.promisedMinutes = promisedMinutes
  }
}

extension HallState {
  /// A call, and the broken promise where it is the ticket's first call and came too late.
  func calling(_ called: TicketCalled, _ moment: Timestamp) -> [Event] {
    [.window(.ticketCalled(called))] + brokenPromise(called.code, until: moment)
  }

  /// The promises that the day's close finds broken: tickets that ended, or end now, without having been called.
  func promisesBrokenAtClose(_ day: BusinessDay, _ moment: Timestamp) -> [Event] {
    queue.tickets.values
      .filter { $0.day == day.date && $0.issuedSequence > day.openedSequence }
      .sorted { $0.number < $1.number }
      .flatMap { brokenPromise($0.code, until: $0.endedAt ?? moment) }
  }

  private func brokenPromise(_ code: PublicCode, until moment: Timestamp) -> [Event] {
    brokenWait(code, until: moment) + brokenReservation(code, until: moment)
  }

  private func brokenReservation(_ code: PublicCode, until moment: Timestamp) -> [Event] {
    guard let ticket = queue.tickets[code], ticket.firstCalledAt == nil,
      let minutes = ticket.reservation?.promisedMinutes
    else { return [] }
    let waited = waits.hallTime(from: ticket.waitsSince, to: moment)
    guard waited > Int64(minutes) * 60_000 else { return [] }
    let broken = PromiseBroken(kind: .reservation, code: code, waited: waited, promisedMinutes: minutes)
    return [.queue(.promiseBroken(broken))]
  }

  private func brokenWait(_ code: PublicCode, until moment: Timestamp) -> [Event] {
    guard let ticket = queue.tickets[code], ticket.firstCalledAt == nil, let minutes = waits.terms?.promisedMinutes,
      let promised = waits.terms?.promised
    else { return [] }
    let waited = waits.hallTime(from: ticket.waitsSince, to: moment)
    guard waited > promised else { return [] }
    let broken = PromiseBroken(kind: .wait, code: code, waited: waited, promisedMinutes: minutes)
    return [.queue(.promiseBroken(broken))]
  }

  func violations(before event: PromiseBroken) -> [String] {
    let promised =
      switch event.kind {
      case .wait: waits.terms?.promisedMinutes
      case .reservation: queue.tickets[event.code]?.reservation?.promisedMinutes
      }
    return promised == event.promisedMinutes ? [] : ["a promise is broken that was not given"]
  }
}

/// How a lane's waits compare with the hall's promise.
package struct LanePromise: Hashable, Sendable {
  package let minutes: Int
  /// When the longest wait reaches four fifths of the promise; nil while nobody waits, or not on this day.
  package let amberAt: Timestamp?
  /// When it reaches the promise.
  package let redAt: Timestamp?
  /// When so many have waited longer than promised that another window should open (建议增开窗口); nil while fewer wait.
  package let adviceAt: Timestamp?
  /// Windows that could serve the lane: free ones first, then paused, then closed ones.
  package let windows: [Int]

  /// Waiting tickets over the promise from which another window is advised.
  package static let standing = 5
  /// Percentage of the promise at which a lane is marked.
  package static let amber: Int64 = 80
}

extension HallState {
  /// Nil without a promise in force.
  package func promise(of lane: LaneLetter, _ rules: HallRules) -> LanePromise? {
    guard let terms = waits.terms, let minutes = terms.promisedMinutes, let promised = terms.promised else {
      return nil
    }
    // The longest waits of a lane are among its first, apart from the few that came back.
    let first = queue.waiting[lane]?.first(4 * LanePromise.standing) ?? []
    // A ticket that was called and waits again has had its promise kept or broken.
    let since = first.compactMap { queue.tickets[$0.code] }.filter { $0.firstCalledAt == nil }.map(\.waitsSince)
      .sorted()
    let over = since.count >= LanePromise.standing ? since[LanePromise.standing - 1] : nil
    return LanePromise(
      minutes: minutes,
      amberAt: since.first.flatMap { terms.moment(after: promised * LanePromise.amber / 100, from: $0) },
      redAt: since.first.flatMap { terms.moment(after: promised, from: $0) },
      adviceAt: over.flatMap { terms.moment(after: promised, from: $0) }, windows: windowsToAdd(lane, rules))
  }

  private func windowsToAdd(_ lane: LaneLetter, _ rules: HallRules) -> [Int] {
    func rank(_ number: Int) -> Int? {
      guard let window = windows[number] else { return 2 }
      switch window.duty {
      case .open: return window.isFree ? 0 : nil
      case .paused: return 1
      case .closed: return 2
      }
    }
    return rules.windows(serving: lane).compactMap { number in rank(number).map { (rank: $0, number: number) } }
      .sorted { ($0.rank, $0.number) < ($1.rank, $1.number) }.map(\.number)
  }
}
