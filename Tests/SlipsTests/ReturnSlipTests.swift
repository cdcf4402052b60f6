import Groundwork
import Hall
import Slips
import Testing

/// Goal: what came later is received in writing, with what is still owed; a list of a day's cases names no one and no item.
struct ReturnSlipTests {
  private func text(_ document: SlipDocument) -> String { "\(document.blocks)" }

  @Test("a receipt for what came later names it, the notice that asked for it, and what has not come")
  func returned() {
    let part = text(Samples.returned(isComplete: false).document())
    for wanted in ["补正材料收件凭证", "BZ-500151105-20261130-0007", "户口簿", "还没有交的", "村民代表会议记录", "王小红 AJ001"] {
      #expect(part.contains(wanted), "\(wanted) is missing")
    }
    #expect(!part.contains("已全部交齐"))
    let all = text(Samples.returned(isComplete: true).document())
    #expect(all.contains("要补的已全部交齐") && !all.contains("还没有交的"))
  }

  @Test("a list of a day's cases has numbers, counts and both signatures, and no name and no item")
  func list() {
    let shown = text(Samples.handoverList().document())
    for wanted in ["交接清单", "区农业农村委", "LZ-500151105-20261130-0001", "交件人", "接收人", "JJ-500151105-20261130-0001"] {
      #expect(shown.contains(wanted), "\(wanted) is missing")
    }
    #expect(!shown.contains("欧阳") && !shown.contains("建房"))
  }
}

extension Samples {
  static func returned(isComplete: Bool, large: Bool = false) -> ReturnSlip {
    ReturnSlip(
      head: caseHead("SJ-500151105-20261202-0003", copy: 1, large: large), name: "欧阳𠮷䶮",
      papers: [
        CasePaper(material: "户口簿", originals: 1, copies: 1), CasePaper(material: "居民身份证", isSeen: true),
      ],
      isComplete: isComplete, receivedAt: received, clerk: "王小红 AJ001", notice: "BZ-500151105-20261130-0007",
      missing: isComplete ? [] : ["村民代表会议记录"])
  }

  static func handoverList(copy: Int = 1) -> HandoverListSlip {
    HandoverListSlip(
      slip: SlipID("list-1"), hallName: hallName, number: "JJ-500151105-20261130-0001", department: "区农业农村委", on: day,
      entries: (1...3).map {
        .init(
          number: "LZ-500151105-20261130-000\($0)", originals: $0, copies: 3 - $0,
          by: $0 == 2 ? nil : day.adding(days: 14))
      }, copy: copy)
  }
}
