/// Collects every fault of a reading, so that the operator mends the files once and not fault by fault.
final class FaultLog {
  private(set) var faults: [SettingsFault] = []
  private(set) var warnings: [SettingsFault] = []

  /// - Parameter zh: both in Chinese, `怎么了：怎么改`: whoever keeps the files of a town's hall reads no English.
  func fault(_ place: Place, _ what: String, _ remedy: String, zh: String) {
    faults.append(place.finding(what, remedy, zh))
  }

  /// Takes over what another reading found.
  func add(_ other: FaultLog) {
    faults += other.faults
    warnings += other.warnings
  }

  func warn(_ place: Place, _ what: String, _ remedy: String, zh: String) {
    warnings.append(place.finding(what, remedy, zh))
  }
}

/// Where in which file.
struct Place {
  let file: String
  let line: Int
  let column: Int?

  init(file: String, line: Int = 0, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  func finding(_ what: String, _ remedy: String, _ chinese: String) -> SettingsFault {
    SettingsFault(file: file, line: line, column: column, what: what, remedy: remedy, chinese: chinese)
  }
}
