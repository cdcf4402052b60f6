import Groundwork
import Hall
import Slips

/// Synthetic slips: a realistic item in a hall that exists, with numbers and codes that were never issued.
enum Samples {
  static let hallName = "安居镇便民服务中心"
  /// 2026-11-23 09:12:37 北京时间; the seconds would show a slip that prints them by mistake.
  static let moment = Timestamp(milliseconds: 1_795_396_357_000)
  static let code = PublicCode(entropy: 0x2F_3A51_C09E_77B4)
  static let noticeNumber = "GZ-500151105-20261123-0042"

  static let contact = NoticeSlip.Contact(
    name: hallName, address: "安居镇安居街 1 号，一楼大厅", hours: "工作日 9:00—12:00，14:00—17:30",
    consultPhone: "023-45800001", supervisePhone: "023-45800002")

  /// 社会保障卡申领, after Chongqing's published table.
  static let socialSecurityCard = Item(
    code: "RS-004", name: "社会保障卡申领", initials: "SHBZKSL", category: "社会保险", queueGroup: "社保",
    handledBy: .window,
    basis: [
      "《社会保险经办条例》（国务院令第765号）第六条、第七条",
      "《“中华人民共和国社会保障卡”管理办法》（人社部发〔2011〕47号）",
    ],
    conditions: ["本市社会保险参保人员，首次办理社会保障卡"],
    situations: [
      Situation(key: "self", label: "本人办理"), Situation(key: "by_agent", label: "他人代办"),
      Situation(key: "minor", label: "未成年人"),
    ],
    materials: [
      Material(
        name: "居民身份证", kind: .original, originals: 1, copies: 0, required: true, electronicAccepted: true,
        source: "政府部门核发（公安）", note: "未成年人可用户口簿；港澳居民来往内地通行证、护照、军官证等亦可"),
      Material(
        name: "1寸白底免冠登记照", kind: .original, originals: 1, copies: 0, required: true,
        note: "未成年人凭本人意愿可不提供照片"),
      Material(
        name: "代办人居民身份证或社会保障卡", kind: .original, originals: 1, copies: 0, required: false,
        when: "by_agent"),
      Material(name: "社会保障卡申领登记表", kind: .form, originals: 1, copies: 0, required: true),
    ],
    steps: ["取号（或自助一体机填报并打印凭证）", "窗口核验申办人／代办人身份", "签字确认", "即时制卡", "领卡"],
    legalLimit: TimeLimit(count: 10, unit: .workingDay), promisedLimit: TimeLimit(count: 0, unit: .immediate),
    fee: "不收费", consultPhone: "023-12333", supervisePhone: "12345")

  /// An item with every kind of content of a notice.
  static let residencePermit = Item(
    code: "GA-001", name: "居住证申领（换领、补领）", initials: "JZZSL", category: "公安户籍", queueGroup: "公安户籍",
    handledBy: .window,
    basis: ["《居住证暂行条例》（国务院令第663号）第九条、第十条"],
    conditions: ["离开常住户口所在地，在本市居住半年以上", "有合法稳定就业、合法稳定住所、连续就读之一"],
    situations: [Situation(key: "rent", label: "租房居住"), Situation(key: "own", label: "自有住房")],
    materials: [
      Material(
        name: "居民身份证", kind: .originalAndCopy, originals: 1, copies: 1, required: true, electronicAccepted: true,
        source: "政府部门核发（公安）"),
      Material(
        name: "房屋租赁合同", kind: .copy, originals: 0, copies: 1, necessity: .necessary, obtain: "与出租人签订，村（居）网格员可协助登记",
        standard: "写明地址、期限，双方签字", when: "rent", oneOf: "住址证明"),
      Material(
        name: "用人单位出具的住宿证明", kind: .original, originals: 1, copies: 0, necessity: .necessary, standard: "盖单位公章",
        when: "rent", oneOf: "住址证明"),
      Material(
        name: "就业证明", kind: .originalOrCopy, originals: 1, copies: 1, necessity: .deferrable,
        anyOf: ["劳动合同", "营业执照", "工资流水"]),
      Material(
        name: "不动产权证书", kind: .copy, originals: 0, copies: 1, necessity: .necessary, shared: true, source: "规划自然资源部门"),
      Material(name: "近期免冠照片", kind: .original, originals: 2, copies: 0, required: true, note: "姓名含𬱖、㑇等字的，请在背面写清"),
      Material(name: "居住证申领表", kind: .form, originals: 1, copies: 0, required: true),
      Material(
        name: "无犯罪记录承诺书", kind: .original, originals: 1, copies: 0, necessity: .optional, note: "本人愿意的可以带"),
    ],
    steps: ["取号", "窗口核验材料，录入", "公安审核", "制证", "领证"],
    legalLimit: TimeLimit(count: 15, unit: .naturalDay, excludes: ["调查核实"]),
    promisedLimit: TimeLimit(count: 10, unit: .workingDay), fee: "首次不收费；换领、补领20元", consultPhone: "023-45800003",
    supervisePhone: "12345", cityWide: true, feeBasis: "渝价〔2016〕110号", result: "居住证")

