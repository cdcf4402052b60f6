import Hall
import YAMLDocuments

/// Reads one item of the catalogue.
struct ItemParser {
  private let table: YAMLTable
  private let pinyin: PinyinTable
  private let calendar: WorkCalendar?
  private let promises: PromiseCache
  private let categories: [String: String]
  private var log: FaultLog { table.log }

  /// - Parameter calendar: for limits in different units; nil leaves those uncompared.
  /// - Parameter categories: English names of categories by their Chinese ones.
  init(
    _ table: YAMLTable, _ pinyin: PinyinTable, _ calendar: WorkCalendar?, _ promises: PromiseCache,
    categories: [String: String] = [:]
  ) {
    self.table = table
    self.pinyin = pinyin
    self.calendar = calendar
    self.promises = promises
    self.categories = categories
  }

  /// Nil when code or name is missing; any other fault is logged and parsing continues.
  func item() -> Item? {
    let code = table.text("code", atMost: 20)
    let name = table.text("name", atMost: 60)
    let levels = ItemLevelParser(table)
    let level = levels.level()
    let handledBy = table.choice("handled_by", of: [Item.Handler.window, .agent, .village, .police])
    let questions = QuestionParser(table).questions()
    let category = table.text("category", atMost: 30) ?? ""
    for key in ["pinyin", "remarks", "verification", "extra"] { _ = table.node(key) }
    var item = Item(
      code: code ?? "", name: name ?? "", initials: name.map(InitialsRule(table, pinyin).initials) ?? "",
      category: category, queueGroup: table.text("queue_group", atMost: 30) ?? "", audience: audience(level),
      handledBy: handledBy ?? .window, materials: materials(questions.flatMap(\.situations), level),
      legalLimit: LimitParser(table, "legal_limit").limit(required: false),
      promisedLimit: LimitParser(table, "promised_limit").limit(required: true), fee: fee(),
      consultPhone: phone("consult_phone"), supervisePhone: phone("supervise_phone"), cityWide: cityWide(),
      questions: questions, level: level ?? .town, stages: levels.stages(), elsewhere: levels.elsewhere(),
      english: english(category), correction: CorrectionParser(table).correction())
    for field in Item.fields { field.read(table, into: &item) }
    table.mentionUnknown()
    levels.check(item.directory, level, handledBy)
    refuseForbidden([name, item.result], level)
    checkLists(item, named: code, level)
    checkPromise(item)
    checkCodes(item)
    return code == nil || name == nil ? nil : item
  }

  private func english(_ category: String) -> Item.English? {
    let name = table.text("english", required: false, atMost: 60)
    let category = table.text("category_english", required: false, atMost: 60) ?? categories[category]
    return name == nil && category == nil ? nil : Item.English(name: name, category: category)
  }

  private func checkLists(_ item: Item, named code: String?, _ level: Item.Level?) {
    if level == .village, item.steps.isEmpty {
      log.fault(
        table.location(of: "steps"), "\(code ?? "an item") of a village has no steps",
        "write the 办理流程 (铜府办〔2023〕32号 二（三） wants it in the directory)",
        zh: "村级事项 \(code ?? "") 没有办理流程：写上办理流程（铜府办〔2023〕32号 二（三）要求列入目录）")
    }
    if item.basis.isEmpty {
      log.fault(
        table.location(of: "basis"), "`basis` is missing", "write the 设定依据 (行政许可法 30 has it posted)",
        zh: "没有设定依据：写上设定依据（行政许可法第三十条要求公示）")
    }
    let known = ["指导网办", "代办", "帮办", "现场办", "上门办"]
    for mode in item.serviceModes where !known.contains(mode) {
      log.fault(
        table.location(of: "service_modes"), "the mode “\(mode)”", "write some of: \(known.joined(separator: ", "))",
        zh: "服务方式“\(mode)”不认得：请写其中之一：\(known.joined(separator: "、"))")
    }
  }

  private func checkPromise(_ item: Item) {
    guard let legal = item.legalLimit, let promised = item.promisedLimit,
      let fault = promises.fault(PromiseRule(legal: legal, promised: promised), calendar)
    else { return }
    log.warn(
      table.location(of: "promised_limit"), fault.english, "shorten it; until then the earlier date counts",
      zh: "\(fault.chinese)：缩短承诺时限；改之前以早的为准")
  }

