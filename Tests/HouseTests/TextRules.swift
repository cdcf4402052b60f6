/// Rules on any text file of the tree.
enum TextRules {
  /// The most lines of a file.
  static let longest = 450

  static func leftOvers(in text: String, file: String) -> [Finding] {
    // Concatenated, so that this file does not match itself.
    let words = ["TO" + "DO", "FIX" + "ME"]
    guard words.contains(where: text.contains) else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { offset, line in
      line.matches(of: /\b[A-Z]{4,5}\b/.simpleWords).contains { words.contains(String($0.0)) }
        ? Finding(file: file, line: offset + 1, what: "something left to do") : nil
    }
  }

  /// Texts for an operator have their Chinese beside them (`zh:`). The Chinese of a file's fault says what is wrong and
  /// what to do (`怎么了：怎么改`).
  static func chineseFaults(in text: String, file: String) -> [Finding] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.compactMap { start in
      guard let label = lines[start].firstRange(of: "zh: "), !lines[start].contains(/^ *\/\/\//) else { return nil }
      let end = lines[start...].firstIndex { $0.last == ")" } ?? start
      let said = ([lines[start][label.upperBound...]] + lines[(start + 1)..<max(start + 1, end + 1)]).joined()
      guard said.contains("\"") else { return nil }
      // A fault that is passed on has both parts already.
      let hasBoth = said.contains(/[一-龥]/) && (said.contains("：") || said.contains(".chinese)"))
      return hasBoth ? nil : Finding(file: file, line: start + 1, what: "a fault without 怎么了：怎么改 in Chinese")
    }
  }

  /// A clock, a wait or a search for a port that a suite has for itself, where Tests/Kit and Tests/support/testkit have those of all.
  static func kitCopies(in text: String, file: String) -> [Finding] {
    guard !file.hasPrefix("Tests/Kit/"), !file.hasPrefix("Tests/support/testkit/") else { return [] }
    let isOwn = { (line: Substring) in
      line.contains(/\b(?:class|struct|actor|enum|extension)\s+\w+\s*:.*\bTimeSource\b/.simpleWords)
        || line.contains(/^\s*(?:\w+\s+)*(?:func|def)\s+(?:eventually|free_port)\s*\(/.simpleWords)
    }
    return zip(1..., text.split(separator: "\n", omittingEmptySubsequences: false)).compactMap { number, line in
      // Regular expressions are slow, and most lines have none of the words.
      guard ["TimeSource", "eventually", "free_port"].contains(where: line.contains),
        !line.trimming({ $0 == " " }).hasPrefix("\""), isOwn(line)
      else { return nil }
      return Finding(file: file, line: number, what: "a copy of what Tests/Kit or Tests/support/testkit has")
    }
  }

  static func length(_ lineCount: Int, file: String) -> [Finding] {
    lineCount <= longest
      ? [] : [Finding(file: file, line: longest, what: "\(lineCount) lines; \(longest) are the most")]
  }
}
