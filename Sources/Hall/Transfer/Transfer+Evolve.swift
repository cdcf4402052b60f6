import Groundwork

extension HallState {
  mutating func evolveTransferred(_ e: TicketTransferred, _ at: Timestamp, _ actor: Principal) {
    leaveForLane(e.code, e.from, at)
    if let items = e.items {
      queue.tickets[e.code]?.items = items
      queue.tickets[e.code]?.served = nil
    }
    queue.tickets[e.code]?.meet(actor)
    queue.tickets[e.code]?.transfers += 1
    queue.tickets[e.code]?.transfer = TransferNote(
      sequence: sequence + 1, at: at, from: e.from, badge: actor.badge, to: e.to, reason: e.reason)
    queue.openTransfers.removeAll { $0 == e.code }
    queue.openTransfers.append(e.code)
    wait(e.code, in: e.lane, pool: e.window, stops: e.stops)
  }

  mutating func evolveMovedOn(_ e: TicketMovedOn, _ at: Timestamp) {
    leaveForLane(e.code, e.window, at)
    queue.arrived(e.code)
    wait(e.code, in: e.lane, pool: nil, stops: e.stops)
  }

  mutating func evolveLapsed(_ e: TransferLapsed) {
    guard let ticket = queue.tickets[e.code] else { return }
    queue.leaveLists(ticket)
    wait(e.code, in: ticket.lane, pool: nil, stops: ticket.stops)
  }

  /// A ticket leaves its window to wait elsewhere; what it was stays with the window for undo.
  private mutating func leaveForLane(_ code: PublicCode, _ window: Int, _ at: Timestamp) {
    guard let ticket = queue.tickets[code] else { return }
    windows.leave(window, ticket, to: .waiting, at)
    windows.states[window]?.lastStep?.moved = BeforeMove(
      lane: ticket.lane, items: ticket.items, stops: ticket.stops, calls: ticket.calls, servingAt: ticket.servingAt,
      joinedSequence: ticket.joinedSequence, transfers: ticket.transfers, transfer: ticket.transfer,
      served: ticket.served)
    queue.noteService(of: ticket, until: at)
    // A ticket that was called before its reserved slot began does not wait for the slot a second time.
    if ticket.rank.isToCome { queue.tickets[code]?.rank = Rank(joinedBy: ticket.issuedSequence) }
    queue.tickets[code]?.calls = 0
    queue.tickets[code]?.servingAt = nil
    queue.tickets[code]?.state = .waiting
  }

  /// It stands where its rank says. How often it was overtaken goes with it.
  private mutating func wait(_ code: PublicCode, in lane: LaneLetter, pool: Int?, stops: [LaneLetter]) {
    queue.tickets[code]?.lane = lane
    queue.tickets[code]?.pool = pool
    queue.tickets[code]?.stops = stops
    queue.tickets[code]?.joinedSequence = sequence + 1
    if let ticket = queue.tickets[code] { queue.join(ticket) }
  }

  /// Undo of a transfer or of a step to the next lane, after the ticket has left its list.
  mutating func restore(_ code: PublicCode, _ moved: BeforeMove) {
    queue.tickets[code]?.lane = moved.lane
    queue.tickets[code]?.pool = nil
    queue.tickets[code]?.items = moved.items
    queue.tickets[code]?.stops = moved.stops
    queue.tickets[code]?.calls = moved.calls
    queue.tickets[code]?.servingAt = moved.servingAt
    queue.tickets[code]?.joinedSequence = moved.joinedSequence
    queue.tickets[code]?.transfers = moved.transfers
    queue.tickets[code]?.transfer = moved.transfer
    queue.tickets[code]?.served = moved.served
    queue.openTransfers.removeAll { $0 == code }
    if moved.transfer != nil { queue.openTransfers.append(code) }
  }
}

extension QueueState {
  /// The receiver of a transfer has the resident, or the ticket has ended: the transfer is no longer open.
  mutating func arrived(_ code: PublicCode) {
    guard tickets[code]?.transfer != nil else { return }
    tickets[code]?.transfer = nil
    openTransfers.removeAll { $0 == code }
  }
}
