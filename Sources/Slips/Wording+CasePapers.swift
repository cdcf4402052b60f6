import Groundwork
import Hall

/// Texts of the papers of a case after its receipt.
extension Wording {
  static let furtherSubtitle = "（不影响办理期限）"

  static func monthDay(_ date: CivilDate) -> String {
    let (_, month, day) = date.parts
    return "\(month)月\(day)日"
  }

  static func windowsOrDesk(_ windows: [Int], _ desk: String) -> String {
    windows.isEmpty ? desk : "\(WindowWords.list(windows)) 号窗口"
  }

  // MARK: Acceptance

  static func accepted(_ item: String, _ date: CivilDate) -> String { "“\(item)”已于 \(longDay(date)) 受理。" }
  static func deemed(_ date: CivilDate, _ article: String) -> String {
    "因我们未在规定时间内告知补正，您的申请从 \(longDay(date)) 起视为受理（\(article)）。"
  }

  /// Until when it is decided, in words for the applicant.
  static func decidedBy(_ due: CaseDue) -> String {
    switch due {
    case .atOnce: return "当场办结"
    case .unlimited: return "办结时间请问窗口"
    case .paused(let left, let unit): return "暂停计时，恢复后还剩 \(left) \(unit.words)"
    case .dated(let date, let byLaw):
      let day = longDay(date.raw)
      if date.provisional {
        let years = date.missingYears.map { "\($0)年" }.joined(separator: "、")
        return "暂定 \(day) 前办结（\(years)放假安排公布后可能调整）"
      }
      return "最迟 \(day) 办结" + (byLaw ? "（按法定期限）" : "")
    }
  }

  static func restDay(_ due: CaseDue) -> String? {
    guard let date = due.date, date.collectFrom != date.raw else { return nil }
    return "当日休息，\(monthDay(date.collectFrom))起可领取。"
  }

  static func stagesApart(_ limits: CaseLimits) -> String? {
    let stages = [limits.legal, limits.promised].flatMap { $0?.excludes ?? [] }
    let named = stages.enumerated().filter { !stages.prefix($0.offset).contains($0.element) }.map(\.element)
    return named.isEmpty ? nil : "\(named.joined(separator: "、"))的时间另算，开始时书面告知您。"
  }

  static let stillOwed = "还欠的材料（可以后补）："
  static func owedBy(_ by: CivilDate?, _ place: String) -> String {
    (by.map { "\(longDay($0))前" } ?? "作出决定前") + "交到：\(place.replacing(" ", with: ""))"
  }
  static let owedMatters = "不补齐，暂不能作出决定。"
  static let department = "办理部门"
  static let handler = "经办"
  static let lookUp = "查询：凭本单或收件凭证。"
  static func resultAt(_ result: String?, _ place: String) -> String { "\(result ?? "结果")：到 \(place) 领取。" }

  // MARK: Refusal and remedies

  static func refused(_ item: String) -> String { "您提出的“\(item)”申请，不予受理。" }
  static let refusalReason = "理由"
  static let notNeeded = "这件事依法不需要申请许可，可以直接办理。"
  static func competent(_ told: String) -> String { "这件事由 \(told) 办理。" }
  static let mayStateCase = "您有权陈述、申辩。"
  private static func reconsideration(_ organ: String?) -> String { organ ?? "有权的行政复议机关" }
  static func remedy(_ organ: String?) -> String {
    "对本决定不服的：可以自知道之日起 60 日内向 \(reconsideration(organ)) 申请行政复议；"
      + "也可以自知道之日起 6 个月内向有管辖权的人民法院起诉。"
  }
  /// Against a decision that is overdue reconsideration comes before the court (行政复议法 第二十三条).
  static func remedyForSilence(_ organ: String?) -> String {
    "对逾期没有办完不服的：可以先向 \(reconsideration(organ)) 申请行政复议；"
      + "对复议决定不服的，再向人民法院起诉（行政复议法第二十三条）。"
  }
  static let organ = "作出机关"
  static let approver = "批准人"
  static let day = "日期"

  // MARK: Pause, extension, overdue

