import Groundwork

extension HallState {
  func violations(before event: LeaseEvent) -> [String] {
    switch event {
    case .numbersLeased(let e): return leaseViolations(e)
    case .ticketWithdrawn(let e):
      let legal = step(e.code, from: [.waiting, .called, .missed, .abandoned])
      return e.window.map { legal + holds($0, e.code) } ?? legal
    case .ticketAdopted(let e): return adoptionViolations(e)
    case .adoptionRefused: return []
    case .recordedByHand(let e): return step(e.code, from: [.waiting])
    }
  }

  func check(_ event: LeaseEvent, _ found: inout [String]) {
    switch event {
    case .numbersLeased, .adoptionRefused: checkLeases(&found)
    case .ticketWithdrawn(let e):
      if queue.tickets[e.code] != nil { found.append("\(e.number) was withdrawn and is still there") }
      if let window = e.window, windows[window]?.isFree == false { found.append("window \(window) is not free") }
    case .ticketAdopted(let e): checkTicket(e.code, &found)
    case .recordedByHand(let e): checkTicket(e.code, &found)
    }
  }

  private func leaseViolations(_ e: NumbersLeased) -> [String] {
    var found: [String] = []
    if day?.date != e.day { found.append("numbers are leased on a day that is not open") }
    if e.from < LeaseState.firstOrdinal || e.through > TicketNumber.highestOrdinal || e.from > e.through {
      found.append("numbers \(e.from) to \(e.through) are no lease")
    }
    if e.from <= leases.highest[e.day]?[e.lane] ?? 0 { found.append("numbers of lane \(e.lane) are leased again") }
    return found
  }

  private func adoptionViolations(_ e: TicketAdopted) -> [String] {
    var found: [String] = []
    if !isFree(e.code) { found.append("\(e.number) has the code of another") }
    if queue.tickets.values.contains(where: { $0.number == e.number && $0.day == e.day }) {
      found.append("\(e.number) was given twice on \(e.day)")
    }
    if leases.lease(of: e.number, at: e.kiosk) == nil { found.append("\(e.number) was never leased") }
    if (e.place == nil) != (e.ended != nil) { found.append("\(e.number) neither waits nor ended") }
    if e.ended == nil, day?.date != e.day { found.append("\(e.number) waits on a day that is not open") }
    return found
  }

  /// No two leases have a number in common.
  func checkLeases(_ found: inout [String]) {
    for (index, lease) in leases.out.enumerated() {
      for other in leases.out.dropFirst(index + 1)
      where other.lane == lease.lane && other.from <= lease.through && other.through >= lease.from {
        found.append("numbers of lane \(lease.lane) are leased twice")
      }
    }
    for code in leases.adopted.keys where queue.tickets[code] == nil { found.append("an adopted ticket is not there") }
  }
}
