package import Logging

extension Logger {
  /// Says nothing.
  package static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
