package import Groundwork

/// The business day that was closed last, in the figures of its closing slip (日结单).
///
/// They are counted once, from what the hall knew when the day was closed, so that every copy of the slip shows the same.
package struct ClosedDay: Hashable, Sendable {
  package let date: CivilDate
  /// When the date was first opened.
  package let openedAt: Timestamp
  package let closedAt: Timestamp
  /// The sequence of the event that closed it; a day that was opened again has another one.
  package let closedSequence: Int64
  /// One for each lane in which numbers were issued, in the order of their letters.
  package let lanes: [LaneFigures]
  /// The day's first call and its last one, repetitions included; nil where nobody was called.
  package let firstCallAt: Timestamp?
  package let lastCallAt: Timestamp?
  package let notices: Int
  /// Notices of which at least one copy is on paper, as far as the hall knows.
  package let noticesPrinted: Int
  /// Nil until the journal's head was read.
  package var kept: ClosingHead?

  package init(
    date: CivilDate, openedAt: Timestamp, closedAt: Timestamp, closedSequence: Int64, lanes: [LaneFigures],
    firstCallAt: Timestamp?, lastCallAt: Timestamp?, notices: Int, noticesPrinted: Int, kept: ClosingHead? = nil
  ) {
    self.date = date
    self.openedAt = openedAt
    self.closedAt = closedAt
    self.closedSequence = closedSequence
    self.lanes = lanes
    self.firstCallAt = firstCallAt
    self.lastCallAt = lastCallAt
    self.notices = notices
    self.noticesPrinted = noticesPrinted
    self.kept = kept
  }
}

/// The numbers of one lane on a closed day. Each issued number is counted in one of the others, but `called`.
package struct LaneFigures: Hashable, Sendable {
  package let lane: LaneLetter
  package var issued = 0
  /// Called at least once.
  package var called = 0
  /// 办结.
  package var served = 0
  /// 过号, and not back when the day was closed.
  package var missed = 0
  /// 弃号.
  package var abandoned = 0
  /// 未办: waiting, suspended or at a window when the day was closed.
  package var open = 0

  package init(lane: LaneLetter) { self.lane = lane }
}

/// The journal's head on a closing slip, which is kept outside of the machine.
package struct ClosingHead: Hashable, Sendable {
  /// Opens the closing slip like any other: another copy, or 已取到.
  package let code: PublicCode
  /// The head as a text, for `yichuangctl verify --head`.
  package let text: String
  /// Nil where no printer prints it: the console shows the head.
  package var slip: SlipID?

  package init(code: PublicCode, text: String, slip: SlipID? = nil) {
    self.code = code
    self.text = text
    self.slip = slip
  }
}

extension HallState {
  /// The figures of the open day, right before it is closed at `moment`.
  func figures(closing day: BusinessDay, at moment: Timestamp) -> ClosedDay {
    let opened = days.lastOpenedAt ?? day.openedAt
    let tickets = queue.tickets.values.filter { $0.day == day.date }
    var lanes: [LaneLetter: LaneFigures] = [:]
    for ticket in tickets { lanes[ticket.number.lane, default: LaneFigures(lane: ticket.number.lane)].count(ticket) }
    let issued = notices.recent.values.filter { $0.issuedAt >= opened }
    let printed = issued.count { notice in
      if case .printed = notice.slip.flatMap({ print.slips[$0]?.state }) { true } else { false }
    }
    return ClosedDay(
      date: day.date, openedAt: opened, closedAt: moment, closedSequence: sequence + 1,
      lanes: lanes.values.sorted { $0.lane < $1.lane }, firstCallAt: tickets.compactMap(\.firstCalledAt).min(),
      lastCallAt: tickets.compactMap(\.calledAt).max(), notices: issued.count, noticesPrinted: printed)
  }
}

extension LaneFigures {
  fileprivate mutating func count(_ ticket: Ticket) {
    issued += 1
    if ticket.firstCalledAt != nil { called += 1 }
    switch ticket.state {
    case .finished: served += 1
    case .missed: missed += 1
    case .abandoned: abandoned += 1
    case .waiting, .called, .serving, .suspended, .closed: open += 1
    }
  }
}
