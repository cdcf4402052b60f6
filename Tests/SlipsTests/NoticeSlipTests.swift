import Hall
import Slips
import Testing

@Suite("Notices")
struct NoticeSlipTests {
  /// Name, copies and details of each material, by the group it stands in.
  private struct Group: Equatable {
    let title: String
    var items: [SlipBlock]
  }

  private static func groups(_ document: SlipDocument) -> [Group] {
    var groups: [Group] = []
    for block in document.blocks {
      switch block {
      case .section(let title, _): groups.append(Group(title: title, items: []))
      case .checkItem: groups[groups.count - 1].items.append(block)
      default: break
      }
    }
    return groups.filter { !$0.items.isEmpty }
  }

  @Test("what is missing stands first and by itself; what the resident has is ticked and listed all the same")
  func marks() {
    let groups = Self.groups(Samples.marked().document())
    #expect(groups.map(\.title).prefix(3) == ["必带 · 还缺 2 样", "必带 · 其余的", "现场填写"])
    func marks(_ group: Int) -> [CheckMark?] {
      groups[group].items.map { if case .checkItem(_, _, _, _, let mark) = $0 { mark } else { nil } }
    }
    #expect(marks(0) == [.missing, .missing])
    #expect(marks(1).contains(.have) && !marks(1).contains(.missing))
    #expect(marks(2).allSatisfy { $0 == nil })
    let numbers = groups.flatMap(\.items).compactMap {
      if case .checkItem(let number, _, _, _, _) = $0 { number } else { nil }
    }
    #expect(numbers == Array(1...numbers.count))
    // Nothing missing: one group, each thing ticked that the resident has.
    let whole = Self.groups(Samples.notice(marks: NoticeMarks(have: ["代办人居民身份证或社会保障卡"])).document())
    #expect(whole[0].title == "必带")
    #expect(whole[0].items.count { if case .checkItem(_, _, _, _, .have) = $0 { true } else { false } } == 1)
  }

