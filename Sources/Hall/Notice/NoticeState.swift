package import Groundwork

/// Issued notices. They outlive the business day, because residents return with the slip.
package struct NoticeState: Sendable, Equatable {
  /// Notices of the open day and the day before.
  package var recent: [PublicCode: Notice] = [:]
  /// Notices of earlier days, which are only looked up by code.
  package var old: [PublicCode: Notice] = [:]
  /// The last ordinal issued on each date.
  package var ordinals: [CivilDate: Int] = [:]

  package init() {}

  /// Days for which a notice's code opens it, as long as no more than `StateBounds.notices` are kept.
  package static let daysKept: Int64 = 180

  /// A notice of the open day or the day before.
  package subscript(code: PublicCode) -> Notice? { recent[code] }

  /// A notice by its code, also one of an earlier day.
  package func notice(_ code: PublicCode) -> Notice? { recent[code] ?? old[code] }

  /// What was issued before `moment` is only looked up, and is dropped after `daysKept`.
  mutating func forget(issuedBefore moment: Timestamp) {
    let tooOld = moment.adding(seconds: -Self.daysKept * 86_400)
    old = old.filter { $0.value.issuedAt >= tooOld }
    for (code, notice) in recent where notice.issuedAt < moment { old[code] = notice }
    recent = recent.filter { $0.value.issuedAt >= moment }
    old.dropOldest(toKeep: StateBounds.notices, by: \.issuedAt)
    if let oldest = ordinals.keys.sorted().dropLast(2).last { ordinals = ordinals.filter { $0.key > oldest } }
  }
}
