import Testing
package import YAMLDocuments

/// A good text with one thing changed, and what the reader should say of it.
package struct Edit: Sendable, CustomStringConvertible {
  package let from: String
  package let to: String
  /// A part of the fault's words.
  package let says: String
  /// Lines below the first line of the change at which the fault is.
  package var below = 0

  package init(_ from: String, _ to: String, says: String, below: Int = 0) {
    self.from = from
    self.to = to
    self.says = says
    self.below = below
  }

  package var description: String { "\(from) → \(to)" }

  /// The changed text and the line at which the fault belongs.
  package func applied(to good: String) throws -> (text: String, line: Int) {
    let range = try #require(good.firstRange(of: from), "the good text holds “\(from)”")
    let line = good[..<range.lowerBound].count { $0 == "\n" } + 1 + below
    return (text: good.replacingCharacters(in: range, with: to), line: line)
  }

  /// Exactly one fault, at its line, with its words, and a remedy.
  package func check(_ faults: [FileFault], line: Int) {
    #expect(faults.count == 1, "\(faults)")
    guard let fault = faults.first else { return }
    #expect(fault.line == line, "\(fault)")
    #expect(fault.what.contains(says), "\(fault)")
    #expect(!fault.remedy.isEmpty)
    fault.checkChinese()
  }
}

extension FileFault {
  /// What is wrong and what to do, each of them in Chinese: `怎么了：怎么改`.
  package func checkChinese() {
    let parts = chinese.split(separator: "：", maxSplits: 1)
    #expect(
      parts.count == 2 && parts.allSatisfy { $0.contains { $0 >= "一" && $0 <= "龥" } }, "\(description) | \(chinese)")
  }
}

extension Loaded {
  /// The same, of everything that was found: the readings of these tests all come through here.
  package func inBothLanguages() -> Loaded {
    for fault in faults + warnings { fault.checkChinese() }
    return self
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
