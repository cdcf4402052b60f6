import Foundation

/// Rules on the pages: violations of the Content-Security-Policy are found before a browser does.
enum PageRules {
  /// Script and style inside the page itself, which the policy blocks.
  static func inlineCode(inPage text: String, file: String) -> [Finding] {
    let forbidden: [(String, Regex<Substring>)] = [
      ("a style element", /<style\b/), ("a style attribute", /\sstyle\s*=/),
      ("an event handler attribute", /\son[a-z]+\s*=/), ("a javascript: address", /javascript:/),
    ]
    var findings = forbidden.flatMap { what, pattern in
      text.matches(of: pattern.simpleWords.ignoresCase()).map {
        Finding(file: file, line: line(of: $0.range, in: text), what: what)
      }
    }
    for match in text.matches(of: /<script\b([^>]*)>/.simpleWords.ignoresCase()) where !match.1.contains(/\ssrc\s*=/) {
      findings.append(Finding(file: file, line: line(of: match.range, in: text), what: "a script without src"))
    }
    return findings
  }

  /// External addresses: no page loads or links anything that is not the hall's own.
  static func foreignAddresses(in text: String, file: String) -> [Finding] {
    let elsewhere = /\b(?:https?|wss?|ftp):\/\/[^\s"'`)<>]*|(?:src|href)\s*=\s*["']\/\/|url\(\s*["']?\/\//
    return text.matches(of: elsewhere.simpleWords)
      .filter { !$0.0.hasPrefix("http://www.w3.org/") }
      .map { Finding(file: file, line: line(of: $0.range, in: text), what: "an address elsewhere: \($0.0)") }
  }

  /// Markup built from text at run time, which would allow cross-site scripting.
  static func markupFromText(in text: String, file: String) -> [Finding] {
    let makers = /\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\s*\(|new Function\s*\()/
    return text.matches(of: makers.simpleWords)
      .map { Finding(file: file, line: line(of: $0.range, in: text), what: "makes code or markup of text: \($0.0)") }
  }

  /// The machine's own time of day, which steps and is wrong where a battery is dead. Ages are counted by
  /// `performance.now`, and the time comes from the server (Kiosk/shared/clock.js).
  ///
  /// A `Date` of a given moment is allowed.
  static func wallClock(in text: String, file: String) -> [Finding] {
    let readings = /\bDate\s*\.\s*now\b|\bDate\s*\(\s*\)|\bnew\s+Date\b(?!\s*\()/
    return text.matches(of: readings.simpleWords)
      .map { Finding(file: file, line: line(of: $0.range, in: text), what: "reads the wall clock: \($0.0)") }
  }

  /// The only exception: it compares the wall clock with the monotonic one, and takes no time from it.
  static let wallClockReader = "Kiosk/shared/lapse.js"

  /// Keys that one locale has and the other has not, as paths `a.b`.
  static func missingKeys(_ first: Data, _ second: Data) throws -> (inFirst: [String], inSecond: [String]) {
    let a = Set(paths(try JSONSerialization.jsonObject(with: first)))
    let b = Set(paths(try JSONSerialization.jsonObject(with: second)))
    return (inFirst: b.subtracting(a).sorted(), inSecond: a.subtracting(b).sorted())
  }

  private static func paths(_ value: Any, under prefix: String = "") -> [String] {
    guard let object = value as? [String: Any] else { return [prefix] }
    return object.flatMap { paths($0.value, under: prefix.isEmpty ? $0.key : "\(prefix).\($0.key)") }
  }

  private static func line(of range: Range<String.Index>, in text: String) -> Int {
    text[..<range.lowerBound].count { $0 == "\n" } + 1
  }
}
