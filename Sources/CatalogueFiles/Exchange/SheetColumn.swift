/// A column of a hall's table of items (实施清单 and material tables, GB/T 39554.2), by the headings that offices use.
enum SheetColumn: String, CaseIterable {
  // Of the item.
  case code = "事项编码"
  case name = "事项名称"
  case initials = "拼音首字母"
  case aliases = "别名"
  case nationalBasicCode = "基本编码"
  case implementationCode = "实施编码"
  case category = "主题分类"
  case queueGroup = "队列分组"
  case level = "行使层级"
  case handledBy = "办理人员"
  case directory = "村社区目录"
  case audience = "服务对象"
  case legalActor = "法定办理机关"
  case sensitivity = "敏感类别"
  case delegation = "下放方式"
  case exceptionBasis = "不下放依据"
  case serviceModes = "服务方式"
  case cityWide = "通办范围"
  case basis = "设定依据"
  case conditions = "受理条件"
  case steps = "办理流程"
  case stages = "分级办理"
  case legalLimit = "法定办结时限"
  case legalUnit = "法定办结时限单位"
  case legalExcludes = "法定时限不含"
  case legalWording = "法定办结时限说明"
  case promisedLimit = "承诺办结时限"
  case promisedUnit = "承诺办结时限单位"
  case promisedExcludes = "承诺时限不含"
  case promisedWording = "承诺办结时限说明"
  case charged = "是否收费"
  case fee = "收费标准"
  case feeBasis = "收费依据"
  case consultPhone = "咨询方式"
  case supervisePhone = "监督投诉方式"
  case result = "审批结果名称"
  case actingBody = "实施主体"
  case visits = "到办事现场次数"
  case online = "网办入口"
  case elsewhere = "不在本厅办理"
  case situations = "情形"
  case note = "事项说明"
  case english = "英文名称"
  case categoryEnglish = "主题分类英文名称"
  // Of the material.
  case material = "材料名称"
  case kind = "材料类型"
  case medium = "材料形式"
  case necessity = "材料必要性"
  case source = "来源渠道"
  case obtain = "来源渠道说明"
  case copies = "份数"
  case originals = "材料原件份数"
  case photocopies = "材料复印件份数"
  case size = "纸质材料规格"
  case standard = "受理标准"
  case blank = "空白表格"
  case materialBasis = "要求提供材料的依据"
  case electronic = "可用电子证照"
  case shared = "数据共享获取"
  case when = "适用情形"
  case anyOf = "可为以下之一"
  case oneOf = "任选其一分组"
  case materialNote = "备注"

  /// Other names of the same column.
  private static let synonyms: [String: SheetColumn] = [
    "编码": .code, "事项编号": .code, "内部编码": .code, "名称": .name, "事项": .name, "政务服务事项名称": .name,
    "国家基本编码": .nationalBasicCode, "地方实施编码": .implementationCode, "事项分类": .category, "办事类别": .category,
    "事项类别": .category, "俗称": .aliases, "设立依据": .basis, "法律依据": .basis, "办理依据": .basis, "申请条件": .conditions,
    "办理条件": .conditions, "办事流程": .steps, "法定时限": .legalLimit, "法定期限": .legalLimit, "法定时限单位": .legalUnit,
    "承诺时限": .promisedLimit, "承诺期限": .promisedLimit, "承诺时限单位": .promisedUnit, "收费情况": .charged, "收费": .charged,
    "咨询电话": .consultPhone, "咨询": .consultPhone, "监督电话": .supervisePhone, "监督投诉电话": .supervisePhone,
    "投诉电话": .supervisePhone, "审批结果": .result, "实施机构": .actingBody, "实施部门": .actingBody, "实施主体名称": .actingBody,
    "到现场次数": .visits, "到办事现场的次数": .visits, "到现场办理次数": .visits, "最多跑动次数": .visits,
    "网上办理地址": .online, "网上办理入口": .online, "在线办理地址": .online, "网办地址": .online, "申请材料": .material, "申请材料名称": .material,
    "申报材料": .material,
    "材料份数": .copies, "纸质材料份数": .copies, "原件份数": .originals, "复印件份数": .photocopies, "材料规格": .size,
    "规格": .size, "填报须知": .standard, "材料来源": .source, "材料来源渠道": .source, "必要性": .necessity, "材料依据": .materialBasis,
    "材料备注": .materialNote, "材料说明": .materialNote, "电子证照": .electronic, "数据共享": .shared, "受理层级": .level,
    "备注说明": .materialNote, "主题": .category, "事项主题": .category, "实施层级": .level, "办理层级": .level,
    "适用对象": .audience, "办理对象": .audience, "申请人类型": .audience, "办理程序": .steps, "申报条件": .conditions,
    "法定办理时限": .legalLimit, "法定办结期限": .legalLimit, "法定办理期限": .legalLimit, "法定时限说明": .legalWording,
    "承诺办理时限": .promisedLimit, "承诺办结期限": .promisedLimit, "承诺办理期限": .promisedLimit, "承诺时限说明": .promisedWording,
    "收费金额": .fee, "费用": .fee, "联系电话": .consultPhone, "咨询联系电话": .consultPhone, "咨询服务电话": .consultPhone,
    "咨询渠道": .consultPhone, "监督方式": .supervisePhone, "投诉方式": .supervisePhone, "监督投诉": .supervisePhone,
    "监督投诉渠道": .supervisePhone, "申请材料清单": .material, "提交材料": .material, "所需材料": .material, "办理材料": .material,
    "申办材料": .material, "材料": .material, "材料清单": .material, "材料类别": .kind, "材料介质": .medium, "是否必要": .necessity,
    "是否必需": .necessity, "是否必须": .necessity, "材料是否必要": .necessity, "材料数量": .copies, "数量": .copies, "份数要求": .copies,
    "原件数量": .originals, "复印件数量": .photocopies, "材料要求": .standard, "材料标准": .standard, "材料来源说明": .obtain,
  ]

  /// The column with this heading. Blanks, stars and text in brackets are ignored, except where they change the
  /// heading: 份数（复印件） means 复印件份数.
  init?(heading: String) {
    let name = Self.bare(heading)
    if let column = Self.named(name) {
      self = column
      return
    }
    guard let open = name.firstIndex(where: { "（(".contains($0) }) else { return nil }
    let base = String(name[..<open])
    let inside = name[open...].dropFirst().prefix { !"）)".contains($0) }
    guard let column = Self.named(inside + base) ?? Self.named(base + inside) ?? Self.named(base) else { return nil }
    self = column
  }

  private static func named(_ name: String) -> SheetColumn? { SheetColumn(rawValue: name) ?? synonyms[name] }

  /// A heading without blanks and punctuation.
  static func bare(_ heading: String) -> String {
    String(CellText.clean(heading).filter { !$0.isWhitespace && !"*＊：:★".contains($0) })
  }

  /// Whether its cells are parsed (numbers, phones), and not only copied.
  var isRead: Bool {
    [.copies, .originals, .photocopies, .legalLimit, .promisedLimit, .consultPhone, .supervisePhone].contains(self)
  }

  var isOfMaterial: Bool {
    Self.allCases.firstIndex(of: self).map { $0 >= (Self.allCases.firstIndex(of: .material) ?? 0) } ?? false
  }
}
