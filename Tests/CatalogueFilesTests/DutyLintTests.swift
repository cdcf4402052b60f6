import CatalogueFiles
import FileKit
import Hall
import Testing
import YAMLDocuments

/// Goal: `catalogue lint` rejects notices with missing or forbidden content. Method: a good catalogue with one thing
/// changed, in the words of offices, and for each rule a similar text that is allowed.
@Suite("lint of what a notice owes")
struct DutyLintTests {
  private static let plain = CatalogueTests.good

  private func errors(_ text: String) throws -> [FileFault] {
    CatalogueLint.findings(text, file: "c.yaml", pinyin: try Reference.pinyin(), sealing: TellApart())
      .filter { $0.severity == .error }.map(\.fault)
  }

  private func errors(_ from: String, _ to: String) throws -> [FileFault] {
    try #require(Self.plain.contains(from), "the good text holds “\(from)”")
    return try errors(Self.plain.replacing(from, with: to))
  }

  @Test("the good catalogue has none")
  func clean() throws { #expect(try errors(Self.plain).isEmpty) }

  @Test(
    "what is missing is an error at its line, in English and Chinese, and keeps no hall from opening",
    arguments: [
      Edit("  legal_limit: none\n", "", says: "does not say its legal limit", below: -15),
      Edit("legal_limit: none", "legal_limit: null", says: "does not say its legal limit"),
      Edit("conditions: [年满80周岁]", "conditions: []", says: "has no conditions"),
      Edit("required: true, source: 公安机关", "required: true", says: "does not say where it is from"),
      Edit(
        "excludes: [公示]}\n  legal_limit_working_days: 10\n  promised_limit: {n: 0, unit: immediate, raw: 即时办结}",
        "excludes: [公示]}\n  promised_limit: {n: 5, unit: working_day, excludes: [公示7日, 现场踏勘]}",
        says: "leaves out 现场踏勘", below: 1),
    ])
  func missing(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.plain)
    edit.checkForOffices(try errors(text), line: line)
    #expect(try CatalogueSample.read(text).value != nil)
  }

  @Test("a promise may leave out what the law leaves out, in other words too, and anything where the law sets no limit")
  func excluded() throws {
    let promised = "promised_limit: {n: 0, unit: immediate, raw: 即时办结}"
    for stage in ["公示", "公示期", "公示7日", "公示（7个工作日）"] {
      let found = try errors(promised, "promised_limit: {n: 5, unit: working_day, excludes: ['\(stage)']}")
      #expect(found.isEmpty, "\(stage): \(found)")
    }
    let free = "promised_limit: {n: 1, unit: month, excludes: [公示, 评议]}"
    #expect(try errors("promised_limit: {n: 1, unit: month}", free).isEmpty)
    for stage in ["群众评议", "专家评审", "听证"] {
      #expect(try errors(promised, "promised_limit: {n: 5, unit: working_day, excludes: [\(stage)]}").count == 1)
    }
  }

