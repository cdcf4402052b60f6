import Hall
import YAMLDocuments

/// Parses a time limit: `{n, unit, excludes, raw}`.
///
/// `none`, or `{n: 0, unit: none, raw: …}`, means that the law sets no limit. null means that the limit is not known.
struct LimitParser {
  private let table: YAMLTable
  private let key: String
  private var log: FaultLog { table.log }

  init(_ table: YAMLTable, _ key: String) {
    self.table = table
    self.key = key
  }

  func limit(required: Bool) -> TimeLimit? {
    if !required, case .scalar("none", quoted: false)? = table.node(key)?.content {
      let limit = TimeLimit(count: 0, unit: .notSet)
      agree(with: limit)
      return limit
    }
    let limit = table.table(key, required: required).flatMap { read($0, mayBeNone: !required) }
    // A limit that could not be parsed has its own fault.
    if limit != nil || table.node(key) == nil { agree(with: limit) }
    return limit
  }

  /// - Parameter mayBeNone: false for a promise, which always has a limit.
  private func read(_ entry: YAMLTable, mayBeNone: Bool) -> TimeLimit? {
    let units: [LimitUnit] = [.immediate] + LimitUnit.counted + (mayBeNone ? [.notSet] : [])
    let unit = entry.choice("unit", of: units)
    let count = entry.integer("n", in: 0...3650, required: true)
    let excludes = entry.texts("excludes", atMost: 20)
    let wording = entry.text("raw", required: false, atMost: 120)
    entry.mentionUnknown()
    guard let unit, let count else { return nil }
    if unit == .immediate, count != 0 {
      log.fault(
        entry.location(of: "n"), "\(count) with the unit immediate", "write 0, or another unit",
        zh: "即时办结却写了 \(count)：写 0，或换单位")
    } else if unit == .notSet, count != 0 {
      log.fault(
        entry.location(of: "n"), "\(count) with the unit none", "write 0, or the unit of the limit",
        zh: "法律未规定期限却写了 \(count)：写 0，或写期限的单位")
    } else if LimitUnit.counted.contains(unit), count == 0 {
      log.fault(
        entry.location(of: "n"), "0 with the unit \(unit.rawValue)", "write `unit: immediate` for 即时办结",
        zh: "时限是 0：即时办结写 unit: immediate")
    }
    return TimeLimit(count: count, unit: unit, excludes: excludes, wording: wording)
  }

  /// Official lists repeat a limit in working days; then both must agree.
  private func agree(with limit: TimeLimit?) {
    let other = key + "_working_days"
    guard table.node(other) != nil, let days = table.integer(other, in: 0...3650) else { return }
    let said: Int? = limit.flatMap { $0.unit == .workingDay || $0.unit == .immediate ? $0.count : nil }
    if said != days {
      log.fault(
        table.location(of: other),
        "\(days) working days beside a `\(key)` of \(said.map { "\($0)" } ?? "another unit")",
        "let both say the same, or take this line out",
        zh: "\(days) 个工作日与 \(table.name(of: key)) 不一致：两处写成一样，或去掉这一行")
    }
  }
}
