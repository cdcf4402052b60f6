extension HallState {
  func violations(before e: TicketTransferred) -> [String] {
    step(e.code, from: [.called, .serving]) + holds(e.from, e.code)
      + (e.window == e.from ? ["window \(e.from) sends a ticket to itself"] : [])
  }

  func violations(before e: TicketMovedOn) -> [String] {
    step(e.code, from: [.called, .serving]) + holds(e.window, e.code)
  }

  func violations(before e: TransferLapsed) -> [String] {
    queue.tickets[e.code]?.pool == e.window && queue.tickets[e.code]?.state == .waiting
      ? [] : ["a transfer lapses that does not wait for window \(e.window)"]
  }

  /// A waiting ticket goes back to its window only by undoing the step that sent it from there.
  func violations(undoing e: StepUndone) -> [String] {
    guard queue.tickets[e.code]?.state == .waiting else { return [] }
    let step = windows[e.window]?.lastStep
    return step?.code == e.code && step?.moved != nil ? [] : ["a step is undone that window \(e.window) did not take"]
  }
}

extension QueueState {
  /// Everybody in a window's pool waits for it, by rank, and open transfers are those that say so.
  func checkTransfers(_ found: inout [String]) {
    for (window, pool) in pools {
      var last: Rank?
      for entry in pool {
        let ticket = tickets[entry.code]
        if ticket?.state != .waiting || ticket?.pool != window || ticket?.rank != entry.rank {
          found.append("window \(window) lists a ticket that does not wait for it")
        }
        if let last, entry.rank <= last { found.append("the pool of window \(window) is out of order") }
        last = entry.rank
      }
    }
    for code in openTransfers where tickets[code]?.transfer == nil {
      found.append("the list of open transfers holds another ticket")
    }
  }
}
