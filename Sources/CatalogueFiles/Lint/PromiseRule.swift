import Groundwork
import Hall

/// Whether an item's promised limit ever ends later than its legal one.
///
/// Equal units are compared directly. Different units are counted from every working day of the calendar's last year,
/// because ten working days may end after fifteen natural days around a long holiday, and before them at any other time.
/// If only the legal limit excludes stages, it is extended by an unknown time, and nothing is reported.
struct PromiseRule: Hashable {
  let legal: TimeLimit
  let promised: TimeLimit

  /// The problem in words.
  struct Fault {
    let english: String
    let chinese: String
  }

  /// Nil when there is no problem.
  ///
  /// - Parameter calendar: nil compares equal units only.
  func fault(_ calendar: WorkCalendar?) -> Fault? {
    guard promised.unit != .immediate, legal.unit != .notSet else { return nil }
    if legal.unit == .immediate || (legal.unit == promised.unit && promised.count > legal.count) {
      return Fault(english: "the promise is longer than the law allows", chinese: "承诺时限比法定时限长")
    }
    guard legal.unit != promised.unit, Set(legal.excludes).isSubset(of: promised.excludes), let calendar,
      let year = calendar.years.max()
    else { return nil }
    var days = 0
    var first: CivilDate?
    for date in Self.workingDays(of: year, calendar) {
      guard let promise = Self.due(promised, date, calendar), let law = Self.due(legal, date, calendar) else {
        continue
      }
      if promise > law {
        days += 1
        first = first ?? date
      }
    }
    guard let first else { return nil }
    return Fault(
      english: "the promise of \(words(promised)) ends later than the law's \(words(legal)) from \(days) day"
        + "\(days == 1 ? "" : "s") of \(year), \(first) the first",
      chinese: "\(year) 年有 \(days) 天（最早 \(first)）受理的，承诺的 \(promised.span)晚于法定的 \(legal.span)")
  }

  private func words(_ limit: TimeLimit) -> String { "\(limit.count) \(limit.unit.rawValue)s" }

  private static func workingDays(of year: Int, _ calendar: WorkCalendar) -> [CivilDate] {
    guard let first = CivilDate(year: year, month: 1, day: 1), let last = CivilDate(year: year, month: 12, day: 31)
    else {
      return []
    }
    return (first.daysSinceEpoch...last.daysSinceEpoch).map(CivilDate.init(daysSinceEpoch:))
      .filter(calendar.isWorkingDay)
  }

  /// Nil where the period extends into a year whose holidays are not known.
  private static func due(_ limit: TimeLimit, _ date: CivilDate, _ calendar: WorkCalendar) -> CivilDate? {
    if limit.unit == .immediate { return date }
    guard let due = try? DueDate.counting(limit.count, limit.unit, from: date, by: calendar), !due.provisional else {
      return nil
    }
    return due.raw
  }
}

/// A cache of compared limits. A catalogue has few different pairs, and counting through a year takes long.
final class PromiseCache {
  private var known: [PromiseRule: PromiseRule.Fault?] = [:]

  /// - Parameter calendar: the same at every call.
  func fault(_ rule: PromiseRule, _ calendar: WorkCalendar?) -> PromiseRule.Fault? {
    if let fault = known[rule] { return fault }
    let fault = rule.fault(calendar)
    known.updateValue(fault, forKey: rule)
    return fault
  }
}
