import Groundwork

extension CaseDesk {
  /// The town's window opens a case from the agent's paper: the same press says that the papers were handed in.
  ///
  /// Originals of the principal that the window takes go to the town, by the names of the checklist; one that was only
  /// looked at stays with the agent.
  func handedIn(_ open: OpenCase, _ code: PublicCode, _ number: CaseNumber) throws(Refusal) -> [Event] {
    guard let agency = open.agency else { return [] }
    guard let one = state.agency[agency] else { throw .agency(.unknownAgency) }
    guard [.entrusted, .taken, .carried].contains(one.stage) else { throw .agency(.agencyIs(one.stage)) }
    guard one.entrusted.item == open.item else { throw .agency(.badAgencyText) }
    let taken = Set(open.papers.filter { $0.originals > 0 }.map(\.material))
    let indices = one.indices(.withAgent).filter { taken.contains(one.originals[$0].original.name) }
    return [
      .agency(
        .agencyHandedIn(
          AgencyHandedIn(
            code: agency, on: today, townCase: code, townNumber: number.description, originals: indices, kept: [],
            proof: .badge(actor.badge ?? "operator"))))
    ]
  }
}
