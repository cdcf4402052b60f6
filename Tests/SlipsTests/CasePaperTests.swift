import Groundwork
import Hall
import Slips
import Testing

/// Goal: each paper of a case says what its law wants said, with the dates in the words that were agreed.
struct CasePaperTests {
  private func text(_ document: SlipDocument) -> String { "\(document.blocks)" }

  private func accepted(_ due: CaseDue, limits: CaseLimits = Samples.limits) -> String {
    text(Samples.acceptance(due: due, limits: limits).document())
  }

  @Test("an acceptance tells both limits, the day that binds, and what makes it move")
  func acceptance() {
    let plain = accepted(Samples.due)
    for wanted in [
      "已于 2026年11月30日 受理", "20 个工作日", "10 个工作日", "最迟 2026年12月14日 办结。", "公示、评议的时间另算，开始时书面告知您", "邻里意见",
      "2026年12月10日前交到：1、2号窗口", "不补齐，暂不能作出决定", "到 4 号窗口 领取", "王小红 AJ001",
    ] { #expect(plain.contains(wanted), "\(wanted) is missing") }
    #expect(!plain.contains("视为受理") && !plain.contains("暂定"))
    #expect(accepted(Samples.dated(14, byLaw: true)).contains("最迟 2026年12月14日 办结（按法定期限）"))
    let rest = accepted(Samples.dated(19, collect: 21))
    #expect(rest.contains("2026年12月19日") && rest.contains("当日休息，12月21日起可领取"))
    #expect(
      accepted(Samples.dated(39, missing: [2027])).contains("暂定 2027年1月8日 前办结（2027年放假安排公布后可能调整）"))
    let atOnce = accepted(.atOnce)
    #expect(atOnce.contains("当场办结") && !atOnce.contains("20 个工作日"))
    let deemed = text(Samples.acceptance(deemedBy: "行政许可法第三十二条").document())
    #expect(deemed.contains("因我们未在规定时间内告知补正，您的申请从 2026年11月30日 起视为受理（行政许可法第三十二条）"))
  }

  @Test("a refusal has reason, article, organ, approver with their office, and both remedies; no court by name")
  func refusal() {
    let shown = text(Samples.refusal().document())
    for wanted in [
      "不予受理", "依法不需要申请许可，可以直接办理", "行政许可法第三十二条", "60 日内向 重庆市铜梁区人民政府 申请行政复议", "6 个月内向有管辖权的人民法院起诉",
      "李向前 分管领导", "陈述、申辩",
    ] { #expect(shown.contains(wanted), "\(wanted) is missing") }
    #expect(text(Samples.refusal(organ: nil).document()).contains("向 有权的行政复议机关 申请"))
    #expect(text(Samples.refusal(.notCompetent, told: "区规划局，一号，023-1").document()).contains("由 区规划局"))
  }

  @Test("a pause says how long and what is left, an extension who approved it, an explanation where to turn")
  func clock() {
    let pause = text(Samples.pause().document())
    #expect(pause.contains("2026年11月30日 至 2026年12月7日") && pause.contains("还剩 15 个工作日"))
    let extended = text(Samples.extending().document())
    #expect(extended.contains("经 局长王某 批准，办理期限延长 10 个工作日") && extended.contains("最迟 2026年12月14日"))
    let late = text(Samples.overdue(remedy: false).document())
    #expect(late.contains("原定 2026年12月14日") && late.contains("12345") && !late.contains("行政复议"))
    // Failure to act: reconsideration first.
    #expect(text(Samples.overdue(remedy: true).document()).contains("可以先向 重庆市铜梁区人民政府 申请行政复议"))
  }

  @Test("a hand-over sheet is signed both ways; who is denied reads the remedy with the result")
  func handOver() {
    let sheet = text(Samples.handover().document())
    for wanted in ["综合受理 → 区农业农村委", "原件1份依法留存", "交件人", "接收人", "返回人", "出件人"] {
      #expect(sheet.contains(wanted), "\(wanted) is missing")
    }
    #expect(!sheet.contains("sealBox"))
    let granted = text(Samples.collection(.granted).document())
    #expect(granted.contains("代领人 欧阳小妹") && granted.contains("宅基地原使用证 1 份") && !granted.contains("行政复议"))
    #expect(text(Samples.collection(.denied).document()).contains("60 日内"))
    #expect(text(Samples.collection(.granted, isCollected: false).document()).contains("____"))
  }

  @Test("further papers stop nothing, and say so")
  func further() {
    let shown = text(Samples.further().document())
    #expect(shown.contains("不影响办理期限") && shown.contains("最迟 2026年12月14日") && shown.contains("sealBox"))
  }
}

extension Samples {
  static let limits = CaseLimits(
    legal: TimeLimit(count: 20, unit: .workingDay, excludes: ["公示", "评议"]),
    promised: TimeLimit(count: 10, unit: .workingDay))
  static let due = dated(14)

