import Testing

@Suite("the rank table is read and held against imports")
struct RankTableTests {
  private let table = RankTable(
    """
    | rank | target | folder | what |
    | --- | --- | --- | --- |
    | 0 | `CCrypto`, `Ground` | Sources | low |
    | 1 | `Core` | Sources | middle |
    | 3 | `Disk` | Sources | high |
    | 3 | `Paper` | Devices | high |

    | module | who may import it | why |
    | --- | --- | --- |
    | `SQL` | `Disk` | one importer |
    | `Logging` | `Ground`, rank 3 and above | vocabulary |
    """)

  @Test("targets, folders and modules are read from the page")
  func read() {
    #expect(table.targets.map(\.name) == ["CCrypto", "Ground", "Core", "Disk", "Paper"])
    #expect(table.target("Paper") == RankTable.Target(name: "Paper", rank: 3, folder: "Devices"))
    #expect(table.foreign.map(\.module) == ["SQL", "Logging"])
    #expect(table.target(ofFile: "Devices/Paper/Roll.swift")?.name == "Paper")
    #expect(table.target(ofFile: "Sources/Paper/Roll.swift") == nil)
  }

  @Test(
    "an import that the table does not grant is caught",
    arguments: [
      ("Sources/Core/a.swift", "import Disk"), ("Sources/Core/a.swift", "package import Core"),
      ("Sources/Disk/a.swift", "import Paper"), ("Sources/Core/a.swift", "import SQL"),
      ("Devices/Paper/a.swift", "import SQL"), ("Sources/Core/a.swift", "internal import Logging"),
      ("Sources/Disk/a.swift", "import Unheard"), ("Sources/Nowhere/a.swift", "let a = 1"),
      ("Sources/Core/a.swift", "@preconcurrency import Disk"), ("Sources/Core/a.swift", "import struct Disk.Page"),
      ("Sources/Ground/a.swift", "@_spi(Inner) package import class Core.A"),
    ])
  func caught(file: String, source: String) {
    #expect(table.importFindings(in: SwiftScan(source), file: file).count == 1)
  }

  @Test(
    "an import that the table grants passes",
    arguments: [
      ("Sources/Core/a.swift", "package import Ground"), ("Sources/Disk/a.swift", "import SQL\nimport Core"),
      ("Sources/Ground/a.swift", "import Logging"), ("Devices/Paper/a.swift", "import Logging"),
      ("Sources/Core/a.swift", "// import Disk\nlet s = \"import Disk\""),
      ("Sources/Core/a.swift", "let important = 1"),
    ])
  func granted(file: String, source: String) {
    #expect(table.importFindings(in: SwiftScan(source), file: file).isEmpty)
  }
}
