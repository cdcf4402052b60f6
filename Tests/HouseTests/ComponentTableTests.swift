import Foundation
import Testing

/// Goal: docs/THREATS.md says what the programs are made of, as it is. Method: its tables beside `Package.resolved`, the licences that were
/// fetched with the packages, and the C modules of Package.swift; examples show that each kind of stale row is found.
@Suite("the software bill of materials is that of the build")
struct ComponentTableTests {
  private struct Resolved: Decodable {
    struct Pin: Decodable {
      struct State: Decodable { let version: String? }
      let identity: String
      let state: State
    }
    let pins: [Pin]
  }

  private static let apache = "  Apache License\n  Version 2.0, January 2004"
  private static let example = """
    | a table | of another | section | here |
    ## Software bill of materials
    | package | version | licence | for |
    | --- | --- | --- | --- |
    | frost | 1.2.0 | Apache-2.0 | tests |

    | module | library | licence | tested | least | why |
    | --- | --- | --- | --- | --- | --- |
    | CFrost | frost | MIT | 2.1 | 2.0 | `thaw` |

    ## Another
    | elm | 1.0.0 | MIT | tests |
    """

  private static func fetchedLicence(of package: String) -> String? {
    let checkouts = Tree.root.appending(path: ".build/checkouts")
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: checkouts.path)) ?? []
    guard let folder = folders.first(where: { $0.lowercased() == package }) else { return nil }
    return ["LICENSE", "LICENSE.txt", "LICENSE.md"].lazy.compactMap {
      try? String(contentsOf: checkouts.appending(path: "\(folder)/\($0)"), encoding: .utf8)
    }.first
  }

  @Test("packages, versions and licences are those of Package.resolved")
  func packages() throws {
    let resolved = try JSONDecoder().decode(
      Resolved.self, from: Data(contentsOf: Tree.root.appending(path: "Package.resolved")))
    let pins = Dictionary(uniqueKeysWithValues: resolved.pins.map { ($0.identity, $0.state.version ?? "") })
    #expect(pins.count > 10)
    let table = ComponentTable(try Tree.text("docs/THREATS.md"))
    let findings = table.findings(pins: pins, licence: Self.fetchedLicence)
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }

  @Test("every C module has its library, the least version and the reason")
  func libraries() throws {
    let manifest = try Tree.text("Package.swift")
    let modules = Set(manifest.matches(of: /systemLibrary\(\s*name:\s*"(\w+)"/).map { String($0.1) })
    let libraries = ComponentTable(try Tree.text("docs/THREATS.md")).libraries
    // GRDB brings the module of SQLite.
    #expect(Set(libraries.map(\.module)) == modules.union(["GRDBSQLite"]))
    for library in libraries {
      #expect(library.tested.contains(/^\d+(\.\d+)+$/) && library.least.contains(/^\d+(\.\d+)+$/), "\(library.module)")
      #expect(
        library.least.compare(library.tested, options: .numeric) != .orderedDescending,
        "\(library.module) was tested below")
    }
  }

  @Test("only the section's tables are read")
  func section() {
    let table = ComponentTable(Self.example)
    #expect(table.packages == [.init(name: "frost", version: "1.2.0", licence: "Apache-2.0")])
    #expect(table.libraries == [.init(module: "CFrost", licence: "MIT", tested: "2.1", least: "2.0", reason: "`thaw`")])
  }

  @Test(
    "a stale row is found",
    arguments: [
      (["frost": "1.3.0"], apache, "frost is 1.3.0, not 1.2.0"),
      (["frost": "1.2.0", "elm": "1.0.0"], apache, "elm of Package.resolved is not in the table"),
      ([:], apache, "frost is not in Package.resolved"),
      (["frost": "1.2.0"], "All rights reserved", "the licence of frost is unknown, not Apache-2.0"),
    ])
  func stale(pins: [String: String], licence: String, what: String) {
    let findings = ComponentTable(Self.example).findings(pins: pins) { _ in licence }
    #expect(findings == [Finding(file: "docs/THREATS.md", line: 0, what: what)])
  }

  @Test("a true row passes")
  func fresh() {
    #expect(ComponentTable(Self.example).findings(pins: ["frost": "1.2.0"]) { _ in Self.apache }.isEmpty)
  }
}
