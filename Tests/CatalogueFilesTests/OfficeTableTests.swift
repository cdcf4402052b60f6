import FileKit
import Foundation
import Hall
import Testing
import YAMLDocuments

@testable import CatalogueFiles

/// Goal: real tables of offices are read as they are meant, or refused with row, column and reason; nothing wrong is
/// imported silently. Method: a small plain table with one change as spreadsheets and people make it, and the whole
/// tables of `OfficeTables`.
@Suite("tables as offices write them")
struct OfficeTableTests {
  /// The form of an 实施清单: no 主题分类, no 队列分组.
  static let head = ["事项编码", "事项名称", "设定依据", "承诺办结时限", "是否收费", "咨询方式", "材料名称", "材料类型", "材料形式", "材料必要性", "来源渠道", "份数"]
  static let first = [
    "SQ-001", "养犬登记", "《办法》第一条", "5个工作日", "否", "023-45630000", "居民身份证", "原件", "纸质", "必要", "政府部门核发", "1",
  ]
  static let second = ["", "", "", "", "", "", "养犬申请表", "原件", "纸质", "必要", "申请人自备", "2"]

  static func csv(_ rows: [[String]], separator: String = ",") -> String {
    rows.map { row in row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: separator) + "\r\n" }
      .joined()
  }

  static func imported(_ rows: [[String]], separator: String = ",") throws -> CatalogueImport {
    try CatalogueImport(
      Array(csv(rows, separator: separator).utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(),
      sealing: TellApart())
  }

  /// The plain table with one cell of its first row changed.
  static func changed(_ column: String, _ cell: String) throws -> CatalogueImport {
    var row = first
    row[try #require(head.firstIndex(of: column))] = cell
    return try imported([head, row, second])
  }

  private func item(_ result: CatalogueImport, sourceLocation: SourceLocation = #_sourceLocation) throws -> Item {
    let lines = result.report.lines(onlyRemarks: true).joined(separator: "\n")
    return try #require(result.catalogue?.items.first, "\(lines)", sourceLocation: sourceLocation)
  }

  private func errors(_ result: CatalogueImport) -> [String] {
    result.report.lines(onlyRemarks: true).filter { $0.contains("错误：") }
  }

  @Test("a table in plain form imports with defaults, and one remark says them")
  func plain() throws {
    let result = try Self.imported([Self.head, Self.first, Self.second])
    let item = try item(result)
    #expect(item.category == "便民服务" && item.queueGroup == "便民服务" && item.level == .town)
    #expect(item.consultPhone == "023-45630000" && item.supervisePhone == "12345")
    #expect(item.materials.map(\.name) == ["居民身份证", "养犬申请表"] && item.materials.map(\.originals) == [1, 2])
    #expect(result.report.errors == 0 && result.report.warnings == 1, "\(result.report.lines())")
    let words = try #require(result.report.general.first { $0.severity == .warning }?.words)
    #expect(words.contains("主题分类") && words.contains("队列分组") && words.contains("行使层级"), "\(words)")
  }

  @Test(
    "纸质／电子 in every spelling is either",
    arguments: ["纸质／电子", "纸质/电子", "电子/纸质", "纸质、电子", "纸质\n电子", "纸质或电子", "纸质 / 电子", "纸质，电子", "纸质和电子", "电子版或纸质版"])
  func either(text: String) throws {
    #expect(try item(Self.changed("材料形式", text)).materials[0].medium == .either)
  }

  @Test("line breaks in a cell: a broken name goes on, numbered steps and laws stay apart")
  func lineBreaks() throws {
    #expect(try item(Self.changed("事项名称", "养犬\n登记")).name == "养犬登记")
    #expect(try item(Self.changed("材料名称", "居民身份证\n（原件及复印件）")).materials[0].name == "居民身份证（原件及复印件）")
    #expect(try item(Self.changed("材料名称", "养犬登记\n申请表")).materials[0].name == "养犬登记申请表")
    #expect(try item(Self.changed("设定依据", "《办法》第一条\n《条例》\n第二条")).basis.count == 3)
    #expect(try item(Self.changed("来源渠道", "政府部门\n核发")).materials[0].source == "政府部门 核发")
    for space in ["\u{A0}", "\u{3000}", "\u{200B}", "\u{FEFF}", "\t"] {
      #expect(try item(Self.changed("材料名称", space + "居民身份证" + space)).materials[0].name == "居民身份证")
      #expect(try item(Self.changed("份数", space + "1" + space)).materials[0].originals == 1)
    }
  }

  @Test("title rows above the head are passed over, and said")
  func titles() throws {
    let titles = [["安居镇政务服务事项材料清单"] + Array(repeating: "", count: 11), ["填报单位：安居镇", "", "填报日期：2026年11月1日"]]
    let result = try Self.imported(titles + [Self.head, Self.first, Self.second])
    #expect(try item(result).materials.count == 2)
    #expect(result.report.general.contains { $0.words.contains("表头以上的 2 行") && $0.words.contains("安居镇政务服务事项") })
    #expect(result.report.rows.map(\.number) == [4, 5], "rows as the spreadsheet counts them")
    #expect(result.report.unknownColumns.isEmpty)
  }

  @Test("a head of two rows is read: merged downwards, and with groups over columns")
  func twoRows() throws {
    let down = [
      ["序号", "事项名称", "设定依据", "办结时限", "", "收费", "", "申请材料", "", "", "", ""],
      ["", "", "", "法定", "承诺", "是否收费", "依据", "名称", "类型", "必要性", "份数", "来源"],
    ]
    let row = ["1", "养犬登记", "《办法》", "20个工作日", "5个工作日", "否", "", "居民身份证", "复印件", "必要", "２份", "公安部门"]
    let first = try item(Self.imported(down + [row]))
    #expect(first.legalLimit?.count == 20 && first.promisedLimit?.count == 5 && first.fee == "不收费")
    #expect(first.materials.map(\.name) == ["居民身份证"] && first.materials[0].copies == 2)
    #expect(first.materials[0].source == "公安部门")
    let groups = [
      ["基本信息", "", "", "", "", "", "申请材料", "", "", "", "", ""], Self.head,
    ]
    #expect(try item(Self.imported(groups + [Self.first, Self.second])).materials.count == 2)
    let limits = [
      ["事项名称", "设定依据", "法定办结时限", "", "承诺办结时限", "", "是否收费", "申请材料", "份数", ""],
      ["", "", "时限", "单位", "时限", "单位", "", "", "原件", "复印件"],
    ]
    let third = try item(
      Self.imported(limits + [["养犬登记", "《办法》", "1", "月", "5", "工作日", "否", "居民身份证（原件和复印件）", "1", "2"]]))
    #expect(third.legalLimit == TimeLimit(count: 1, unit: .month))
    #expect(third.promisedLimit == TimeLimit(count: 5, unit: .workingDay))
    #expect(third.materials[0].originals == 1 && third.materials[0].copies == 2)
  }

  @Test(
    "a heading with its unit in brackets gives the unit; a heading twice is named, and cells that differ are refused")
  func headings() throws {
    let unit = Self.head.map { $0 == "承诺办结时限" ? "承诺时限\n（工作日）" : $0 }
    var row = Self.first
    row[3] = "５"
    #expect(try item(Self.imported([unit, row, Self.second])).promisedLimit == TimeLimit(count: 5, unit: .workingDay))
    let twice = try Self.imported([Self.head + ["材料份数"], Self.first + ["1"], Self.second + ["3"]])
    #expect(twice.report.general.contains { $0.words.contains("L 列“份数”") && $0.words.contains("M 列“材料份数”") })
    #expect(errors(twice).count == 1 && errors(twice)[0].hasPrefix("第 3 行") && errors(twice)[0].contains("M 列“材料份数”"))
    let unknown = try Self.imported([Self.head + ["科室", "科室"], Self.first + ["甲", "乙"], Self.second + ["", ""]])
    #expect(unknown.report.errors == 0 && unknown.report.unknownColumns == ["科室", "科室（N 列）"])
  }

  @Test(
    "several materials in one cell are split, and said",
    arguments: [
      ("1.居民身份证\n2.户口簿", ["居民身份证", "户口簿"]), ("1、居民身份证；2、户口簿；", ["居民身份证", "户口簿"]),
      ("①居民身份证②户口簿③结婚证", ["居民身份证", "户口簿", "结婚证"]), ("（1）居民身份证（2）户口簿", ["居民身份证", "户口簿"]),
      ("１．居民身份证　２．户口簿", ["居民身份证", "户口簿"]), ("居民身份证、户口簿", ["居民身份证", "户口簿"]),
      ("居民身份证，户口簿", ["居民身份证", "户口簿"]), ("居民身份证；户口簿", ["居民身份证", "户口簿"]),
      ("居民身份证\n户口簿", ["居民身份证", "户口簿"]), ("居民身份证和户口簿", ["居民身份证", "户口簿"]),
      ("居民身份证及户口簿", ["居民身份证", "户口簿"]), ("身份证原件、户口簿复印件", ["身份证原件", "户口簿复印件"]),
    ])
  func several(cell: String, names: [String]) throws {
    let result = try Self.changed("材料名称", cell)
    #expect(try item(result).materials.map(\.name) == names + ["养犬申请表"])
    #expect(result.report.rows[0].remarks.contains { $0.words.contains("G 列“材料名称”") && $0.words.contains("拆成") })
  }

  @Test(
    "what may be several, or a choice, is refused with its cell",
    arguments: [
      "居民身份证/户口簿", "居民身份证、户口簿任一", "居民身份证、户口簿等", "居民身份证或居住证、户口簿", "居民身份证、钥匙", "居民身份证；其他", "居民身份证、户口簿等材料",
    ])
  func unclear(cell: String) throws {
    let result = try Self.changed("材料名称", cell)
    #expect(result.catalogue == nil && errors(result).count == 1, "\(result.report.lines(onlyRemarks: true))")
    #expect(errors(result).first?.hasPrefix("第 2 行") == true && errors(result).first?.contains("G 列“材料名称”") == true)
    let file = try CatalogueSample.read(result.text)
    #expect(!file.faults.isEmpty, "the written file is refused as well")
  }

  @Test(
    "one material stays one",
    arguments: [
      "居民身份证", "居民身份证或户口簿", "居民身份证（原件、复印件）", "居民身份证原件及复印件", "家庭收入、财产和支出状况证明材料", "1寸照片", "2.5×3.5厘米照片", "一、二级残疾证",
      "户口簿首页和本人页", "遭遇困难的证明材料（诊断证明、费用票据等）",
    ])
  func one(cell: String) throws {
    #expect(try item(Self.changed("材料名称", cell)).materials.map(\.name) == [cell, "养犬申请表"])
  }

  @Test("numbers of a list in front of names are taken away: 2.户口簿")
  func numbered() throws {
    #expect(try item(Self.changed("材料名称", "1.居民身份证")).materials[0].name == "居民身份证")
    #expect(try item(Self.changed("事项名称", "1、养犬登记")).name == "养犬登记")
  }

  @Test("two materials in a cell with two copies: nobody knows of which")
  func splitCopies() throws {
    var row = Self.first
    row[6] = "居民身份证、户口簿"
    row[11] = "2"
    #expect(errors(try Self.imported([Self.head, row])).first?.contains("L 列“份数”") == true)
    row[11] = "1\n2"
    let materials = try item(Self.imported([Self.head, row])).materials
    #expect(materials.map(\.originals) == [1, 2])
    row[11] = "各2份"
    #expect(try item(Self.imported([Self.head, row])).materials.map(\.originals) == [2, 2])
  }

  @Test(
    "copies that a spreadsheet turned into a date, and what is no number, are errors that name the cell",
    arguments: [
      "1-2", "1/1", "1月2日", "2026/1/2", "2-Jan", "1:2", "若干", "100%", "-1", "1.5", "1E+00", "一两", "#REF!", "########",
      "1份/人", "2至3",
    ])
  func copies(cell: String) throws {
    let result = try Self.changed("份数", cell)
    #expect(result.catalogue == nil && errors(result).count == 1, "\(result.report.lines(onlyRemarks: true))")
    #expect(errors(result).first?.hasPrefix("第 2 行") == true && errors(result).first?.contains("L 列“份数”") == true)
    #expect(try !CatalogueSample.read(result.text).faults.isEmpty, "the written file is refused as well")
  }

  @Test(
    "digits of full width, as text, with their measure are numbers",
    arguments: [
      ("２", 2), ("2份", 2), ("２ 份", 2), ("两份", 2), ("一式三份", 3), ("2.0", 2), ("'2", 2), ("各1份", 1), ("12", 12), ("2张", 2),
    ])
  func digits(cell: String, count: Int) throws {
    #expect(try item(Self.changed("份数", cell)).materials[0].originals == count)
  }

  @Test("原件1份，复印件2份 in the column of copies is both")
  func bothCounts() throws {
    let head = Self.head.filter { $0 != "材料类型" }
    var row = Self.first
    row[11] = "原件1份，复印件2份"
    row.remove(at: 7)
    let material = try item(Self.imported([head, row])).materials[0]
    #expect(material.kind == .originalAndCopy && material.originals == 1 && material.copies == 2)
    #expect(errors(try Self.changed("材料类型", "原件/复印件")).first?.contains("H 列“材料类型”") == true)
  }

  @Test("cells that are empty below a value are filled down and said, or refused")
  func merged() throws {
    var below = Self.second
    below[7...11] = ["", "", "", "", ""]
    var first = Self.first
    first[7] = "复印件"
    first[11] = "2"
    let result = try Self.imported([Self.head, first, below])
    let material = try item(result).materials[1]
    #expect(
      material.kind == .copy && material.copies == 2 && material.necessity == .necessary && material.medium == .paper)
    #expect(result.report.rows[1].remarks.contains { $0.severity == .warning && $0.words.contains("L 列“份数”“2”") })
    below[6] = ""
    below[7] = "复印件"
    let nameless = try Self.imported([Self.head, first, below])
    #expect(errors(nameless).first?.hasPrefix("第 3 行") == true && errors(nameless).first?.contains("H 列“材料类型”") == true)
    // A second item under cells that were merged over both.
    let columns = Self.head + ["主题分类", "行使层级"]
    var other = Self.first + ["", ""]
    (other[0], other[1], other[5]) = ("SQ-002", "犬只注销", "")
    let two = try Self.imported([columns, Self.first + ["公安户籍", "村"], other])
    #expect(two.text.contains("\"公安户籍\"") && two.text.components(separatedBy: "category: \"公安户籍\"").count == 3)
    #expect(two.text.components(separatedBy: "level: village").count == 3)
    #expect(two.text.components(separatedBy: "\"023-45630000\"").count == 3)
    #expect(two.report.rows[1].remarks.count { $0.words.contains("合并单元格") } == 3)
  }

  @Test("同上 is what stands above, and nothing where nothing does")
  func ditto() throws {
    for mark in ["同上", "〃", "\"", "″"] {
      var below = Self.second
      below[7] = mark
      below[11] = mark
      var first = Self.first
      first[7] = "复印件"
      let material = try item(Self.imported([Self.head, first, below])).materials[1]
      #expect(material.kind == .copy && material.copies == 1)
    }
    #expect(errors(try Self.changed("设定依据", "同上")).first?.contains("C 列“设定依据”") == true)
  }

  @Test("sums, notes, repeated heads, sections and 序号 are no data, and rows with them say so")
  func rowsBeside() throws {
    let blank = Array(repeating: "", count: 11)
    func with(_ row: [String]) throws -> CatalogueImport {
      try Self.imported([Self.head, Self.first, Self.second, row])
    }
    for row in [["合计"] + blank, ["注：本表由各科室填写"] + blank, ["填表人：张某"] + blank, ["一、民政类"] + blank, blank + ["3"]] {
      let result = try with(row)
      #expect(try item(result).materials.count == 2 && result.catalogue?.items.count == 1)
      #expect(result.report.rows.last?.what == "跳过" && result.report.rows.last?.severity == .warning, "\(row)")
    }
    #expect(try with(Self.head).report.rows.last?.what == "跳过")
    #expect(
      errors(try with(blank + ["2"])).first?.hasPrefix("第 4 行") == true, "no sum: a row of a material without a name")
    let numbered = try Self.imported([
      ["序号"] + Self.head, ["1"] + Self.first, ["2"] + Self.second, ["3"] + Array(repeating: "", count: 12),
    ])
    #expect(try item(numbered).materials.count == 2 && !numbered.report.unknownColumns.contains("序号"))
  }

  @Test(
    "见附件, errors of spreadsheets and garbled text are refused in any column",
    arguments: [
      ("材料名称", "见附件"), ("材料名称", "详见附件1"), ("来源渠道", "#N/A"), ("设定依据", "???"), ("设定依据", "见附表"), ("事项编码", "1月2日"),
      ("事项编码", "1.15E+17"),
    ])
  func references(column: String, cell: String) throws {
    let result = try Self.changed(column, cell)
    let letter = SheetHead.letter(try #require(Self.head.firstIndex(of: column)))
    #expect(
      errors(result).contains { $0.hasPrefix("第 2 行") && $0.contains("\(letter) 列“\(column)”") }, "\(errors(result))")
    #expect(result.catalogue == nil)
  }

  @Test(
    "limits are read whole or refused: no part of a range, no 非即时",
    arguments: [
      ("5-10个工作日", false), ("1月2日", false), ("非即时办结，5个工作日", false), ("1-2", false), ("5", false), ("15工作日左右", false),
      ("５个工作日", true),
      ("5个工作日内", true), ("5（工作日）", true), ("当场办结", true), ("5 个 工作日", true), ("5个工作日（不含公示）", true),
      ("5日(自受理之日起)", true),
    ])
  func limits(cell: String, isRead: Bool) throws {
    let result = try Self.changed("承诺办结时限", cell)
    #expect((result.catalogue != nil) == isRead, "\(result.report.lines(onlyRemarks: true))")
    if !isRead { #expect(errors(result).first?.contains("D 列“承诺办结时限”") == true) }
    if cell.contains("不含") {
      #expect(result.report.rows[0].severity == .warning && result.catalogue?.items[0].promisedLimit?.wording == cell)
    }
  }

  @Test("a phone that cannot be read whole is refused with its cell; several are said")
  func phones() throws {
    for cell in ["2.345630E+10", "45630000", "邮编402560 4563000", "人民路128 12"] {
      let result = try Self.changed("咨询方式", cell)
      #expect(
        result.catalogue == nil && errors(result).first?.contains("F 列“咨询方式”") == true, "\(cell): \(errors(result))")
      #expect(try !CatalogueSample.read(result.text).faults.isEmpty, "the written file is refused as well")
    }
    #expect(try item(Self.changed("咨询方式", "（023）4563 0000")).consultPhone == "023-45630000")
    let two = try Self.changed("咨询方式", "023-45630000、023-45630001")
    #expect(two.report.rows[0].remarks.contains { $0.words.contains("F 列“咨询方式”里有几个号码，用第一个") })
  }

  @Test("words that mean no are no, and what is neither is refused")
  func yesAndNo() throws {
    for (cell, value) in [("是", true), ("否", false), ("√", true), ("不支持", false)] {
      let result = try Self.imported([
        Self.head + ["可用电子证照", "通办范围"], Self.first + [cell, "否"], Self.second + ["否", ""],
      ])
      let item = try item(result)
      #expect(item.materials[0].electronicAccepted == value && !item.cityWide)
    }
    #expect(
      errors(try Self.imported([Self.head + ["可用电子证照"], Self.first + ["部分"]])).first?.contains("M 列“可用电子证照”") == true)
    #expect(
      errors(try Self.imported([Self.head + ["通办范围"], Self.first + ["待定"]])).first?.contains("M 列“通办范围”") == true)
    #expect(
      errors(try Self.imported([Self.head + ["行使层级"], Self.first + ["镇、村"]])).first?.contains("M 列“行使层级”") == true)
  }

  @Test("one code for two items, and an item without its materials, are errors")
  func identities() throws {
    var other = Self.first
    other[1] = "犬只注销"
    #expect(errors(try Self.imported([Self.head, Self.first, other])).first?.contains("B 列“事项名称”与第 2 行不同") == true)
    #expect(errors(try Self.changed("材料名称", "")).isEmpty == false)
    let bare = try Self.imported([Self.head, Self.first.enumerated().map { $0.offset < 6 ? $0.element : "" }])
    #expect(errors(bare).contains { $0.contains("没有材料") })
    let without = try Self.imported([Array(Self.head[..<6]), Array(Self.first[..<6])])
    #expect(errors(without).contains { $0.contains("没有“材料名称”一列") })
    // The same item named again without its code is continued.
    var again = Self.second
    again[1] = "养犬登记"
    #expect(try item(Self.imported([Self.head, Self.first, again])).materials.count == 2)
  }

  @Test("a table that stands upright is refused in words")
  func vertical() throws {
    do {
      _ = try Self.imported([["事项名称", "养犬登记"], ["设定依据", "《办法》"], ["受理条件", "居民"], ["办理流程", "申请"]])
      Issue.record("read")
    } catch let refused as CatalogueImport.Refused {
      #expect(refused.description.contains("竖着"))
    }
  }

  @Test("title rows, separators and quotes: the separator is that of most lines", arguments: [",", ";", "\t"])
  func separators(mark: String) throws {
    let table = Self.csv([["清单"], Self.head, Self.first, Self.second], separator: mark)
    let read = try CatalogueImport(
      Array(table.utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(), sealing: TellApart())
    #expect(try item(read).materials.count == 2)
    let declared = try CatalogueImport(
      Array(("sep=\(mark)\r\n" + table).utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(), sealing: TellApart())
    #expect(declared.report.rows.map(\.number) == [4, 5])
    #expect(try CSVText.rows("a, \"b,c\"").first?.cells == ["a", "b,c"])
  }
}
