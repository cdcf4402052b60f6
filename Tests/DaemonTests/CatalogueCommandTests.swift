import Foundation
import Testing

/// The operator's work on a catalogue, through the shipped tool.
@Suite("yichuangctl catalogue")
struct CatalogueCommandTests {
  let folder: Folder
  static let reference = Program.repository.path + "/packaging/reference/catalogue.yaml"

  init() throws { folder = try Folder() }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("lint says file, line, severity and what to do, for people and as JSON; --strict fails on a warning")
  func lint() throws {
    let fine = try Program.run("yichuangctl", "catalogue", "lint", Self.reference)
    #expect(fine.status == 0 && fine.output.contains("catalogue.yaml:") && fine.output.contains(": warning: "))
    #expect(try Program.run("yichuangctl", "catalogue", "lint", "--strict", Self.reference).status == 78)
    let text = try String(contentsOfFile: Self.reference, encoding: .utf8)
    let bad = try folder.write("bad.yaml", text.replacing("kind: form", with: "kind: clay", maxReplacements: 1))
    let result = try Program.run("yichuangctl", "catalogue", "lint", bad, "--json")
    #expect(result.status == 78)
    let findings = try #require(try json(result.output)["findings"] as? [[String: Any]])
    let error = try #require(findings.first { $0["severity"] as? String == "error" })
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("kind: form") }
    #expect(error["line"] as? Int == line.map { $0 + 1 } && error["file"] as? String == bad)
    #expect((error["problem"] as? String)?.contains("clay") == true && (error["remedy"] as? String)?.isEmpty == false)
  }

  @Test("a table goes out and comes back, and the difference is told in words")
  func exchange() throws {
    let table = folder.file("t.csv")
    #expect(
      try Program.run("yichuangctl", "catalogue", "export", Self.reference, "--csv", "--output", table).status == 0)
    #expect(try Data(contentsOf: URL(filePath: table)).prefix(3) == Data([0xEF, 0xBB, 0xBF]))
    let back = folder.file("back.yaml")
    let imported = try Program.run("yichuangctl", "catalogue", "import", table, "--output", back, "--json")
    #expect(imported.status == 0, "\(imported.output) \(imported.errors)")
    #expect(try json(imported.output)["encoding"] as? String == "UTF-8 with BOM")
    let text = try String(contentsOfFile: Self.reference, encoding: .utf8)
    let changed = try folder.write("changed.yaml", text.replacing("name: 失业登记\n", with: "name: 失业登记办理\n"))
    let diff = try Program.run("yichuangctl", "catalogue", "diff", Self.reference, changed)
    #expect(diff.status == 0 && diff.output.contains("名称：由“失业登记”改为“失业登记办理”"), "\(diff.output)")
    #expect(try Program.run("yichuangctl", "catalogue", "diff", changed, changed).output.contains("没有不同"))
    let wrong = try folder.write("wrong.csv", "code,name\n1,2\n")
    let refused = try Program.run("yichuangctl", "catalogue", "import", wrong)
    #expect(refused.status == 78 && refused.errors.contains("事项名称"))
  }

  @Test("posters of a village's two lists and of a hall, with the hall's name and its agents")
  func poster() throws {
    let config = Program.repository.path + "/packaging/reference/demo-village.yaml"
    let lists = folder.file("lists.pdf")
    let made = try Program.run(
      "yichuangctl", "catalogue", "export", Self.reference, "--poster", "village", "--paper", "a3", "--config", config,
      "--output", lists)
    #expect(made.status == 0, "\(made)")
    #expect(try Data(contentsOf: URL(filePath: lists)).prefix(5) == Data("%PDF-".utf8))
    let items = folder.file("items.pdf")
    let hall = try Program.run(
      "yichuangctl", "catalogue", "export", Self.reference, "--poster", "hall", "--paper", "a4", "--output", items)
    #expect(hall.status == 0, "\(hall)")
    let text = try String(contentsOfFile: Self.reference, encoding: .utf8)
    let none = try folder.write("none.yaml", text.replacing("directory: service", with: "directory: agency"))
    let refused = try Program.run(
      "yichuangctl", "catalogue", "export", none, "--poster", "service", "--output", folder.file("none.pdf"))
    #expect(refused.status == 78 && refused.errors.contains("directory: service"), "\(refused)")
    #expect(
      try Program.run(
        "yichuangctl", "catalogue", "export", Self.reference, "--csv", "--poster", "hall", "--output", items
      ).status == 64)
  }
}
