import Foundation
import Hall
import Ports

extension SnapshotKeeping {
  /// Lets days leave whose exports stay.
  ///
  /// - Returns: how many records were removed.
  func retire(
    keeping days: Int, telling tell: @Sendable (RecordsLeft) async throws(StateFault) -> Void
  ) async throws(StateFault) -> Int64 {
    try await retire(keeping: RetentionRule(days: days, exportDays: 100_000), telling: tell).records
  }
}

/// What the system's own `zcat` makes of a file.
func zcat(_ path: String) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/zcat")
  process.arguments = [path]
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : ""
}
