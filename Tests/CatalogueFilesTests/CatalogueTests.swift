import CatalogueFiles
import FileKit
import Hall
import Testing
import YAMLDocuments

@Suite("the catalogue file")
struct CatalogueTests {
  static let good = """
    # 样本
    as_of: '2026-11-22'
    items:
    - code: A-1
      name: 社会保障卡申领
      pinyin: SHBZKSL
      category: 社会保险
      level: town
      handled_by: window
      delegation: 委托受理
      service_modes: [现场办, 代办]
      queue_group: 社保
      national_basic_code: null
      basis: [《社会保险经办条例》第六条]
      conditions: [首次办理]
      situations:
      - {key: self, label: 本人办理}
      - {key: agent, label: 他人代办}
      materials:
      - {name: 居民身份证, kind: original, copies: 1, required: true, source: 公安机关}
      - {name: 结婚证, kind: original_and_copy, original_copies: 1, photocopies: 2, copies: 3, required: true, basis: 法, source: 民政局}
      - {name: 代办人居民身份证, kind: copy, copies: 2, required: false, when: agent, source: 公安机关}
      steps: [取号, 受理]
      legal_limit: {n: 10, unit: working_day, excludes: [公示]}
      legal_limit_working_days: 10
      promised_limit: {n: 0, unit: immediate, raw: 即时办结}
      fee: 不收费
      consult_phone: '@hall'
      supervise_phone: '12345'
    \(CatalogueSample.village)

    """

  @Test("a good file is read without fault or warning, counts and initials included")
  func reads() throws {
    let loaded = try CatalogueSample.read(Self.good)
    #expect(loaded.faults.isEmpty && loaded.warnings.isEmpty, "\(loaded.faults) \(loaded.warnings)")
    let items = try #require(loaded.value).items
    #expect(items[0].materials.map(\.originals) == [1, 1, 0] && items[0].materials.map(\.copies) == [0, 2, 2])
    #expect(items[1].initials == "GLJTSQ", "made from the name")
    #expect(items[1].materials.isEmpty && items[1].consultPhone == nil && items[1].supervisePhone == "12345")
  }

