import FileKit
import Foundation
import Glibc
import Testing
import YAMLDocuments

/// Files of a completely wrong form.
@Suite("files in a bad state")
struct FileTests {
  private func faults(_ text: String) -> [FileFault] {
    let log = FaultLog()
    if let root = YAMLNode.document(text, file: "h.yaml", log) { _ = YAMLTable(root, "the file", log) }
    return log.faults
  }

  /// The file's text, and what is wrong with it.
  private func load(_ path: String) -> (text: String?, faults: [FileFault]) {
    let log = FaultLog()
    return (BoundedFile.text(path, log), log.faults)
  }

  @Test("a missing file, a folder and a pipe are each one fault without a line")
  func notAFile() throws {
    let scratch = try Scratch()
    #expect(mkfifo(scratch.path + "/pipe", 0o600) == 0)
    for (name, says) in [("nowhere", "cannot be opened"), ("", "regular file"), ("/pipe", "regular file")] {
      let path = name == "nowhere" ? scratch.path + "/nowhere" : scratch.path + name
      let faults = load(path).faults
      #expect(faults.count == 1 && faults[0].line == 0 && faults[0].what.contains(says), "\(faults)")
      #expect(faults[0].description.hasPrefix(path + ": "))
    }
  }

  @Test("a file beyond 4 MiB and one that is not UTF-8 are refused")
  func unreadable() throws {
    let scratch = try Scratch()
    let large = try scratch.write(String(repeating: "# a\n", count: (4 << 20) / 4 + 1), as: "large.yaml")
    #expect(load(large).faults.map(\.what) == ["is larger than 4 MiB"])
    let exact = try scratch.write(String(repeating: "# a\n", count: (4 << 20) / 4), as: "exact.yaml")
    #expect(faults(try #require(load(exact).text)).map(\.what) == ["is empty"])
    let path = scratch.path + "/gbk.yaml"
    try Data([0xC6, 0xCC, 0xC1, 0xBA]).write(to: URL(filePath: path))
    #expect(load(path).faults.map(\.what) == ["is not UTF-8"])
  }

  @Test("a byte order mark and CRLF do no harm")
  func windows() throws {
    let scratch = try Scratch()
    let path = try scratch.write("\u{FEFF}years: {}\r\n", as: "h.yaml")
    let text = try #require(load(path).text)
    #expect(text == "years: {}\r\n" && faults(text).isEmpty)
  }

  @Test(
    "text that is not YAML, or not the kind of YAML that is read, is one fault at its line",
    arguments: [
      ("years:\n  2026: [", 3, "not YAML"), ("years: {}\nyears: {}\n", 1, "twice"),
      ("a: 1\n--- \nb: 2\n", 2, "not YAML"),
      ("years:\n\t2026: {}\n", 2, "not YAML"), ("", 0, "empty"), ("# nothing\n", 0, "empty"), ("- a\n", 1, "a table"),
      ("years: *y\n", 1, "not YAML"), ("years: &y {}\n", 1, "anchor"), ("[a, b]: c\nyears: {}\n", 1, "not a word"),
      ("years: \u{1}\n", 0, "not YAML"),
    ])
  func notYAML(text: String, line: Int, says: String) {
    let faults = faults(text)
    #expect(faults.contains { $0.line == line && $0.what.contains(says) }, "\(faults)")
  }

  @Test("aliases of aliases do not grow, as values and as keys")
  func laughs() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for n in 1...12 { text += "a\(n): &a\(n) [\(Array(repeating: "*a\(n - 1)", count: 10).joined(separator: ", "))]\n" }
    #expect(faults(text + "years: *a12\n").map(\.what) == ["is full of aliases (*)"])
    #expect(faults(text + "{ *a12: x }\n").map(\.what) == ["is full of aliases (*)"])
    let few = "a: &a [x, x]\nb: &b [*a, *a]\nyears: {}\n"
    #expect(faults(few).filter { $0.what.contains("anchor") }.map(\.line) == [1, 2])
  }

  @Test("nesting without end is refused and not followed")
  func deep() {
    let text = "years: " + String(repeating: "[", count: 100_000)
    #expect(faults(text).count == 1)
    let closed = "years: " + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(faults(closed).count == 1)
  }
}
