/// A legal or promised time limit (法定时限, 承诺时限).
package struct TimeLimit: Hashable, Sendable, Codable {
  package enum Unit: String, Sendable, Codable {
    case immediate, workingDay = "working_day", naturalDay = "natural_day", month
    /// 法律未规定期限: no law, regulation or rule sets a limit. Only for a legal limit.
    case notSet = "none"
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
