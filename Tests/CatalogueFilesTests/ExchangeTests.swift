import CatalogueFiles
import FileKit
import Foundation
import Groundwork
import Hall
import Testing
import YAMLDocuments

@Suite("a hall's own table")
struct ExchangeTests {
  static let table = """
    事项编码,* 事项名称,行使层级,主题分类,设定依据,受理条件,办理流程,法定办结时限,法定办结时限单位,承诺办结时限,是否收费,咨询方式,责任科室,材料名称,材料类型,材料形式,材料必要性,来源渠道,来源渠道说明,材料原件份数,材料复印件份数,填报须知,空白表格
    SQ-001,养犬登记,镇街,便民服务,"《办法》第一条
    《办法》第二条",居民,1.申请→2、受理→办结,20,工作日,5个工作日,否,窗口咨询：一楼；电话：023-45678901,综合办,居民身份证,原件和复印件,纸质,必要,政府部门核发,派出所,1,2,清晰,
    ,,,,,,,,,,,,,登记表,原件,纸质,必要,申请人自备,,1,,,有
    SQ-001,,,,,,,,,,,,综合办,照片,原件,纸质,必要,申请人自备,,2,,,
    SQ-002,临时救助申请,镇街,社会救助,《办法》,困难居民,申请,,,即时办结,否,无,民政办,无,,,,,,,,,

    """