  /// Thirty materials, each identifiable by its name and by how to get it.
  static let thirty = Item(
    code: "X-030", name: String(repeating: "很长的事项名称", count: 6), initials: "HC", category: "其他", queueGroup: "综合",
    handledBy: .window,
    materials: (1...30).map { number in
      Material(
        name: "材料第\(number)号" + String(repeating: "证明材料", count: number % 7), kind: .originalAndCopy, originals: 1,
        copies: number, necessity: .necessary, obtain: "取得方式第\(number)号，到出具单位的办事窗口领取，或在网上自助打印")
    })

  static func everything(large: Bool = false) -> NoticeSlip {
    notice(residencePermit, situations: ["rent"], large: large)
  }

  /// The same with a resident's marks: one thing got, two still missing, one of them a group.
  static func marked(large: Bool = false) -> NoticeSlip {
    notice(
      residencePermit, situations: ["rent"], large: large,
      marks: NoticeMarks(have: ["近期免冠照片"], missing: ["住址证明", "就业证明"]))
  }

  /// What a village's agent carries to the town.
  static let carried = Item(
    code: "MZ-005", name: "高龄津贴申请", initials: "GLJTSQ", category: "养老服务", queueGroup: "民政救助", handledBy: .agent,
    sensitivity: "age", basis: ["《中华人民共和国老年人权益保障法》"],
    materials: [Material(name: "居民身份证", kind: .copy, originals: 0, copies: 1, required: true)],
    steps: ["向代办员提交", "代办员送镇便民服务中心", "审核", "发放"], promisedLimit: TimeLimit(count: 1, unit: .month),
    level: .village, directory: .agency)

  static let station = NoticeSlip.Contact(
    name: "文兴社区便民服务站", address: "大庙镇文兴社区", hours: "工作日 9:00—12:00，14:00—17:30", consultPhone: "023-45800004",
    supervisePhone: "12345",
    station: Station(
      Division(code: "500151117001", name: "文兴社区", kind: .community, pilot: true),
      town: Division(code: "500151117", name: "大庙镇", kind: .town, pilot: true),
      agents: [Station.Agent(name: "代办员甲", phone: "13800000000"), Station.Agent(name: "代办员乙", phone: "023-45800005")]))

  /// The town of the station, as its configuration names it.
  static let town = ServicePlace(
    name: "大庙镇便民服务中心", address: "大庙镇大庙街 2 号", hours: "工作日 9:00—12:00，14:00—17:30", phone: "023-45800006")

