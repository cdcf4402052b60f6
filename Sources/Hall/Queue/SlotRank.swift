import Groundwork

/// The rank of a ticket whose reserved slot has not begun: behind everybody, by the slot's start.
///
/// So it is called only while nobody else of its lane waits. With the first record at or after the slot's start it gets a
/// rank right before that record: behind everybody who came before the slot, before everybody who comes later.
extension Rank {
  /// Above every rank that follows from a sequence.
  private static let firstToCome: Int64 = 1 << 62
  /// The rank of somebody at the front, before everybody who came on this day.
  static func front(of sequence: Int64) -> Rank { Rank(key: 0, sequence: sequence) }

  static func toCome(at slot: Timestamp, of sequence: Int64) -> Rank {
    Rank(key: firstToCome + max(0, slot.milliseconds), sequence: sequence)
  }

  /// Right before the record `sequence`.
  static func before(_ record: Int64, of sequence: Int64) -> Rank {
    Rank(key: record * step - step / 2, sequence: sequence)
  }

  package var isToCome: Bool { key >= Self.firstToCome }
  /// The start of the slot; only where `isToCome`.
  fileprivate var slot: Timestamp { Timestamp(milliseconds: key - Self.firstToCome) }
}

extension LaneQueue {
  /// The tickets whose slot has begun by `moment`.
  fileprivate func beginning(at moment: Timestamp) -> [LaneOrder.Entry] {
    guard ordinary.last?.rank.isToCome == true else { return [] }
    return ordinary.reversed().prefix { $0.rank.isToCome }.filter { $0.rank.slot <= moment }.reversed()
  }
}

extension HallState {
  /// Slots that have begun by `moment`: their tickets take their place, right before the record `sequence`.
  mutating func beginSlots(at moment: Timestamp, before sequence: Int64) {
    for (lane, waiting) in queue.waiting {
      for entry in waiting.beginning(at: moment) {
        queue.waiting[lane]?.remove(entry.code)
        queue.tickets[entry.code]?.rank = .before(sequence, of: entry.rank.sequence)
        if let ticket = queue.tickets[entry.code] { queue.join(ticket) }
      }
    }
  }

  /// Whether slots began with the record `sequence`, of tickets that still wait.
  package func hasSlotsBegun(with sequence: Int64) -> Bool {
    let key = Rank.before(sequence, of: 0).key
    return queue.waiting.values.contains { $0.priority.contains { $0.rank.key == key } }
  }

  /// The state as the next record finds it.
  func withSlotsBegun(at moment: Timestamp) -> HallState {
    guard queue.waiting.values.contains(where: { !$0.beginning(at: moment).isEmpty }) else { return self }
    var state = self
    state.beginSlots(at: moment, before: sequence + 1)
    return state
  }

  /// The rank of a slot's start: right before the first other ticket that was issued since, or the ticket's own.
  func rank(ofSlotAt start: Timestamp, for ticket: Ticket) -> Rank {
    let first = queue.tickets.values
      .filter { $0.day == ticket.day && $0.issuedAt >= start && $0.code != ticket.code }
      .map(\.issuedSequence).min()
    return first.map { .before($0, of: ticket.issuedSequence) } ?? Rank(joinedBy: ticket.issuedSequence)
  }
}
