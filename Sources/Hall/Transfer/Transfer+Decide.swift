import Groundwork

extension HallState {
  /// Transfers of one ticket after which the coordinator is told, and a reason in words is needed (踢皮球).
  package static let transfersToTell = 3

  /// 转号.
  ///
  /// Never of a suspended ticket: it is at no window.
  func decideTransfer(
    _ transfer: TransferTicket, _ number: Int, _ rule: WindowRule, _ rules: HallRules
  ) throws(Refusal) -> Decision {
    guard let ticket = windows[number]?.ticket.flatMap({ queue.tickets[$0] }) else {
      throw .window(.windowEmpty(number))
    }
    // Whoever is still served after the day's close is served to the end: there is no lane to wait in.
    guard day?.date == ticket.day else { throw .day(.dayNotOpen) }
    if case .words(let text) = transfer.reason { _ = try Self.readableReason(text) }
    let given = try Self.known(transfer.items ?? [], rules)
    let items = given.isEmpty ? nil : given
    let lane = try laneToWait(transfer, ticket, items ?? ticket.items, rule, rules)
    if ticket.transfers + 1 >= Self.transfersToTell, case .code = transfer.reason {
      throw .window(.transferNeedsWords(ticket.number, times: ticket.transfers))
    }
    var window: Int?
    if case .window(let other) = transfer.to { window = other }
    let transferred = TicketTransferred(
      code: ticket.code, from: number, lane: lane, window: window, reason: transfer.reason,
      items: items == ticket.items ? nil : items, stops: stops(of: ticket, with: items, after: lane, rules))
    return Decision([.window(.ticketTransferred(transferred))], .ticket(ticket.code))
  }

  /// Where it waits; for one window, the lane into which it falls when that closes.
  private func laneToWait(
    _ transfer: TransferTicket, _ ticket: Ticket, _ items: [String], _ rule: WindowRule, _ rules: HallRules
  ) throws(Refusal) -> LaneLetter {
    switch transfer.to {
    case .lane(let lane):
      guard rules.lane(lane) != nil else { throw .queue(.unknownLane(lane)) }
      let serving = rules.windows(serving: lane)
      guard !serving.isEmpty else { throw .queue(.noWindowForLane(lane)) }
      guard lane != ticket.lane || !rule.lanes.contains(lane) else { throw .window(.transferToItself) }
      guard transfer.insist || serving.contains(where: { windows[$0]?.duty == .open }) else {
        throw .window(.noOpenWindow(.lane(lane)))
      }
      return lane
    case .window(let other):
      guard other != rule.number else { throw .window(.transferToItself) }
      guard rules.window(other) != nil else { throw .window(.unknownWindow(other)) }
      switch windows[other]?.duty {
      case .closed, nil: throw .window(.windowNotOpen(other))
      case .paused where !transfer.insist: throw .window(.noOpenWindow(.window(other)))
      case .open, .paused: break
      }
      return Self.lanes(of: items, rules).first ?? ticket.lane
    }
  }

  /// The lanes that items belong to, in their order, each once; those that no window serves are left out.
  static func lanes(of items: [String], _ rules: HallRules) -> [LaneLetter] {
    var lanes: [LaneLetter] = []
    for item in items {
      guard let lane = rules.catalogue.item(item).flatMap(rules.lane(for:)), !lanes.contains(lane) else { continue }
      if !rules.windows(serving: lane).isEmpty { lanes.append(lane) }
    }
    return lanes
  }

  /// The rest of an itinerary after `lane`. Where the items change, lanes of new items are added and lanes of removed ones dropped.
  private func stops(
    of ticket: Ticket, with items: [String]?, after lane: LaneLetter, _ rules: HallRules
  ) -> [LaneLetter] {
    guard let items else { return ticket.stops.filter { $0 != lane } }
    let before = Self.lanes(of: ticket.items, rules)
    return Self.lanes(of: items, rules).filter { $0 != lane && (ticket.stops.contains($0) || !before.contains($0)) }
  }

  /// Item codes of the catalogue, each once.
  static func known(_ items: [String], _ rules: HallRules) throws(Refusal) -> [String] {
    let items = withoutRepetition(items)
    guard items.count <= rules.limits.itemsPerTicket else {
      throw .queue(.tooManyItems(limit: rules.limits.itemsPerTicket))
    }
    for code in items where rules.catalogue.item(code) == nil { throw .request(.unknownItem(code)) }
    return items
  }

  /// 实际办理, noted before the ticket leaves the window.
  func decideItemsServed(_ items: [String], _ number: Int, _ rules: HallRules) throws(Refusal) -> Decision {
    guard let ticket = windows[number]?.ticket.flatMap({ queue.tickets[$0] }) else {
      throw .window(.windowEmpty(number))
    }
    let items = try Self.known(items, rules)
    guard !items.isEmpty else { throw .queue(.laneNeeded) }
    if items == ticket.served ?? ticket.items { return Decision([], .ticket(ticket.code)) }
    let served = ItemsServed(code: ticket.code, window: number, items: items)
    return Decision([.window(.itemsServed(served))], .ticket(ticket.code))
  }

  /// 完成: the ticket's end, or the next lane of its itinerary. Lanes that this window serves too are done with it.
  func finishing(_ ticket: Ticket, at rule: WindowRule, _ rules: HallRules) -> Event {
    let left = ticket.stops.filter { !rule.lanes.contains($0) && !rules.windows(serving: $0).isEmpty }
    guard let next = left.first, day?.date == ticket.day else {
      return .window(.ticketFinished(TicketAtWindow(code: ticket.code, window: rule.number)))
    }
    let moved = TicketMovedOn(code: ticket.code, window: rule.number, lane: next, stops: Array(left.dropFirst()))
    return .window(.ticketMovedOn(moved))
  }

  /// Everybody who waits for a window that closes waits in a lane instead.
  func lapses(_ window: Int) -> [Event] {
    (queue.pools[window] ?? LaneOrder()).map {
      .queue(.transferLapsed(TransferLapsed(code: $0.code, window: window)))
    }
  }

  /// Moves everybody who waits for a window that has paused for long to a lane.
  func decideLapse(_ window: Int, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard case .system = envelope.actor else { throw .request(.staffOnly) }
    guard case .paused = windows[window]?.duty else { return Decision([], .window(window)) }
    // A pause without a recorded start began before this day.
    let since = figures.windows[window]?.since ?? Timestamp(milliseconds: 0)
    guard envelope.at.since(since) >= rules.limits.poolPauseMilliseconds else { return Decision([], .window(window)) }
    return Decision(lapses(window), .window(window))
  }
}
