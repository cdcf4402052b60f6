import Hall
import YAMLDocuments

/// Content that a notice must have by law, and content that it must not have.
///
/// These findings are errors of `catalogue lint`. A hall opens with such a catalogue all the same, so that an older one
/// keeps working.
extension CatalogueLint {
  static func checkDuties(_ item: Item, _ table: YAMLTable) {
    checkLegalLimit(item, table)
    checkExcludedStages(item, table)
    checkCorrection(item, table)
    checkConditions(item, table)
    checkSensitivity(item, table)
    checkPapers(item, table)
    checkAnswers(inWordsOf: item, table)
    checkTexts(table)
  }

  /// 法定时限 must be posted (行政许可法 30) and is printed on the notice, which may not say 请问窗口 for it.
  private static func checkLegalLimit(_ item: Item, _ table: YAMLTable) {
    guard item.legalLimit == nil else { return }
    table.log.fault(
      table.location(of: "legal_limit"), "\(item.code) does not say its legal limit",
      "write `legal_limit: {n: …, unit: …}`, or `legal_limit: none` where the law sets none",
      zh: "\(item.code) 没有写法定办结时限：写上法定时限；法律确实没有规定的，写“法律未规定期限”（legal_limit: none）")
  }

  /// A promise that excludes a stage which the law counts may end later than the legal limit (行政许可法 45 lists the
  /// stages).
  private static func checkExcludedStages(_ item: Item, _ table: YAMLTable) {
    guard let legal = item.legalLimit, let promised = item.promisedLimit, legal.unit != .notSet else { return }
    let counted = promised.excludes.filter { stage in !legal.excludes(stage, ofLicence: item.isLicence) }
    guard !counted.isEmpty else { return }
    let stages = counted.joined(separator: "、")
    table.log.fault(
      table.location(of: "promised_limit"), "the promise leaves out \(stages), which the law counts",
      "count it in the promise, or add it to what the legal limit excludes, with its article",
      zh: "承诺时限不计\(stages)，法定时限却要计：承诺时限里也计入，或依据条文在法定时限里写明不计")
  }

  /// Deemed acceptance needs an article of a law. For a licence there is one (行政许可法 32).
  private static func checkCorrection(_ item: Item, _ table: YAMLTable) {
    guard let correction = item.correction else {
      guard item.isLicence else { return }
      table.log.warn(
        table.location, "\(item.code) is a licence without `correction`",
        "add `correction: {limit: 5, unit: working_day, basis: 行政许可法第三十二条, deemed_acceptance: true}`, or what its own law says",
        zh: "\(item.code) 是行政许可，没有写补正告知（correction）：写上期限和依据，如行政许可法第三十二条，或单行法的条文")
      return
    }
    guard correction.deemedAcceptance, !correction.isDeemed else { return }
    table.log.fault(
      table.location(of: "correction"), "deemed acceptance without an article",
      "write the law and its article in `basis`, or take `deemed_acceptance` out",
      zh: "写了逾期视为受理，依据却没有写到条：在 basis 里写明法律和条文，或去掉 deemed_acceptance")
  }

  /// 受理条件 must be posted too (行政许可法 30, GB/T 39554.2).
  private static func checkConditions(_ item: Item, _ table: YAMLTable) {
    guard item.conditions.isEmpty else { return }
    table.log.fault(
      table.location(of: "conditions"), "\(item.code) has no conditions", "write who may ask for it (受理条件)",
      zh: "\(item.code) 没有受理条件：写明谁、什么情况可以办；人人可办的，写“无特定条件”")
  }

  private static func checkSensitivity(_ item: Item, _ table: YAMLTable) {
    guard item.sensitivity == nil, let kind = Sensitivity.implied(by: item).first else { return }
    table.log.fault(
      table.location(of: "name"), "“\(item.name)” is sensitive (个人信息保护法 28) and does not say so",
      "add `sensitivity: \(kind.rawValue)`",
      zh: "“\(item.name)”属于敏感个人信息（个人信息保护法第二十八条），却没有标明：补上敏感类别（sensitivity: \(kind.rawValue)）")
  }

  private static func checkPapers(_ item: Item, _ table: YAMLTable) {
    // If one could not be parsed the indices do not correspond; its own fault is in the log.
    guard !item.materials.isEmpty else { return }
    let entries = table.tables("materials", atMost: 60, names: .ofMaterial)
    guard entries.count == item.materials.count else { return }
    for (entry, material) in zip(entries, item.materials) {
      if material.source == nil {
        table.log.fault(
          entry.location, "“\(material.name)” does not say where it is from",
          "add `source: …`: 申请人自备, 政府部门核发（公安）, 窗口领取 …",
          zh: "“\(material.name)”没有来源渠道：补上来源（source），如 申请人自备、政府部门核发（公安）、窗口领取")
      }
      let isListed =
        !material.anyOf.isEmpty
        || [material.note, material.standard].contains { $0.map(PlainWords.listsPapers) ?? false }
      if !isListed, PlainWords.isUnnamed(material.name) {
        table.log.fault(
          entry.location(of: "name"), "“\(material.name)” does not say which papers",
          "name them, or list them in `any_of`",
          zh: "“\(material.name)”没有说是哪些：写出名称，或在“任一即可”（any_of）里逐个列出")
      }
    }
  }

  private static func checkAnswers(inWordsOf item: Item, _ table: YAMLTable) {
    for question in item.questions {
      for answer in question.situations {
        guard let words = PlainWords.official(in: answer.label) else { continue }
        table.log.warn(
          table.location(of: question.ask == nil ? "situations" : "questions"),
          "“\(answer.label)” is no answer that a resident can give (\(words))",
          "ask in words of everyday life: 家里有子女吗; 有残疾证吗",
          zh: "“\(answer.label)”居民答不上来（\(words)）：换成平常话，如 家里有子女吗、有残疾证吗")
      }
    }
  }

  /// Retired names of places, and phone numbers that cannot be reached, in any text.
  static func checkTexts(_ table: YAMLTable) {
    table.eachText(except: ["verification", "extra", "pinyin", "code", "items"]) { key, text, location in
      for name in PlaceName.wrong(in: text) {
        table.log.fault(
          location, "“\(name.written)” is not what the place is called (铜府办〔2023〕32号 二（一）)", "write \(name.right)",
          zh: "“\(name.written)”是旧称或与级别不符（铜府办〔2023〕32号 二（一））：写“\(name.right)”")
      }
      if let number = ShortPhone.found(in: text, isPhone: key.hasSuffix("phone")) {
        table.log.fault(
          location, "the number \(number) has seven digits", "write the eight of a line (023-45678901), or a hotline",
          zh: "电话 \(number) 只有七位：重庆座机是八位，核对后写 023-45678901 这样的号码，或写热线")
      }
    }
  }
}
