import Hall
import YAMLDocuments

/// `agency:` how many of the principals of agency cases (代办件) are asked afterwards.
struct AgencySection {
  private let top: YAMLTable

  init(_ top: YAMLTable) { self.top = top }

  /// - Parameter agents: badges of the staff who are agents.
  func read(agents: [String]) -> AgencyRule {
    var rule = AgencyRule(agents: Set(agents))
    guard let section = top.table("agency", required: false) else { return rule }
    defer { section.refuseUnknown() }
    if let share = section.integer("ask_percent", in: 0...100) { rule.asked = share }
    return rule
  }
}
