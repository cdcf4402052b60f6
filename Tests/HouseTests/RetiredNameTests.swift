import Testing

@Suite("retired names stay away")
struct RetiredNameTests {
  @Test("no type has one")
  func tree() {
    let findings = Tree.files(under: ["Sources", "Devices", "Benchmarks", "Tests"], extensions: ["swift"])
      .filter { !$0.path.hasPrefix("Tests/HouseTests/Retired") }
      .flatMap { RetiredNames.findings(in: $0.text, file: $0.path) }
    let list = findings.map(\.description).joined(separator: "\n")
    #expect(findings.isEmpty, "\(list)")
  }

  @Test(
    "a type with one is caught",
    arguments: [
      "struct LineReader {", "  private final class WaitBook: Sendable {", "package actor DayKeeper", "enum Door {",
      "struct BedDevice {", "typealias VoiceBox = A", "package struct SlipShelf: Sendable {",
    ])
  func caught(line: String) { #expect(RetiredNames.findings(in: "\n" + line, file: "a.swift").map(\.line) == [2]) }

  @Test(
    "what is named by the field's term passes",
    arguments: [
      "struct CardReader {", "struct LineParser {", "let book = A()", "struct DoorSocket {", "enum ReaderMonitor {",
      "extension DayKeeper {", "func keeper() {",
    ])
  func passes(line: String) { #expect(RetiredNames.findings(in: line, file: "a.swift").isEmpty) }
}
