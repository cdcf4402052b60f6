/// Collects all faults of a file, so that the operator can correct them at once.
package final class FaultLog {
  package private(set) var faults: [FileFault] = []
  package private(set) var warnings: [FileFault] = []

  package init() {}

  /// - Parameter zh: both parts in Chinese, `怎么了：怎么改`.
  package func fault(_ location: FileLocation, _ what: String, _ remedy: String, zh: String) {
    faults.append(location.finding(what, remedy, zh))
  }

  /// Adds the findings of another log.
  package func add(_ other: FaultLog) {
    faults += other.faults
    warnings += other.warnings
  }

  package func warn(_ location: FileLocation, _ what: String, _ remedy: String, zh: String) {
    warnings.append(location.finding(what, remedy, zh))
  }
}

/// A position in a file.
package struct FileLocation {
  package let file: String
  package let line: Int
  package let column: Int?

  package init(file: String, line: Int = 0, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  func finding(_ what: String, _ remedy: String, _ chinese: String) -> FileFault {
    FileFault(file: file, line: line, column: column, what: what, remedy: remedy, chinese: chinese)
  }
}
