/// Rules that look at code alone, comments and strings left out.
enum CodeRules {
  /// Force unwraps, `try!`, `as!` and `fatalError(`: external input must never end the process.
  static func traps(in scan: SwiftScan, file: String) -> [Finding] {
    var findings: [Finding] = []
    for (number, text) in scan.lines(with: ["!", "fatalError"]) {
      let line = Array(text)
      for (column, character) in line.enumerated() where character == "!" {
        let before = column > 0 ? line[column - 1] : " "
        let after = column + 1 < line.count ? line[column + 1] : " "
        // `a != b`, `a !== b`; and `!a`, which follows a space, a bracket or another operator.
        guard after != "=", before.isLetter || before.isNumber || "_)]}?>\"`".contains(before) else { continue }
        let word = String(line[..<column].reversed().prefix { $0.isLetter }.reversed())
        let what = ["try", "as"].contains(word) ? "\(word)!" : "force unwrap or implicitly unwrapped optional"
        findings.append(Finding(file: file, line: number, what: what))
      }
      if text.contains(/\bfatalError\s*\(/.simpleWords) {
        findings.append(Finding(file: file, line: number, what: "fatalError; use precondition with a sentence"))
      }
    }
    return findings
  }

  /// Forbidden in a pure core: clocks, system randomness, input and output.
  static func impurities(in scan: SwiftScan, file: String) -> [Finding] {
    // One word of each pattern below.
    let worldly = [
      "Date", "Clock", "clock_", "timeofday", "now", "Time", "sleep", "SystemRandom", "UUID", "random", "print",
      "readLine",
      "File", "ProcessInfo", "getenv", "import",
    ]
    let forbidden: [(String, Regex<Substring>)] = [
      ("asks a clock", /\bDate\s*\(|\b(?:Continuous|Suspending|UTC)Clock\b|\bclock_gettime\b|\bgettimeofday\b/),
      ("asks a clock", /\.now\b|\bDispatchTime\b|\bCFAbsoluteTime\w*/),
      ("sleeps", /\bTask\s*\.\s*sleep\b|\b(?:u|nano)?sleep\s*\(/),
      ("draws by chance", /\bSystemRandomNumberGenerator\b|\bUUID\s*\(|\barc4random\w*|\bgetrandom\b/),
      // At the start of a statement: a command or a case may be named `print`.
      (
        "does I/O",
        /(?:^|[{;=(])\s*print\s*\(|\breadLine\s*\(|\bFileManager\b|\bFileHandle\b|\bProcessInfo\b|\bgetenv\s*\(/
      ),
      ("imports what a pure core has no use for", /\bimport\s+(?:Foundation\w*|Dispatch|Glibc|Synchronization)\b/),
    ]
    var findings: [Finding] = []
    for (number, text) in scan.lines(with: worldly) {
      findings += forbidden.filter { text.contains($0.1.simpleWords) }.map {
        Finding(file: file, line: number, what: $0.0)
      }
    }
    return findings + undirectedChance(in: scan, file: file)
  }

  /// `.random(in:)` and its kind without `using:` draw from the system's generator.
  private static func undirectedChance(in scan: SwiftScan, file: String) -> [Finding] {
    let text = scan.code.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    return text.matches(of: /\.(?:random|randomElement|shuffled|shuffle)\s*\(/).compactMap { match in
      var depth = 1
      let arguments = text[match.range.upperBound...].prefix {
        depth += $0 == "(" ? 1 : $0 == ")" ? -1 : 0
        return depth > 0
      }
      guard !arguments.contains(/\busing\s*:/.simpleWords) else { return nil }
      let line = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
      return Finding(file: file, line: line, what: "draws by chance without `using:`")
    }
  }

  /// Names of the standard library and of Foundation that a type of ours would hide, in every file that sees it.
  private static let taken: Set<String> = [
    "Actor", "Array", "Bool", "Bundle", "Calendar", "Character", "Clock", "Codable", "Collection", "Data", "Date",
    "DateInterval", "Decoder", "Dictionary", "Duration", "Encoder", "Error", "Executor", "FileHandle", "FileManager",
    "Formatter", "Hasher", "Host", "Identifiable", "IndexSet", "Instant", "Iterator", "JSONDecoder", "JSONEncoder",
    "Locale",
    "Lock", "Measurement", "Mirror", "Mutex", "Notification", "NotificationCenter", "Operation", "OperationQueue",
    "Optional",
    "Pipe", "Port", "Process", "ProcessInfo", "Progress", "Range", "Regex", "Result", "RunLoop", "Scanner", "Sequence",
    "Set",
    "Slice", "Span", "Stream", "String", "Substring", "Task", "TaskGroup", "Thread", "TimeZone", "Timer", "Unit", "URL",
    "URLRequest", "UUID",
  ]

  /// A type that shadows one of the standard library or of Foundation.
  static func shadows(in scan: SwiftScan, file: String) -> [Finding] {
    scan.lines(with: ["struct", "class", "enum", "actor", "protocol", "typealias"]).compactMap { number, text in
      let declaration = /\b(?:struct|class|enum|actor|protocol|typealias)\s+([A-Z]\w*)/
      guard let name = text.firstMatch(of: declaration.simpleWords)?.1, taken.contains(String(name)) else { return nil }
      return Finding(file: file, line: number, what: "\(name) shadows a type of the standard library or Foundation")
    }
  }

  /// `@unchecked Sendable` and `nonisolated(unsafe)` need a comment with `Proof:` directly above or below.
  static func unprovenPromises(in scan: SwiftScan, file: String) -> [Finding] {
    scan.lines(with: ["@unchecked", "nonisolated"]).compactMap { number, text -> Finding? in
      guard text.contains(/@unchecked\s+Sendable|\bnonisolated\s*\(\s*unsafe\s*\)/.simpleWords) else {
        return nil
      }
      let isNote = { (line: String) in
        let start = line.trimming { $0 == " " }
        return start.hasPrefix("//") || start.hasPrefix("@")
      }
      let above = scan.source[..<(number - 1)].reversed().prefix(while: isNote)
      let below = scan.source[number...].prefix(while: isNote)
      return ([scan.source[number - 1]] + above + below).contains { $0.contains(/\/\/.*Proof:/) }
        ? nil : Finding(file: file, line: number, what: "an unchecked promise without its `Proof:` in a comment")
    }
  }
}
