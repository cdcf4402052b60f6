/// What was waited for did not happen.
package struct NeverHappened: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Waits until `condition` holds, with a ceiling far above what a loaded machine needs.
///
/// The condition is asked once more after the ceiling, so that a test that was kept from running until then still passes.
///
/// - Parameters:
///   - clock: is advanced by `step` milliseconds between two looks.
///   - ceiling: how long it may take.
/// - Throws: `NeverHappened` with the source location of the call.
package func eventually(
  _ what: String, passing clock: ManualClock? = nil, by step: Int64 = 100, within ceiling: Duration = .seconds(600),
  file: StaticString = #fileID, line: UInt = #line, _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now.advanced(by: ceiling)
  while true {
    let isLast = ContinuousClock.now >= deadline
    if try await condition() { return }
    if isLast { throw NeverHappened("\(file):\(line): not within \(ceiling): \(what)") }
    clock?.advance(step)
    try await Task.sleep(for: .milliseconds(clock == nil ? 10 : 2))
  }
}
