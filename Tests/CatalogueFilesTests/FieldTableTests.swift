import FileKit
import Foundation
import Hall
import Testing
import YAMLDocuments

@testable import CatalogueFiles

/// Goal: a field that is in `Item` or `Material` is read, exported, imported, compared and stored. Method: an item whose
/// every property differs from those of a plain one goes all the ways; the properties are counted by reflection, so that
/// a new one without a row or a value here fails.
@Suite("the table of fields")
struct FieldTableTests {
  static let file = """
    as_of: '2026-11-22'
    items:
    - code: A-1
      name: 养犬登记
      pinyin: YQDJ
      aliases: [狗证, 犬证]
      category: 便民服务
      queue_group: 综合
      audience: enterprise
      handled_by: agent
      level: village
      directory: agency
      kind: licence
      legal_actor: 公安
      sensitivity: 医疗健康
      delegation: 帮办代办
      exception_basis: 《条例》第九条
      service_modes: [代办, 上门办]
      basis: [《办法》第一条, 《办法》第二条]
      conditions: [居民, 有犬]
      situations:
      - {key: self, label: 本人办理}
      - {key: other, label: 他人代办}
      materials:
      - name: 犬只照片
        kind: original_and_copy
        original_copies: 2
        photocopies: 3
        necessity: 容缺后补
        medium: 纸质
        size: A4
        electronic_ok: true
        shared: true
        source: 申请人自备
        obtain: 照相馆
        standard: 近期
        basis: 《办法》第三条
        when: other
        any_of: [正面照片, 侧面照片]
        one_of: 照片
        note: 彩色
      - {name: 犬只影像, kind: original, copies: 1, necessity: 容缺后补, source: 申请人自备, basis: 《办法》第三条, when: other, one_of: 照片}
      steps: [登记, 送镇, 发证]
      stages:
      - {office: village, does: 受理}
      legal_limit: {n: 20, unit: working_day, excludes: [公示], raw: 二十个工作日内}
      promised_limit: {n: 5, unit: working_day, excludes: [公示], raw: 五个工作日内}
      agency_none: 要本人到场
      remedy_organ: 重庆市税务局
      correction:
        limit: 5
        unit: working_day
        basis: 行政许可法第三十二条
        deemed_acceptance: true
        return_within: {limit: 10, unit: working_day, basis: 《条例》第九条}
      fee: 每只20元
      fee_basis: 《收费办法》
      consult_phone: 023-45678901
      supervise_phone: '12345'
      national_basic_code: '000120000001'
      implementation_code: '11500383009338112H4000117051000'
      result: 养犬登记证
      acting_body: 镇人民政府
      visits: 2
      online: 渝快办
      all_city: true
      elsewhere: {reason: 清单, place: 区中心, address: 一号, hours: 工作日, phone: '12345'}
      note: 每年一次
      english: Dog registration
      category_english: Everyday services

    """

  static let plainPaper = Material(name: "甲", kind: .form, originals: 1, copies: 0, necessity: .necessary)
  static let plain = Item(
    code: "A-0", name: "甲", initials: "J", category: "乙", queueGroup: "乙", handledBy: .window, fee: "不收费")

  private func full() throws -> Item {
    let loaded = try CatalogueSample.read(Self.file)
    return try #require(loaded.value?.items.first, "\(loaded.faults)")
  }

  /// The properties with the same value in both.
  private func same<Value>(_ one: Value, _ other: Value) -> [String] {
    zip(Mirror(reflecting: one).children, Mirror(reflecting: other).children).filter {
      String(describing: $0.value) == String(describing: $1.value)
    }.compactMap(\.0.label)
  }

  @Test("every property of an item and of a material is read from the file")
  func read() throws {
    let loaded = try CatalogueSample.read(Self.file)
    #expect(!loaded.warnings.contains { $0.what.contains("is not known here") }, "\(loaded.warnings)")
    let item = try full()
    #expect(same(item, Self.plain) == [], "give them a value in the file above")
    #expect(same(try #require(item.materials.first), Self.plainPaper) == [], "give them a value in the file above")
  }

