package import Hall

/// A ticket's place in the order of calls of its lane, by the day's rule and if nobody else comes.
package struct WaitingPlace: Sendable {
  /// Tickets that would be called before it.
  package let ahead: Int
  /// The last of them; nil at the head.
  package let behind: PublicCode?
}

extension HallViews {
  /// Nil unless it waits.
  package func place(of ticket: Ticket) -> WaitingPlace? {
    if ticket.state == .waiting, let pool = ticket.pool.flatMap({ state.queue.pools[$0] }) {
      let ahead = pool.position(of: ticket.code) ?? 0
      return WaitingPlace(ahead: ahead, behind: ahead > 0 ? pool[ahead - 1].code : nil)
    }
    guard ticket.state == .waiting, let lane = state.queue.waiting[ticket.lane] else { return nil }
    if lane.priority.isEmpty, let ahead = lane.ordinary.position(of: ticket.code) {
      return WaitingPlace(ahead: ahead, behind: ahead > 0 ? lane.ordinary[ahead - 1].code : nil)
    }
    let order = lane.forecast(state.orderRule)
    let ahead = order.firstIndex(of: ticket.code) ?? 0
    return WaitingPlace(ahead: ahead, behind: ahead > 0 ? order[ahead - 1] : nil)
  }

  /// The first of a lane's waiting tickets in the order of their calls, each with its place.
  func places(_ lane: LaneLetter, most: Int) -> [(code: PublicCode, place: WaitingPlace)] {
    guard let queue = state.queue.waiting[lane] else { return [] }
    let order = queue.priority.isEmpty ? queue.ordinary.prefix(most).map(\.code) : queue.forecast(state.orderRule)
    return order.prefix(most).enumerated().map { index, code in
      (code, WaitingPlace(ahead: index, behind: index > 0 ? order[index - 1] : nil))
    }
  }
}
