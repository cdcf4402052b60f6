/// A legal or promised time limit (法定时限, 承诺时限).
package struct TimeLimit: Hashable, Sendable, Codable {
  /// 0 when `unit` is immediate or none.
  package let count: Int
  package let unit: LimitUnit
  /// Stages that are not counted (公示, 评议 …).
  package let excludes: [String]
  /// The wording of the source.
  package let wording: String?

  package init(count: Int, unit: LimitUnit, excludes: [String] = [], wording: String? = nil) {
    self.count = count
    self.unit = unit
    self.excludes = excludes
    self.wording = wording
  }
}