  /// Where an item is done that is not done elsewhere.
  static func here(_ item: Item, _ hall: NoticeSlip.Contact) -> ItemPlace {
    guard let station = hall.station else {
      return ItemPlace(item.isPoliceOnly ? .policeWindows([]) : .windows([1, 2, 3]))
    }
    switch item.directory {
    case .service: return ItemPlace(.station(station.agents))
    case .agency: return ItemPlace(.agent(station.agents, town: town))
    case nil: return ItemPlace(.elsewhere(DoneElsewhere(kind: .town, places: [town])))
    }
  }

  static func ticketNumber(_ text: String) -> TicketNumber {
    guard let number = TicketNumber(text) else { preconditionFailure("\(text) is no ticket number") }
    return number
  }

  static func ticket(
    number: String = "A042", ahead: Int = 7, estimate: ClosedRange<Int>? = 15...25, windows: [Int] = [1, 2, 3],
    copy: Int = 1, large: Bool = false, language: SlipLanguage = .chinese, rest: DayTerms.Stretch? = nil,
    promised: Int? = nil, stops: [TicketSlip.Stop] = [], leased: Bool = false
  ) -> TicketSlip {
    TicketSlip(
      slip: SlipID("t-0042"), hallName: hallName,
      number: ticketNumber(number), code: code, ahead: ahead,
      estimateMinutes: estimate, rest: rest, promisedMinutes: promised, windows: windows, stops: stops,
      issuedAt: moment,
      copy: copy,
      largeType: large,
      language: language, isLeased: leased)
  }

  /// A ticket with a promise, whose wait meets the lunch break.
  static func promised(large: Bool = false, language: SlipLanguage = .chinese) -> TicketSlip {
    let lunch = DayTerms.Stretch(from: moment.adding(seconds: 10_080), to: moment.adding(seconds: 17_280))
    return ticket(estimate: 10...35, large: large, language: language, rest: lunch, promised: 15)
  }

  static func notice(
    _ item: Item = socialSecurityCard, situations: [String] = ["by_agent"], hall: NoticeSlip.Contact = contact,
    ticket: TicketNumber? = TicketNumber("A042"), copy: Int = 1, large: Bool = false,
    marks: NoticeMarks = NoticeMarks(), place: ItemPlace? = nil
  ) -> NoticeSlip {
    NoticeSlip(
      slip: SlipID("n-0042"), hall: hall, item: item, situations: situations, number: noticeNumber, code: code,
      checkCode: "7F3A91C2", catalogueVersion: "9c1e4f7a20b35d68", place: place ?? here(item, hall),
      ticket: ticket, printedAt: moment, copy: copy, largeType: large, marks: marks)
  }

  static let head = "482113-20261123-9K2F-ABCD-EFGH-JKMN-PQRS-TVWX"

  static func closing(copy: Int = 1) -> ClosingSlip {
    func figures(_ lane: String, _ counts: [Int]) -> LaneFigures? {
      guard let letter = LaneLetter(lane) else { return nil }
      var figures = LaneFigures(lane: letter)
      (figures.issued, figures.called, figures.served) = (counts[0], counts[1], counts[2])
      (figures.missed, figures.abandoned, figures.open) = (counts[3], counts[4], counts[5])
      return figures
    }
    let day = ClosedDay(
      date: CivilDate(daysSinceEpoch: 20_780), openedAt: moment.adding(seconds: -1_500),
      closedAt: moment.adding(seconds: 30_100), closedSequence: 482_110,
      lanes: [figures("A", [142, 139, 131, 4, 3, 4]), figures("E", [17, 17, 17, 0, 0, 0])].compactMap { $0 },
      firstCallAt: moment, lastCallAt: moment.adding(seconds: 29_000), notices: 58, noticesPrinted: 55)
    let names = [LaneLetter("A"): "综合窗口", LaneLetter("E"): "出件"]
    return ClosingSlip(
      slip: SlipID("c105c105c105c105"), hallName: hallName, day: day, head: head,
      laneNames: Dictionary(names.compactMap { letter, name in letter.map { ($0, name) } }) { first, _ in first },
      copy: copy)
  }
}
