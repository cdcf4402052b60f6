import Groundwork

/// One number for all that an agent carries to one lane on one trip (代办批次).
///
/// Eight numbers in a row would hold up everybody behind them.
extension HallState {
  /// What a trip still carries to each lane: agency cases that the town has not taken yet, in the order of the list.
  ///
  /// An item that left the catalogue goes to the comprehensive lane, as a question without an item does.
  package func carried(on batch: AgencyBatch, _ rules: HallRules) -> [(lane: LaneLetter, cases: [AgencyCase])] {
    var lanes: [(lane: LaneLetter, cases: [AgencyCase])] = []
    let open = batch.cases.compactMap { agency[$0] }.filter { $0.stage == .carried }
    for one in open {
      let item = rules.catalogue.item(one.entrusted.item)
      guard let lane = item.flatMap(rules.lane(for:)) ?? rules.lanes.first(where: \.comprehensive)?.letter else {
        continue
      }
      if let index = lanes.firstIndex(where: { $0.lane == lane }) {
        lanes[index].cases.append(one)
      } else {
        lanes.append((lane, [one]))
      }
    }
    return lanes
  }

  /// The open number of a trip in a lane; nil for none.
  package func ticket(of batch: PublicCode, in lane: LaneLetter) -> Ticket? {
    queue.links.lazy.filter { $0.value.batch == batch }.compactMap { queue.tickets[$0.key] }
      .first { $0.number.lane == lane && !$0.state.hasEnded }
  }

  /// Items of a trip for the lane that was asked for, as many as a ticket can have; none where no trip is named.
  func carriedItems(_ take: TakeTicket, _ rules: HallRules) -> [String] {
    guard let batch = take.link.batch.flatMap({ agency.batches[$0] }), let lane = take.lane else { return [] }
    let cases = carried(on: batch, rules).first { $0.lane == lane }?.cases ?? []
    let known = cases.map(\.entrusted.item).filter { rules.catalogue.item($0) != nil }
    return Array(Self.withoutRepetition(known).prefix(rules.limits.itemsPerTicket))
  }

  /// A trip has one number in a lane, and it has no priority.
  func checkTrip(_ take: TakeTicket, _ lane: LaneLetter) throws(Refusal) {
    guard let batch = take.link.batch, agency.batches[batch] != nil else { return }
    guard !take.priority else { throw .queue(.priorityNotForAgents) }
    if let ticket = ticket(of: batch, in: lane), !take.insist {
      throw .queue(.tripHasTicket(ticket.code, ticket.number))
    }
  }
}
