import CatalogueFiles
import FileKit
import Foundation
import Hall
import Testing
import YAMLDocuments

/// The findings of `catalogue lint` for items that take more than four touches at a kiosk.
@Suite("lint of touches")
struct TouchRuleTests {
  private static func findings(_ questions: [String], items: Int = 1) throws -> [String] {
    let asked = questions.isEmpty ? "" : "\n  questions:\n" + questions.map { "  \($0)\n" }.joined()
    let plain = CatalogueTests.good.replacing("\n  basis: [法]\n", with: asked + "\n  basis: [法]\n")
    let entry = plain.range(of: "- code: A-2").map { String(plain[$0.lowerBound...]) } ?? ""
    let more = (1..<max(items, 1)).map { number in
      entry.replacing("A-2", with: "A-\(number + 10)").replacing("高龄津贴申请", with: "高龄津贴申请之\(number)")
    }
    let text = plain.trimmingSuffix(while: \.isWhitespace) + "\n" + more.joined(separator: "\n")
    let found = CatalogueLint.findings(text, file: "c.yaml", pinyin: try Reference.pinyin(), sealing: TellApart())
      .filter { !$0.fault.what.contains("no material depends on") && !$0.fault.what.contains("`pinyin`") }
    for finding in found {
      let parts = finding.fault.chinese.split(separator: "：", maxSplits: 1)
      #expect(parts.count == 2, "\(finding)")
    }
    return found.map { "\($0.severity) \($0.fault.what)" }
  }

  private static func question(_ key: String, _ answers: Int, _ choose: String = "one") -> String {
    let list = (1...answers).map { "{key: \(key)\($0), label: 情形\(key)\($0)}" }.joined(separator: ", ")
    return "- {key: \(key), ask: 问题\(key), choose: \(choose), answers: [\(list)]}"
  }

  @Test("two questions pass, three do not, in words")
  func questions() throws {
    #expect(try Self.findings([Self.question("a", 2), Self.question("b", 2)]) == [])
    let three = try Self.findings([Self.question("a", 2), Self.question("b", 2), Self.question("c", 2)])
    #expect(three.count == 1 && three[0].hasPrefix("warning “高龄津贴申请” cannot be done in 4 touches"), "\(three)")
  }

  @Test("answers that are marked one by one do not pass, nor do two questions of which none has exactly one answer")
  func together() throws {
    let marked = try Self.findings([Self.question("a", 3, "any")])
    #expect(marked.count == 1 && marked[0].contains("“问题a” has 3 answers that hold together"), "\(marked)")
    let two = try Self.findings([Self.question("a", 2, "any"), Self.question("b", 2, "any")])
    #expect(two.count == 1 && two[0].contains("cannot be done in 4 touches"), "\(two)")
  }

  @Test("so many answers, or so many items of one department, that a page is turned are said")
  func pages() throws {
    #expect(try Self.findings([Self.question("a", 6)]) == [])
    let answers = try Self.findings([Self.question("a", 7)])
    #expect(answers.count == 1 && answers[0].contains("7 answers, which may take a page to turn"), "\(answers)")
    #expect(try Self.findings([Self.question("a", 2)], items: 6) == [])
    let items = try Self.findings([Self.question("a", 2)], items: 7)
    #expect(items.count == 1 && items[0].contains("“养老服务” has 7 items"), "\(items)")
  }
}

extension String {
  fileprivate func trimmingSuffix(while drop: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, drop(last) { text.removeLast() }
    return text
  }
}
