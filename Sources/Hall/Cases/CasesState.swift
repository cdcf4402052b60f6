package import Groundwork

/// Cases that are open, and those that ended lately. They outlive business days.
package struct CasesState: Sendable, Equatable {
  /// At most `CaseRule.most` that are open.
  package var known: [PublicCode: Case] = [:]
  /// The last ordinal of each kind that was given on a date; two dates are kept.
  package var ordinals: [CivilDate: [CaseNumber.Kind: Int]] = [:]
  /// How the last months went.
  package var months: [CalendarMonth: CaseMonth] = [:]
  /// Lists of what went to a department together (交接清单), for `HandoverList.daysKept`.
  package var lists: [PublicCode: HandoverList] = [:]

  package init() {}

  package subscript(code: PublicCode) -> Case? { known[code] }

  /// Days for which a case that ended stays here, where the hall has not set others. Afterwards its code finds it in the journal.
  package static let daysKept = 60

  /// Those that have not ended, by the day of receipt, then by number.
  package var open: [Case] {
    // Sorts small keys, not cases: a case is a large value, and there may be thousands.
    let order = known.values.lazy.filter { !$0.stage.hasEnded }
      .map { ($0.opened.receivedOn, $0.opened.number.date, $0.opened.number.ordinal, $0.code.bits, $0.code) }
      .sorted { ($0.0, $0.1, $0.2, $0.3) < ($1.0, $1.1, $1.2, $1.3) }
    return order.compactMap { known[$0.4] }
  }

  /// Whether at least `most` have not ended.
  package func hasOpen(_ most: Int) -> Bool {
    known.count >= most && known.values.count { !$0.stage.hasEnded } >= most
  }

  /// Half-years whose key something here still needs.
  package var halfYears: Set<HalfYear> {
    var halves: Set<HalfYear> = []
    for one in known.values {
      halves.insert(one.opened.applicant.half)
      halves.insert(one.applicant.half)
      halves.formUnion(one.fixes.map(\.reason.half))
      halves.formUnion(one.furtherAsked.compactMap(\.text?.half))
      for paper in one.given {
        if case .caseRefused(let refused) = paper.event { halves.insert(refused.proposal.text.half) }
      }
      for correction in one.corrections {
        halves.formUnion(correction.lines.compactMap(\.text?.half))
        if let second = correction.second { halves.insert(second.reason.half) }
      }
      if let proposal = one.proposal { halves.insert(proposal.what.text.half) }
    }
    return halves
  }

  /// - Parameter days: for how many a case stays that ended, as long as no more than `StateBounds.cases` are known; nil:
  ///   `daysKept`.
  mutating func openDay(_ date: CivilDate, keeping days: Int?) {
    let days = days ?? Self.daysKept
    known = known.filter { $0.value.endedOn.map { $0.adding(days: days) >= date } ?? true }
    known.dropOldest(toKeep: StateBounds.cases, by: \.endedOn)
    lists = lists.filter { $0.value.issued.number.date.adding(days: HandoverList.daysKept) >= date }
    if let oldest = ordinals.keys.sorted().dropLast(2).last { ordinals = ordinals.filter { $0.key > oldest } }
  }

  mutating func note(_ number: CaseNumber) {
    let last = ordinals[number.date]?[number.kind] ?? 0
    ordinals[number.date, default: [:]][number.kind] = max(last, number.ordinal)
  }
}

/// How a hall handles cases.
package struct CaseRule: Hashable, Sendable {
  /// Who decides not to accept an application.
  package struct Approver: Hashable, Sendable {
    package let badge: String
    /// Their office, as printed: 分管领导.
    package let title: String
    /// Codes of items and queue groups; empty for all.
    package let scope: [String]

    package init(badge: String, title: String, scope: [String] = []) {
      self.badge = badge
      self.title = title
      self.scope = scope
    }
  }

  package var approvers: [Approver]
  /// Badges of the departments' people who confirm and decide themselves; others' acts are entered from signed sheets.
  package var backOffice: Set<String>
  /// Working days within which the hall promises to tell what is missing, where no law says so: 1...60.
  package var correctionPromise: Int
  /// Under which names, numbers and words are sealed from now on.
  package var suite = CaseSuite.aes
  /// To whom residents apply for reconsideration of the hall's decisions (行政复议机关), as printed; nil: in general words.
  package var remedyOrgan: String?
  /// Papers whose text the organ has not approved yet: none is printed.
  package var unapproved: Set<CaseNumber.Kind> = []
  /// Days for which a case or an agency case that ended stays in the state: `kept`.
  package var keptDays = CasesState.daysKept

  package init(approvers: [Approver] = [], backOffice: Set<String> = [], correctionPromise: Int = 5) {
    self.approvers = approvers
    self.backOffice = backOffice
    self.correctionPromise = correctionPromise
  }

  /// Open cases at the most.
  package static let most = 20_000
  /// Days that `keptDays` may be: two months, because a month's report counts what ended in it, to two years.
  package static let kept = 60...731
  /// The papers that a case can have.
  package static let papers = CaseNumber.Kind.allCases.filter { $0 != .agency && $0 != .batch }

  /// Who may decide about an item, in the order of the configuration.
  package func approvers(of item: Item) -> [Approver] { approvers(of: item.code, item.queueGroup) }

  package func approvers(of code: String, _ group: String?) -> [Approver] {
    approvers.filter { $0.scope.isEmpty || $0.scope.contains(code) || group.map($0.scope.contains) ?? false }
  }
}
