/// How a hall takes reservations (预约); a hall without one takes none.
package struct ReservationRule: Hashable, Sendable {
  /// Length of a slot: 10...120.
  package var slotMinutes = 30
  /// Percentage of a lane's capacity that may be reserved: 5...80.
  package var share = 30
  /// Days with sessions, from tomorrow on, that can be reserved: 1...15.
  package var aheadDays = 5
  /// Hours before its start from which residents cannot reserve a slot any more, 0...72. Staff may until it starts.
  package var closeBeforeHours = 12

  package init() {}

  package init(slotMinutes: Int, share: Int, aheadDays: Int, closeBeforeHours: Int) {
    self.slotMinutes = slotMinutes
    self.share = share
    self.aheadDays = aheadDays
    self.closeBeforeHours = closeBeforeHours
  }

  /// Milliseconds before the slot's start from which a scan makes a ticket.
  package static let early: Int64 = 15 * 60_000
  /// Milliseconds after it within which the ticket stands where the slot began.
  package static let late: Int64 = 15 * 60_000
  /// Milliseconds after it at which a reservation whose person has not come lapses.
  package static let lapse: Int64 = 30 * 60_000
  /// Reservations that the hall keeps at the most.
  package static let most = 3_000
  /// No-shows of one phone within `noShowDays` that close reserving for it for `closedDays`.
  package static let noShows = 3
  package static let noShowDays = 90
  package static let closedDays = 30
  /// Days for which a reservation that the hall cancelled still puts its person to the front.
  package static let owedDays = 30
}
