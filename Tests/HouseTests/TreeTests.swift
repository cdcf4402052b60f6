import Foundation
import Testing

/// The house rules applied to the tree. The other suites here show by examples what each rule catches.
@Suite("the tree keeps the house rules")
struct TreeTests {
  private let table: RankTable

  init() throws { table = RankTable(try Tree.text("docs/ARCHITECTURE.md")) }

  private func expectNone(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
    let list = findings.map(\.description).joined(separator: "\n")
    #expect(findings.isEmpty, "\(list)", sourceLocation: sourceLocation)
  }

  @Test("every import goes down the ranks or is granted by docs/ARCHITECTURE.md")
  func imports() {
    #expect(Tree.swift.count > 10)
    expectNone(Tree.swift.flatMap { table.importFindings(in: $0.scan, file: $0.path) })
  }

  @Test("docs/ARCHITECTURE.md names the targets of Package.swift, and no others")
  func targetsAgree() throws {
    let manifest = try Tree.text("Package.swift")
    let pattern = /(?:room|program|systemLibrary)\(\s*(?:name:\s*)?"([\w-]+)"/
    let inManifest = Set(manifest.matches(of: pattern).map { String($0.1) })
    #expect(inManifest == Set(table.targets.map(\.name)))
  }

  @Test("a target depends on what it imports, and on nothing else")
  func dependencies() throws {
    let manifest = Manifest(try Tree.text("Package.swift"))
    #expect(manifest.targets.count > 30 && manifest.targets.count { $0.modules.contains("Logging") } > 5)
    expectNone(
      manifest.unusedDependencies { folder in
        Set(Tree.files(under: [folder], extensions: ["swift"]).flatMap { $0.scan.imports.map(\.module) })
      })
  }

  @Test("a library from elsewhere has one importer; the vocabulary is a short list")
  func oneImporterEach() {
    let shared = table.foreign.filter { $0.fromRank != nil || $0.targets.count != 1 }.map(\.module)
    #expect(
      Set(shared) == [
        "ArgumentParser", "Logging", "ServiceLifecycle", "Dispatch", "Synchronization", "Foundation",
        "FoundationEssentials", "Glibc",
      ])
  }

  @Test("the journal's storage is imported only where a program chooses it")
  func oneChoiceOfStorage() {
    let importers = Tree.swift.filter { file in file.scan.imports.contains { $0.module == "JournalSQLite" } }
    #expect(
      importers.map(\.path).sorted() == [
        "Benchmarks/CaseYears/main.swift", "Benchmarks/JournalYears/main.swift", "Sources/yichuangctl/Journals.swift",
        "Sources/yichuangd/OpenedHall.swift",
      ])
  }

  @Test("no force unwraps, try!, as! or fatalError outside tests")
  func traps() { expectNone(Tree.swift.flatMap { CodeRules.traps(in: $0.scan, file: $0.path) }) }

  @Test("no type shadows one of the standard library or of Foundation")
  func shadows() { expectNone(Tree.swift.flatMap { CodeRules.shadows(in: $0.scan, file: $0.path) }) }

  @Test("the core asks no clock, no chance and no world")
  func purity() {
    let pure = Tree.swift.filter {
      $0.path.hasPrefix("Sources/Hall/") || $0.path.hasPrefix("Devices/PrinterProtocols/")
    }
    #expect(!pure.isEmpty)
    expectNone(pure.flatMap { CodeRules.impurities(in: $0.scan, file: $0.path) })
  }

  @Test("every unchecked promise has its proof beside it")
  func proofs() {
    let files = Tree.swift + Tree.files(under: ["Tests"], extensions: ["swift"])
    expectNone(
      files.filter { !$0.path.contains("HouseTests") }
        .flatMap { CodeRules.unprovenPromises(in: $0.scan, file: $0.path) })
  }

  @Test("nothing is left to do")
  func leftOvers() {
    let folders = ["Sources", "Devices", "Tests", "Kiosk", "packaging", "systemd", "Benchmarks", "docs", ".ci"]
    expectNone(Tree.files(under: folders).flatMap { TextRules.leftOvers(in: $0.text, file: $0.path) })
  }

  @Test("every fault of a file says in Chinese what is wrong and what to do")
  func chineseFaults() {
    let folders = ["Sources/YAMLDocuments/", "Sources/CatalogueFiles/", "Sources/Settings/"]
    let files = Tree.swift.filter { file in folders.contains { file.path.hasPrefix($0) } }
    #expect(files.count { $0.text.contains("zh: ") } > 20)
    expectNone(files.flatMap { TextRules.chineseFaults(in: $0.text, file: $0.path) })
  }

  @Test("suites share their clock, their waits and their ports")
  func kitCopies() {
    let files = Tree.files(under: ["Tests"], extensions: ["swift", "py", ""])
    #expect(files.contains { $0.path == "Tests/Kit/ManualClock.swift" && $0.text.contains(": TimeSource") })
    expectNone(files.flatMap { TextRules.kitCopies(in: $0.text, file: $0.path) })
  }

  @Test("no file is longer than a reader's patience")
  func lengths() {
    let folders = ["Sources", "Devices", "Tests", "Kiosk", "packaging", "Benchmarks"]
    let code: Set<String> = ["swift", "js", "mjs", "py", "css", "html", "sh", "c", "h", ""]
    expectNone(
      Tree.files(under: folders, extensions: code).flatMap { TextRules.length($0.lineCount, file: $0.path) })
  }

  @Test("pages hold no inline code and load nothing from elsewhere")
  func pages() {
    let files = Tree.files(under: ["Kiosk"], extensions: ["html", "js", "css", "json", "svg"])
    expectNone(
      files.filter { $0.fileExtension == "html" || $0.fileExtension == "svg" }
        .flatMap { PageRules.inlineCode(inPage: $0.text, file: $0.path) })
    expectNone(files.flatMap { PageRules.foreignAddresses(in: $0.text, file: $0.path) })
    expectNone(
      files.filter { $0.fileExtension == "js" }.flatMap { PageRules.markupFromText(in: $0.text, file: $0.path) })
  }

  @Test("pages count by the clock that never steps")
  func wallClock() {
    expectNone(
      Tree.files(under: ["Kiosk"], extensions: ["js", "mjs"]).filter { $0.path != PageRules.wallClockReader }
        .flatMap { PageRules.wallClock(in: $0.text, file: $0.path) })
  }

  @Test("both languages say the same things")
  func locales() throws {
    let chinese = try Data(contentsOf: Tree.root.appending(path: "Kiosk/locales/zh-Hans.json"))
    let english = try Data(contentsOf: Tree.root.appending(path: "Kiosk/locales/en.json"))
    let missing = try PageRules.missingKeys(chinese, english)
    #expect(missing.inFirst.isEmpty, "zh-Hans.json lacks \(missing.inFirst)")
    #expect(missing.inSecond.isEmpty, "en.json lacks \(missing.inSecond)")
  }
}
