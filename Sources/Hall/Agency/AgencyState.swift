package import Groundwork

/// Agency cases that are open, and those that ended lately; their trips; the months that were reported.
package struct AgencyState: Sendable, Equatable {
  /// At most `AgencyRule.most` that are open.
  package var known: [PublicCode: AgencyCase] = [:]
  package var batches: [PublicCode: AgencyBatch] = [:]
  /// The last ordinal of each kind that was given on a date; two dates are kept.
  package var ordinals: [CivilDate: [CaseNumber.Kind: Int]] = [:]
  /// The newest months, at most `monthsKept`, the newest last.
  package var reports: [AgencyReported] = []

  package init() {}

  package subscript(code: PublicCode) -> AgencyCase? { known[code] }

  package static let monthsKept = 13

  /// Those that have not ended, by the day of the authority, then by number.
  package var open: [AgencyCase] { sorted { !$0.stage.hasEnded } }

  /// Whether at least `most` have not ended.
  package func hasOpen(_ most: Int) -> Bool {
    known.count >= most && known.values.count { !$0.stage.hasEnded } >= most
  }

  package func sorted(_ isWanted: (AgencyCase) -> Bool) -> [AgencyCase] {
    known.values.filter(isWanted).sorted {
      ($0.entrusted.on, $0.entrusted.number.description) < ($1.entrusted.on, $1.entrusted.number.description)
    }
  }

  /// The agency case that a case of the town belongs to.
  package func ofTownCase(_ code: PublicCode) -> AgencyCase? { known.values.first { $0.townCase == code } }

  /// Half-years whose key something here still needs.
  package var halfYears: Set<HalfYear> {
    var halves: Set<HalfYear> = []
    for one in known.values {
      halves.insert(one.entrusted.principal.half)
      halves.formUnion([one.end?.reason, one.renewal?.reason].compactMap { $0?.half })
    }
    return halves
  }

  /// An agency case that ended leaves after as many days as a case does.
  mutating func openDay(_ date: CivilDate, keeping days: Int?) {
    known = known.filter {
      $0.value.endedOn.map { $0.adding(days: days ?? CasesState.daysKept) >= date } ?? true
        || !$0.value.stage.hasEnded
    }
    known.dropOldest(toKeep: StateBounds.agencyCases) { $0.stage.hasEnded ? $0.endedOn : nil }
    batches = batches.filter { $0.value.cases.contains { known[$0] != nil } }
    if let oldest = ordinals.keys.sorted().dropLast(2).last { ordinals = ordinals.filter { $0.key > oldest } }
  }

  mutating func note(_ number: CaseNumber) {
    let last = ordinals[number.date]?[number.kind] ?? 0
    ordinals[number.date, default: [:]][number.kind] = max(last, number.ordinal)
  }
}

/// A month's agency cases (上报).
package struct AgencyCounts: Hashable, Sendable {
  package var entrusted = 0
  package var taken = 0
  package var declined = 0
  package var handedIn = 0
  package var delivered = 0
  package var filed = 0
  package var ended = 0
  /// Principals who were reached.
  package var asked = 0
  /// Of those, very satisfied, satisfied or basically satisfied.
  package var satisfied = 0
  /// Steps that were taken after their day.
  package var late = 0

  package init() {}
}

/// 上报: what a month's agency cases were. The clock reports it as the first day of another month is opened.
package struct AgencyReported: Hashable, Sendable {
  /// The first day of the month.
  package let month: CivilDate
  package let counts: AgencyCounts

  package init(month: CivilDate, counts: AgencyCounts) {
    self.month = month
    self.counts = counts
  }
}
