extension HallState {
  /// Checks what a command's event touched.
  func check(_ event: AgencyEvent, _ found: inout [String]) {
    if let one = event.code.flatMap({ agency[$0] }) { found += one.violations }
  }

  func checkAgency(_ found: inout [String]) {
    for one in agency.known.values { found += one.violations }
    if agency.known.contains(where: { $0.key != $0.value.code }) {
      found.append("an agency case stands under another code")
    }
    let towns = agency.known.values.compactMap(\.townCase)
    if Set(towns).count != towns.count { found.append("two agency cases have one case of the town") }
  }
}

extension AgencyCase {
  /// The invariants of one agency case that do not hold.
  fileprivate var violations: [String] {
    var found: [String] = []
    func check(_ holds: Bool, _ sentence: String) {
      if !holds { found.append("agency case \(entrusted.number): \(sentence)") }
    }
    check(originals.map(\.original) == entrusted.originals, "an original was lost or added")
    switch stage {
    case .delivered, .filed, .declined, .ended: check(open.isEmpty, "it ended with an original that was not given back")
    case .ending: check(!open.isEmpty, "it is ending with nothing to give back")
    case .entrusted, .taken, .carried: check(indices(.withTown).isEmpty, "the town has an original before the papers")
    case .inTown, .ready: break
    }
    check(stage != .ready || readyOn != nil, "it is ready on no day")
    check(!stage.hasEnded || endedOn != nil, "its end has no day")
    check(!agent.isEmpty && carriers.contains(agent), "nobody carries it")
    check(answer == nil || deliveredOn != nil, "the principal was asked before anything was delivered")
    return found
  }
}
