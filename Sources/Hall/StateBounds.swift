/// Upper bounds of what the state keeps beyond a business day.
///
/// With the limits of the slices (docs/DATA.md) they bound the memory, the snapshot and the time of a start, however long
/// a hall has been open. What leaves the state is still in the journal.
package enum StateBounds {
  /// Notices of earlier days: some four times what a busy town gives in `NoticeState.daysKept`.
  package static let notices = 50_000
  /// Cases when a business day opens, open ones included. Above it, the cases that ended first leave before the days for
  /// which they are kept are over.
  package static let cases = CaseRule.most
  /// The same for agency cases.
  package static let agencyCases = AgencyRule.most
}

extension Dictionary where Key == PublicCode {
  /// Removes the oldest values until `most` are left.
  ///
  /// - Parameters:
  ///   - most: the number of values that may stay.
  ///   - age: the sort key, smallest for the oldest; nil for values that always stay.
  mutating func dropOldest<Age: Comparable>(toKeep most: Int, by age: (Value) -> Age?) {
    let surplus = count - most
    guard surplus > 0 else { return }
    let leaving = compactMap { code, value in age(value).map { ($0, code) } }
      .sorted { ($0.0, $0.1.bits) < ($1.0, $1.1.bits) }
      .prefix(surplus)
    for (_, code) in leaving { self[code] = nil }
  }
}
