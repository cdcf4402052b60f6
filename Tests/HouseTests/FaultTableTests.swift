import Foundation
import Testing

/// Goal: each row of the list of faults is answered in docs/THREATS.md by a test that is there, or says that it is open.
@Suite("the table of faults names tests that exist")
struct FaultTableTests {
  /// Faults of the list that the hall is built against.
  private static let count = 44

  private struct Row {
    let numbers: ClosedRange<Int>
    let shown: String
  }

  private static func rows(_ page: String) -> [Row] {
    guard let start = page.range(of: "## Faults, and the test") else { return [] }
    return page[start.upperBound...].split(separator: "\n").flatMap { line -> [Row] in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4 else { return [] }
      return cells[0].split(separator: ",").compactMap { part in
        let bounds = part.split(separator: "-").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard let first = bounds.first, let last = bounds.last else { return nil }
        return Row(numbers: first...last, shown: cells[3])
      }
    }
  }

  private static func missing(in rows: [Row], suites: String, exists: (String) -> Bool) -> [String] {
    rows.flatMap { row -> [String] in
      let names = row.shown.matches(of: /`([A-Za-z0-9\/_.-]+)`/).map { String($0.1) }
        .filter { $0.hasPrefix("Tests/") || $0.hasSuffix("Tests") }
      let unknown = names.filter { $0.hasPrefix("Tests/") ? !exists($0) : !suites.contains(" \($0) ") }
      let isAnswered = !names.isEmpty || row.shown.contains("make test-") || row.shown.contains("open")
      return unknown + (isAnswered ? [] : ["row \(row.numbers.lowerBound)"])
    }
  }

  @Test("every fault has its row, and every test that a row names is there")
  func complete() throws {
    let rows = Self.rows(try Tree.text("docs/THREATS.md"))
    #expect(Set(rows.flatMap { Array($0.numbers) }) == Set(1...Self.count))
    let suites = Tree.files(under: ["Tests"], extensions: ["swift"]).map(\.text).joined(separator: "\n")
      .replacing("{", with: " {").replacing(":", with: " :")
    let missing = Self.missing(in: rows, suites: suites) {
      FileManager.default.fileExists(atPath: Tree.root.appending(path: $0).path)
    }
    #expect(missing == [])
  }

  @Test("a test that is not there and a row without an answer are found")
  func found() {
    let page = """
      ## Faults, and the test that shows what happens
      | 1, 3-4 | power | nothing | `FrostTests`, `Tests/frost` |
      | 2 | hail | nothing | somebody looked |
      | 5 | rain | nothing | open |
      """
    let rows = Self.rows(page)
    #expect(rows.map(\.numbers) == [1...1, 3...4, 2...2, 5...5])
    let missing = Self.missing(in: rows, suites: "struct ElmTests {", exists: { _ in false })
    #expect(missing == ["FrostTests", "Tests/frost", "FrostTests", "Tests/frost", "row 2"])
    #expect(Self.missing(in: Array(rows.prefix(1)), suites: "struct FrostTests {", exists: { _ in true }) == [])
  }
}