  /// The forbidden certificates of a village, by the item's name or its result.
  private func refuseForbidden(_ names: [String?], _ level: Item.Level?) {
    guard level == .village, let certificate = names.lazy.compactMap({ $0.flatMap(ForbiddenCertificate.named) }).first
    else { return }
    log.fault(
      table.location(of: "name"), "\(certificate) may not be issued by a village committee (民发〔2020〕20号)",
      "take the item out",
      zh: "\(certificate)不得由村（居）委会开具（民发〔2020〕20号）：去掉这个事项")
  }

  private func materials(_ situations: [Situation], _ level: Item.Level?) -> [Material] {
    // 无需材料 stated explicitly: a village item must state it, so that a forgotten list is not taken for it.
    if let node = table.node("materials"), case .scalar("none", _) = node.content { return [] }
    let tables = table.tables("materials", required: true, atMost: 60, names: .ofMaterial)
    if tables.isEmpty, level == .village, table.node("materials") != nil {
      log.fault(
        table.location(of: "materials"), "an item of a village has no materials",
        "list them, or write `materials: none`",
        zh: "村级事项没有材料：列出材料，确实没有就写“无”（materials: none）")
    }
    let rules = MaterialRules(
      situations: Set(situations.map(\.key)), atVillage: level == .village,
      socialInsurance: ["社会保险", "医疗保障"].contains(table.text("category", required: false) ?? ""))
    return GroupRule(log).checked(tables.map { ($0, MaterialParser($0, rules).material()) })
  }

  private func audience(_ level: Item.Level?) -> Item.Audience {
    let audience = table.choice("audience", of: [Item.Audience.person, .enterprise], required: false) ?? .person
    if audience == .enterprise, level != nil {
      log.warn(
        table.location(of: "audience"), "enterprises are served at the district's centre (铜府办〔2023〕32号 二（三）)",
        "take the item out, or check the exception",
        zh: "企业事项向区政务服务中心集中（铜府办〔2023〕32号 二（三））：去掉，或核对例外")
    }
    return audience
  }

  private func fee() -> String {
    guard let fee = table.text("fee", atMost: 80) else { return "" }
    if fee == "0" || fee == "0元" || fee == "免费" || fee == "无" {
      log.warn(
        table.location(of: "fee"), "the fee “\(fee)”", "write 不收费, as slips say it",
        zh: "收费写的是“\(fee)”：写“不收费”，小票上就这样印")
    } else if fee.holds("待核") || fee.holds("待定") {
      log.warn(
        table.location(of: "fee"), "the fee is not settled, and slips print it", "write what residents pay",
        zh: "收费还没有定，小票上会照印：写明居民要交多少")
    }
    return fee
  }

  /// Nil for the hall's own phone (`@hall`).
  private func phone(_ key: String) -> String? {
    guard let text = table.text(key, atMost: 30), text != "@hall" else { return nil }
    if !PhoneNumber.isOne(text) {
      log.fault(
        table.location(of: key), "`\(key)` is “\(text)”", PhoneNumber.remedy(for: text).english + ", or '@hall'",
        zh: "\(table.name(of: key))“\(text)”不对：\(PhoneNumber.remedy(for: text).chinese)，或写 @hall 用本厅的电话")
    }
    return text
  }

  private func checkCodes(_ item: Item) {
    if let code = item.nationalBasicCode, !OfficialCode.isNational(code) {
      log.fault(
        table.location(of: "national_basic_code"), "`national_basic_code` is “\(code)”",
        "write the 12 digits of the 实施清单, or null until they are known",
        zh: "基本编码“\(code)”不对：写实施清单上的 12 位数字，不知道就留空")
    }
    if let code = item.implementationCode, !OfficialCode.isImplementation(code) {
      log.fault(
        table.location(of: "implementation_code"), "`implementation_code` is “\(code)”",
        "copy the 31 characters of the 实施清单 (a character is wrong or missing), or null until they are known",
        zh: "实施编码“\(code)”不对：照实施清单抄 31 位（错了或少了一位），不知道就留空")
    }
  }

  /// `true`, or the range in words (全国跨省通办), which includes the city.
  private func cityWide() -> Bool {
    guard let node = table.node("all_city") else { return false }
    switch node.content {
    case .scalar("false", quoted: false): return false
    case .scalar: return YAMLTable.text(node, "all_city", atMost: 20, log, .ofItem) != nil
    default:
      log.fault(
        node.location, "`all_city` should be true, false or a range, not \(node.kind)", "write true or 全国通办",
        zh: "通办范围（all_city）是\(node.chineseKind)：写 true、false 或范围，如 全国通办")
      return false
    }
  }
}
