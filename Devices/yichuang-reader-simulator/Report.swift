import Glibc
import Synchronization

/// The simulator's output: lines of JSON on its standard output.
enum Report {
  private static let writing = Mutex(())

  static func write(_ event: String, _ device: String? = nil, _ fields: [(String, any ReportValue)] = []) {
    let named: [(String, any ReportValue)] = [("event", event)] + (device.map { [("device", $0)] } ?? []) + fields
    let line = "{" + named.map { "\(quoted($0.0)): \($0.1.json)" }.joined(separator: ", ") + "}\n"
    let bytes = Array(line.utf8)
    writing.withLock { _ in _ = Glibc.write(STDOUT_FILENO, bytes, bytes.count) }
  }

  fileprivate static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\u{20}"...: String(scalar)
      default: " "
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}

protocol ReportValue { var json: String { get } }
extension String: ReportValue { var json: String { Report.quoted(self) } }
extension Int: ReportValue { var json: String { String(self) } }
extension Bool: ReportValue { var json: String { self ? "true" : "false" } }
