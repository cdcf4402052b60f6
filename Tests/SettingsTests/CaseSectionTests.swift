import FileKit
import Hall
import Settings
import Testing
import YAMLDocuments

@Suite("The settings of cases")
struct CaseSectionTests {
  private static let section = """
    cases:
      correction_promise: 3
      suite: sm4
      unapproved: [BY, YQ]
      back_office: [AJ100]
      approvers:
      - {badge: AJ001, title: 分管领导, for: [民政救助]}

    """

  private static func file(_ section: String) -> String {
    ConfigurationTests.good.replacing("listeners:\n", with: section + "listeners:\n")
  }

  @Test("without a section the hall promises five days, and seals under AES")
  func usual() throws {
    let rule = try Reference.require(try Scratch().configuration(ConfigurationTests.good)).rules.cases
    #expect(rule == CaseRule() && rule.suite == .aes && rule.correctionPromise == 5)
  }

  @Test("what it says holds")
  func holds() throws {
    let rule = try Reference.require(try Scratch().configuration(Self.file(Self.section))).rules.cases
    #expect(rule.correctionPromise == 3 && rule.suite == .sm4 && rule.backOffice == ["AJ100"])
    #expect(rule.unapproved == [.refusal, .extending])
    #expect(rule.approvers == [CaseRule.Approver(badge: "AJ001", title: "分管领导", scope: ["民政救助"])])
  }

  @Test(
    "what is wrong is refused at its line, with a remedy",
    arguments: [
      Edit("suite: sm4", "suite: rot13", says: "no suite is called rot13"),
      Edit("[BY, YQ]", "[BY, DB]", says: "no paper of a case is called DB"),
      Edit("correction_promise: 3", "correction_promise: 61", says: "is “61”"),
      Edit("[AJ100]", "[AJ077]", says: "nobody of `staff` has the badge AJ077"),
      Edit("badge: AJ001, title", "badge: AJ078, title", says: "nobody of `staff` has the badge AJ078"),
      Edit("title: 分管领导, ", "", says: "title"),
      Edit("  suite: sm4", "  suit: sm4", says: "suit"),
    ])
  func refused(_ edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.file(Self.section))
    edit.check(try Scratch().configuration(text).faults, line: line)
  }
}
