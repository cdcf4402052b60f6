import Groundwork
import Hall

extension Oracle {
  /// The differences between the hall's state and the oracle's; empty when they agree.
  func differences(from state: HallState) -> [String] {
    var found: [String] = []
    if today != state.day?.date { found.append("the open day is \(state.day.map { "\($0.date)" } ?? "none")") }
    for (index, visitor) in visitors.enumerated() {
      guard let ticket = state.tickets[visitor.code] else {
        if !visitor.isForgotten { found.append("\(visitor.number) is not in the hall") }
        continue
      }
      if visitor.isForgotten { found.append("\(visitor.number) ought to be forgotten") }
      if ticket.number.description != visitor.number {
        found.append("\(visitor.number) is \(ticket.number) in the hall")
      }
      if ticket.state.rawValue != visitor.stand.rawValue {
        found.append("\(visitor.number) is \(ticket.state.rawValue), expected \(visitor.stand.rawValue)")
      }
      if ticket.aheadAtIssue != visitor.ahead {
        found.append("\(visitor.number) was told \(ticket.aheadAtIssue) ahead")
      }
      if visitor.stand == .called || visitor.stand == .serving {
        if state.windows[visitor.window]?.ticket != visitor.code || at(visitor.window) != index {
          found.append("\(visitor.number) is not alone at window \(visitor.window)")
        }
      }
      if ticket.calls != visitor.calls, visitor.stand == .called {
        found.append("\(visitor.number) was called \(ticket.calls) times")
      }
      if ticket.transfers != visitor.transfers {
        found.append("\(visitor.number) was sent on \(ticket.transfers) times")
      }
      if ticket.items != visitor.items || ticket.served != visitor.done {
        found.append("\(visitor.number) is about other items")
      }
      if ticket.stops.map(\.ascii) != visitor.stops { found.append("\(visitor.number) visits other lanes") }
      found += paperDifferences(visitor, ticket.slip.flatMap { state.print.slips[$0] })
    }
    let known = visitors.count { !$0.isForgotten }
    if known != state.tickets.count { found.append("the hall has \(state.tickets.count) tickets, expected \(known)") }
    found += orderDifferences(state)
    let since = Dictionary(uniqueKeysWithValues: state.cutOff.stopped.map { ($0.key.ascii, $0.value) })
    if Set(state.arrangements.paused.keys.map(\.ascii)) != paused { found.append("other lanes are paused") }
    if since != stopped { found.append("other lanes are stopped") }
    found += reservationDifferences(state)
    for window in 1...4 {
      let here = at(window).map { visitors[$0].code }
      if state.windows[window]?.ticket != here { found.append("window \(window) has somebody else") }
      if (state.windows[window]?.unnumberedSince != nil) != desks[window].stranger {
        found.append("window \(window) serves somebody without a number, or not")
      }
      let duty: Duty =
        switch state.windows[window]?.duty {
        case .open: .open
        case .paused: .paused
        case .closed, nil: .closed
        }
      if duty != desks[window].duty { found.append("window \(window) is \(duty), expected \(desks[window].duty)") }
    }
    if state.help.rings.map(\.id) != rings.map(\.id)
      || state.help.rings.map({ $0.heardBy != nil }) != rings.map(\.isHeard)
      || state.help.rings.map(\.isEscalated) != rings.map(\.isEscalated)
    {
      found.append("other help rings are open")
    }
    if state.notices.recent.count != sheets.count(where: { !$0.isForgotten }) { found.append("other notices are kept") }
    found += noticeDifferences(state)
    let answers = state.awareness.counts[SyntheticHall.awareness.id] ?? [:]
    if touched.indices.contains(where: { touched[$0] != answers[$0] ?? 0 }) || answers.count > touched.count {
      found.append("the answers to the question are counted as \(answers.sorted { $0.key < $1.key })")
    }
    if state.catalogue.published.map(\.version) != published.map(\.version)
      || state.catalogue.published.map(\.content) != published.map(\.content)
    {
      found.append("other versions of the catalogue were put in force")
    }
    for (kiosk, slips) in zip(SyntheticHall.kiosks, rolls) {
      let roll = state.print.rolls[kiosk.id]
      if roll?.slips ?? 0 != slips.count || roll?.millimetres ?? 0 != slips.reduce(0, +) {
        found.append("the roll of \(kiosk.id) has given \(roll?.millimetres ?? 0) mm")
      }
    }
    return found
  }

  private func paperDifferences(_ visitor: Visitor, _ slip: SlipInHand?) -> [String] {
    let paper: Paper? =
      switch slip?.state {
      case nil: nil
      case .queued: .queued
      case .printing: .printing
      case .printed: .done
      case .notSent: .notSent
      case .unknown: .unknown
      case .expired: .expired
      }
    guard !visitor.isForgotten, paper != visitor.paper || slip?.attempt ?? 0 != visitor.attempt else { return [] }
    return ["the slip of \(visitor.number) is another's or elsewhere"]
  }

  private func noticeDifferences(_ state: HallState) -> [String] {
    var counts: [CivilDate: Int] = [:]
    var found: [String] = []
    for sheet in sheets {
      let ordinal = counts[sheet.date, default: 0] + 1
      counts[sheet.date] = ordinal
      if sheet.isForgotten { continue }
      let number = state.notices[sheet.code]?.number
      let digits = String(ordinal)
      let tail = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      let day = "\(sheet.date)".split(separator: "-").joined()
      if number != "GZ-500151105-\(day)-\(tail)" {
        found.append("notice \(day)-\(tail) is \(number ?? "not there")")
      }
    }
    return found
  }
}
