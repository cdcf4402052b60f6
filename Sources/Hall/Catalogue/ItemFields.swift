extension Item: CatalogueRecord {
  /// The fields with rules of their own.
  package enum Part: Sendable {
    case code, name, initials, category, queueGroup, audience, handledBy, level, questions, materials, stages
    case legalLimit, promisedLimit, correction, fee, consultPhone, supervisePhone, cityWide, elsewhere, english,
      categoryEnglish
  }

  /// Every field, in the order of a comparison.
  package static let fields: [CatalogueField<Item>] = [
    .init("code", .code, .own(.code)),
    .init("name", .name, label: "名称", .own(.name)),
    .init("pinyin", .initials, label: "首字母", .own(.initials)),
    .init("aliases", .aliases, .texts(\.aliases, atMost: 60, .names)),
    .init("category", .category, label: "办事类别", .own(.category)),
    .init("queue_group", .queueGroup, .own(.queueGroup)),
    .init("audience", .audience, after: .directory, .own(.audience)),
    .init("handled_by", .handledBy, label: "由谁办理", .own(.handledBy)),
    .init("level", .level, after: .queueGroup, label: "受理层级", .own(.level)),
    .init("directory", .directory, .choice(FieldChoice(\.directory) { $0 == .service ? "服务事项" : "代办事项" })),
    .init("kind", .itemKind, .choice(FieldChoice(\.kind, \.words))),
    .init("legal_actor", .legalActor, .text(\.legalActor)),
    .init("sensitivity", .sensitivity, .text(\.sensitivity)),
    .init("delegation", .delegation, .text(\.delegation, among: ["本级受理", "委托受理", "授权办理", "帮办代办", "派驻"])),
    .init("exception_basis", .exceptionBasis, .text(\.exceptionBasis)),
    .init("service_modes", .serviceModes, .texts(\.serviceModes, atMost: 20, .words)),
    .init("basis", .basis, .texts(\.basis, .lines)),
    .init("conditions", .conditions, .texts(\.conditions, .lines)),
    .init("situations", or: ["questions"], .situations, after: .elsewhere, .own(.questions)),
    .init("materials", .material, columns: [], .own(.materials)),
    .init("steps", .steps, .texts(\.steps, .steps)),
    .init("stages", .stages, .own(.stages)),
    .init(
      "legal_limit", or: ["legal_limit_working_days"], .legalLimit,
      columns: [.legalLimit, .legalUnit, .legalExcludes, .legalWording], label: "法定时限", .own(.legalLimit)),
    .init(
      "promised_limit", or: ["promised_limit_working_days"], .promisedLimit,
      columns: [.promisedLimit, .promisedUnit, .promisedExcludes, .promisedWording], label: "承诺时限",
      .own(.promisedLimit)),
    .init("correction", .correction, .own(.correction)),
    .init("agency_none", SheetColumn("不能代办的原因"), .text(\.inPerson, atMost: 60)),
    .init("remedy_organ", SheetColumn("行政复议机关", "复议机关"), .text(\.remedyOrgan, atMost: 40)),
    .init("fee", .fee, columns: [.charged, .fee], label: "收费", .own(.fee)),
    .init("fee_basis", .feeBasis, .text(\.feeBasis)),
    .init("consult_phone", .consultPhone, label: "咨询电话", .own(.consultPhone)),
    .init("supervise_phone", .supervisePhone, label: "监督电话", .own(.supervisePhone)),
    .init("national_basic_code", .nationalBasicCode, after: .aliases, .code(\.nationalBasicCode)),
    .init(
      "implementation_code", .implementationCode, after: .nationalBasicCode, .code(\.implementationCode, atMost: 40)),
    .init("result", .result, label: "审批结果", .text(\.result, atMost: 60)),
    .init("acting_body", .actingBody, .text(\.actingBody, atMost: 60)),
    .init("visits", .visits, .count(\.visits, in: 0...9)),
    .init("online", .online, .text(\.online, atMost: 120)),
    .init("all_city", .cityWide, after: .serviceModes, label: "全市通办", .own(.cityWide)),
    .init("elsewhere", .elsewhere, .own(.elsewhere)),
    .init("note", .note, label: "说明", .text(\.note)),
    .init("english", .english, .own(.english)),
    .init("category_english", .categoryEnglish, .own(.categoryEnglish)),
  ]
}
