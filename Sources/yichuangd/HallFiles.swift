import Control
import Ports
import Settings

/// Reads configuration and everything that it names, or says everything that is wrong in them.
struct HallFiles: Sendable {
  let configuration: String
  let sealing: any Sealing
  /// Whether warnings are said; nobody who looks at the demo can mend its files.
  var warns = true

  /// - Throws: `Exit` with each fault on a line of its own.
  func load() throws(Exit) -> HallSettings {
    let loaded = ConfigurationFile.load(configuration, sealing: sealing)
    for warning in loaded.warnings where warns { writeError("warning: \(warning)") }
    guard let settings = loaded.value else {
      let count = loaded.faults.count
      let faults = loaded.faults.map { "\n\($0)" }.joined()
      throw Exit(
        .configuration, "\(configuration) cannot be used: \(count) fault\(count == 1 ? "" : "s")\(faults)")
    }
    return settings
  }
}