  @Test(
    "one wrong thing is one fault at its line",
    arguments: [
      Edit("code: A-2", "code: A-1", says: "taken by the item in line 4"),
      Edit("name: 社会保障卡申领", "name: ' '", says: "blank"),
      Edit("  name: 高龄津贴申请\n", "", says: "`name` is missing", below: -1),
      Edit("level: town", "level: county", says: "“county”"),
      Edit("handled_by: agent", "handled_by: robot", says: "“robot”"),
      Edit("delegation: 委托受理", "delegation: 代理", says: "“代理”"), Edit("[现场办, 代办]", "[现场办, 快办]", says: "“快办”"),
      Edit("queue_group: 社保", "queue_group:", says: "`queue_group` is missing"),
      Edit("national_basic_code: null", "national_basic_code: 123", says: "“123”"),
      Edit("basis: [《社会保险经办条例》第六条]", "basis: []", says: "`basis` is missing"),
      Edit("{key: agent,", "{key: self, label: 又}\n  - {key: agent,", says: "stands here twice"),
      Edit("when: agent", "when: neighbour", says: "neighbour, which the item does not have"),
      Edit("kind: original,", "kind: paper,", says: "“paper”"),
      Edit("{name: 居民身份证, kind: original, copies: 1,", "{name: 居民身份证, kind: original,", says: "`copies` is missing"),
      Edit("kind: original, copies: 1", "kind: original, copies: -1", says: "“-1”"),
      Edit("copies: 3, required", "copies: 4, required", says: "4 `copies` are not 1 originals and 2"),
      Edit("original_copies: 1, ", "", says: "originals and photocopies is not said"),
      Edit("copies: 1, required: true", "copies: 1, required: maybe", says: "“maybe”"),
      Edit("copies: 1, required: true", "copies: 1", says: "`required` is missing"),
      Edit("required: false, when: agent", "required: false", says: "非必要 without a reason"),
      Edit("unit: working_day", "unit: week", says: "“week”"),
      Edit("{n: 0, unit: immediate", "{n: 3, unit: immediate", says: "3 with the unit immediate"),
      Edit("{n: 1, unit: month", "{n: 0, unit: month", says: "0 with the unit month"),
      Edit("legal_limit_working_days: 10", "legal_limit_working_days: 11", says: "11 working days beside"),
      Edit("{n: 1, unit: month}", "~", says: "`promised_limit` is missing"),
      Edit("fee: 不收费", "fee: ''", says: "blank"),
      Edit("consult_phone: '@hall'", "consult_phone: 12-34", says: "“12-34”"),
      Edit("steps: [登记]", "steps: []", says: "of a village has no steps"),
      Edit("materials: none", "materials: []", says: "of a village has no materials"),
      Edit("materials: none", "materials: [{name: 健在证明, kind: form, copies: 1, required: true}]", says: "健在证明"),
      Edit(
        "{name: 居民身份证, kind: original, copies: 1, required: true, source: 公安机关",
        "{name: 婚姻状况证明（原件）, source: 村（居）委会, basis: 法, kind: original, copies: 1, required: true",
        says: "婚姻状况证明 may not be asked"),
      Edit("as_of: '2026-11-22'\n", "", says: "`as_of` is missing", below: 0),
      Edit("situations:\n", "situations: 无\n  other:\n", says: "a list, not “无”"),
      Edit("name: 高龄津贴申请", "name: 开具无犯罪记录证明", says: "无犯罪记录证明 may not be issued"),
      Edit("steps: [登记]", "steps: [登记]\n  result: 婚育状况证明", says: "婚育状况证明 may not be issued", below: -8),
      Edit(
        "materials: none", "materials: [{name: 证明, any_of: [社保缴费记录, 健在证明书], kind: form, copies: 1, required: true}]",
        says: "健在证明 may not be asked"),
      Edit("directory: agency", "directory: both", says: "“both”"),
      Edit(
        "handled_by: agent\n  directory: agency", "handled_by: window\n  directory: service",
        says: "station's own list", below: 1),
      Edit(
        "delegation: 委托受理", "delegation: 委托受理\n  implementation_code: 11500383009338113H3000117051000",
        says: "`implementation_code`", below: 1),
      Edit(
        "delegation: 委托受理",
        "delegation: 委托受理\n  elsewhere: {reason: 负面清单, place: 区政务中心, address: 一号, hours: 工作日, phone: 1-2}",
        says: "“1-2”", below: 1),
      Edit("delegation: 委托受理", "delegation: 委托受理\n  stages: [{office: county, does: 受理}]", says: "“county”", below: 1),
    ])
  func oneFault(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.good)
    // Without its situations a material's `when` refers to nothing, which is reported as well.
    let faults = try CatalogueSample.read(text).faults.filter { !(edit.to.contains("无") && $0.what.contains("agent")) }
    edit.checkForOffices(faults, line: line)
  }

  @Test(
    "what an office should look at again is a warning at its line",
    arguments: [
      Edit("pinyin: SHBZKSL", "pinyin: SHBXKSL", says: "SHBXKSL"), Edit("fee: 不收费", "fee: 免费", says: "“免费”"),
      Edit("fee: 不收费", "fee: 10元（待核）", says: "not settled"),
      Edit("as_of", "a_of: 1\nas_of", says: "`a_of` is not known"),
      Edit("{n: 0, unit: immediate, raw: 即时办结}", "{n: 11, unit: working_day}", says: "longer than the law"),
      Edit("name: 居民身份证, kind", "name: 收入证明, kind", says: "no basis"),
      Edit("level: town", "level: town\n  audience: enterprise", says: "enterprises", below: 1),
      Edit("steps: [取号, 受理]", "steps: [取号, 受理]\n  stepps: []", says: "`stepps` is not known", below: 1),
    ])
  func warning(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.good)
    let loaded = try CatalogueSample.read(text)
    #expect(loaded.value != nil, "\(loaded.faults)")
    edit.checkForOffices(loaded.warnings, line: line)
  }

  @Test("a certificate that a hospital issues is not one that a village may not issue")
  func wholeWords() throws {
    let text = Self.good.replacing(
      "materials: none", with: "materials: [{name: 出生医学证明, kind: form, copies: 1, required: true}]")
    #expect(try CatalogueSample.read(text).faults.isEmpty)
  }

  @Test("the version tells the data, not the layout")
  func version() throws {
    let version = try #require(try CatalogueSample.read(Self.good).value).version
    #expect(version.utf8.count == 16 && version.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    let laidOut = Self.good.replacing("# 样本\n", with: "").replacing(
      "{key: self, label: 本人办理}", with: "label: \"本人办理\"\n    key: self  # 同一")
    #expect(try #require(try CatalogueSample.read(laidOut).value).version == version)
    let changed = Self.good.replacing("取号, 受理", with: "取号, 受理, 办结")
    #expect(try #require(try CatalogueSample.read(changed).value).version != version)
    let moved = Self.good.replacing("[取号, 受理]", with: "['取号, 受理']")
    #expect(try #require(try CatalogueSample.read(moved).value).version != version)
  }

  @Test(
    "phones as offices publish them",
    arguments: [
      ("12345", true), ("110", true), ("023-12333", true), ("023-45678901", true), ("0831-1234567", true),
      ("13800000000", true), ("1234", false), ("023-123", false), ("123-45678901", false), ("23812345678", false),
      ("023--12333", false), ("１２３４５", false), ("12345转3", false),
    ])
  func phones(phone: String, good: Bool) throws {
    let text = Self.good.replacing("supervise_phone: '12345'", with: "supervise_phone: '\(phone)'")
    #expect(try CatalogueSample.read(text).faults.isEmpty == good)
  }

  @Test("a field has the name of its own table: an item's name is 事项名称, a material's 材料名称, a bundle's “一件事”名称")
  func names() throws {
    let item = CatalogueSample.village.replacing("name: 高龄津贴申请", with: "name: ''")
      .replacing("materials: none", with: "materials:\n  - {name: '', kind: original, copies: 1, note: '', basis: ''}")
    let bundle = "bundles:\n- {code: '', name: '', items: [A-2, A-2], note: ''}"
    let faults = try CatalogueSample.read("as_of: '2026-11-22'\nitems:\n\(item)\n\(bundle)").faults.map(\.chinese)
    for name in [
      "事项名称（name）", "材料名称（name）", "备注（note）", "要求提供材料的依据（basis）", "“一件事”名称（name）", "“一件事”编码（code）", "“一件事”说明（note）",
    ] {
      #expect(faults.contains("\(name)是空的：写上，或去掉这一行"), "\(name): \(faults)")
    }
  }
}
