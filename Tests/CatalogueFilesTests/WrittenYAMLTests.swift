import FileKit
import Hall
import Testing
import YAMLDocuments

@testable import CatalogueFiles

/// Goal: a table is imported without parsing what was written for it, and both say the same. Method: the tree that was written is
/// held against the parsed text, values, lines and columns alike.
@Suite("a written catalogue")
struct WrittenYAMLTests {
  private func same(_ one: YAMLNode, _ other: YAMLNode) -> Bool {
    guard one.location.line == other.location.line, one.location.column == other.location.column else { return false }
    switch (one.content, other.content) {
    case (.null, .null): return true
    case (.scalar(let a, let isQuoted), .scalar(let b, let wasQuoted)): return a == b && isQuoted == wasQuoted
    case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy(same)
    case (.table(let a), .table(let b)):
      return a.count == b.count
        && zip(a, b).allSatisfy { a, b in
          a.key == b.key && a.location.line == b.location.line && a.location.column == b.location.column
            && same(a.value, b.value)
        }
    default: return false
    }
  }

  static let odd: YAMLText = .table(
    [
      (key: "a", value: .text("甲\n“乙”\\\u{200B}\u{FFFE}: # - 'x' \"y\"")), (key: "名称：一", value: .plain("12")),
      (key: "none", value: .plain("null")), (key: "empty", value: .list([])),
      (key: "nothing", value: .table([], row: 0)),
      (
        key: "lists",
        value: .list([
          .list([.text("a"), .list([.text("b"), .text("c")]), .plain("true")]), .text("d"), .list([]),
          .table([(key: "k", value: .list([.text("e")])), (key: "l", value: .text("f"))], row: 7),
        ])
      ),
    ], row: 0)

  @Test("the written tree is the one that parsing its text gives")
  func tree() throws {
    let written = Self.odd.written()
    let log = FaultLog()
    let parsed = try #require(YAMLNode.document(written.text, file: "", log), "\(log.faults) \(written.text)")
    #expect(same(written.root, parsed), "\(written.text)\n\(written.root)\n\(parsed)")
    #expect(written.line(written.lines.count)?.row == 7 && written.line(written.lines.count)?.key == "l")
  }

  @Test(
    "so it is for tables of offices", arguments: [OfficeTables.poster, OfficeTables.platform])
  func tables(text: String) throws {
    let imported = try CatalogueImport(
      Array(text.utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(), sealing: TellApart())
    let read = CatalogueFile.read(imported.text, file: "", pinyin: try Reference.pinyin(), sealing: TellApart())
    #expect(read.value == imported.catalogue)
  }

  @Test("a condition of alternatives within alternatives comes back from a table as it was")
  func nested() throws {
    let when = Condition.all([.any(["a", "b"]), .any(["c", "d"])])
    let parsed = try #require(YAMLNode.document(FlowText.condition(when), file: "", FaultLog()))
    let again = YAMLText.table([(key: "when", value: parsed.asText)], row: 0).written()
    let table = try #require(YAMLTable(again.root, "the file", FaultLog()))
    let log = FaultLog()
    #expect(ConditionParser(situations: ["a", "b", "c", "d"], log: log).condition(table) == when && log.faults.isEmpty)
  }

  @Test("a heading that no key of YAML can hold is refused")
  func longHeading() throws {
    let text = "事项名称,\(String(repeating: "长", count: 401))\n登记,甲\n"
    #expect(throws: CatalogueImport.Refused.self) {
      try CatalogueImport(
        Array(text.utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(), sealing: TellApart())
    }
  }
}
