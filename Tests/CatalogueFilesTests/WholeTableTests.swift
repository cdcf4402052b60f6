import FileKit
import Hall
import Testing
import YAMLDocuments

@testable import CatalogueFiles

/// Whole tables, as three offices might send them; all names and numbers are invented.
enum OfficeTables {
  /// A list for the wall, saved as CSV: title, unit and date above, a head of two rows, cells merged downwards, a sum and signatures below.
  static let poster = """
    演示镇便民服务中心政务服务事项材料清单,,,,,,,,,,,
    填报单位：演示镇（盖章）,,,,,,,填报日期：2026年11月1日,,,,
    序号,主题分类,事项名称,设定依据,办结时限,,收费,申请材料,,,,咨询电话
    ,,,,法定,承诺,是否收费,名称,类型,必要性,份数,
    1,民政,临时救助申请,"《社会救助暂行办法》
    第四十七条",20个工作日,１０个工作日,否,居民身份证,复印件,必要,１份,（023）4563 0000
    ,,,,,,,临时救助申请书,原件,必要,2份,
    ,,,,,,,"家庭收入证明
    （近六个月）",原件,,1份,
    2,,高龄津贴申请,《老年人权益保障法》,30日,15个工作日,否,居民身份证,复印件,必要,1份,〃
    ,,,,,,,社会保障卡,〃,〃,〃,
    3,社保,社会保障卡补领,《社会保险法》,无,当场办结,否,居民身份证,原件,必要,1,023－45630001
    合计,,3,,,,,6,,,9,
    填表人：张某,,,,审核人：李某,,,,,,,
    """

  /// Typical spreadsheet damage: dates, sums, errors, lists in a cell, a choice, numbers cut short.
  static let careless = """
    事项名称,设定依据,承诺时限（工作日）,是否收费,联系电话,申请材料,材料类型,份数
    养犬登记,见附件,5,否,2.345630E+10,1.居民身份证 2.养犬申请表,原件,1-2
    犬只注销,#REF!,5-10,否,4563000,居民身份证/户口簿,正本,1月2日
    ,,,,,,复印件,1
    """

  /// A platform's own export: its column names, numbers as text, one material a row, everything repeated.
  static let platform = """
    事项名称\t基本编码\t事项类型\t设定依据\t行使层级\t服务对象\t法定办结时限\t法定办结时限单位\t承诺办结时限\t承诺办结时限单位\t是否收费\t咨询方式\t监督投诉方式\t材料名称\t材料类型\t材料形式\t材料必要性\t来源渠道\t材料原件份数\t材料复印件份数\t备注
    灵活就业登记\t000120000001\t公共服务\t《就业促进法》\t镇（街道）\t自然人\t5\t工作日\t0\t工作日\t否\t窗口咨询：一楼3号窗口；电话咨询：023 45630000转8001\t12345\t居民身份证\t原件和复印件\t纸质／电子\t必要\t政府部门核发\t'1\t'1\t
    灵活就业登记\t000120000001\t公共服务\t《就业促进法》\t镇（街道）\t自然人\t5\t工作日\t0\t工作日\t否\t窗口咨询：一楼3号窗口；电话咨询：023 45630000转8001\t12345\t灵活就业登记表\t申请表格\t纸质\t必要\t申请人自备\t1\t0\t窗口领取
    """
}

@Suite("whole tables of offices")
struct WholeTableTests {
  private func imported(_ text: String) throws -> CatalogueImport {
    try CatalogueImport(Array(text.utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(), sealing: TellApart())
  }

  @Test(
    "a list for the wall: three items with all their papers, and a word for everything that was filled in or left out")
  func poster() throws {
    let result = try imported(OfficeTables.poster)
    let lines = result.report.lines(onlyRemarks: true).joined(separator: "\n")
    let catalogue = try #require(result.catalogue, "\(lines)")
    #expect(catalogue.items.map(\.name) == ["临时救助申请", "高龄津贴申请", "社会保障卡补领"])
    #expect(catalogue.items.map(\.category) == ["民政", "民政", "社保"])
    #expect(catalogue.items.map { $0.consultPhone ?? "" } == ["023-45630000", "023-45630000", "023-45630001"])
    #expect(catalogue.items[0].materials.map(\.name) == ["居民身份证", "临时救助申请书", "家庭收入证明（近六个月）"])
    #expect(catalogue.items[0].materials.map(\.necessity) == [.necessary, .necessary, .necessary])
    #expect(catalogue.items[1].materials.map(\.kind) == [.copy, .copy] && catalogue.items[1].materials[1].copies == 1)
    #expect(catalogue.items[0].basis.count == 2 && catalogue.items[0].promisedLimit?.count == 10)
    #expect(catalogue.items[2].promisedLimit?.unit == .immediate && catalogue.items[2].legalLimit == nil)
    #expect(lines.contains("第 7 行") && lines.contains("合并单元格"), "\(lines)")
    #expect(lines.contains("“合计”像是合计") && lines.contains("“填表人：张某”像是表外的话"))
  }

  @Test("careless typing: nothing is taken, and each bad cell is named once, with row and column")
  func careless() throws {
    let result = try imported(OfficeTables.careless)
    #expect(result.catalogue == nil)
    let errors = result.report.lines(onlyRemarks: true).filter { $0.contains("错误：") }
    for cell in [
      "第 2 行 B 列“设定依据”", "第 2 行 E 列“联系电话”", "第 2 行 H 列“份数”", "第 3 行 B 列“设定依据”", "第 3 行 C 列“承诺时限（工作日）”",
      "第 3 行 E 列“联系电话”", "第 3 行 F 列“申请材料”", "第 3 行 G 列“材料类型”", "第 3 行 H 列“份数”", "第 4 行 G 列“材料类型”",
    ] {
      let row = cell.prefix { $0 != "行" } + "行 "
      let column = cell.dropFirst(row.count)
      #expect(errors.count { $0.hasPrefix(row) && $0.contains(column) } == 1, "\(cell): \(errors)")
    }
  }

  @Test("a platform's export in tabs: numbers as text, zero working days, an extension")
  func platform() throws {
    let result = try imported(OfficeTables.platform)
    let item = try #require(result.catalogue?.items.first, "\(result.report.lines(onlyRemarks: true))")
    #expect(
      item.consultPhone == "023-45630000-8001" && item.promisedLimit?.unit == .immediate && item.legalLimit?.count == 5)
    #expect(item.materials.map(\.kind) == [.originalAndCopy, .form] && item.materials[0].medium == .either)
    #expect(item.materials[0].originals == 1 && item.materials[0].copies == 1 && item.materials[1].note == "窗口领取")
    #expect(
      result.report.warnings == 1 && result.report.unknownColumns == [] && item.kind == .publicService,
      "\(result.report.lines(onlyRemarks: true))")
  }
}
