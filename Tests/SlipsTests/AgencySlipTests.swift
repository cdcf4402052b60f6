import Groundwork
import Hall
import Slips
import Testing

/// Goal: the papers between a principal and an agent list each original, and a trip's list names nobody.
struct AgencySlipTests {
  private func text(_ document: SlipDocument) -> String { "\(document.blocks)" }

  @Test("the authority lists every original with count and mark, twice, and has both signatures in each part")
  func authority() {
    let document = Samples.authority().document()
    let shown = text(document)
    for wanted in [
      "欧阳𠮷䶮", "13900000000", "工号 DB001", "代为办理“社会保障卡申领”", "居民户口簿", "尾号 002X", "2 份", "照片 2 份", "最长到 2027年2月28日",
      "代办不收费", "随时可以取消委托", "不包括：替委托人签署承诺", "代办码",
    ] { #expect(shown.contains(wanted), "\(wanted) is missing") }
    func count(_ key: String) -> Int {
      document.blocks.count { if case .keyValue(key, _) = $0 { true } else { false } }
    }
    // Each part is signed by both; the agent's once more for what came back.
    #expect(count("委托人签字") == 3 && count("代办员签字") == 2)
    let boxes = document.blocks.count { if case .checkItem = $0 { true } else { false } }
    #expect(boxes == 9)
    // No seal: it is no document of the organ.
    #expect(!shown.contains("专"))
  }

  @Test("without originals nothing is to be given back")
  func noOriginals() {
    let shown = text(Samples.authority(originals: []).document())
    #expect(shown.contains("没有交原件") && !shown.contains("办结退还原件"))
  }

  @Test("the end says who and why, what is back, and what is still to be fetched")
  func end() {
    let shown = text(Samples.agencyEnd().document())
    for wanted in ["代办终止单", "委托人取消委托", "自己去办", "已退还的原件", "还没有退还的原件", "居民户口簿"] {
      #expect(shown.contains(wanted), "\(wanted) is missing")
    }
    let renewal = text(Samples.agencyRenewal().document())
    #expect(renewal.contains("代办续办单") && renewal.contains("2027年8月31日"))
  }

  @Test("a trip's list has numbers and counts, neither a name nor an item")
  func batch() {
    let shown = text(Samples.agencyBatch().document())
    for wanted in ["共 2 件，原件 4 份，复印件 2 份", "DB-500151105213-20261130-0001", "工号 DB001"] {
      #expect(shown.contains(wanted), "\(wanted) is missing")
    }
    #expect(!shown.contains("欧阳") && !shown.contains("社会保障卡"))
  }

  @Test("the code opens the agency case here, and its item in another hall")
  func code() {
    let payload = CodePayload.ofAgency(number: "DB-500151105213-20261130-0001", item: "RS-001", code: Samples.code)
    #expect(CodePayload.code(in: payload) == Samples.code && CodePayload.item(in: payload) == "RS-001")
  }
}

extension Samples {
  private static func agencyHead(_ copy: Int, _ large: Bool) -> CaseHead {
    CaseHead(
      slip: SlipID("agency-1"), hallName: hallName, consultPhone: "023-45630000", supervisePhone: "023-45630001",
      code: code, number: "DB-500151105213-20261130-0001", itemName: "社会保障卡申领", situations: ["本人首次申领"],
      catalogueVersion: "2026.11-3", printedAt: Timestamp(milliseconds: 1_796_001_120_000), copy: copy, largeType: large
    )
  }

  private static let entrustedOn = CivilDate(daysSinceEpoch: 20_787)
  private static let handed = [
    AgencyOriginal(name: "居民身份证", count: 1, mark: "002X"), AgencyOriginal(name: "居民户口簿", count: 1),
    AgencyOriginal(name: "旧社会保障卡", count: 2),
  ]

  static func authority(
    originals: [AgencyOriginal]? = nil, large: Bool = false, copy: Int = 1
  ) -> AgencySlip {
    AgencySlip(
      head: agencyHead(copy, large), item: "RS-001", name: "欧阳𠮷䶮", phone: "13900000000", agent: "工号 DB001",
      until: entrustedOn.adding(days: 90), originals: originals ?? handed,
      copies: [AgencyCopies(name: "照片", count: 2)], on: entrustedOn)
  }

  static func agencyEnd() -> AgencyEndSlip {
    AgencyEndSlip(
      head: agencyHead(1, false), item: "RS-001", name: "欧阳𠮷䶮", agent: "工号 DB001",
      change: .end(.principal, reason: "自己去办", returned: [handed[0]], open: [handed[1]]), on: entrustedOn)
  }

  static func agencyRenewal() -> AgencyEndSlip {
    AgencyEndSlip(
      head: agencyHead(1, false), item: "RS-001", name: "欧阳𠮷䶮", agent: "工号 DB001",
      change: .renewal(until: entrustedOn.adding(days: 274), reason: "镇里还没办完"), on: entrustedOn)
  }

  static func agencyBatch() -> AgencyBatchSlip {
    AgencyBatchSlip(
      slip: SlipID("batch-1"), hallName: hallName, number: "PC-500151105213-20261130-0001", agent: "工号 DB001",
      on: entrustedOn,
      entries: [
        .init(number: "DB-500151105213-20261130-0001", originals: 4, copies: 2),
        .init(number: "DB-500151105213-20261130-0002", originals: 0, copies: 0),
      ], code: code)
  }
}
