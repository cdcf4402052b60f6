/// The words of the API that programs rely on: codes of problems and faults, names of feed events.
///
/// `inSources` finds those that the server can send, `inPage` those that docs/API.md lists, `inSchema` those of
/// docs/openapi.yaml.
struct APIWords: Equatable {
  var problems: Set<String> = []
  var faults: Set<String> = []
  var events: Set<String> = []

  /// - Parameter texts: Swift files. Words are found by the forms in which the sources write them.
  static func inSources(_ texts: [String]) -> APIWords {
    var words = APIWords()
    var states: [String] = []
    for text in texts {
      words.problems.formUnion(all(text, /(?:Problem\(\s*\.\w+,|self\.init\(\s*\.\w+,|[bB]adRequest\()\s*"([a-z_]+)"/))
      words.events.formUnion(all(text, /frame\(\s*\w+, "(\w+)"/))
      for slice in all(text, /enum (\w+)Refusal\b/) {
        guard let body = block(text, after: "enum \(slice)Refusal") else { continue }
        words.problems.formUnion(all(body, /case \.\w+(?:\([^)]*\))?: "([a-z_]+)"/))
      }
      if let body = block(text, after: "enum TicketState") { states += all(body, /case (\w+)/) }
      if let body = block(text, after: "enum FaultCode") {
        words.faults.formUnion(all(body, /case \w+ = "([a-z_]+)"/))
        words.faults.formUnion(all(body, /case ([a-z]+)\n/))
      }
      for slice in all(text, /enum (\w+)Event\b/) {
        guard let body = block(text, after: "enum \(slice)Event") else { continue }
        words.events.formUnion(all(body, /case \.\w+: "(\w+)"/))
      }
    }
    // `Refusal.ticketIs` puts the ticket's state into its code.
    words.problems.formUnion(states.map { "ticket_\($0)" })
    // The feed has one name for all events of a slip.
    for text in texts {
      if let body = block(text, after: "var slip: SlipID?") {
        words.events.subtract(all(body, /case \.(\w+)\(let e\): e\.slip/))
      }
      words.events.formUnion(all(text, /event\.slip != nil \{ return "(\w+)"/))
    }
    return words
  }

  /// - Parameter page: docs/API.md. Tables list the words between backticks: events and faults in the first column,
  ///   problems in the second.
  static func inPage(_ page: String) -> APIWords {
    APIWords(
      problems: listed(in: section(page, "## Problem codes"), column: 2),
      faults: listed(in: section(page, "## Faults"), column: 1),
      events: listed(in: section(page, "### Feed events"), column: 1))
  }

  /// - Parameter schema: docs/openapi.yaml. The feeds are not described there, so no events are found.
  static func inSchema(_ schema: String) -> APIWords {
    func values(of name: String) -> Set<String> {
      let heading = "        code:\n          type: string\n          enum:\n"
      guard let start = schema.firstRange(of: "\n    \(name):\n"),
        let list = schema[start.upperBound...].firstRange(of: heading)
      else { return [] }
      let lines = schema[list.upperBound...].split(separator: "\n").prefix { $0.hasPrefix("          - ") }
      return Set(lines.map { String($0.dropFirst(12)) })
    }
    return APIWords(problems: values(of: "Problem"), faults: values(of: "Fault"))
  }

  private static func all(_ text: some StringProtocol, _ pattern: Regex<(Substring, Substring)>) -> [String] {
    String(text).matches(of: pattern).map { String($0.1) }
  }

  /// From a declaration to the brace that closes it in the first column or, inside a type, in the third.
  private static func block(_ text: String, after declaration: String) -> String? {
    guard let start = text.firstRange(of: declaration) else { return nil }
    let line = text[..<start.lowerBound].split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let indent = line.prefix { $0 == " " }
    guard let end = text[start.upperBound...].firstRange(of: "\n\(indent)}") else { return nil }
    return String(text[start.upperBound..<end.upperBound])
  }

  private static func section(_ page: String, _ heading: String) -> Substring {
    guard let start = page.firstRange(of: "\(heading)\n") else { return "" }
    let rest = page[start.upperBound...]
    return rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)]
  }

  private static func listed(in section: Substring, column: Int) -> Set<String> {
    var found: Set<String> = []
    for line in section.split(separator: "\n") where line.hasPrefix("|") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      if cells.count > column { found.formUnion(all(cells[column], /`(\w+)`/)) }
    }
    return found
  }
}
