package import Groundwork
import Hall

/// Every text that a slip carries, in one type, so that a district can change the wording here.
///
/// Standard simplified characters, 您, and in every request what to do next.
package enum Wording {
  // MARK: Both slips

  static func copy(_ number: Int) -> String { "补打　第 \(number) 次" }

  /// Date and minute; a slip never shows seconds.
  package static func moment(_ moment: Timestamp, zone: ZoneOffset) -> String {
    let (date, time) = zone.civil(moment)
    return "\(date) \(time)"
  }

  static let scanInHall = "供本厅设备扫描"

  // MARK: Ticket

  /// How many are called before, and the wait that was told: 前面 7 人，约 15–25 分钟.
  ///
  /// Of a range that begins at 0 only the end is told. The range 0...0 (`WaitOutlook.noWait`) means a free window.
  static func ahead(_ count: Int, minutes: ClosedRange<Int>?) -> String {
    guard let minutes else { return "前面 \(count) 人" }
    if minutes == WaitOutlook.noWait { return "前面 \(count) 人，有窗口空着" }
    if minutes.lowerBound == 0 { return "前面 \(count) 人，约 \(minutes.upperBound) 分钟以内" }
    return "前面 \(count) 人，约 \(minutes.lowerBound)–\(minutes.upperBound) 分钟"
  }

  /// A number that was given while the kiosk was cut off, and what its holder does.
  static let leased = "应急号，照常排队"
  static let leasedRule = "网络断了，这个号由本机发出，有效，不用再取。窗口可能改为口头叫号，请留在大厅，听到号码就过去。"

  /// A break is no waiting time: the range does not contain it.
  static func rest(from: CivilTime, to: CivilTime) -> String { "\(from)–\(to) 休息，不算在等候时间里" }

  /// What the hall promises (服务承诺), apart from the estimate.
  static func promise(minutes: Int) -> String { "本大厅承诺：等候不超过 \(minutes) 分钟" }

  static func goTo(windows numbers: [Int]) -> String {
    numbers.isEmpty ? "叫号后，请看大屏上的窗口" : "叫号后，请到 \(WindowWords.list(numbers)) 号窗口"
  }

  /// The order of lanes of a number for several matters.
  static func stops(_ stops: [TicketSlip.Stop]) -> String {
    let list = stops.map { stop in
      stop.windows.isEmpty ? "\(stop.lane) 队" : "\(stop.lane) 队（\(WindowWords.list(stop.windows)) 号窗口）"
    }
    return "办完接着去：\(list.joined(separator: "，再到 "))。还是这个号，不用再取。"
  }

  /// What to do after a missed call; a hall with another rule configures its own sentence.
  package static let missed = "过号请到取号机扫小票报到，或找工作人员。"

  // MARK: Notice

  static let noticeTitle = "一次性告知单"
  static let noticeInCode = "告知单"
  static let allAtOnce = "请按此清单一次备齐"
  static let toBring = "必带"
  static func stillMissing(_ count: Int) -> String { "必带 · 还缺 \(count) 样" }
  static let stillMissingAdvice = "您标了“缺”的，请先备齐"
  static let alreadyThere = "必带 · 其余的"
  static let alreadyThereAdvice = "已经有的（打了勾），来时也要一起带上"
  package static let markedMissing = "缺"
  package static let tick = "✓"
  static let toFillIn = "现场填写"
  static let toFillInAdvice = "表格大厅有，到窗口填，不用提前准备"
  static let mayLeave = "可不带"
  static let mayLeaveAdvice = "窗口能查到的不用带；非必要的，有就带上"
  static let mayLeaveAdviceAtStation = "代办员能查到的不用带；非必要的，有就带上"
  static let noMaterials = "不用带材料"
  static let anyOf = "以下之一："
  static let steps = "办理流程"
  static let limitsAndFee = "时限和收费"
  static let legalLimit = "法定时限"
  static let promisedLimit = "承诺时限"
  static let fee = "收费"
  static let whereAndWhen = "地点和电话"
  static let place = "地点"
  static let hours = "时间"
  static let consult = "咨询电话"
  static let supervise = "监督电话"
  static let hotline = "12345"
  static let lawAndConditions = "依据和条件"
  static let basis = "设定依据"
  static let conditions = "受理条件"
  static let remark = "说明"
  static let itemCode = "事项编码"
  static let basicCode = "基本编码"
  static let implementationCode = "实施编码"
  static let kindOfMatter = "办件类型"
  static let audience = "服务对象"
  static let range = "通办范围"
  static let wholeCity = "全市通办"
  static let result = "办理结果"
  static let feeBasis = "收费依据"
  static let actingBody = "实施主体"
  static let visits = "到现场"
  static func visits(_ count: Int) -> String { count == 0 ? "0 次（不用到现场）" : "\(count) 次" }
  static let online = "网办入口"
  static let orYourself = "自己去"
  /// Replaces the legal part on a roll in 大字, where it would take half a metre.
  static func lawElsewhere(inStation: Bool) -> String {
    inStation
      ? "依据、条件、编码：在站里扫本单的码可看，也可请代办员打印 A4 全文。" : "依据、条件、编码：在取号机扫本单的码可看，也可请窗口打印 A4 全文。"
  }
  static let agent = "代办员"

  /// 即办件 is done while the resident waits; everything else is a 承诺件.
  static func kind(_ item: Item) -> String { item.promisedLimit?.unit == .immediate ? "即办件" : "承诺件" }
  static func audience(_ item: Item) -> String { item.audience == .person ? "个人" : "企业" }
  static func setUp(in site: String) -> String { "（设在\(site)）" }
  static let stub = "窗口留存"
  static let stubAtStation = "代办员留存"
  static let toFillInAtStation = "表格站里有，现场填，不用提前准备"
  static let privacy = "本单不含您的个人信息。"
  static let privacySensitive = "本单不含您的姓名和证件号码，但写着您要办的事，请收好。"

  static func whereFrom(_ source: String) -> String { "来源：\(source)" }
  static func howToGet(_ way: String) -> String { "怎么取得：\(way)" }
  static func standard(_ words: String) -> String { "要求：\(words)" }
  static func onlyWhen(_ situation: String) -> String { "情形：\(situation)（不是这种情形不用带）" }
  static func chosen(_ situations: [String]) -> String { "情形：\(situations.joined(separator: "、"))" }
  static func ticket(_ number: TicketNumber) -> String { "排队号 \(number)" }
  static func catalogue(_ version: String) -> String { "\(catalogueVersion) \(version)" }
  private static let catalogueVersion = "目录版本"
  /// Small print that only the office compares; the QR code leads to it.
  static func isForTheOffice(_ line: String) -> Bool { line.hasPrefix(catalogueVersion) }
  static func printed(_ moment: String) -> String { "打印 \(moment)" }
  static func noticeNumber(_ number: String) -> String { "编号 \(number)" }

  /// The notice's own code in three groups, to be typed at a kiosk.
  static func codeToType(_ code: PublicCode) -> String {
    let text = code.description
    let groups = [text.prefix(4), text.dropFirst(4).prefix(4), text.suffix(4)].map(String.init)
    return "编码 \(groups.joined(separator: "-"))（以后可在取号机上输入，看内容有没有变化）"
  }

  package static func page(_ page: Int, of count: Int, _ footing: String) -> String {
    "\(footing)　第 \(page) 页，共 \(count) 页"
  }

  /// Eight characters in two groups, other lengths as they come.
  static func check(_ code: String) -> String {
    code.count == 8 ? "校验码 \(code.prefix(4))-\(code.suffix(4))" : "校验码 \(code)"
  }

  /// What the resident does with the notice; printed directly under its title.
  static func nextStep(_ materials: Checklist, at place: ItemPlace) -> String {
    if materials.isEmpty { return "不用带材料，请直接\(place.step)。" }
    if materials.toBring.isEmpty { return "没有必须带的材料，请\(place.step)。" }
    return "\(allAtOnce)，\(place.step)。"
  }
}
