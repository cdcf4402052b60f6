import Groundwork
package import Hall

extension Wording {
  static let receiptTitle = "收件凭证"
  static let correctionTitle = "材料补正一次性告知书"

  static func caseNumber(_ number: String) -> String { "编号 \(number)" }
  /// In three groups, to be read out or typed.
  static func caseCode(_ code: PublicCode) -> String {
    let text = code.description
    return "办件码 \(text.prefix(4))-\(text.dropFirst(4).prefix(4))-\(text.suffix(4))"
  }
  static let sealBox = "专用章"
  static let sealHere = "要正式文书的，请让窗口盖章。"
  static let unsealed = "未盖章的，仅作凭条。"
  /// Only true of a roll.
  package static let caseFades = "热敏纸易褪色，请复印留存。"
  static let casePrivacy = "个人信息仅用于办理本件，依法保存，到期销毁。"

  static func longDay(_ date: CivilDate) -> String {
    let (year, month, day) = date.parts
    return "\(year)年\(month)月\(day)日"
  }

  static func longMoment(_ moment: Timestamp, zone: ZoneOffset) -> String {
    let (date, time) = zone.civil(moment)
    return "\(longDay(date)) \(padded(time.minuteOfDay / 60, 2))时\(padded(time.minuteOfDay % 60, 2))分"
  }

  // MARK: Receipt

  static func received(_ name: String, _ item: String) -> String { "今收到 \(name) 办理“\(item)”的下列材料：" }
  static let noPapersTaken = "没有收取纸质材料。"
  static func counts(_ paper: PaperAccount) -> [String] {
    var counts: [String] = []
    if paper.originals > 0 { counts.append("原件\(paper.originals)") }
    if paper.copies > 0 { counts.append("复印件\(paper.copies)") }
    if paper.isElectronic { counts.append("电子证照") }
    return counts
  }
  static let seenAndReturned = "已核对原件当场退还"
  static let receivedAt = "收件时间"
  static let receiver = "收件人"
  static func tellBy(_ by: TellBy) -> String {
    let day = by.provisional ? "\(longDay(by.date))（暂定）" : longDay(by.date)
    return "我们最迟在 \(day) 前告诉您：受理，或还缺什么（一次说全）。"
  }
  static func tellBasis(_ telling: CaseTelling) -> String {
    guard telling.isDeemed, let basis = telling.basis else {
      return telling.basis.map { "依据：\($0)。" } ?? "这是本大厅的承诺。"
    }
    return "到期没有告诉您的，从收到材料之日起就算受理（\(basis)）。"
  }
  static let keepReceipt = "凭本单查进度、领结果。请收好。"
  static let bearerSigns = "交件人签字"
  static let signHere = "____________________"

  // MARK: Correction notice

  static func addressed(_ name: String) -> String { "\(name)：" }
  static func card(_ number: String) -> String { "证件 \(number)" }
  static func handedIn(_ received: CivilDate, _ item: String) -> String {
    let (_, month, day) = received.parts
    return "您于 \(month)月\(day)日 提交了“\(item)”申请。"
  }
  static func toCorrect(_ count: Int) -> String { "经查看，还需要补正下面 \(count) 项（已一次全部告知）：" }
  static func ask(_ text: String) -> String { "请带：\(text)" }
  static func lineBasis(_ basis: String) -> String { "依据：\(basis)" }
  static let alreadyReceived = "已收到，不用再交"
  static func handIn(_ windows: [Int]) -> String {
    let place = windows.isEmpty ? "收件窗口" : "\(WindowWords.list(windows)) 号窗口"
    return "补齐后交到 \(place)，不用重新说明情况：出示本单即可。补齐当天受理，办理时限从那天起算。"
  }
  static func returnWithin(_ within: ItemCorrection.ReturnWithin) -> String {
    "请在 \(within.count)\(within.unit.words)内补齐（\(within.basis)）。"
  }
  static func ifNotNeeded(_ phone: String) -> String { "如果您认为这些材料不该要，可以向 \(phone) 反映。" }
  static let lawBasis = "依据"
  static let hallRule = "本大厅一次性告知制度"
  static let toldAt = "告知时间"
  static let handledBy = "经办人"
  static let applicantSigns = "签收"
  static func lineNumbers(_ names: [String]) -> String {
    names.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined(separator: "　")
  }
  /// What to bring by the list itself: how many, how it has to look, where to get it.
  package static func ask(_ material: Material) -> String {
    ([material.name + "，" + material.copyWords] + [material.standard, material.obtain].compactMap(\.self))
      .joined(separator: "；")
  }
}
