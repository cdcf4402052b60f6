/// The targets of Package.swift, as its helpers `room`, `program` and `tests` name them, with their dependencies.
struct Manifest {
  struct Target: Equatable {
    let name: String
    /// Where its sources are, from the root.
    let folder: String
    /// The modules that it depends on.
    let modules: [String]
    let line: Int
    let isProgram: Bool
  }

  let targets: [Target]

  init(_ text: String) {
    let products = Dictionary(
      text.matches(of: /let (\w+): Target\.Dependency = \.product\(\s*name: "(\w+)"/).map {
        (String($0.1), String($0.2))
      }, uniquingKeysWith: { first, _ in first })
    let folders = ["room": "Sources", "program": "Sources", "tests": "Tests"]
    targets = text.matches(of: /\b(room|program|tests)\(\s*"([\w-]+)"/).map { match in
      let rest = text[match.range.upperBound...]
      let arguments = rest.prefix(through: "()")
      let folder = arguments.firstMatch(of: /in: "(\w+)"/).map { String($0.1) } ?? folders[String(match.1)] ?? ""
      // What is excluded or linked stands behind the list of dependencies.
      let list = arguments.firstIndex(of: "[").map { arguments[arguments.index(after: $0)...].prefix(through: "[]") }
      let dependency = /\.product\(name: "(\w+)"[^)]*\)|"([\w-]+)"|\b([a-z]\w*)\b/
      let modules = (list ?? "").matches(of: dependency).map { found -> String in
        if let variable = found.3.map(String.init) { return products[variable] ?? variable }
        return String(found.1 ?? found.2 ?? "").replacing("-", with: "_")
      }
      return Target(
        name: String(match.2), folder: "\(folder)/\(match.2)", modules: modules,
        line: text[..<match.range.lowerBound].count { $0 == "\n" } + 1, isProgram: match.1 == "program")
    }
  }

  /// Dependencies that no file of their target imports.
  ///
  /// - Parameter imports: the modules that the sources under a folder import.
  func unusedDependencies(_ imports: (_ folder: String) -> Set<String>) -> [Finding] {
    // A test may need a program built that it starts.
    let programs = Set(targets.filter(\.isProgram).map { $0.name.replacing("-", with: "_") })
    return targets.flatMap { target in
      let imported = imports(target.folder)
      let isTest = target.folder.hasPrefix("Tests/")
      return target.modules.filter { !imported.contains($0) && !(isTest && programs.contains($0)) }.map {
        Finding(
          file: "Package.swift", line: target.line, what: "\(target.name) depends on \($0) and imports it nowhere")
      }
    }
  }
}

extension Substring {
  /// Up to the bracket that closes one which was opened before the text began.
  fileprivate func prefix(through brackets: String) -> Substring {
    var depth = 1
    return prefix { character in
      if character == brackets.first { depth += 1 }
      if character == brackets.last { depth -= 1 }
      return depth > 0
    }
  }
}
