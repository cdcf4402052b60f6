package import Groundwork
package import Hall
import Ports

/// The steps of cases in a scenario: 收件, and 办件 with the name of a case (件1 is the first) and a verb.
package enum CaseScenario {
  package struct Opening: Sendable {
    package let item: String
    package let badge: String
    /// The papers that were handed in, by material.
    package let papers: [CasePaper]
    /// 村 and the date on which the station took them.
    package let receivedOn: CivilDate?
    /// Whose matter it is.
    package let name: String
  }

  package enum Verb: Sendable {
    case correct([CorrectionLine], hasReason: Bool)
    case serve(ServingWay, witnesses: [String], byHand: Bool)
    case papers([CasePaper], isComplete: Bool)
    case accept
    case propose(RefusalGround)
    case refuse
    case withdraw
    case forward(String)
    case confirm
    case pause(String, from: CivilDate?)
    case resume
    case extend(Int)
    case decide(CaseOutcome)
    case ready(String)
    case collect(CaseBearer, CollectionProof)
    case send(SendingWay)
    case redirect
    case show
    /// A verb of `CaseScenario+Later.swift`.
    case later(Later)
  }

  /// 收件 AJ001 NY-001 甲=原件1 乙=复印件2 村 2026-11-20 姓名 演示员甲.
  static func opening(_ words: [String]) -> Opening? {
    guard words.count >= 2 else { return nil }
    var rest = Array(words.dropFirst(2))
    var receivedOn: CivilDate?
    if let index = rest.firstIndex(of: "村"), index + 1 < rest.count {
      guard let date = CivilDate(rest[index + 1]) else { return nil }
      receivedOn = date
      rest.removeSubrange(index...index + 1)
    }
    var name = "演示员甲"
    if let index = rest.firstIndex(of: "姓名"), index + 1 < rest.count {
      name = rest[index + 1]
      rest.removeSubrange(index...index + 1)
    }
    guard let papers = papers(rest) else { return nil }
    return Opening(item: words[1], badge: words[0], papers: papers, receivedOn: receivedOn, name: name)
  }

  /// 办件 件1 AJ001 受理.
  static func step(_ words: [String]) -> (name: String, badge: String, verb: Verb)? {
    guard words.count >= 3 else { return nil }
    var rest = Array(words.dropFirst(3))
    var kiosk: String?
    if words[2] != "补打", let index = rest.firstIndex(of: "在"), index + 1 < rest.count {
      kiosk = rest[index + 1]
      rest.removeSubrange(index...index + 1)
    }
    guard let verb = verb(words[2], rest) else { return nil }
    return (words[0], words[1], kiosk.map { .later(.at($0, verb)) } ?? verb)
  }

  private static func verb(_ word: String, _ rest: [String]) -> Verb? {
    switch word {
    case "告知": return lines(rest.filter { $0 != "原因" }).map { .correct($0, hasReason: rest.contains("原因")) }
    case "送达": return serving(rest)
    case "补交":
      guard let last = rest.last, ["齐", "不齐"].contains(last) else { return nil }
      return papers(rest.dropLast()).map { .papers($0, isComplete: last == "齐") }
    case "受理": return .accept
    case "拟不予受理": return .propose(rest.first == "其他" ? .other : .notNeeded)
    case "不予受理": return .refuse
    case "撤回": return .withdraw
    case "流转": return rest.first.map { .forward($0) }
    case "接收": return .confirm
    case "暂停计时": return rest.first.map { .pause($0, from: rest.dropFirst().first.flatMap { CivilDate($0) }) }
    case "恢复计时": return .resume
    case "延长": return rest.first.flatMap { Int($0) }.map { .extend($0) }
    case "办结": return .decide(rest.first == "不予" ? .denied : .granted)
    case "上架": return rest.first.map { .ready($0) }
    case "领取":
      let bearers: [String: CaseBearer] = ["本人": .oneself, "亲属": .relative, "代办员": .agent]
      let proofs: [String: CollectionProof] = ["身份证": .card, "凭证": .receipt, "委托": .proxy]
      guard rest.count == 2, let by = bearers[rest[0]], let shown = proofs[rest[1]] else { return nil }
      return .collect(by, shown)
    case "寄送": return .send(.post)
    case "电子送达": return .send(.electronic)
    case "转其他机关": return .redirect
    case "看": return .show
    default: return later(word, rest).map { .later($0) }
    }
  }

  private static func serving(_ rest: [String]) -> Verb? {
    let ways: [String: ServingWay] = ["签收": .signed, "拒签": .refusedToSign, "代办签收": .agentSigned, "邮寄": .posted]
    guard let way = rest.first.flatMap({ ways[$0] }) else { return nil }
    return .serve(
      way, witnesses: rest.dropFirst().filter { $0 != "手递" }, byHand: rest.contains("手递"))
  }

  /// 户口簿=缺少,看不清; 清单外=缺少 is a line that the list does not have.
  static func lines(_ words: [String]) -> [CorrectionLine]? {
    var lines: [CorrectionLine] = []
    for word in words {
      let parts = word.split(separator: "=").map(String.init)
      guard parts.count == 2 else { return nil }
      let reasons = parts[1].split(separator: ",").compactMap { word in
        CorrectionReason.allCases.first { $0.chinese == word || $0.chinese.hasPrefix(word) }
      }
      lines.append(CorrectionLine(material: parts[0] == "清单外" ? nil : parts[0], reasons: reasons))
    }
    return lines
  }

  /// 户口簿=原件1, 申请书=复印件2, 身份证=核对.
  private static func papers(_ words: some Sequence<String>) -> [CasePaper]? {
    var papers: [CasePaper] = []
    for word in words {
      let parts = word.split(separator: "=").map(String.init)
      guard parts.count == 2 else { return nil }
      if parts[1] == "核对" {
        papers.append(CasePaper(material: parts[0], isSeen: true))
      } else if parts[1].hasPrefix("复印件"), let count = Int(parts[1].dropFirst(3)) {
        papers.append(CasePaper(material: parts[0], copies: count))
      } else if parts[1].hasPrefix("原件"), let count = Int(parts[1].dropFirst(2)) {
        papers.append(CasePaper(material: parts[0], originals: count))
      } else {
        return nil
      }
    }
    return papers
  }

  /// A text that nobody can open: scenarios on the core have no keys.
  static let sealed = SealedCaseText("2026H2:" + String(repeating: "5e", count: 64))

  /// Another such text, for the applicant's heir.
  static let heir = SealedCaseText("2026H2:" + String(repeating: "6f", count: 64))

  /// As somebody typed them at the window.
  static func applicant(_ opening: Opening) throws(ApplicantText.Fault) -> Applicant {
    try ApplicantText.applicant(name: opening.name, number: nil, phone: nil, bearer: nil)
  }

  static func command(_ opening: Opening, at now: Timestamp) -> OpenCase {
    let half = HalfYear(ZoneOffset.beijing.civil(now).date)
    guard let sealed = SealedCaseText("\(half):" + String(repeating: "5e", count: 64)) else {
      preconditionFailure("it has the length of a box")
    }
    var open = OpenCase(item: opening.item, applicant: sealed)
    open.papers = opening.papers
    open.receivedOn = opening.receivedOn
    return open
  }

  /// Nil for a look.
  ///
  /// - Parameter isTold: a pause or an extension was handed over.
  static func step(_ verb: Verb, isTold: Bool = true) -> CaseStep? {
    guard let sealed else { return nil }
    switch verb {
    case .correct(let lines, let hasReason):
      var issue = IssueCorrection(lines: lines)
      issue.secondReason = hasReason ? sealed : nil
      return .issueCorrection(issue)
    case .serve(let way, let witnesses, let byHand): return .serve(way, witnesses: witnesses, byHand: byHand)
    case .papers(let papers, let isComplete): return .takePapers(papers, isComplete: isComplete)
    case .accept: return .accept(isImmediate: false, owedBy: nil)
    case .propose(let ground):
      return .proposeRefusal(ground, article: "行政许可法第三十二条", text: sealed, told: nil)
    case .refuse: return .refuse(returnsOriginals: true)
    case .withdraw: return .withdraw(returnsOriginals: true)
    case .forward(let department): return .forward(department: department, materials: [], kept: [])
    case .confirm: return .confirm(differs: [])
    case .pause(let stage, let from):
      return .pause(
        PauseCase(stage: stage, from: from, expectedDays: 7, isTold: isTold, reason: from == nil ? nil : "补录"))
    case .resume: return .resume(to: nil)
    case .extend(let count):
      return .extend(count: count, .workingDay, head: "局长", reason: "情况复杂", article: "行政许可法第四十二条", isTold: isTold)
    case .decide(let outcome): return .decide(outcome, results: [])
    case .ready(let location): return .makeReady(location: location)
    case .collect(let by, let shown): return .collect(by, shown: shown, isSigned: true, returnsOriginals: true)
    case .send(let way): return .send(way, reference: nil, returnsOriginals: true)
    case .redirect: return .redirect(organ: "区规划局", address: "一号", phone: "12345", returnsOriginals: true)
    case .show, .later: return nil
    }
  }

  /// What a case looks like in a scenario: 件1 已受理 2026-11-30 最迟 2026-12-14.
  package static func words(_ one: Case, _ name: String) -> String {
    words(
      name, stage: one.stage.rawValue, isPaused: one.isPaused, acceptedOn: one.acceptedOn?.description,
      tellBy: one.tellBy.date.description, printed: one.due.date?.raw.description)
  }

  package static func words(
    _ name: String, stage: String, isPaused: Bool, acceptedOn: String?, tellBy: String, printed: String?
  ) -> String {
    var words = [name, CaseStage(rawValue: stage)?.chinese ?? stage]
    if isPaused { words.append("暂停中") }
    if let acceptedOn {
      words += ["受理", acceptedOn]
      if let printed { words += ["最迟", printed] }
    } else if stage == "received" || stage == "correcting" {
      words += ["最迟", tellBy, "告知"]
    }
    return words.joined(separator: " ")
  }

  package static let refusals = [
    "case_is": "办件不在这一步", "not_told": "还没有告知到", "own_proposal": "不能批自己提的", "not_approver": "不是审批人",
    "no_approver": "没有审批人", "papers_missing": "材料不齐", "material_not_listed": "清单里没有这份材料", "second_notice": "二次告知要写原因",
    "originals_open": "原件还没有退还", "paused": "计时暂停中", "stage_not_excluded": "这个环节不能停计时", "bad_case_date": "日期不对",
    "reason_needed": "要写明原因", "already_extended": "已经延长过", "proxy_needed": "要有委托", "not_served_here": "本窗口不办这件事",
    "not_entrusted": "没有委托受理", "second_badge_needed": "要第二个人", "unknown_case": "没有这个办件", "owed": "还欠材料",
    "staff_only": "由工作人员办", "shared_material": "系统能查的不用交",
    "not_at_work": "没有签到", "too_late_to_undo": "过了撤销时间", "not_overdue": "还没有超期", "bad_correction": "更正的内容不对",
    "unknown_paper": "没有这张单子", "bad_applicant": "姓名不对", "no_time_limit": "没写时限",
  ]
}
