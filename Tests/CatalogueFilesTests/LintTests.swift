import CatalogueFiles
import FileKit
import Hall
import Testing
import YAMLDocuments

/// The findings of `catalogue lint` beyond the parser's own faults and warnings, which `CatalogueTests` and
/// `SituationTests` cover.
@Suite("lint of the catalogue")
struct LintTests {
  private func lint(_ text: String) throws -> [CatalogueLint.Finding] {
    CatalogueLint.findings(text, file: "c.yaml", pinyin: try Reference.pinyin(), sealing: TellApart())
  }

  private static let plain = CatalogueTests.good

  @Test("a good catalogue has no finding")
  func clean() throws { #expect(try lint(Self.plain).map(\.fault.description) == []) }

  @Test(
    "what is doubtful is a warning at its line",
    arguments: [
      Edit("name: 高龄津贴申请", "name: 高龄津贴审批\n  pinyin: SHBZKSL", says: "also that of A-1 (社会保险) in line 4", below: 1),
      Edit("name: 高龄津贴申请", "name: 社会保障卡申领", says: "the name “社会保障卡申领” is also"),
      Edit("name: 高龄津贴申请", "name: '2026'", says: "no initials"),
      Edit("fee: 不收费", "fee: 20元", says: "without a basis"),
      Edit("fee: 不收费", "fee: 不收费，工本费20元", says: "nothing is charged and how much"),
      Edit(
        "delegation: 委托受理",
        "delegation: 委托受理\n  elsewhere: {reason: 负面清单, place: 区政务中心, address: 一号, hours: 工作日, phone: '12345'}",
        says: "elsewhere without a basis", below: 1),
      Edit("required: false, when: agent", "required: true", says: "no material depends on", below: -6),
    ])
  func doubtful(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.plain)
    // An item's twin name has its twin's initials, and a name in the wrong script another pinyin.
    let found = try lint(text).filter { finding in
      finding.fault.what.contains(edit.says) || finding.severity == .error
    }
    #expect(found.map(\.severity) == [.warning], "\(found)")
    edit.check(found.map(\.fault), line: line)
  }

  @Test("an item that is done elsewhere by a law, or by enterprises at the district's centre, needs no further word")
  func elsewhereByLaw() throws {
    let place = "elsewhere: {reason: 负面清单, place: 区政务中心, address: 一号, hours: 工作日, phone: '12345'}"
    for more in ["exception_basis: 《某法》第一条", "audience: enterprise"] {
      let text = Self.plain.replacing("delegation: 委托受理", with: "delegation: 委托受理\n  \(place)\n  \(more)")
      #expect(try lint(text).allSatisfy { !$0.fault.what.contains("elsewhere") })
    }
  }

  @Test(
    "each of the twenty certificates is one that no village may issue (民发〔2020〕20号)",
    arguments: [
      "亲属关系", "居民身份信息", "户口登记项目内容变更申请", "居民养犬", "无犯罪记录", "社区戒毒社区康复人员情况", "人员失踪", "婚姻状况", "出生", "健在",
      "死亡", "疾病状况", "残疾状况", "婚育状况", "居民就业状况", "居民个人档案", "居民财产", "遗产继承权", "市场主体住所", "证件遗失",
    ])
  func forbidden(subject: String) throws {
    for name in ["\(subject)证明", "开具\(subject)证明", "\(subject)证明书（补开）"] {
      let findings = try lint(Self.plain.replacing("name: 高龄津贴申请", with: "name: \(name)"))
      #expect(findings.count { $0.severity == .error && $0.fault.what.contains("\(subject)证明 may not be issued") } == 1)
    }
    let asked = Self.plain.replacing(
      "{name: 居民身份证, kind: original, copies: 1, required: true, source: 公安机关",
      with: "{name: \(subject)证明, source: 村（居）委会出具, basis: 法, kind: original, copies: 1, required: true")
    #expect(try lint(asked).contains { $0.severity == .error && $0.fault.what.contains("may not be asked") })
    let elsewhere = asked.replacing("村（居）委会出具", with: "公安派出所")
    #expect(try lint(elsewhere).allSatisfy { !$0.fault.what.contains("may not") }, "from its own body it may be asked")
  }

  @Test("what only sounds like one is none of them", arguments: ["出生医学证明", "死亡医学证明", "居民养老证明材料", "婚姻登记证明"])
  func lookalike(name: String) throws {
    #expect(
      try lint(Self.plain.replacing("name: 高龄津贴申请", with: "name: \(name)")).allSatisfy {
        !$0.fault.what.contains("may not")
      })
  }

  @Test("errors and warnings stand together in the order of their lines")
  func order() throws {
    let text = Self.plain.replacing("fee: 不收费", with: "fee: 20元").replacing("level: village", with: "level: county")
    let findings = try lint(text)
    #expect(findings.map(\.severity).contains(.error) && findings.map(\.severity).contains(.warning))
    #expect(findings.map(\.fault.line) == findings.map(\.fault.line).sorted())
  }

  @Test("the shipped catalogue has the one collision of initials that it is known for, and no error")
  func shipped() throws {
    let findings = CatalogueLint.findings(
      Reference.folder + "/catalogue.yaml", pinyin: try Reference.pinyin(), sealing: TellApart())
    #expect(findings.filter { $0.severity == .error }.map(\.fault.description) == [])
    let collisions = findings.filter { $0.fault.what.contains("CXJMJBYLBXCBDJ is also that of YB-001 (医疗保障)") }
    #expect(collisions.count == 1 && collisions.first?.fault.line ?? 0 > 0)
  }
}
