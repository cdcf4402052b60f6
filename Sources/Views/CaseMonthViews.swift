import Groundwork
package import Hall

/// The cases of a month in figures, for coordinators: trips, what was missing, and whether a one-time notice helped.
///
/// They contain no person. Groups of fewer cases than `CaseMonth.fewest` are not shown separately.
package struct CaseMonthViews: Sendable {
  private let rules: HallRules
  private let month: CalendarMonth
  private let items: [(code: String, name: String, tally: CaseTally)]

  package init(_ state: HallState, _ rules: HallRules, _ month: CalendarMonth) {
    self.rules = rules
    self.month = month
    items = (state.cases.months[month]?.items ?? [:]).sorted { $0.key < $1.key }
      .map { ($0.key, rules.catalogue.item($0.key)?.name ?? $0.key, $0.value) }
  }

  /// A cause with its count, over all items.
  private struct Cause {
    let item: String
    let name: String
    let material: String?
    let reason: CorrectionReason
    let count: Int
    /// Whether the list of today's catalogue has it. If so, residents did not understand the notice; if not, the list is
    /// wrong.
    let isListed: Bool
  }

  /// The most causes that are listed.
  private static let mostCauses = 10

  private var causes: [Cause] {
    items.flatMap { item in
      let listed = Set(rules.catalogue.item(item.code)?.materials.map(\.name) ?? [])
      return item.tally.causes.map { cause in
        Cause(
          item: item.code, name: item.name, material: cause.key.material, reason: cause.key.reason, count: cause.value,
          isListed: cause.key.material.map(listed.contains) ?? false)
      }
    }.sorted {
      ($1.count, $0.item, $0.material ?? "", $0.reason.rawValue)
        < ($0.count, $1.item, $1.material ?? "", $1.reason.rawValue)
    }
  }

  private var whole: CaseTally {
    items.reduce(into: CaseTally()) { sum, item in
      sum.decided += item.tally.decided
      sum.prepared += item.tally.prepared
      sum.preparedCorrected += item.tally.preparedCorrected
      sum.corrected += item.tally.corrected
      sum.trips += item.tally.trips
      sum.avoidable += item.tally.avoidable
    }
  }

  package func json(into json: inout JSONText) {
    let whole = whole
    json.object { json in
      json.field("month", month.description)
      json.object("total") { tally(whole, into: &$0) }
      json.array("items", items.filter { $0.tally.decided >= CaseMonth.fewest }) { json, item in
        json.object { json in
          json.field("item", item.code)
          json.field("item_name", item.name)
          tally(item.tally, into: &json)
        }
      }
      json.field("few", items.count { (1..<CaseMonth.fewest).contains($0.tally.decided) })
      json.array("causes", Array(causes.prefix(Self.mostCauses))) { json, cause in
        json.object { json in
          json.field("item", cause.item)
          json.field("item_name", cause.name)
          json.field("material", cause.material)
          json.field("reason", cause.reason.rawValue)
          json.field("reason_word", cause.reason.chinese)
          json.field("count", cause.count)
          json.field("listed", cause.isListed)
        }
      }
    }
  }

  private func tally(_ tally: CaseTally, into json: inout JSONText) {
    json.field("decided", tally.decided)
    json.field("trips", tally.trips)
    json.field("avoidable", tally.avoidable)
    json.field("corrected", tally.corrected)
    json.field("prepared", tally.prepared)
    // Shares in whole per cent; null where there were too few cases.
    json.field("prepared_straight", Self.share(tally.prepared - tally.preparedCorrected, of: tally.prepared))
    let others = tally.decided - tally.prepared
    json.field(
      "unprepared_straight", Self.share(others - (tally.corrected - tally.preparedCorrected), of: others))
  }

  /// Whole per cent; nil of fewer than `CaseMonth.fewest`.
  private static func share(_ part: Int, of whole: Int) -> Int? {
    whole < CaseMonth.fewest ? nil : (part * 100 + whole / 2) / whole
  }

  /// CSV in UTF-8 with its byte order mark: a line for each item, then a line for each cause.
  package var csv: [UInt8] {
    var lines = [["月份", "事项", "名称", "办结", "到场次数", "可免次数", "有补正", "带告知单来", "带单一次办成%", "未带单一次办成%"]]
    func row(_ code: String, _ name: String, _ tally: CaseTally) -> [String] {
      let others = tally.decided - tally.prepared
      let straight = Self.share(tally.prepared - tally.preparedCorrected, of: tally.prepared)
      let other = Self.share(others - (tally.corrected - tally.preparedCorrected), of: others)
      let counts = [tally.decided, tally.trips, tally.avoidable, tally.corrected, tally.prepared].map { String($0) }
      return [month.description, code, name] + counts + [straight, other].map { $0.map { String($0) } ?? "" }
    }
    for item in items {
      guard item.tally.decided >= CaseMonth.fewest else {
        if item.tally.decided > 0 { lines.append([month.description, item.code, item.name, "少于 5 件，不列"]) }
        continue
      }
      lines.append(row(item.code, item.name, item.tally))
    }
    lines.append(row("", "合计", whole))
    lines.append([])
    lines.append(["月份", "事项", "名称", "材料", "补正原因", "条数", "告知单里有"])
    for cause in causes {
      lines.append([
        month.description, cause.item, cause.name, cause.material ?? "清单外", cause.reason.chinese, String(cause.count),
        cause.isListed ? "有" : "没有",
      ])
    }
    let text = lines.map { $0.map(AttendanceViews.cell).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
  }
}
