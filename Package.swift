// swift-tools-version:6.2
import PackageDescription

/// What every target of the house is compiled with; docs/HACKING.md says why.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Where `make test` computes most of the time: whole simulated days, records, drawn slips. These are optimised in a debug build
/// too; the others are not, because that would double the time of every build.
let computing: Set = [
  "Groundwork", "Hall", "JournalCodec", "PrinterProtocols", "Registrar", "Simulation", "SlipRender", "Slips",
]

func settings(_ name: String) -> [SwiftSetting] {
  computing.contains(name) ? house + [.unsafeFlags(["-O"], .when(configuration: .debug))] : house
}

/// A target of ours under Sources/ (or Devices/), with its dependencies in the order of their ranks.
func room(
  _ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency] = [],
  exclude: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "\(folder)/\(name)", exclude: exclude,
    swiftSettings: settings(name))
}

/// A program; `linked` is for what its linking needs beyond the usual, and nothing may depend on one that has it: the
/// settings would come along.
func program(
  _ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency], linked: [LinkerSetting] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: house, linkerSettings: linked)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
    swiftSettings: house)
}

/// What tests of several targets share.
func kit(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: house)
}

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

let package = Package(
  name: "yichuang",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // Rank 0: C libraries and groundwork.
    .systemLibrary(name: "CCUPS", path: "Devices/CCUPS", providers: [.apt(["libcups2-dev"])]),
    .systemLibrary(
      name: "CLibUSB", path: "Devices/CLibUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
    .systemLibrary(
      name: "CSandbox", path: "Devices/CSandbox", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    .systemLibrary(
      name: "CUMockdev", path: "Devices/CUMockdev", pkgConfig: "umockdev-1.0", providers: [.apt(["libumockdev-dev"])]),
    .systemLibrary(name: "CMalloc", path: "Sources/CMalloc"),
    .systemLibrary(
      name: "CPangoCairo", path: "Sources/CPangoCairo", pkgConfig: "pangocairo",
      providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(
      name: "CQREncode", path: "Sources/CQREncode", pkgConfig: "libqrencode",
      providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(
      name: "CCrypto", path: "Sources/CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CPostgres", path: "Sources/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    room("Groundwork"),
    // Rank 1: the pure core and the pure protocols.
    room("Hall", ["Groundwork"]),
    room("PrinterProtocols", in: "Devices"),
    room("ReaderProtocols", in: "Devices", ["Groundwork"]),
    // Rank 2: documents, formats, devices and what the hall needs from the world.
    room("Slips", ["Hall", "Groundwork"]),
    room("JournalCodec", ["Hall", "Groundwork"]),
    room("Ports", ["Hall", "Groundwork", "ReaderProtocols"]),
    room("PrinterLink", in: "Devices", ["PrinterProtocols"]),
    room("ReaderLink", in: "Devices", ["ReaderProtocols"]),
    // Rank 3: the registrar, what is shown, and the adapters.
    room("Views", ["Groundwork", "Hall", "ReaderProtocols", "Ports"]),
    room("Registrar", ["Groundwork", "Hall", "Ports", log]),
    room("Accounts", ["Groundwork", "Hall", "Slips", "Ports"]),
    room("SecurityRecords", ["Groundwork", "Ports", log]),
    room("Seal", ["Groundwork", "Hall", "Ports", "CCrypto"]),
    room("YAMLDocuments", ["Ports", .product(name: "Yams", package: "Yams")]),
    room(
      "JournalSQLite",
      [
        "Groundwork", "Hall", "JournalCodec", "Ports", "CZlib", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"), log,
      ]),
    room("JournalPostgres", ["Groundwork", "Hall", "JournalCodec", "Ports", "CPostgres", log]),
    room(
      "Subprocesses",
      [
        "Groundwork",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    room("SlipRender", ["Groundwork", "Slips", "Ports", "CPangoCairo", "CQREncode"]),
    room(
      "PrintersCUPS", in: "Devices",
      ["Groundwork", "Hall", "Ports", "PrinterProtocols", "PrinterLink", "CCUPS", log]),
    room("Emulators", in: "Devices", ["Groundwork", "Hall", "Ports", "PrinterProtocols", "ReaderProtocols"]),
    room("ReadersUSB", in: "Devices", ["Groundwork", "ReaderProtocols", "ReaderLink", "CLibUSB"]),
    room("ReadersProcess", in: "Devices", ["Groundwork", "Ports", "ReaderProtocols", "ReaderLink", log]),
    // Rank 4: the catalogue's files, and clients of the registrar.
    room("CatalogueFiles", ["Groundwork", "Hall", "ReaderProtocols", "Ports", "YAMLDocuments"]),
    room("Control", ["Hall", "Ports", log, lifecycle]),
    room(
      "Desks",
      [
        "Groundwork", "Hall", "PrinterProtocols", "ReaderProtocols", "Slips", "Views", "Ports", "Registrar",
        "Subprocesses", log, lifecycle,
      ]),
    room(
      "HallHTTP",
      [
        "Groundwork", "Hall", "Slips", "Views", "Ports", "Registrar", "Accounts", "SecurityRecords", hummingbird,
        .product(name: "HummingbirdCore", package: "hummingbird"), log, lifecycle,
      ]),
    // Rank 5: the configuration, which names a catalogue, and whole days from one seed.
    room(
      "Settings",
      ["Groundwork", "Hall", "PrinterProtocols", "ReaderProtocols", "Ports", "YAMLDocuments", "CatalogueFiles"]),
    room("Simulation", ["Groundwork", "Hall", "JournalCodec", "Ports", "Registrar"]),
    room(
      "Backups",
      ["Groundwork", "Hall", "Ports", "Seal", "YAMLDocuments", "Subprocesses", "Control"]),
    // Rank 6: programs, updates, and setting a hall up.
    room("Updates", ["Control", "Backups"]),
    room("HallSetup", ["Hall", "Ports", "YAMLDocuments", "CatalogueFiles", "Settings", "Backups"]),
    program(
      "yichuangd",
      [
        "Groundwork", "Hall", "PrinterProtocols", "ReaderProtocols", "Slips", "Views", "Ports", "Registrar", "Accounts",
        "SecurityRecords", "Seal",
        "YAMLDocuments", "CatalogueFiles", "Settings", "JournalSQLite", "JournalPostgres", "SlipRender", "PrintersCUPS",
        "ReadersProcess",
        "Emulators", "Control", "Desks", "HallHTTP", "Backups",
        "CMalloc", log,
        lifecycle, signals, .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    program(
      "yichuangctl",
      [
        "Groundwork", "Hall", "PrinterProtocols", "Slips", "Ports", "PrinterLink", "Accounts", "SecurityRecords",
        "Seal",
        "YAMLDocuments", "CatalogueFiles", "Settings", "HallSetup", "JournalSQLite", "JournalPostgres", "SlipRender",
        "PrintersCUPS",
        "ReaderProtocols", "ReadersProcess", "Subprocesses", "Control", "Backups", "Updates", "Desks", log,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    program("yichuang-printer-simulator", in: "Devices", ["Emulators"]),
    program("yichuang-reader-simulator", in: "Devices", ["Groundwork", "ReaderProtocols", "Emulators", "CUMockdev"]),
    program("yichuang-readerd", in: "Devices", ["ReaderProtocols", "ReaderLink", "ReadersUSB", "CSandbox"]),
    // CUPS starts it for every slip, as a user that may read little: nothing but the C library at run time.
    program(
      "yichuang-pos", in: "Devices", ["PrinterProtocols", "PrinterLink"],
      linked: [.unsafeFlags(["-static-stdlib"])]),
    program("JournalYears", in: "Benchmarks", ["Groundwork", "Hall", "Ports", "Seal", "JournalSQLite"]),
    program("CaseYears", in: "Benchmarks", ["Groundwork", "Hall", "Ports", "Seal", "JournalSQLite", "Simulation"]),
    program("DayCost", in: "Benchmarks", ["Groundwork", "Hall", "Views", "Ports", "Registrar", "Simulation"]),
    program("WaitRanges", in: "Benchmarks", ["Hall", "Simulation"]),
    program("CutOffDays", in: "Benchmarks", ["Simulation"]),
    program(
      "SlipTimes", in: "Benchmarks",
      ["Groundwork", "Hall", "Slips", "Seal", "YAMLDocuments", "Settings", "SlipRender"]),
    // What several test targets need: a clock, a journal and a hall in memory, waiting.
    .target(
      name: "TestKit", dependencies: ["Groundwork", "Hall", "Ports", "Registrar", log], path: "Tests/Kit",
      swiftSettings: house),
    // Tests, in the order of the ranks.
    tests("HouseTests", []),
    tests("GroundworkTests", ["Groundwork"]),
    tests("HallTests", ["Groundwork", "Hall"]),
    tests("PrinterProtocolsTests", ["PrinterProtocols"]),
    tests("ReaderProtocolsTests", ["Groundwork", "ReaderProtocols"]),
    tests("SlipsTests", ["Groundwork", "Hall", "Slips", "Ports", "SlipRender"], exclude: ["Goldens"]),
    tests("JournalCodecTests", ["Groundwork", "Hall", "JournalCodec"]),
    tests("SealTests", ["Groundwork", "Hall", "Seal"]),
    tests("SubprocessesTests", ["Subprocesses"]),
    kit("FileKit", ["Hall", "Ports", "YAMLDocuments", "CatalogueFiles", "Settings"]),
    tests("YAMLDocumentsTests", ["YAMLDocuments", "FileKit"]),
    tests(
      "CatalogueFilesTests",
      [
        "Groundwork", "Hall", "Slips", "Views", "YAMLDocuments", "CatalogueFiles", "Settings", "SlipRender", "FileKit",
      ]),
    tests(
      "SettingsTests",
      [
        "Groundwork", "Hall", "PrinterProtocols", "ReaderProtocols", "Ports", "YAMLDocuments", "CatalogueFiles",
        "Settings", "FileKit",
      ]),
    tests(
      "HallSetupTests",
      [
        "Groundwork", "Hall", "PrinterProtocols", "Seal", "YAMLDocuments", "Settings", "Backups", "HallSetup",
        "FileKit",
      ]),
    tests("RegistrarTests", ["Groundwork", "Hall", "Ports", "Registrar", "TestKit", log]),
    tests(
      "JournalTests",
      [
        "Groundwork", "Hall", "JournalCodec", "Ports", "Seal", "JournalSQLite", "TestKit",
        .product(name: "GRDB", package: "GRDB.swift"), log,
      ], exclude: ["Goldens"]),
    tests(
      "JournalPostgresTests",
      ["Groundwork", "Hall", "JournalCodec", "Ports", "Registrar", "Seal", "JournalPostgres", "TestKit", log]),
    tests(
      "PrintersTests",
      [
        "Hall", "Ports", "PrinterProtocols", "PrinterLink", "PrintersCUPS", "Emulators", "Slips", "SlipRender",
        "TestKit",
      ]),
    tests(
      "ReadersTests",
      ["Groundwork", "Ports", "ReaderProtocols", "ReaderLink", "ReadersProcess", "Emulators", "TestKit", log]),
    tests(
      "DesksTests",
      [
        "Groundwork", "Hall", "PrinterProtocols", "Slips", "Views", "Ports", "Registrar", "Seal", "Emulators",
        "ReaderProtocols", "Desks", "Control", "TestKit", log, lifecycle,
      ]),
    tests("SecurityRecordsTests", ["Groundwork", "SecurityRecords", "TestKit", log]),
    tests("BackupsTests", ["Groundwork", "YAMLDocuments", "Backups"]),
    tests("UpdatesTests", ["Control", "Updates"]),
    tests("AccountsTests", ["Accounts", "Hall", "Ports", "Seal", "TestKit"]),
    tests("DaemonTests", ["yichuangd", "yichuangctl", "JournalYears", "TestKit"]),
    tests(
      "SimulationTests",
      ["Groundwork", "Hall", "JournalCodec", "Ports", "Registrar", "Simulation", "TestKit", log]),
    tests(
      "HallHTTPTests",
      [
        "Groundwork", "Hall", "Views", "Ports", "Registrar", "Accounts", "SecurityRecords", "YAMLDocuments",
        "CatalogueFiles", "Desks", "HallHTTP", "JournalCodec", "Seal", "Simulation", "TestKit",
      ]),
  ]
)
