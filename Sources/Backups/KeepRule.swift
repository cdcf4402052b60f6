import Groundwork

/// Which archives of a hall are kept: the newest of each of the last days, weeks and months that have one.
///
/// It counts days that have an archive, not days of the calendar. A clock that runs ahead, or a hall that was closed for weeks,
/// therefore removes nothing by itself.
package struct KeepRule: Hashable, Sendable {
  /// Each 1 to 366.
  package let daily: Int
  package let weekly: Int
  package let monthly: Int

  package init(daily: Int = 14, weekly: Int = 8, monthly: Int = 12) {
    self.daily = daily
    self.weekly = weekly
    self.monthly = monthly
  }

  /// The archives that may be removed.
  ///
  /// - Parameters:
  ///   - names: all of one hall.
  ///   - new: the one that was just verified. It is always kept, even where its time is earlier than the others'.
  package func surplus(_ names: [ArchiveName], new: ArchiveName) -> [ArchiveName] {
    let newestFirst = names.sorted(by: >)
    var kept: Set<ArchiveName> = [new]
    for (count, period) in [(daily, day), (weekly, week), (monthly, month)] {
      var seen: Set<Int> = []
      for name in newestFirst where seen.count < count {
        if seen.insert(period(name.date)).inserted { kept.insert(name) }
      }
    }
    return newestFirst.filter { !kept.contains($0) }
  }

  private func day(_ date: CivilDate) -> Int { date.daysSinceEpoch }
  /// Weeks begin on Monday; 1970-01-01 was a Thursday.
  private func week(_ date: CivilDate) -> Int { (date.daysSinceEpoch + 3) / 7 }
  private func month(_ date: CivilDate) -> Int { date.parts.year * 12 + date.parts.month }
}
