import Groundwork
import Hall
import Slips
import Testing

/// Goal: a receipt and a correction notice say what the law wants said, and nothing that nobody may say.
struct CaseSlipTests {
  private func text(_ document: SlipDocument) -> String { "\(document.blocks)" }

  @Test("a licence's receipt says that silence is acceptance, another's that it is the hall's promise")
  func telling() {
    let licence = text(Samples.receipt().document())
    #expect(licence.contains("从收到材料之日起就算受理（行政许可法第三十二条）"))
    let other = text(Samples.receipt(basis: nil).document())
    #expect(other.contains("这是本大厅的承诺") && !other.contains("就算受理"))
    // An article without deemed acceptance is named, and nothing more.
    let named = text(Samples.receipt(basis: "《条例》第九条", isDeemed: false).document())
    #expect(named.contains("依据：《条例》第九条") && !named.contains("就算受理"))
  }

  @Test("what was taken is listed with its counts, and an original that went back at once says so")
  func papers() {
    let shown = text(Samples.receipt().document())
    for wanted in ["建房申请书", "原件1", "复印件2", "已核对原件当场退还", "2026年11月30日 09时12分", "AJ001"] {
      #expect(shown.contains(wanted), "\(wanted) is missing")
    }
  }

  @Test("the notice names every line with what to bring, masks the number, and gives no time without an article")
  func correction() {
    let shown = text(Samples.correction().document())
    for wanted in ["欧阳𠮷䶮", "500***********002X", "缺少；看不清", "请带：", "1、2 号窗口", "补齐当天受理", "窗口", "行政许可法第三十二条"] {
      #expect(shown.contains(wanted), "\(wanted) is missing")
    }
    #expect(!shown.contains("内补齐（"))
    let within = ItemCorrection.ReturnWithin(count: 10, unit: .workingDay, basis: "《条例》第九条")
    #expect(text(Samples.correction(within: within).document()).contains("请在 10个工作日内补齐（《条例》第九条）"))
  }

  @Test("the code is the case's own, the same on both papers")
  func code() {
    for number in ["SJ-500151105-20261130-0042", "BZ-500151105-20261130-0007"] {
      #expect(CodePayload.code(in: CodePayload.ofCase(number: number, code: Samples.code)) == Samples.code)
    }
  }
}

extension Samples {
  static func caseHead(_ number: String, copy: Int, large: Bool) -> CaseHead {
    CaseHead(
      slip: SlipID("case-1"), hallName: hallName, consultPhone: "023-45630000", supervisePhone: "023-45630001",
      code: code, number: number, itemName: "农村宅基地和建房（规划许可）审批", situations: ["在原址重建"],
      catalogueVersion: "2026.11-3", printedAt: received, copy: copy, largeType: large)
  }

  /// 2026-11-30 09:12 北京时间.
  static let received = Timestamp(milliseconds: 1_796_001_120_000)
  static let day = CivilDate(daysSinceEpoch: 20_787)

  private static func telling(
    _ basis: String?, _ isDeemed: Bool, _ within: ItemCorrection.ReturnWithin? = nil
  ) -> CaseTelling {
    CaseTelling(
      by: TellBy(date: day.adding(days: 7), alarm: day.adding(days: 4), provisional: false), count: 5,
      unit: .workingDay, basis: basis, isDeemed: isDeemed, returnWithin: within)
  }

  static func receipt(basis: String? = "行政许可法第三十二条", isDeemed: Bool = true, copy: Int = 1) -> ReceiptSlip {
    func paper(_ name: String, _ originals: Int, _ copies: Int, isSeen: Bool = false) -> PaperAccount {
      var account = PaperAccount(material: name)
      (account.originals, account.copies, account.isSeen) = (originals, copies, isSeen)
      return account
    }
    return ReceiptSlip(
      head: caseHead("SJ-500151105-20261130-0042", copy: copy, large: false), name: "欧阳𠮷䶮",
      papers: [paper("建房申请书", 1, 0), paper("居民身份证", 0, 2, isSeen: true), paper("宅基地原使用证", 1, 1)],
      receivedAt: received, clerk: "AJ001", telling: telling(basis, isDeemed))
  }

  static func correction(large: Bool = false, within: ItemCorrection.ReturnWithin? = nil) -> CorrectionSlip {
    CorrectionSlip(
      head: caseHead("BZ-500151105-20261130-0007", copy: 1, large: large), name: "欧阳𠮷䶮",
      maskedNumber: "500***********002X", receivedOn: day,
      lines: [
        .init(name: "户口簿", reasons: ["缺少", "看不清"], ask: "户口簿，原件1份、复印件1份；首页和本人页；派出所"),
        .init(name: "村民代表会议记录", reasons: ["未签字或未盖章"], ask: "有村委会盖章的会议记录1份", basis: "《办法》第九条"),
      ],
      received: ["建房申请书", "居民身份证"], windows: [1, 2], telling: telling("行政许可法第三十二条", true, within),
      clerk: "AJ001")
  }
}
