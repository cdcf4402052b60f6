import Groundwork
import Hall
import Ports
import YAMLDocuments

/// `staff:` who may sign in.
struct StaffSection {
  private let top: YAMLTable
  private let sealing: any Sealing
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable, sealing: any Sealing) {
    self.top = top
    self.sealing = sealing
  }

  func staff() -> [StaffSettings] {
    var badges: Set<String> = []
    var coordinators = 0
    let staff = top.tables("staff", required: true, atMost: 200).compactMap { entry -> StaffSettings? in
      defer { entry.refuseUnknown() }
      let badge = badge(entry)
      let name = entry.text("name", atMost: 30)
      let role = entry.choice("role", of: StaffSettings.Role.allCases)
      if role == .coordinator { coordinators += 1 }
      let hash = secretHash(entry)
      let isFirst = entry.flag("first_secret") ?? false
      let issue = entry.integer("badge_issue", in: BadgeCode.issues) ?? 1
      let terms = terms(entry)
      let showsName = entry.flag("display_name") ?? false
      let isPartyMember = entry.flag("party_member") ?? false
      guard let badge, let name, let role, let hash else { return nil }
      if !badges.insert(badge).inserted {
        log.fault(
          entry.location(of: "badge"), "two people have the badge \(badge)", "give each their own",
          zh: "两个人的工号都是 \(badge)：各写各的")
      }
      return StaffSettings(
        badge: badge, name: name, role: role, secretHash: hash, isFirstSecret: isFirst, badgeIssue: issue,
        terms: terms, showsName: showsName, isPartyMember: isPartyMember)
    }
    checkNumber(ofCoordinators: coordinators)
    checkCost(of: staff)
    return staff
  }

  /// `attendance:` and when everybody works, for what the hall derives of attendance (考勤).
  func staffing(_ staff: [StaffSettings]) -> Staffing {
    var staffing = Staffing()
    if let section = top.table("attendance", required: false) {
      staffing.graceMinutes = section.integer("grace_minutes", in: 0...60) ?? staffing.graceMinutes
      section.refuseUnknown()
    }
    staffing.terms = Dictionary(staff.map { ($0.badge, $0.terms) }, uniquingKeysWith: { first, _ in first })
    return staffing
  }

  /// `sign_in: badge_only`, or `secret` as where it is left out.
  func opensByBadge() -> Bool {
    top.choice("sign_in", of: SignInRule.allCases, required: false) == .badgeOnly
  }

  private enum SignInRule: String, CaseIterable {
    case secret
    case badgeOnly = "badge_only"
  }

  /// `from`, `until`, and `part_time: [1]`: the sessions of each day.
  private func terms(_ entry: YAMLTable) -> Staffing.Terms {
    var terms = Staffing.Terms(from: date("from", entry), until: date("until", entry))
    if let from = terms.from, let until = terms.until, until < from {
      log.fault(
        entry.location(of: "until"), "`until` is before `from`", "write the first and the last day of work",
        zh: "最后一天（until）早于第一天（from）：核对日期")
    }
    guard let sessions = entry.list("part_time", atMost: 8) else { return terms }
    let numbers = sessions.compactMap { node -> Int? in
      guard case .scalar(let text, quoted: false) = node.content else { return nil }
      return Int(text).flatMap { (1...8).contains($0) ? $0 : nil }
    }
    if numbers.count != sessions.count || numbers.isEmpty {
      log.fault(
        entry.location(of: "part_time"), "`part_time` names no sessions",
        "write the numbers of the day's sessions: [1] is the first",
        zh: "非全日的场次（part_time）不对：写每天上班的是第几场，第一场是 1，例如 [1]")
    }
    terms.sessions = Set(numbers)
    return terms
  }

  private func date(_ key: String, _ entry: YAMLTable) -> CivilDate? {
    guard let text = entry.text(key, required: false, atMost: 10) else { return nil }
    if let date = CivilDate(text) { return date }
    log.fault(
      entry.location(of: key), "`\(key)` is no date", "write it in quotes, as '2026-12-01'",
      zh: "日期（\(key)）不对：加引号写成 '2026-12-01'")
    return nil
  }

  /// Warns of hashes that an earlier release made: they are valid, but guessing them costs less.
  private func checkCost(of staff: [StaffSettings]) {
    let badges = staff.filter { sealing.isOfLowerCost($0.secretHash) }.map(\.badge)
    guard !badges.isEmpty else { return }
    log.warn(
      top.location(of: "staff"),
      "hashes of an earlier release, which are guessed sooner: \(badges.joined(separator: ", "))",
      "let these people change their secret at the window's page, or make new ones with `yichuangctl hash-secret`",
      zh: "这些人的口令摘要（secret_hash）是旧版本生成的，较容易被猜出：\(badges.joined(separator: "、"))："
        + "请他们在窗口页面改口令，或用 yichuangctl hash-secret 重新生成")
  }

  /// A town's hall has one or two coordinators (铜府办〔2023〕32号 二（二）).
  private func checkNumber(ofCoordinators count: Int) {
    let location = top.location(of: "staff")
    if count == 0 {
      log.warn(
        location, "no coordinator: nobody can confirm a day",
        "give one or two of the staff `role: coordinator` (铜府办〔2023〕32号 二（二）)",
        zh: "没有统筹人员，无人能确认开闭营业日：给 1—2 名工作人员写上 role: coordinator（铜府办〔2023〕32号 二（二））")
    } else if count > 2 {
      log.warn(
        location, "\(count) coordinators, where one or two are provided for",
        "leave `role: coordinator` to one or two (铜府办〔2023〕32号 二（二）)",
        zh: "统筹人员有 \(count) 名，规定是 1—2 名：只给 1—2 人保留 role: coordinator（铜府办〔2023〕32号 二（二））")
    }
  }

  private func badge(_ entry: YAMLTable) -> String? {
    guard let badge = entry.text("badge", atMost: 16) else { return nil }
    guard badge.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      log.fault(
        entry.location(of: "badge"), "the badge “\(badge)”", "write letters and digits, as its barcode says",
        zh: "工号“\(badge)”不对：只用字母和数字，与工作证条码一致")
      return nil
    }
    return badge
  }

  /// `scrypt$ln=15,r=8,p=3$salt$hash`.
  private func secretHash(_ entry: YAMLTable) -> String? {
    guard let hash = entry.secret("secret_hash", atMost: 300, of: entry.text("badge", required: false)) else {
      return nil
    }
    let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "scrypt", parts[1].hasPrefix("ln="), parts.allSatisfy({ !$0.isEmpty }) else {
      // The value is not in the message, because it may be the secret.
      log.fault(
        entry.location(of: "secret_hash"), "`secret_hash` is not a hash of a secret",
        "make one with `yichuangctl hash-secret`; the secret itself never stands in this file",
        zh: "口令摘要（secret_hash）不对：用 yichuangctl hash-secret 生成；口令本身不能写在这个文件里")
      return nil
    }
    return hash
  }
}