  @Test("the law's silence is a value of its own, of a legal limit only")
  func silence() throws {
    let none = "legal_limit: {n: 0, unit: none, raw: 条例未规定}"
    let item = try #require(
      try CatalogueSample.read(Self.plain.replacing("legal_limit: none", with: none)).value?.items[1])
    #expect(item.legalLimit == TimeLimit(count: 0, unit: .notSet, wording: "条例未规定"))
    let short = try #require(try CatalogueSample.read(Self.plain).value?.items[1])
    #expect(short.legalLimit == TimeLimit(count: 0, unit: .notSet))
    #expect(try errors("legal_limit: none", "legal_limit: {n: 5, unit: none}").count == 1)
    #expect(try !errors("promised_limit: {n: 1, unit: month}", "promised_limit: {n: 0, unit: none}").isEmpty)
    #expect(try !errors("promised_limit: {n: 1, unit: month}", "promised_limit: none").isEmpty)
  }

  @Test(
    "a certificate that no village may issue is one under other names, from other words for a village",
    arguments: [
      ("生存证明", "村委会"), ("健在情况证明", "社区"), ("亲属关系证明材料", "户籍地村、社区"), ("关于张某与李某亲属关系的证明", "村（居）委会"),
      ("关于本人婚姻状况的证明", "居委会"), ("户口簿遗失证明", "社区"), ("身份证、社保卡遗失证明", "所在村"), ("结婚证丢失证明", "村级组织"),
      ("遗失证明", "社区居委会"), ("村委会出具的亲属关系证明", "申请人自备"), ("亲子关系证明", "本村"), ("无犯罪记录证明（原件）", "社区（村）"),
      ("亲属关系、婚姻状况证明", "居住地社区"), ("未婚证明", "户籍所在地村居"), ("关于王某死亡的证明信", "村民小组"), ("居民财产状况证明", "村、社区"),
    ])
  func forbidden(name: String, source: String) throws {
    let found = try errors(
      "{name: 居民身份证, kind: original, copies: 1, required: true, source: 公安机关",
      "{name: \(name), kind: original, copies: 1, required: true, basis: 法, source: \(source)")
    #expect(
      found.contains { $0.what.contains("may not be asked") && $0.chinese.contains("民发〔2020〕20号") }, "\(found)"
    )
  }

  @Test(
    "what only sounds like one, or is another body's, may be asked",
    arguments: [
      ("出生医学证明", "社区卫生服务中心"), ("居民死亡医学证明（推断）书", "村卫生室"), ("亲属关系证明", "公证处"), ("户口簿遗失声明", "社区"), ("居住证明", "社区"),
      ("收入证明", "村委会"), ("解除社区矫正宣告书", "社区矫正机构"), ("无犯罪记录证明", "公安派出所"), ("贷款结清证明", "农村商业银行"), ("婚姻登记证明", "民政局"),
      ("社区戒毒证明", "村镇银行"), ("遗失登报证明", "报社"),
    ])
  func allowed(name: String, source: String) throws {
    let found = try errors(
      "{name: 居民身份证, kind: original, copies: 1, required: true, source: 公安机关",
      "{name: \(name), kind: original, copies: 1, required: true, basis: 法, source: \(source)")
    #expect(found.allSatisfy { !$0.what.contains("may not") }, "\(found)")
  }

  @Test(
    "a name that the order retired, or that does not fit its level, is an error wherever it stands",
    arguments: [
      ("安居镇公共服务中心", "安居镇便民服务中心"), ("文兴社区便民服务中心", "文兴社区便民服务站"), ("黄升村便民服务中心", "黄升村便民服务站"),
      ("村（社区）便民服务中心", "村（社区）便民服务站"), ("巴川街道公共服务中心", "巴川街道便民服务中心"), ("镇（街道）公共服务中心", "镇（街道）便民服务中心"),
      ("安居镇便民服务站", "安居镇便民服务中心"), ("安居镇政务服务大厅", "安居镇便民服务中心"), ("黄升村便民服务室", "黄升村便民服务站"),
      ("镇社会保障服务所", "镇便民服务中心"), ("社区公共服务中心", "社区便民服务站"), ("平滩镇行政服务中心", "平滩镇便民服务中心"), ("××镇便民服务中心", "具体的镇名"),
    ])
  func retired(name: String, right: String) throws {
    for (from, to) in [
      ("steps: [登记]", "steps: [登记, 到\(name)领取]"), ("conditions: [年满80周岁]", "conditions: ['年满80周岁，到\(name)申请']"),
      ("source: 民政局", "source: \(name)"), ("conditions: [年满80周岁]", "conditions: [年满80周岁]\n  note: 请到\(name)"),
    ] {
      let found = try errors(from, to)
      #expect(found.count == 1 && found[0].what.contains("not what the place is called"), "\(found)")
      #expect(found.first?.remedy.contains(right) == true, "\(found)")
    }
  }

  @Test("in a bundle too: its name and its note are read out to residents as an item's are")
  func retiredInBundle() throws {
    let bundle = "bundles:\n- {code: B-1, name: 到安居镇公共服务中心一次办, items: [A-1, A-2], note: 也可到黄升村便民服务室办}"
    let found = try errors(Self.plain + "\n" + bundle + "\n")
    #expect(found.map(\.remedy) == ["write 安居镇便民服务中心", "write 黄升村便民服务站"], "\(found)")
    #expect(found.allSatisfy { $0.line > Self.plain.count { $0 == "\n" } })
  }

  @Test(
    "today's names and the district's own are right",
    arguments: [
      "安居镇便民服务中心", "巴川街道便民服务中心", "文兴社区便民服务站", "村（社区）便民服务站", "镇（街道）便民服务中心", "区政务服务中心", "铜梁区政务服务大厅", "党群服务中心",
      "公共就业服务机构", "区公共服务中心", "李村镇便民服务中心", "镇村便民服务站", "公共法律服务工作站",
    ])
  func present(name: String) throws { #expect(try errors("steps: [登记]", "steps: [登记, 到\(name)领取]").isEmpty) }

  @Test(
    "a number of seven digits is an error in any text",
    arguments: [
      "电话4563000", "咨询电话：456 3000", "联系 456-3000", "请拨打023-4563000", "（023）4563000", "023－456 3000", "电话：４５６３０００",
      "监督电话4563000转2", "座机 4563000，工作日接听",
    ])
  func shortPhone(text: String) throws {
    let found = try errors("steps: [登记]", "steps: [登记]\n  note: '\(text)'")
    #expect(found.count == 1 && found[0].what.contains("seven digits"), "\(text): \(found)")
  }

  @Test("a phone of seven digits behind 023 is an error in its own field, one of another city is not")
  func shortPhoneField() throws {
    let found = try errors("supervise_phone: '12345'", "supervise_phone: 023-4563000")
    #expect(found.count { $0.what.contains("seven digits") } == 2, "both items have it: \(found)")
    #expect(try errors("supervise_phone: '12345'", "supervise_phone: 0831-4563000").isEmpty)
    #expect(try errors("supervise_phone: '12345'", "supervise_phone: 023-45630000").isEmpty)
  }

  @Test(
    "other digits are no such number",
    arguments: [
      "电话45630000", "电话 023-45630000", "热线12345、023-12333", "咨询时间2026-1-22", "联系人补贴1234567元", "文号2023123号", "邮编402560",
      "2026年11月22日起",
      "手机13800000000", "编号 1234567",
    ])
  func otherDigits(text: String) throws { #expect(try errors("steps: [登记]", "steps: [登记]\n  note: '\(text)'").isEmpty) }

  @Test(
    "a paper that is not named is an error, unless its list stands with it",
    arguments: [
      ("其他有效证明材料", ""), ("其它材料", ""), ("法律、法规规定的其他材料", ""), ("相关证明", ""), ("有关证明文件", ""), ("其他", ""), ("所需资料（如有）", ""),
      ("特殊情形证明材料", ""), ("其他有效证明材料（视情况提供）", ""), ("其他相关材料", ", note: 以窗口要求为准"),
    ])
  func unnamed(name: String, more: String) throws {
    let good = "{name: 居民身份证, kind: original, copies: 1, required: true, source: 公安机关}"
    func with(_ more: String) throws -> [FileFault] {
      try errors(good, "{name: \(name), kind: original, copies: 1, required: true, basis: 法, source: 公安机关\(more)}")
    }
    let found = try with(more)
    #expect(found.count == 1 && found[0].what.contains("does not say which papers"), "\(found)")
    #expect(try with(", any_of: [残疾人证, 诊断证明]").isEmpty)
  }

  @Test(
    "a paper that is named, or listed beside its name, passes",
    arguments: [
      ("其他证明材料（残疾人证、诊断证明）", ""), ("有关材料", ", note: 如结婚证、离婚证"), ("变更证明材料（如更名后的户口簿）", ""), ("其他家庭成员身份证", ""),
      ("收入证明", ""),
      ("家庭财产材料", ""),
    ])
  func listed(name: String, more: String) throws {
    let good = "{name: 居民身份证, kind: original, copies: 1, required: true, source: 公安机关}"
    let found = try errors(
      good, "{name: \(name), kind: original, copies: 1, required: true, basis: 法, source: 公安机关\(more)}")
    #expect(found.allSatisfy { !$0.what.contains("which papers") }, "\(found)")
  }

  @Test(
    "an answer that only an official can give is a warning",
    arguments: ["有赡抚养义务人等需补充材料", "残疾、低保等需佐证类别", "其他情形", "符合规定条件的"])
  func officialAnswer(label: String) throws {
    let text = Self.plain.replacing("label: 他人代办", with: "label: \(label)")
    let found = CatalogueLint.findings(text, file: "c.yaml", pinyin: try Reference.pinyin(), sealing: TellApart())
    #expect(found.contains { $0.severity == .warning && $0.fault.what.contains("no answer that a resident can give") })
    let plain = Self.plain.replacing("label: 他人代办", with: "label: 家里有子女")
    let none = CatalogueLint.findings(plain, file: "c.yaml", pinyin: try Reference.pinyin(), sealing: TellApart())
    #expect(none.isEmpty, "\(none)")
  }

  @Test(
    "what is sensitive says so",
    arguments: [
      "低保申请", "特困供养认定", "残疾人证补办", "失业保险金申领", "刑满释放人员安置帮教", "生育津贴申领", "生育登记", "孤儿基本生活费申请", "医疗救助", "儿童预防接种证补办", "退役军人登记",
    ])
  func sensitive(name: String) throws {
    let found = try errors("name: 高龄津贴申请", "name: \(name)")
    #expect(found.count == 1 && found[0].what.contains("is sensitive"), "\(name): \(found)")
    #expect(try errors("name: 高龄津贴申请", "name: \(name)\n  sensitivity: special_identity").isEmpty)
  }

  @Test("an item of an enterprise cites the order's 二（三）, which sends it to the district")
  func enterprise() throws {
    let text = Self.plain.replacing("level: town", with: "level: town\n  audience: enterprise")
    let said = try CatalogueSample.read(text).warnings.filter { $0.what.contains("enterprises") }
    #expect(said.count == 1 && said[0].what.contains("二（三）") && said[0].chinese.contains("二（三）"), "\(said)")
  }

  @Test("English names are read, and an item without one is Chinese only")
  func english() throws {
    let text = Self.plain.replacing("items:\n", with: "english: {社会保险: Social insurance}\nitems:\n")
      .replacing("name: 高龄津贴申请", with: "name: 高龄津贴申请\n  english: Old-age allowance")
    let items = try #require(try CatalogueSample.read(text).value).items
    #expect(items[0].english == Item.English(name: nil, category: "Social insurance"))
    #expect(items[1].english == Item.English(name: "Old-age allowance", category: nil))
    #expect(try #require(try CatalogueSample.read(Self.plain).value).items.allSatisfy { $0.english == nil })
    let wrong = Self.plain.replacing("items:\n", with: "english: [Social insurance]\nitems:\n")
    #expect(try CatalogueSample.read(wrong).faults.count == 1)
  }
}
