/// What a time limit is counted in.
package enum LimitUnit: String, Sendable, Codable {
  case immediate, workingDay = "working_day", naturalDay = "natural_day", month
  /// 法律未规定期限: no law, regulation or rule sets a limit. Only for a legal limit.
  case notSet = "none"

  /// The units in which days are counted: a limit in one of them has a due date.
  package static let counted: [LimitUnit] = [.workingDay, .naturalDay, .month]

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
