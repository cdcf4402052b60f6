/// A column of a hall's table of items (实施清单 and material tables, GB/T 39554.2), by the headings that offices use.
package struct SheetColumn: Hashable, Sendable {
  /// Its own heading, under which it is exported and named in messages.
  package let heading: String
  /// Other headings of the same column.
  package let synonyms: [String]

  package init(_ heading: String, _ synonyms: String...) {
    self.heading = heading
    self.synonyms = synonyms
  }

  package static func == (a: Self, b: Self) -> Bool { a.heading == b.heading }
  package func hash(into hasher: inout Hasher) { hasher.combine(heading) }

  /// Every column, in the order of an exported table: the item's, then the material's.
  package static let all = ofItem + ofMaterial
  package static let ofItem = order(Item.fields)
  package static let ofMaterial = order(Material.fields)

  /// The columns of fields: in their order, except where a field says behind which column it stands.
  private static func order<Record>(_ fields: [CatalogueField<Record>]) -> [SheetColumn] {
    var columns = fields.filter { $0.after == nil }.flatMap(\.columns)
    for field in fields {
      guard let after = field.after else { continue }
      let index = columns.firstIndex(of: after).map { $0 + 1 } ?? columns.endIndex
      columns.insert(contentsOf: field.columns, at: index)
    }
    return columns
  }
}

/// The columns by name.
extension SheetColumn {
  // Of the item.
  package static let code = Self("事项编码", "编码", "事项编号", "内部编码")
  package static let name = Self("事项名称", "名称", "事项", "政务服务事项名称")
  package static let initials = Self("拼音首字母")
  package static let aliases = Self("别名", "俗称")
  package static let nationalBasicCode = Self("基本编码", "国家基本编码")
  package static let implementationCode = Self("实施编码", "地方实施编码")
  package static let category = Self("主题分类", "事项分类", "办事类别", "事项类别", "主题", "事项主题")
  package static let queueGroup = Self("队列分组")
  package static let level = Self("行使层级", "受理层级", "实施层级", "办理层级")
  package static let handledBy = Self("办理人员")
  package static let directory = Self("村社区目录")
  package static let audience = Self("服务对象", "适用对象", "办理对象", "申请人类型")
  package static let itemKind = Self("事项类型", "权力类型")
  package static let legalActor = Self("法定办理机关")
  package static let sensitivity = Self("敏感类别")
  package static let delegation = Self("下放方式")
  package static let exceptionBasis = Self("不下放依据")
  package static let serviceModes = Self("服务方式")
  package static let cityWide = Self("通办范围")
  package static let basis = Self("设定依据", "设立依据", "法律依据", "办理依据")
  package static let conditions = Self("受理条件", "申请条件", "办理条件", "申报条件")
  package static let steps = Self("办理流程", "办事流程", "办理程序")
  package static let stages = Self("分级办理")
  package static let legalLimit = Self("法定办结时限", "法定时限", "法定期限", "法定办理时限", "法定办结期限", "法定办理期限")
  package static let legalUnit = Self("法定办结时限单位", "法定时限单位")
  package static let legalExcludes = Self("法定时限不含")
  package static let legalWording = Self("法定办结时限说明", "法定时限说明")
  package static let promisedLimit = Self("承诺办结时限", "承诺时限", "承诺期限", "承诺办理时限", "承诺办结期限", "承诺办理期限")
  package static let promisedUnit = Self("承诺办结时限单位", "承诺时限单位")
  package static let promisedExcludes = Self("承诺时限不含")
  package static let promisedWording = Self("承诺办结时限说明", "承诺时限说明")
  package static let correction = Self("补正告知")
  package static let charged = Self("是否收费", "收费情况", "收费")
  package static let fee = Self("收费标准", "收费金额", "费用")
  package static let feeBasis = Self("收费依据")
  package static let consultPhone = Self("咨询方式", "咨询电话", "咨询", "联系电话", "咨询联系电话", "咨询服务电话", "咨询渠道")
  package static let supervisePhone = Self("监督投诉方式", "监督电话", "监督投诉电话", "投诉电话", "监督方式", "投诉方式", "监督投诉", "监督投诉渠道")
  package static let result = Self("审批结果名称", "审批结果")
  package static let actingBody = Self("实施主体", "实施机构", "实施部门", "实施主体名称")
  package static let visits = Self("到办事现场次数", "到现场次数", "到办事现场的次数", "到现场办理次数", "最多跑动次数")
  package static let online = Self("网办入口", "网上办理地址", "网上办理入口", "在线办理地址", "网办地址")
  package static let elsewhere = Self("不在本厅办理")
  package static let situations = Self("情形")
  package static let note = Self("事项说明")
  package static let english = Self("英文名称")
  package static let categoryEnglish = Self("主题分类英文名称")
  // Of the material.
  package static let material = Self(
    "材料名称", "申请材料", "申请材料名称", "申报材料", "申请材料清单", "提交材料", "所需材料", "办理材料", "申办材料", "材料", "材料清单")
  package static let kind = Self("材料类型", "材料类别")
  package static let medium = Self("材料形式", "材料介质")
  package static let necessity = Self("材料必要性", "必要性", "是否必要", "是否必需", "是否必须", "材料是否必要")
  package static let source = Self("来源渠道", "材料来源", "材料来源渠道")
  package static let obtain = Self("来源渠道说明", "材料来源说明")
  package static let copies = Self("份数", "材料份数", "纸质材料份数", "材料数量", "数量", "份数要求")
  package static let originals = Self("材料原件份数", "原件份数", "原件数量")
  package static let photocopies = Self("材料复印件份数", "复印件份数", "复印件数量")
  package static let size = Self("纸质材料规格", "材料规格", "规格")
  package static let standard = Self("受理标准", "填报须知", "材料要求", "材料标准")
  package static let blank = Self("空白表格")
  package static let materialBasis = Self("要求提供材料的依据", "材料依据")
  package static let electronic = Self("可用电子证照", "电子证照")
  package static let shared = Self("数据共享获取", "数据共享")
  package static let when = Self("适用情形")
  package static let anyOf = Self("可为以下之一")
  package static let oneOf = Self("任选其一分组")
  package static let materialNote = Self("备注", "材料备注", "材料说明", "备注说明")
}