  private func imported(_ text: String, bytes: [UInt8]? = nil) throws -> CatalogueImport {
    try CatalogueImport(
      bytes ?? Array(text.utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(), sealing: TellApart())
  }

  private func refusal(_ text: String) throws -> String {
    do {
      _ = try imported(text)
      return ""
    } catch let refused as CatalogueImport.Refused {
      return refused.description
    }
  }

  @Test("an office's table becomes a catalogue: items, their materials, limits in words, the first phone")
  func reads() throws {
    let result = try imported(Self.table)
    #expect(result.report.errors == 0, "\(result.report.lines())")
    let catalogue = try #require(result.catalogue)
    let item = try #require(catalogue.item("SQ-001"))
    #expect(item.name == "养犬登记" && item.category == "便民服务" && item.queueGroup == "便民服务")
    #expect(item.basis == ["《办法》第一条", "《办法》第二条"] && item.steps == ["申请", "受理", "办结"])
    #expect(item.legalLimit == TimeLimit(count: 20, unit: .workingDay))
    #expect(item.promisedLimit == TimeLimit(count: 5, unit: .workingDay))
    #expect(item.fee == "不收费" && item.consultPhone == "023-45678901")
    #expect(item.materials.map(\.name) == ["居民身份证", "登记表", "照片"])
    #expect(item.materials.map(\.kind) == [.originalAndCopy, .form, .original])
    #expect(item.materials[0].originals == 1 && item.materials[0].copies == 2 && item.materials[2].originals == 2)
    #expect(item.materials[0].obtain == "派出所" && item.materials[0].standard == "清晰")
    #expect(item.materials[0].medium == .paper)
    let other = try #require(catalogue.item("SQ-002"))
    #expect(other.materials.isEmpty && other.promisedLimit?.unit == .immediate && other.consultPhone == nil)
  }

  @Test("columns that nobody knows are named, and their cells are kept")
  func unknownColumns() throws {
    let result = try imported(Self.table)
    #expect(result.report.unknownColumns == ["责任科室"])
    #expect(result.text.contains("\"责任科室\": \"综合办\""))
    #expect(result.text.components(separatedBy: "综合办").count == 2, "once, with the item")
    #expect(result.report.lines()[1].contains("责任科室"))
  }

  @Test("every row is reported, at the line where it starts")
  func rows() throws {
    let result = try imported(Self.table)
    #expect(result.report.rows.map(\.line) == [2, 4, 5, 6])
    #expect(result.report.rows[0].what == "事项“养犬登记”，材料“居民身份证”")
    #expect(result.report.rows[1].remarks.map(\.words) == ["有空白表格，按“现场填写”"])
    #expect(result.report.rows[3].what == "事项“临时救助申请”")
  }

  @Test(
    "what is wrong in a row is said of that row, and the file is written all the same",
    arguments: [
      ("SQ-002,临时救助申请", ",,", 6, "材料"), ("即时办结", "尽快", 6, "尽快"), ("纸质,必要,申请人自备,,1,,,有", "纸质,要,申请人自备,,1,,,有", 4, "“要”"),
      ("照片,原件,", "照片,正本,", 5, "“正本”"), ("SQ-001,,,,", "SQ-001,,村,,", 5, "与第 2 行不同"),
      ("居民,1.申请", "=1+2,1.申请", 2, "公式"), ("照片,原件", "@SUM(A1),原件", 5, "公式"),
      ("民政办,无,,,,,,,,,", "民政办,无,,,,,,,,,,多", 6, "多出"), ("《办法》,困难居民", ",困难居民", 6, "没有设定依据"),
      ("20,工作日", "二十,工作日", 2, "二十"), ("社会救助", "", 6, "没有写主题分类"),
    ])
  func wrongRow(from: String, to: String, line: Int, says: String) throws {
    #expect(Self.table.contains(from))
    let result = try imported(Self.table.replacing(from, with: to, maxReplacements: 1))
    if says == "材料" {
      #expect(result.report.rows.last?.line == line)
      return
    }
    let row = try #require(result.report.rows.first { $0.line == line })
    #expect(row.remarks.contains { $0.words.contains(says) && $0.severity > .taken }, "\(row)")
    #expect(result.text.contains("items:"))
  }

  @Test("an item without a code gets one, and is told so")
  func noCode() throws {
    let result = try imported(Self.table.replacing("SQ-001", with: ""))
    #expect(result.catalogue?.items.first?.code == "DR-001")
    #expect(result.report.rows[0].remarks.contains { $0.words.contains("暂定 DR-001") })
  }

  @Test("a table in GB 18030 is recognised, and says so")
  func gb18030() throws {
    // 事项名称 followed by 养犬登记, as WPS writes it.
    let bytes: [UInt8] = [
      0xCA, 0xC2, 0xCF, 0xEE, 0xC3, 0xFB, 0xB3, 0xC6, 0x0D, 0x0A, 0xD1, 0xF8, 0xC8, 0xAE, 0xB5, 0xC7, 0xBC, 0xC7,
    ]
    let result = try imported("", bytes: bytes)
    #expect(result.report.encoding == .gb18030 && result.report.lines()[0] == "文件编码：GB 18030")
    #expect(result.text.contains("养犬登记"))
  }

  @Test("what is no table is refused in words")
  func refused() throws {
    #expect(try refusal("").contains("空的"))
    #expect(try refusal("name,code\nx,y").contains("没有“事项名称”一列"))
    #expect(try refusal("事项名称\n\"x").contains("第 2 行的引号没有结束"))
    #expect(try refusal("PK\u{3}\u{4}").contains("工作簿"))
    #expect(try refusal("事项名称\n" + String(repeating: "字", count: 33_000)).contains("有一格超过"))
    #expect(try refusal("事项名称\n" + String(repeating: ",", count: 300)).contains("超过 200 列"))
  }

  @Test("tabs and semicolons separate as well, and lines end as they like", arguments: [",", "\t", ";"])
  func separators(mark: String) throws {
    let text = ["事项名称\(mark)事项编码", "甲\(mark)A", "\"乙\"\"丙\"\"\(mark)\n丁\"\(mark)B"].joined(separator: "\r")
    let rows = try CSVText.rows(text)
    #expect(rows.map(\.cells) == [["事项名称", "事项编码"], ["甲", "A"], ["乙\"丙\"\(mark)\n丁", "B"]])
    #expect(rows.map(\.line) == [1, 2, 3])
  }

  @Test("an exported table from before a column was added is still one of ours: its names are not split")
  func olderExport() throws {
    let item = try #require(Reference.catalogue().items.first { $0.questions.isEmpty && !$0.materials.isEmpty })
    var rows = try CSVText.rows(
      String(CatalogueExport.csv(Catalogue(version: "", asOf: "", items: [item])).dropFirst())
    ).map(\.cells)
    let name = "1.身份证；2.户口簿"
    rows[1][try #require(rows[0].firstIndex(of: "材料名称"))] = name
    let added = try ["英文名称", "村社区目录"].map { heading in try #require(rows[0].firstIndex(of: heading)) }
    for column in added.sorted(by: >) { for row in rows.indices { rows[row].remove(at: column) } }
    let result = try imported(CSVText.write(rows))
    #expect(result.catalogue?.items.first?.materials.first?.name == name, "\(result.report.lines())")
    // Control: an office's table is split there.
    let own = try #require(rows[0].firstIndex(of: "拼音首字母"))
    for row in rows.indices { rows[row].remove(at: own) }
    #expect(try imported(CSVText.write(rows)).catalogue?.items.first?.materials.first?.name == "身份证")
  }

  @Test("what is exported comes back as it was, item by item")
  func roundTrip() throws {
    let catalogue = try Reference.catalogue()
    let csv = CatalogueExport.csv(catalogue)
    #expect(csv.hasPrefix("\u{FEFF}事项编码,事项名称"))
    let result = try imported(csv)
    #expect(
      result.report.encoding == .utf8Marked && result.report.errors == 0, "\(result.report.lines(onlyRemarks: true))")
    #expect(result.report.unknownColumns.isEmpty)
    let back = try #require(result.catalogue)
    #expect(back.items.count == catalogue.items.count)
    for (item, original) in zip(back.items, catalogue.items) {
      #expect(item.questions == original.questions, "\(item.code)")
      #expect(item.materials == original.materials, "\(item.code)")
      #expect(item.steps == original.steps && item.basis == original.basis && item.conditions == original.conditions)
      #expect(item.legalLimit == original.legalLimit && item.promisedLimit == original.promisedLimit, "\(item.code)")
      #expect(item.fee == original.fee && item.consultPhone == original.consultPhone && item.note == original.note)
      #expect(
        item.level == original.level && item.handledBy == original.handledBy && item.directory == original.directory)
      #expect(item.aliases == original.aliases && item.serviceModes == original.serviceModes)
      #expect(item.sensitivity == original.sensitivity && item.legalActor == original.legalActor)
      #expect(item.queueGroup == original.queueGroup && item.category == original.category)
      #expect(item.initials == original.initials && item.delegation == original.delegation)
      #expect(item.cityWide == original.cityWide && item.audience == original.audience)
      #expect(item.english == original.english && item.english != nil, "\(item.code)")
    }
  }

  @Test(
    "no cell of an export is a formula or holds a control character, and importing takes just our mark away",
    arguments: [
      "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\t=1", "'=1", "'a", "a\u{7}b", "a=b", "=\u{0}1",
      "甲",
    ])
  func defused(cell: String) throws {
    let safe = CSVText.defused(cell)
    let first = try #require(safe.trimmingCharacters(in: .whitespaces).first)
    #expect(!["=", "+", "-", "@", "＝", "＋", "－", "＠"].contains(String(first)), "\(safe)")
    #expect(!safe.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
    let clean = String(String.UnicodeScalarView(cell.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    #expect(CSVText.plain(safe)?.trimmingCharacters(in: .whitespaces) == clean.trimmingCharacters(in: .whitespaces))
  }

  @Test("a formula in a cell is none of ours, leading zeros as Excel keeps them are text")
  func formulas() {
    #expect(CSVText.plain("=1+1") == nil && CSVText.plain("@A1") == nil && CSVText.plain(" =1") == nil)
    #expect(CSVText.plain("=\"0012\"") == "0012" && CSVText.plain("=\"a\"&\"b\"") == nil)
    #expect(CSVText.plain("+86") == "+86" && CSVText.plain("'天") == "'天")
  }

  @Test("a catalogue whose texts are formulas is exported without one, in any cell")
  func hostileExport() throws {
    let bad = "=cmd|' /C calc'!A0"
    let item = Item(
      code: "A", name: bad, initials: "", aliases: [bad], category: bad, queueGroup: bad, handledBy: .window,
      basis: [bad], conditions: ["@x"],
      materials: [
        Material(
          name: "-1", kind: .copy, originals: 0, copies: 1, necessity: .necessary, source: bad, anyOf: ["+x"],
          note: "\u{1}=2")
      ], steps: [bad], fee: bad, note: "\t=1")
    let rows = try CSVText.rows(
      String(CatalogueExport.csv(Catalogue(version: "", asOf: "", items: [item])).dropFirst()))
    #expect(rows.count == 2)
    for cell in rows[1].cells {
      let first = cell.trimmingCharacters(in: .whitespaces).first.map(String.init) ?? ""
      #expect(!["=", "+", "-", "@"].contains(first), "\(cell)")
    }
  }
}
