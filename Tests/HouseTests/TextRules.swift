/// Rules on any text file of ours.
enum TextRules {
  /// More lines than this in one file, and it holds more than one idea.
  static let longest = 450

  static func leftOvers(in text: String, file: String) -> [Finding] {
    // Put together here, or this file would find itself.
    let words = ["TO" + "DO", "FIX" + "ME"]
    guard words.contains(where: text.contains) else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { offset, line in
      line.matches(of: /\b[A-Z]{4,5}\b/.simpleWords).contains { words.contains(String($0.0)) }
        ? Finding(file: file, line: offset + 1, what: "something left to do") : nil
    }
  }

  static func length(_ lineCount: Int, file: String) -> [Finding] {
    lineCount <= longest
      ? [] : [Finding(file: file, line: longest, what: "\(lineCount) lines; \(longest) are the most")]
  }
}
