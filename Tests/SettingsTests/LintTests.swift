import Hall
import Settings
import Testing

/// What `catalogue lint` says beyond the reader's own faults and warnings, which `CatalogueTests` and `SituationTests` hold.
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
    #expect(findings.allSatisfy { $0.severity == .warning })
    let collisions = findings.filter { $0.fault.what.contains("CXJMJBYLBXCBDJ is also that of YB-001 (医疗保障)") }
    #expect(collisions.count == 1 && collisions.first?.fault.line ?? 0 > 0)
  }
}