  /// A day of December 2026, or later by as many days.
  static func dated(_ day: Int, byLaw: Bool = false, collect: Int? = nil, missing: [Int] = []) -> CaseDue {
    let date = { (day: Int) in Samples.day.adding(days: day) }
    return .dated(
      DueDate(raw: date(day), target: date(day), collectFrom: date(collect ?? day), missingYears: missing),
      byLaw: byLaw)
  }

  static func acceptance(
    due: CaseDue = due, limits: CaseLimits = limits, deemedBy: String? = nil, large: Bool = false, copy: Int = 1
  ) -> AcceptanceSlip {
    AcceptanceSlip(
      head: caseHead("SL-500151105-20261130-0003", copy: copy, large: large), name: "欧阳𠮷䶮", acceptedOn: day,
      deemedBy: deemedBy, limits: limits, due: due, owed: [OwedPaper(material: "邻里意见", by: day.adding(days: 10))],
      windows: [1, 2], department: "铜梁区农业农村委员会", clerk: "王小红 AJ001", result: "乡村建设规划许可证",
      collectionWindows: [4])
  }

  static func refusal(
    _ ground: RefusalGround = .notNeeded, told: String? = nil, organ: String? = "重庆市铜梁区人民政府", large: Bool = false
  ) -> RefusalSlip {
    RefusalSlip(
      head: caseHead("BY-500151105-20261130-0001", copy: 1, large: large), name: "欧阳𠮷䶮",
      maskedNumber: "500***********002X", ground: ground, reason: "原址修缮不增加面积，不需要规划许可",
      article: "行政许可法第三十二条", told: told, organ: "安居镇人民政府", approver: "李向前 分管领导", on: day, remedyOrgan: organ)
  }

  static func pause(large: Bool = false) -> PauseSlip {
    PauseSlip(
      head: caseHead("TX-500151105-20261130-0001", copy: 1, large: large), name: "欧阳𠮷䶮", stage: "公示", from: day,
      expectedDays: 7, due: .paused(left: 15, .workingDay), basis: "本事项时限规定：公示不计入", clerk: "王小红 AJ001")
  }

  static func extending() -> ExtensionSlip {
    ExtensionSlip(
      head: caseHead("YQ-500151105-20261130-0001", copy: 1, large: false), name: "欧阳𠮷䶮", reason: "需要现场核实两次",
      approvedBy: "局长王某", count: 10, unit: .workingDay, article: "行政许可法第四十二条", due: due)
  }

  static func overdue(remedy: Bool, large: Bool = false) -> OverdueSlip {
    OverdueSlip(
      head: caseHead("CQ-500151105-20261216-0001", copy: 1, large: large), name: "欧阳𠮷䶮", due: day.adding(days: 14),
      reason: "区里的现场踏勘因连续降雨推迟", expected: day.adding(days: 20), clerk: "王小红 AJ001", tellsRemedy: remedy,
      remedyOrgan: "重庆市铜梁区人民政府")
  }

  static func handover() -> HandoverSlip {
    HandoverSlip(
      head: caseHead("LZ-500151105-20261130-0001", copy: 1, large: false), name: "欧阳𠮷䶮", department: "区农业农村委",
      papers: receipt().papers, kept: [OriginalsMoved(material: "宅基地原使用证", count: 1)], due: due,
      clerk: "王小红 AJ001")
  }

  static func collection(_ outcome: CaseOutcome, isCollected: Bool = true, large: Bool = false) -> CollectionSlip {
    let originals = [OriginalsMoved(material: "宅基地原使用证", count: 1)]
    return CollectionSlip(
      head: caseHead("CJ-500151105-20261214-0001", copy: 1, large: large), name: "欧阳𠮷䶮", outcome: outcome,
      results: [
        CaseResult(name: outcome == .denied ? "不予许可决定书" : "乡村建设规划许可证", copies: 1, isElectronic: false),
        CaseResult(name: "电子证照", copies: 0, isElectronic: true),
      ],
      collected: isCollected
        ? ResultCollected(code: code, by: .relative, shown: .proxy, isSigned: true, returned: originals) : nil,
      bearer: "欧阳小妹", originals: originals, remedyOrgan: "重庆市铜梁区人民政府")
  }

  static func further() -> FurtherSlip {
    FurtherSlip(
      head: caseHead("BC-500151105-20261203-0001", copy: 1, large: false), name: "欧阳𠮷䶮",
      lines: [.init(name: "户口簿", reasons: ["看不清"], ask: "户口簿，复印件1份；首页和本人页")], windows: [1, 2], due: due,
      clerk: "王小红 AJ001")
  }
}
