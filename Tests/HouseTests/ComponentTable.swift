import Foundation

/// The software bill of materials: two tables of docs/THREATS.md under their heading.
struct ComponentTable {
  /// A pinned Swift package.
  struct Package: Hashable {
    /// Its identity in `Package.resolved`.
    let name: String
    let version: String
    /// An SPDX identifier.
    let licence: String
  }

  /// A C library of the system.
  struct Library: Hashable {
    /// The module by which Swift imports it.
    let module: String
    let licence: String
    let tested: String
    let least: String
    let reason: String
  }

  static let heading = "## Software bill of materials"

  let packages: [Package]
  let libraries: [Library]

  /// Reads the rows between the heading and the next one: four cells are a package, six a library. Rows of headings and lines are left out.
  init(_ page: String) {
    let section =
      page.ranges(of: Self.heading).first.map { page[$0.upperBound...] }.map { rest in
        rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)]
      } ?? ""
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }.map {
      $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
    packages = rows.filter { $0.count == 4 && $0[0] != "package" }.map {
      Package(name: $0[0], version: $0[1], licence: $0[2])
    }
    libraries = rows.filter { $0.count == 6 && $0[0] != "module" }.map {
      Library(module: $0[0], licence: $0[2], tested: $0[3], least: $0[4], reason: $0[5])
    }
  }

  /// What is wrong with the rows of packages.
  ///
  /// - Parameters:
  ///   - pins: the versions of `Package.resolved` by identity.
  ///   - licence: the text of a package's licence, nil where the package has not been fetched.
  func findings(pins: [String: String], licence: (_ package: String) -> String?) -> [Finding] {
    let named = Dictionary(grouping: packages, by: \.name)
    let gone = named.keys.filter { pins[$0] == nil }.map { "\($0) is not in Package.resolved" }
    let missing = pins.keys.filter { named[$0] == nil }.map { "\($0) of Package.resolved is not in the table" }
    let twice = named.filter { $0.value.count > 1 }.keys.map { "\($0) stands there twice" }
    let wrong = packages.flatMap { package -> [String] in
      let pin = pins[package.name] ?? package.version
      let said = licence(package.name).map { Self.licence(ofText: $0) ?? "unknown" } ?? package.licence
      return
        (pin == package.version ? [] : ["\(package.name) is \(pin), not \(package.version)"])
        + (said == package.licence ? [] : ["the licence of \(package.name) is \(said), not \(package.licence)"])
    }
    return (gone + missing + twice + wrong).sorted().map { Finding(file: "docs/THREATS.md", line: 0, what: $0) }
  }

  /// The licences that the tests know by their text. Another one is first read by a person.
  static func licence(ofText text: String) -> String? {
    if text.contains("Apache License"), text.contains("Version 2.0") { return "Apache-2.0" }
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.contains("Permission is hereby granted, free of charge, to any person obtaining a copy") ? "MIT" : nil
  }
}
