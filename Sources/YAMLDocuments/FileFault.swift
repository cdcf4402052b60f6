/// One fault in a file of the hall: its position, and what to write instead.
package struct FileFault: Hashable, Sendable, CustomStringConvertible {
  package let file: String
  /// From 1; 0 for the file as a whole (missing, too large, unreadable).
  package let line: Int
  /// From 1, in characters; nil when only the line is known.
  package let column: Int?
  package let what: String
  /// What to do about it.
  package let remedy: String
  /// Both in Chinese, `怎么了：怎么改`. Not optional, so that no fault lacks it.
  package let chinese: String

  package init(file: String, line: Int, column: Int? = nil, what: String, remedy: String, chinese: String) {
    self.file = file
    self.line = line
    self.column = column
    self.what = what
    self.remedy = remedy
    self.chinese = chinese
  }

  /// `FILE:LINE:COLUMN`, as compilers write it, so that an editor can jump there.
  package var location: String {
    var location = file
    if line > 0 { location += ":\(line)" }
    if line > 0, let column { location += ":\(column)" }
    return location
  }

  /// What is wrong and what to do.
  package func words(inChinese: Bool) -> String { inChinese ? chinese : english }

  /// `FILE:LINE:COLUMN: what; remedy`, for a terminal.
  package func line(inChinese: Bool) -> String { "\(location): \(words(inChinese: inChinese))" }

  private var english: String { "\(what); \(remedy)" }

  /// `FILE:LINE:COLUMN: what; remedy`.
  package var description: String { line(inChinese: false) }
}

/// The result of loading one or several files.
///
/// Faults prevent a hall from opening with the file; warnings do not.
package struct Loaded<Value: Sendable>: Sendable {
  /// Nil exactly when there are faults.
  package let value: Value?
  /// In the order of lines, file by file.
  package let faults: [FileFault]
  package let warnings: [FileFault]

  /// Drops the value when there is a fault.
  ///
  /// - Parameter first: the file whose findings precede those of the files that it names.
  package init(_ value: Value?, _ log: FaultLog, first: String) {
    faults = Self.ordered(log.faults, first)
    warnings = Self.ordered(log.warnings, first)
    self.value = log.faults.isEmpty ? value : nil
    precondition(self.value != nil || !faults.isEmpty, "a file that gives no value says why")
  }

  /// By file and line, without duplicates: a key that is read twice is wrong once.
  private static func ordered(_ found: [FileFault], _ first: String) -> [FileFault] {
    Set(found).sorted { a, b in
      if a.file != b.file { return a.file == first || (b.file != first && a.file < b.file) }
      return (a.line, a.column ?? 0, a.what) < (b.line, b.column ?? 0, b.what)
    }
  }
}
