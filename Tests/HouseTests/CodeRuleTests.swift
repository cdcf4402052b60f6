import Testing

@Suite("rules on code catch what they should and nothing else")
struct CodeRuleTests {
  @Test(
    "a trap is caught",
    arguments: [
      "let a = b!", "let a = b!.c", "f(x)!", "let a: Int!", "a[0]! += 1", "try! f()", "x as! Int", "fatalError(\"no\")",
      "Swift.fatalError(\"no\")",
      "let s = \"\\(name!)\"", "{ $0 }!()", "let t = \"a\"!", "let a = b?.c!", "foo(\n  bar!,\n)", "Array<Int>!",
    ])
  func trapCaught(source: String) { #expect(!CodeRules.traps(in: SwiftScan(source), file: "a.swift").isEmpty) }

  @Test(
    "what only looks like a trap passes",
    arguments: [
      "if a != b {}", "if a !== b {}", "if !a {}", "guard !(a && !b) else {}", "let s = \"Halt!\"", "// never b!",
      "/* b! /* c! */ d! */", "let s = #\"b! \"# ", "let s = \"\"\"\n  b!\n  \"\"\"", "[!a, !b]", "x = !y", "try? f()",
      "x as? Int", "a!=b", "let s = \"\\\"b!\"", "f(!a)", "/// Never fatalError().",
    ])
  func trapLookAlike(source: String) { #expect(CodeRules.traps(in: SwiftScan(source), file: "a.swift").isEmpty) }

  @Test("a trap is named with its line")
  func trapLine() {
    let source = "let s = \"\"\"\n  text!\n  \"\"\"\n// comment!\nlet a = b!\n"
    #expect(
      CodeRules.traps(in: SwiftScan(source), file: "a.swift") == [
        Finding(file: "a.swift", line: 5, what: "force unwrap or implicitly unwrapped optional")
      ])
  }

  @Test(
    "an impure core is caught",
    arguments: [
      "let a = Date()", "let a = Foundation.Date()", "let c = ContinuousClock()", "clock_gettime(CLOCK_REALTIME, &t)",
      "let t: Timestamp = .now",
      "Int.random(in: 0..<6)", "lanes.randomElement()", "lanes.shuffled()", "SystemRandomNumberGenerator()",
      "let id = UUID()", "import Foundation", "import FoundationEssentials", "package import Dispatch", "print(state)",
      "try await Task.sleep(for: .seconds(1))", "Int.random(in: f(using: 1).x..<6)\nInt.random(in: 0..<2)",
    ])
  func impurityCaught(source: String) {
    #expect(!CodeRules.impurities(in: SwiftScan(source), file: "a.swift").isEmpty)
  }

  @Test(
    "a pure core passes",
    arguments: [
      "Int.random(in: 0..<6, using: &random)", "lanes.shuffled(using: &random)", "let d = CivilDate(\"2026-11-23\")",
      "// the clock says .now", "let s = \"Date()\"", "import Groundwork", "let nowhere = a.nowhere", "blueprint(a)",
      "case print(SlipID)",
      "case .print(let slip): slip",
      "Int.random(\n  in: 0..<f(3),\n  using: &random)",
    ])
  func pure(source: String) { #expect(CodeRules.impurities(in: SwiftScan(source), file: "a.swift").isEmpty) }

  @Test(
    "a type that shadows one of the standard library or Foundation is caught",
    arguments: [
      "enum Result { case a }", "package struct Bundle: Sendable {", "  private enum Unit {", "actor Actor {}",
      "package final class RunLoop {", "typealias Clock = A",
    ])
  func shadowCaught(source: String) { #expect(!CodeRules.shadows(in: SwiftScan(source), file: "a.swift").isEmpty) }

  @Test(
    "what only looks like a shadow passes",
    arguments: [
      "struct ItemBundle {}", "// enum Result", "let s = \"enum Result\"", "func a() -> Result<Int, Never>",
      "class func Unit()",
      "extension Result {}",
    ])
  func shadowLookAlike(source: String) { #expect(CodeRules.shadows(in: SwiftScan(source), file: "a.swift").isEmpty) }

  @Test(
    "an unchecked promise without a proof is caught",
    arguments: [
      "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1",
      "// It is fine.\nfinal class A: @unchecked Sendable {}",
      "// Proof: of something else.\nlet b = 1\nfinal class A: @unchecked Sendable {}",
      "let s = \"Proof:\"; final class A: @unchecked Sendable {}",
    ])
  func promiseCaught(source: String) {
    #expect(!CodeRules.unprovenPromises(in: SwiftScan(source), file: "a.swift").isEmpty)
  }

  @Test(
    "a proven promise passes",
    arguments: [
      "/// A box.\n/// Proof: every access holds the lock.\nfinal class A: @unchecked Sendable {}",
      "// Proof: written once before the threads start.\n@available(*, noasync)\nnonisolated(unsafe) var a = 1",
      "nonisolated(unsafe) let a = 1  // Proof: never written.",
      "struct A: @unchecked Sendable {\n  // Proof: the pointee is never written.\n  let p: OpaquePointer",
      "// says @unchecked Sendable",
    ])
  func promiseProven(source: String) {
    #expect(CodeRules.unprovenPromises(in: SwiftScan(source), file: "a.swift").isEmpty)
  }

  @Test(
    "a suite's own clock, wait or port is caught by its line, and not where all have it",
    arguments: [
      "struct StillClock: TimeSource {", "  private final class Hand: Sendable, TimeSource {",
      "extension Hand: TimeSource {}", "func eventually(", "  static func eventually (_ a: Int",
      "def eventually(what, ask):",
      "    def free_port(self):",
    ])
  func kitCopy(line: String) {
    #expect(TextRules.kitCopies(in: "a\n" + line, file: "Tests/ATests/A.swift").map(\.line) == [2])
    #expect(TextRules.kitCopies(in: line, file: "Tests/Kit/A.swift").isEmpty)
    #expect(TextRules.kitCopies(in: line, file: "Tests/support/testkit/a.py").isEmpty)
  }

  @Test(
    "the use of the kit's is none",
    arguments: [
      "let clock: any TimeSource", "try await eventually(\"a\") { true }", "from testkit.waiting import eventually",
    ])
  func kitUse(line: String) { #expect(TextRules.kitCopies(in: line, file: "Tests/ATests/A.swift").isEmpty) }

  @Test("something left to do is caught by its line, in any file")
  func leftOver() {
    let word = "TO" + "DO"
    #expect(TextRules.leftOvers(in: "a\n# \(word): later\n", file: "a").map(\.line) == [2])
    #expect(TextRules.leftOvers(in: "x = 1  // FIX" + "ME", file: "a").count == 1)
    #expect(TextRules.leftOvers(in: "mktemp -d XXXX; TODOS; todo list", file: "a").isEmpty)
  }

  @Test("a fault without Chinese, or without what to do, is caught")
  func chineseFault() {
    let english = #"log.fault(place, "is empty", "write one",\n zh: "is empty: write one")"#.replacing(
      "\\n", with: "\n")
    #expect(TextRules.chineseFaults(in: english, file: "a").map(\.line) == [2])
    #expect(TextRules.chineseFaults(in: #"log.fault(a, b, c, zh: "是空的")"#, file: "a").count == 1)
    #expect(TextRules.chineseFaults(in: #"log.fault(a, b, c, zh: "是空的：写一个")"#, file: "a").isEmpty)
    #expect(TextRules.chineseFaults(in: "log.fault(a, b, c, zh: words)", file: "a").isEmpty)
  }

  @Test("a long file is caught")
  func longFile() {
    #expect(TextRules.length(TextRules.longest, file: "a").isEmpty)
    #expect(TextRules.length(TextRules.longest + 1, file: "a").count == 1)
  }
}
