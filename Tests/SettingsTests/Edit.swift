import Settings
import Testing

/// A good text with one change, and the expected fault.
struct Edit: Sendable, CustomStringConvertible {
  let from: String
  let to: String
  /// A part of the fault's text.
  let says: String
  /// The fault's line, counted from the first line of the change.
  var below = 0

  init(_ from: String, _ to: String, says: String, below: Int = 0) {
    self.from = from
    self.to = to
    self.says = says
    self.below = below
  }

  var description: String { "\(from) → \(to)" }

  /// The changed text and the expected line of the fault.
  func applied(to good: String) throws -> (text: String, line: Int) {
    let range = try #require(good.firstRange(of: from), "the good text holds “\(from)”")
    let line = good[..<range.lowerBound].count { $0 == "\n" } + 1 + below
    return (text: good.replacingCharacters(in: range, with: to), line: line)
  }

  /// Exactly one fault, at its line, with its text, and a remedy.
  func check(_ faults: [SettingsFault], line: Int) {
    #expect(faults.count == 1, "\(faults)")
    guard let fault = faults.first else { return }
    #expect(fault.line == line, "\(fault)")
    #expect(fault.what.contains(says), "\(fault)")
    #expect(!fault.remedy.isEmpty)
    fault.checkChinese()
  }
}

extension SettingsFault {
  /// What is wrong and what to do, both in Chinese: `怎么了：怎么改`.
  func checkChinese() {
    let parts = chinese.split(separator: "：", maxSplits: 1)
    #expect(
      parts.count == 2 && parts.allSatisfy { $0.contains { $0 >= "一" && $0 <= "龥" } }, "\(description) | \(chinese)")
  }
}

extension Loaded {
  /// The same for all faults; all parsing in these tests goes through here.
  func inBothLanguages() -> Loaded {
    for fault in faults + warnings { fault.checkChinese() }
    return self
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