  static func paused(_ item: String, _ stage: String) -> String { "您的“\(item)”需要进行 \(stage)。" }
  static func pauseSpan(_ from: CivilDate, days: Int) -> String {
    "时间约 \(days) 日（\(longDay(from)) 至 \(longDay(from.adding(days: days)))），不计入办理时限。"
  }
  static func leftAfterwards(_ due: CaseDue) -> String {
    guard case .paused(let left, let unit) = due else { return "结束后继续办理，\(decidedBy(due))。" }
    return "结束后继续办理，还剩 \(left) \(unit.words)。"
  }
  static func extended(_ item: String, _ reason: String, _ head: String, _ count: Int, _ unit: LimitUnit) -> String {
    "您的“\(item)”，因 \(reason)，经 \(head) 批准，办理期限延长 \(count) \(unit.words)。"
  }
  static let apology = "给您添了不便，请谅解。"
  static func notDecided(_ item: String, _ due: CivilDate) -> String {
    "您的“\(item)”原定 \(longDay(due)) 办结，现在还没有办完。"
  }
  static let cause = "原因"
  static let expected = "预计"
  static func complain(_ phone: String) -> String {
    phone == hotline ? "您可以向 \(hotline) 反映。" : "您可以向 \(phone)、\(hotline) 反映。"
  }

  // MARK: Hand-over and collection

  static func handOver(_ department: String) -> String { "移交：综合受理 → \(department)" }
  static func decideBy(_ due: CaseDue) -> String? { due.date.map { "应于 \(longDay($0.target)) 前办结" } }
  static let handOverTicks = "交□、收□、退□"
  static func keptForGood(_ count: Int) -> String { "其中原件\(count)份依法留存" }
  static let theWayThere = "移交"
  static let theWayBack = "返回"
  static let giver = "交件人"
  static let taker = "接收人"
  static let resultCopies = "结果份数"
  static let bringer = "返回人"
  static let collectionClerk = "出件人"
  static let signAndTime = "签字 ____________ 时间 __________"
  static let copiesBlank = "____ 份"

  static func collects(_ item: String) -> String { "今领取“\(item)”的结果：" }
  static func copies(_ count: Int) -> [String] { count > 0 ? ["\(count) 份"] : [] }
  static let electronicResult = "电子文件，不用带纸"
  static let noDocuments = "没有纸质结果。"
  static let collector = "领取人"
  static let shownThere = "出示"
  static let originalsBack = "退还原件"
  static let collectorSigns = "签字"
  static let time = "时间"
  static func collector(_ by: CaseBearer, _ name: String, _ bearer: String?) -> String {
    switch by {
    case .oneself: "本人 \(name)"
    case .relative: "代领人 \(bearer ?? signHere)"
    case .agent: "代办员 \(bearer ?? signHere)"
    }
  }
  static func proof(_ proof: CollectionProof) -> String {
    switch proof {
    case .card: "居民身份证"
    case .receipt: "收件凭证"
    case .proxy: "委托书、代领人身份证"
    }
  }
  static let outcome = "办理结果"

  // MARK: Further papers

  static func further(_ item: String, _ count: Int) -> String {
    "“\(item)”正在办理。审查中请您补充下面 \(count) 项："
  }
  static let furtherDoesNotStop = "办理时限照常计算，不因补充材料停止。"
  static func furtherTo(_ place: String) -> String { "请交到 \(place)：出示本单即可，不用重新说明情况。" }

  // MARK: Papers that came later, and what goes together

  static let returnTitle = "补正材料收件凭证"
  static func returned(_ name: String, _ item: String) -> String { "今收到 \(name) 为“\(item)”补交的下列材料：" }
  static let askedBy = "补正告知书"
  static let returnComplete = "要补的已全部交齐。"
  static let returnIncomplete = "要补的还没有交齐，请看补正告知书。"
  static let stillMissing = "还没有交的："
  static func listedBy(_ date: CivilDate) -> String { "应于 \(monthDay(date))前办结" }
  static let listRule = "收的人逐件打勾、清点件数后签字；不符的当场写在旁边，并在办件页登记。"
}
