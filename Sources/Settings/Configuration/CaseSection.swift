import Hall
import YAMLDocuments

/// `cases:` the approvers of refusals, the departments with staff in the hall, and the promise to tell what is missing.
struct CaseSection {
  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  /// - Parameters:
  ///   - staff: badges that may sign in.
  ///   - catalogue: compared with the approvers when it could be loaded.
  func read(_ staff: [String], _ catalogue: Catalogue?) -> CaseRule {
    guard let section = top.table("cases", required: false) else { return CaseRule() }
    defer { section.refuseUnknown() }
    var rule = CaseRule()
    if let days = section.integer("correction_promise", in: ItemCorrection.counts) { rule.correctionPromise = days }
    if let word = section.text("suite", required: false, atMost: 8) {
      if let suite = CaseSuite(rawValue: word) {
        rule.suite = suite
      } else {
        log.fault(
          section.location(of: "suite"), "no suite is called \(word)", "write aes or sm4",
          zh: "没有叫 \(word) 的算法套件：写 aes 或 sm4")
      }
    }
    if let days = section.integer("kept_days", in: CaseRule.kept) { rule.keptDays = days }
    rule.remedyOrgan = section.text("remedy_organ", required: false, atMost: 40)
    for word in section.texts("unapproved", atMost: 4) {
      if let kind = CaseNumber.Kind(rawValue: word), CaseRule.papers.contains(kind) {
        rule.unapproved.insert(kind)
      } else {
        let known = CaseRule.papers.map(\.rawValue).joined(separator: ", ")
        log.fault(
          section.location(of: "unapproved"), "no paper of a case is called \(word)", "write some of \(known)",
          zh: "没有叫 \(word) 的文书：写 \(known) 里的")
      }
    }
    rule.backOffice = Set(section.texts("back_office", atMost: StaffMember.longestBadge))
    for badge in rule.backOffice.sorted() { check(badge, staff, section, "back_office") }
    rule.approvers = section.tables("approvers", atMost: 20).compactMap { entry in
      defer { entry.refuseUnknown() }
      let badge = entry.text("badge", atMost: StaffMember.longestBadge)
      let title = entry.text("title", atMost: 20)
      let scope = entry.texts("for", atMost: 30)
      guard let badge, let title else { return nil }
      check(badge, staff, entry, "badge")
      return CaseRule.Approver(badge: badge, title: title, scope: scope)
    }
    if let catalogue { checkApprovers(rule, catalogue, section) }
    return rule
  }

  private func check(_ badge: String, _ staff: [String], _ table: YAMLTable, _ key: String) {
    guard !staff.contains(badge) else { return }
    log.fault(
      table.location(of: key), "nobody of `staff` has the badge \(badge)", "write a badge of `staff`",
      zh: "工号 \(badge) 不在 staff 里：写 staff 里有的工号")
  }

  /// Warns of licences without an approver of refusals: their applications can only be accepted or corrected.
  private func checkApprovers(_ rule: CaseRule, _ catalogue: Catalogue, _ section: YAMLTable) {
    let without = catalogue.items.filter { $0.isLicence && rule.approvers(of: $0).isEmpty }.map(\.code)
    guard !without.isEmpty else { return }
    log.warn(
      section.location(of: "approvers"), "nobody decides about refusals of \(without.joined(separator: ", "))",
      "add an approver `for` it", zh: "\(without.joined(separator: "、")) 没有不予受理的审批人：在 approvers 里加一位")
  }
}
