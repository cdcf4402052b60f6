import Groundwork
import Hall
import Slips

/// Synthetic slips: a realistic item in a hall that exists, numbers and codes that were never issued.
enum Samples {
  static let hallName = "安居镇便民服务中心"
  /// 2026-11-23 09:12:37 北京时间; the seconds are there so that a slip could show them if it were wrong.
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

  static func ticketNumber(_ text: String) -> TicketNumber {
    guard let number = TicketNumber(text) else { preconditionFailure("\(text) is no ticket number") }
    return number
  }

  static func ticket(
    number: String = "A042", ahead: Int = 7, estimate: ClosedRange<Int>? = 15...25, windows: [Int] = [1, 2, 3],
    copy: Int = 1, large: Bool = false
  ) -> TicketSlip {
    TicketSlip(
      slip: SlipID("t-0042"), hallName: hallName,
      number: ticketNumber(number), code: code, ahead: ahead,
      estimateMinutes: estimate, windows: windows, issuedAt: moment, copy: copy, largeType: large)
  }

  static func notice(
    _ item: Item = socialSecurityCard, situations: [String] = ["by_agent"], hall: NoticeSlip.Contact = contact,
    ticket: TicketNumber? = TicketNumber("A042"), copy: Int = 1, large: Bool = false
  ) -> NoticeSlip {
    NoticeSlip(
      slip: SlipID("n-0042"), hall: hall, item: item, situations: situations, number: noticeNumber, code: code,
      checkCode: "7F3A91C2", catalogueVersion: "9c1e4f7a20b35d68", windows: [1, 2, 3], ticket: ticket,
      printedAt: moment, copy: copy, largeType: large)
  }
}
