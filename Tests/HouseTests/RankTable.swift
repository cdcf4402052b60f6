/// The two tables of docs/ARCHITECTURE.md: the targets with their ranks, and the importers of foreign modules.
struct RankTable {
  struct Target: Equatable {
    let name: String
    let rank: Int
    let folder: String
  }

  struct Foreign: Equatable {
    let module: String
    /// Targets that may import it.
    let targets: [String]
    /// Every target of this rank or more may import it too.
    let fromRank: Int?

    func admits(_ target: Target) -> Bool {
      targets.contains(target.name) || fromRank.map { target.rank >= $0 } ?? false
    }
  }

  let targets: [Target]
  let foreign: [Foreign]

  /// Reads every table row of the page whose first cell is a number (our targets: rank, targets, folder) or a name in
  /// back quotes (modules from elsewhere: modules, who).
  init(_ page: String) {
    var targets: [Target] = []
    var foreign: [Foreign] = []
    for line in page.split(separator: "\n") where line.hasPrefix("|") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map {
        String($0.trimming { $0 == " " })
      }
      guard cells.count >= 3 else { continue }
      if let rank = Int(cells[0]) {
        targets += cells[1].quotedNames.map { Target(name: $0, rank: rank, folder: cells[2].trimmed(of: "`/")) }
      } else if !cells[0].quotedNames.isEmpty {
        let from = cells[1].firstMatch(of: /rank (\d+) and above/).flatMap { Int($0.1) }
        foreign += cells[0].quotedNames.map {
          Foreign(module: $0, targets: cells[1].quotedNames, fromRank: from)
        }
      }
    }
    self.targets = targets
    self.foreign = foreign
  }

  func target(_ name: String) -> Target? { targets.first { $0.name == name } }

  /// The target a file belongs to, by its path.
  func target(ofFile path: String) -> Target? {
    targets.first { path.hasPrefix("\($0.folder)/\($0.name)/") }
  }

  /// The forbidden imports of one file.
  func importFindings(in scan: SwiftScan, file: String) -> [Finding] {
    guard let target = target(ofFile: file) else {
      return [Finding(file: file, line: 1, what: "belongs to no target of docs/ARCHITECTURE.md")]
    }
    return scan.imports.compactMap { line, module in
      if let other = self.target(module) {
        return other.rank < target.rank
          ? nil
          : Finding(
            file: file, line: line,
            what: "\(target.name) (rank \(target.rank)) imports \(module) (rank \(other.rank)); only lower ranks")
      }
      guard let rule = foreign.first(where: { $0.module == module }) else {
        return Finding(file: file, line: line, what: "imports \(module), which docs/ARCHITECTURE.md does not name")
      }
      return rule.admits(target)
        ? nil
        : Finding(file: file, line: line, what: "\(module) is not for \(target.name); see docs/ARCHITECTURE.md")
    }
  }
}

extension SwiftScan {
  /// The modules that the file imports, each with its line.
  var imports: [(line: Int, module: String)] {
    lines(with: ["import"]).compactMap { number, text -> (line: Int, module: String)? in
      // Attributes, an access level, `import`, a kind of declaration, the module.
      let words = text.split(whereSeparator: { $0 == " " || $0 == "." }).drop { $0.hasPrefix("@") }
      let access: Set<Substring> = ["package", "public", "internal", "fileprivate", "private"]
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor"]
      let rest = words.drop(while: access.contains)
      guard rest.first == "import", let module = rest.dropFirst().drop(while: kinds.contains).first else { return nil }
      return (line: number, module: String(module))
    }
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The names that stand in back quotes.
  var quotedNames: [String] { matches(of: /`([^`]+)`/).map { String($0.1) } }

  func trimmed(of characters: String) -> String { String(trimming { characters.contains($0) }) }

  func trimming(_ isOutside: (Character) -> Bool) -> SubSequence {
    guard let first = firstIndex(where: { !isOutside($0) }), let last = lastIndex(where: { !isOutside($0) }) else {
      return self[startIndex..<startIndex]
    }
    return self[first...last]
  }
}
