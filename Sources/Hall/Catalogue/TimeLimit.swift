/// A legal or promised time limit (法定时限, 承诺时限).
package struct TimeLimit: Hashable, Sendable, Codable {
  package enum Unit: String, Sendable, Codable {
    case immediate, workingDay = "working_day", naturalDay = "natural_day", month
    /// 法律未规定期限: no law, regulation or rule sets a limit. Only for a legal limit.
    case notSet = "none"

    /// The units in which days are counted: a limit in one of them has a due date.
    package static let counted: [Unit] = [.workingDay, .naturalDay, .month]

    /// 个工作日, behind its number; 即时办结 and 法律未规定期限 stand alone.
    package var words: String {
      switch self {
      case .immediate: "即时办结"
      case .workingDay: "个工作日"
      case .naturalDay: "日"
      case .month: "个月"
      case .notSet: "法律未规定期限"
      }
    }
  }

  /// 0 when `unit` is immediate or none.
  package let count: Int
  package let unit: Unit
  /// Stages that are not counted (公示, 评议 …).
  package let excludes: [String]
  /// The wording of the source.
  package let wording: String?

  package init(count: Int, unit: Unit, excludes: [String] = [], wording: String? = nil) {
    self.count = count
    self.unit = unit
    self.excludes = excludes
    self.wording = wording
  }
}
