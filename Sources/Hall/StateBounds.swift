/// How much of what outlives business days the state keeps at the most.
///
/// However long a hall has been open and whatever people do at it, its memory, its snapshot and the time of a start are
/// bounded by these and by the limits of the slices (docs/DATA.md). What leaves is still in the journal.
package enum StateBounds {
  /// Notices of earlier days: some four times what a busy town gives in `NoticeState.daysKept`.
  package static let notices = 50_000
  /// Cases when a business day opens, the open ones among them: of those that ended the oldest leave before their days
  /// are over.
  package static let cases = CaseRule.most
  /// The same of agency cases.
  package static let agencyCases = AgencyRule.most
}

extension Dictionary where Key == PublicCode {
  /// Lets the oldest go, until so many are left.
  ///
  /// - Parameters:
  ///   - most: how many may stay.
  ///   - age: what orders them, the oldest first; nil for those that stay in any case.
  mutating func dropOldest<Age: Comparable>(toKeep most: Int, by age: (Value) -> Age?) {
    let surplus = count - most
    guard surplus > 0 else { return }
    let leaving = compactMap { code, value in age(value).map { ($0, code) } }
      .sorted { ($0.0, $0.1.bits) < ($1.0, $1.1.bits) }
      .prefix(surplus)
    for (_, code) in leaving { self[code] = nil }
  }
}