  @Test("the file above has the key of every row, and each key one row")
  func keys() throws {
    let root = try #require(YAMLNode.document(Self.file, file: "", FaultLog()))
    let table = try #require(YAMLTable(root, "", FaultLog())?.tables("items").first)
    for field in Item.fields { #expect(table.node(field.key) != nil, "\(field.key)") }
    #expect(table.unasked().map(\.key) == [])
    let paper = try #require(table.tables("materials").first)
    // Counted as `original_copies` and `photocopies`.
    for field in Material.fields where field.key != "copies" { #expect(paper.node(field.key) != nil, "\(field.key)") }
    #expect(paper.unasked().map(\.key) == [])
    #expect(Set(Item.fields.map(\.key)).count == Item.fields.count)
    #expect(Set(Material.fields.map(\.key)).count == Material.fields.count)
  }

  @Test("an item with every field comes back from an exported table, and from the state folder")
  func survives() throws {
    let item = try full()
    let csv = CatalogueExport.csv(Catalogue(version: "", asOf: "", items: [item]))
    let result = try CatalogueImport(
      Array(csv.utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(), sealing: TellApart())
    let back = try #require(result.catalogue?.items.first, "\(result.report.lines(onlyRemarks: true))")
    #expect(back == item)
    #expect(try JSONDecoder().decode(Item.self, from: try JSONEncoder().encode(item)) == item)
  }

  @Test("a comparison names every field, in the order of the table")
  func compared() throws {
    let plain = Item(
      code: "A-1", name: "甲", initials: "J", category: "乙", queueGroup: "乙", handledBy: .window, fee: "不收费")
    let lines = CatalogueChanges.ofItem(
      "A-1", from: Catalogue(version: "", asOf: "", items: [plain]),
      to: Catalogue(version: "", asOf: "", items: [try full()]))
    let silent: Set<Item.Part> = [.code, .english, .categoryEnglish]
    let labels = Item.fields.compactMap { field -> String? in
      guard case .own(let part) = field.shape else { return field.label }
      return silent.contains(part) ? nil : part == .materials ? "材料" : field.label
    }
    var said: [String] = []
    for line in lines {
      let label = String(line.prefix { $0 != "：" }).replacing("原文", with: "")
      if said.last != label { said.append(label) }
    }
    #expect(said == labels)
  }

  @Test("a comparison names every field of a material")
  func comparedMaterial() throws {
    let item = try full()
    let paper = try #require(item.materials.first)
    let plain = Material(name: paper.name, kind: .form, originals: 1, copies: 0, necessity: .necessary)
    func catalogue(_ paper: Material) -> Catalogue {
      Catalogue(
        version: "", asOf: "",
        items: [
          Item(
            code: "A", name: "甲", initials: "J", category: "乙", queueGroup: "乙", handledBy: .window, materials: [paper])
        ])
    }
    let lines = CatalogueChanges.ofItem("A", from: catalogue(plain), to: catalogue(paper))
    #expect(lines.count == 1)
    let silent: Set<Material.Part> = [.name, .copies, .originals, .photocopies]
    for field in Material.fields {
      if case .own(let part) = field.shape, silent.contains(part) { continue }
      #expect(lines.first?.contains("\(field.label)由“") == true, "\(field.key): \(lines)")
    }
  }

  @Test("an exported table has the columns that offices know, in their order")
  func columns() {
    #expect(
      CatalogueExport.columns.map(\.heading).joined(separator: ",") == """
        事项编码,事项名称,拼音首字母,别名,基本编码,实施编码,主题分类,队列分组,行使层级,\
        办理人员,村社区目录,服务对象,事项类型,法定办理机关,敏感类别,下放方式,不下放依据,服务方式,\
        通办范围,设定依据,受理条件,办理流程,分级办理,法定办结时限,法定时限不含,\
        法定办结时限说明,承诺办结时限,承诺时限不含,承诺办结时限说明,补正告知,不能代办的原因,行政复议机关,是否收费,收费标准,\
        收费依据,咨询方式,监督投诉方式,审批结果名称,实施主体,到办事现场次数,网办入口,\
        不在本厅办理,情形,事项说明,英文名称,主题分类英文名称,材料名称,材料类型,材料形式,\
        材料必要性,来源渠道,来源渠道说明,份数,材料原件份数,材料复印件份数,纸质材料规格,\
        受理标准,要求提供材料的依据,可用电子证照,数据共享获取,适用情形,可为以下之一,\
        任选其一分组,备注
        """)
    #expect(Set(SheetColumn.all).count == SheetColumn.all.count)
  }

  @Test("no heading belongs to two columns")
  func headings() {
    let headings = SheetColumn.all.flatMap { [$0.heading] + $0.synonyms }
    #expect(Set(headings).count == headings.count)
  }
}
