import Testing

@Suite("Package.swift is read and held against imports")
struct ManifestTests {
  private let manifest = Manifest(
    """
    let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
    let package = Package(
      targets: [
        room("Core"),
        room("Disk", in: "Devices", ["Core", .product(name: "SQL", package: "sql"), log]),
        program("a-tool", ["Core"], linked: [.unsafeFlags(["-static"])]),
        tests(
          "DiskTests",
          [
            "Disk", "a-tool",
          ], exclude: ["Goldens"]),
      ])
    """)

  @Test("targets, folders and dependencies are read")
  func read() {
    #expect(manifest.targets.map(\.folder) == ["Sources/Core", "Devices/Disk", "Sources/a-tool", "Tests/DiskTests"])
    #expect(manifest.targets.map(\.modules) == [[], ["Core", "SQL", "Logging"], ["Core"], ["Disk", "a_tool"]])
    #expect(manifest.targets.map(\.line) == [4, 5, 6, 7])
  }

  @Test(
    "a dependency that no file imports is found, whichever way it is written", arguments: ["Core", "SQL", "Logging"])
  func unused(module: String) {
    let findings = manifest.unusedDependencies { folder in
      Set(["Core", "SQL", "Logging", "Disk"]).subtracting(folder == "Devices/Disk" ? [module] : [])
    }
    #expect(
      findings == [Finding(file: "Package.swift", line: 5, what: "Disk depends on \(module) and imports it nowhere")])
  }

  @Test("what is imported passes, and a program that a test starts")
  func used() {
    #expect(manifest.unusedDependencies { _ in ["Core", "SQL", "Logging", "Disk"] }.isEmpty)
  }
}