  @Test("without marks a notice is written down with the bytes that it always had")
  func unmarkedBytes() throws {
    let bytes = String(decoding: try Samples.notice().document().canonicalBytes(), as: UTF8.self)
    #expect(!bytes.contains("mark"))
    #expect(
      try Samples.marked().document() == SlipDocument(canonicalBytes: Samples.marked().document().canonicalBytes()))
  }

  @Test("head: hall, title, item, situation, and what to do next before any list")
  func head() {
    let blocks = Samples.notice().document().blocks
    #expect(
      Array(blocks.prefix(5)) == [
        .heading(text: "安居镇便民服务中心"),
        .title(text: "一次性告知单"),
        .paragraph(text: "社会保障卡申领", style: .subject),
        .paragraph(text: "情形：他人代办", style: .body),
        .paragraph(text: "请按此清单一次备齐，到 1 至 3 号窗口办理。", style: .lead),
      ])
  }

  @Test("materials stand in three groups and are counted through")
  func threeGroups() {
    let groups = Self.groups(Samples.notice().document())
    #expect(groups.map(\.title) == ["必带", "现场填写"], "an electronic licence has to be shown as well")
    #expect(
      groups.flatMap(\.items) == [
        .checkItem(
          number: 1, name: "居民身份证", copies: ["原件1份"],
          details: ["可用电子证照｜必要", "来源：政府部门核发（公安）", "未成年人可用户口簿；港澳居民来往内地通行证、护照、军官证等亦可"]),
        .checkItem(number: 2, name: "1寸白底免冠登记照", copies: ["1张"], details: ["必要", "未成年人凭本人意愿可不提供照片"]),
        .checkItem(number: 3, name: "代办人居民身份证或社会保障卡", copies: ["原件1份"], details: ["必要"]),
        .checkItem(number: 4, name: "社会保障卡申领登记表", copies: ["1份"], details: ["必要"]),
      ])
  }

  @Test("what belongs to a situation that was not chosen is left out")
  func situationChosen() {
    let texts = TicketSlipTests.texts(Samples.notice(situations: ["self"]).document())
    #expect(!texts.contains("代办人居民身份证或社会保障卡"))
    #expect(texts.contains("情形：本人办理"))
  }

  @Test("with no situation chosen everything is printed, each with the situation it is for")
  func noSituationChosen() {
    let texts = TicketSlipTests.texts(Samples.notice(situations: []).document())
    #expect(texts.contains("代办人居民身份证或社会保障卡"))
    #expect(texts.contains("情形：他人代办（不是这种情形不用带）"))
  }

  @Test("alternatives are listed, one being enough")
  func alternatives() throws {
    let item = Item(
      code: "GA-001", name: "居住证申领", initials: "JZZSL", category: "公安户籍", queueGroup: "公安户籍",
      handledBy: .police,
      materials: [
        Material(
          name: "居住地住址证明、就业证明或就读证明", kind: .original, originals: 1, copies: 0, required: true,
          anyOf: ["房屋租赁合同", "营业执照"])
      ])
    let document = Samples.notice(item, situations: []).document()
    #expect(
      Self.groups(document).first?.items == [
        .checkItem(
          number: 1, name: "居住地住址证明、就业证明或就读证明", copies: ["原件1份"],
          details: ["必要", "以下之一：", "· 房屋租赁合同", "· 营业执照"])
      ])
    #expect(TicketSlipTests.texts(document).contains("请按此清单一次备齐，到公安窗口办理。"))
  }

  @Test("of a group one is enough, each with its own copies; what is shared or may follow says so")
  func groups() {
    func paper(
      _ name: String, _ necessity: Material.Necessity, shared: Bool = false, when: Condition? = nil, oneOf: String?
    )
      -> Material
    {
      Material(
        name: name, kind: .copy, originals: 0, copies: 1, necessity: necessity, shared: shared,
        obtain: shared ? "不动产登记中心" : nil, standard: when == nil ? nil : "盖章", when: when, oneOf: oneOf)
    }
    let item = Item(
      code: "GA-001", name: "居住证申领", initials: "JZZSL", category: "公安户籍", queueGroup: "公安户籍", handledBy: .window,
      situations: [Situation(key: "rent", label: "租房"), Situation(key: "own", label: "自有住房")],
      materials: [
        paper("租赁合同", .necessary, when: "rent", oneOf: "住址证明"),
        paper("购房合同", .necessary, when: .all(["own", .not("rent")]), oneOf: "住址证明"),
        paper("就业证明", .deferrable, oneOf: nil), paper("房产证", .necessary, shared: true, oneOf: nil),
      ])
    #expect(
      Self.groups(Samples.notice(item, situations: []).document()).flatMap(\.items) == [
        .checkItem(
          number: 1, name: "住址证明", copies: [],
          details: [
            "以下之一：", "· 租赁合同　复印件1份", "必要", "情形：租房（不是这种情形不用带）", "要求：盖章", "· 购房合同　复印件1份", "必要",
            "情形：自有住房，并且不是“租房”（不是这种情形不用带）", "要求：盖章",
          ]),
        .checkItem(number: 2, name: "就业证明", copies: ["复印件1份"], details: ["容缺后补（暂时没有也可先受理，之后补交）"]),
        .checkItem(number: 3, name: "房产证", copies: ["复印件1份"], details: ["窗口可查，不用带｜必要", "怎么取得：不动产登记中心"]),
      ])
    let rented = Self.groups(Samples.notice(item, situations: ["rent"]).document())
    #expect(rented[0].items[0] == .checkItem(number: 1, name: "租赁合同", copies: ["复印件1份"], details: ["必要", "要求：盖章"]))
  }

  @Test(
    "how many is said in the words of its kind",
    arguments: [
      (Material(name: "结婚证", kind: .originalAndCopy, originals: 1, copies: 2, required: true), ["原件1份", "复印件2份"]),
      (Material(name: "诊断证明", kind: .originalOrCopy, originals: 1, copies: 1, required: true), ["原件或", "复印件1份"]),
      (Material(name: "户口簿", kind: .copy, originals: 0, copies: 1, required: true), ["复印件1份"]),
      (Material(name: "护照", kind: .original, originals: 1, copies: 0, required: true), ["原件1份"]),
      (Material(name: "2寸照片", kind: .original, originals: 3, copies: 0, required: true), ["3张"]),
      (Material(name: "申请表", kind: .form, originals: 2, copies: 0, required: true), ["2份"]),
    ])
  func copies(material: Material, words: [String]) {
    let item = Item(
      code: "X", name: "某事项", initials: "MSX", category: "其他", queueGroup: "综合", handledBy: .window,
      materials: [material])
    guard
      case .checkItem(_, _, let copies, _, _) = Self.groups(Samples.notice(item, situations: []).document())[0].items[0]
    else { return #expect(Bool(false), "no material") }
    #expect(copies == words)
  }

  @Test("what is not necessary and not of a situation may stay at home")
  func notNecessary() {
    let item = Item(
      code: "HALL-001", name: "取件", initials: "QJ", category: "大厅", queueGroup: "出件", handledBy: .window,
      materials: [
        Material(name: "受理回执", kind: .original, originals: 1, copies: 0, required: false, note: "可凭身份证核验")
      ])
    let groups = Self.groups(Samples.notice(item, situations: []).document())
    #expect(groups.map(\.title) == ["可不带"])
    #expect(
      groups.first?.items == [
        .checkItem(number: 1, name: "受理回执", copies: ["原件1份"], details: ["非必要（有就带上）", "可凭身份证核验"])
      ])
  }

  @Test(
    "limits carry their unit and what does not count",
    arguments: [
      (TimeLimit(count: 10, unit: .workingDay), "10 个工作日"),
      (TimeLimit(count: 30, unit: .naturalDay, excludes: ["群众评议", "公示"]), "30 日（自然日）（不含群众评议、公示）"),
      (TimeLimit(count: 2, unit: .month), "2 个月"), (TimeLimit(count: 0, unit: .immediate), "即时办结"),
      (TimeLimit(count: 0, unit: .notSet, wording: "条例未规定"), "法律未规定期限"),
    ])
  func limits(limit: TimeLimit, words: String) {
    let item = Item(
      code: "X", name: "某事项", initials: "MSX", category: "其他", queueGroup: "综合", handledBy: .window,
      legalLimit: limit, fee: "20元（换领）／40元（补领）")
    let blocks = Samples.notice(item, situations: []).document().blocks
    #expect(blocks.contains(.keyValue(key: "法定时限", value: words)))
    #expect(blocks.contains(.keyValue(key: "承诺时限", value: "请问窗口")))
    #expect(blocks.contains(.keyValue(key: "收费", value: "20元（换领）／40元（补领）")))
  }

  @Test("an item without materials says so and sends to the window")
  func nothingToBring() {
    let item = Item(
      code: "HALL-002", name: "咨询", initials: "ZX", category: "大厅", queueGroup: "综合", handledBy: .window)
    let texts = TicketSlipTests.texts(Samples.notice(item, situations: []).document())
    #expect(texts.contains("不用带材料，请直接到 1 至 3 号窗口办理。"))
    #expect(!texts.contains("必带") && !texts.contains { $0.contains("备齐") })
  }

  @Test("what is done elsewhere sends there: name, address, hours and phone of that place")
  func elsewhere() {
    let item = Item(
      code: "X", name: "企业开办", initials: "QYKB", category: "企业", queueGroup: "综合", audience: .enterprise,
      handledBy: .window,
      materials: [Material(name: "申请书", kind: .original, originals: 1, copies: 0, required: true)],
      consultPhone: "12345")
    let place = ServicePlace(name: "区政务服务中心", address: "一号大道1号", hours: "工作日 9:00-17:00", phone: "023-45600000")
    let away = ItemPlace(.elsewhere(DoneElsewhere(kind: .district, places: [place])))
    let texts = TicketSlipTests.texts(Samples.notice(item, situations: [], place: away).document())
    #expect(texts.contains("请按此清单一次备齐，到区政务服务中心办理。"))
    #expect(texts.contains("区政务服务中心，一号大道1号") && texts.contains("工作日 9:00-17:00") && texts.contains("023-45600000"))
    #expect(!texts.contains(Samples.contact.address))
  }

  @Test("the law's part names the item's codes, its kind, whom it is for, where it is valid and what one gets")
  func facts() {
    let texts = TicketSlipTests.texts(Samples.everything().document())
    for fact in ["GA-001", "承诺件", "个人", "全市通办", "居住证", "渝价〔2016〕110号"] { #expect(texts.contains(fact), "\(fact)") }
    #expect(TicketSlipTests.texts(Samples.notice().document()).contains("即办件"))
  }

  @Test("a station's notice names where it is set up, its agents, and sends to the agent, to itself or to the town")
  func station() {
    func texts(_ directory: Item.Directory?) -> [String] {
      let item = Item(
        code: "X", name: "某事项", initials: "MSX", category: "其他", queueGroup: "综合", handledBy: .agent, level: .village,
        directory: directory)
      return TicketSlipTests.texts(Samples.notice(item, situations: [], hall: Samples.station).document())
    }
    #expect(texts(.agency).contains("不用带材料，请直接交给代办员，或自己到大庙镇便民服务中心办理。"))
    #expect(texts(.agency).contains(Samples.town.words), "where the town's hall is")
    #expect(texts(.service).contains("不用带材料，请直接到本站交给代办员办理。"))
    #expect(texts(nil).contains("不用带材料，请直接到大庙镇便民服务中心办理。"))
    #expect(texts(nil).contains("大庙镇便民服务中心，大庙镇大庙街 2 号") && texts(nil).contains("023-45800006"))
    #expect(texts(.service).contains("（设在文兴社区党群服务中心办事大厅）") && texts(.service).contains("代办员甲　13800000000"))
    #expect(texts(.service).contains("代办员留存") && !texts(.service).contains("窗口留存"))
  }

  @Test("phones: the item's own, else the hall's, and 12345 unless it stands there already")
  func phones() {
    let own = TicketSlipTests.texts(Samples.notice().document())
    #expect(own.contains("023-12333") && own.contains("12345"))
    let item = Item(
      code: "X", name: "某事项", initials: "MSX", category: "其他", queueGroup: "综合", handledBy: .window)
    let halls = TicketSlipTests.texts(Samples.notice(item, situations: []).document())
    #expect(halls.contains("023-45800001") && halls.contains("023-45800002、12345"))
  }

  @Test("the foot tells version, number, check code and minute; the stub below the cut tells item, number and minute")
  func footAndStub() throws {
    let blocks = Samples.notice(copy: 2).document().blocks
    let cut = try #require(blocks.firstIndex(of: .cutLine(caption: "窗口留存")))
    #expect(
      Array(blocks[(cut + 1)...]) == [
        .paragraph(text: "社会保障卡申领", style: .lead),
        .paragraph(text: "编号 GZ-500151105-20261123-0042", style: .body),
        .paragraph(text: "排队号 A042", style: .body),
        .paragraph(text: "打印 2026-11-23 09:12", style: .body),
      ])
    for line in [
      "编号 GZ-500151105-20261123-0042", "目录版本 9c1e4f7a20b35d68", "校验码 7F3A-91C2", "打印 2026-11-23 09:12",
    ] {
      #expect(blocks[..<cut].contains(.paragraph(text: line, style: .fine)))
    }
    #expect(blocks.contains(.paragraph(text: "补打　第 2 次", style: .leadCentred)))
  }

  @Test("the code stands with the phones and holds hall, number and code")
  func code() throws {
    let blocks = Samples.notice().document().blocks
    let expected = "安居镇便民服务中心\n告知单 GZ-500151105-20261123-0042\nITEM RS-004\n\(Samples.code)"
    let found = blocks.contains { block in
      guard case .code(let payload, let beside, _) = block else { return false }
      return payload == expected && beside.map(\.key) == ["咨询电话", "监督电话"]
    }
    #expect(found)
  }

  @Test("a notice of a sensitive item asks to be kept with care")
  func sensitive() {
    let item = Item(
      code: "MZ-004", name: "困难残疾人生活补贴和重度残疾人护理补贴申请", initials: "KNCJR", category: "残疾人服务",
      queueGroup: "民政救助", handledBy: .window, sensitivity: "health_special_identity")
    let texts = TicketSlipTests.texts(Samples.notice(item, situations: []).document())
    #expect(texts.contains { $0.contains("请收好") })
  }
}
