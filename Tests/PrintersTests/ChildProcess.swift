import Foundation

/// A program that runs beside the tests and never outlives them.
///
/// A shell holds the reading end of a pipe whose writing end is ours: when we end, in whatever way, the shell reads the
/// end of the stream and ends the program, first with SIGTERM, after five seconds with SIGKILL.
final class ChildProcess {
  private let shell = Process()
  private let leash = Pipe()
  private let pidFile: URL

  private static let script = """
    pidfile=$1; log=$2; shift 2
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    echo $child >"$pidfile.new" && mv "$pidfile.new" "$pidfile"
    read -r _
    kill -CONT $child 2>/dev/null
    kill -TERM $child 2>/dev/null
    (sleep 5; kill -KILL $child 2>/dev/null) &
    grim=$!
    wait $child
    kill $grim 2>/dev/null
    """

  init(_ arguments: [String], folder: URL, name: String, environment: [String: String] = [:]) async throws {
    pidFile = folder.appendingPathComponent("\(name).pid")
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments =
      ["-c", Self.script, name, pidFile.path, folder.appendingPathComponent("\(name).log").path] + arguments
    shell.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    shell.standardInput = leash
    try shell.run()
    try await eventually("\(name) has started") { FileManager.default.fileExists(atPath: self.pidFile.path) }
  }

  deinit { stop() }

  /// Nil when it never started.
  private var pid: pid_t? {
    (try? String(contentsOf: pidFile, encoding: .utf8)).flatMap {
      pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  func signal(_ number: Int32) { if let pid { kill(pid, number) } }

  /// True until the program has ended.
  var isRunning: Bool { pid.map { kill($0, 0) == 0 } ?? false }

  /// Ends the program and waits for it.
  func stop() {
    try? leash.fileHandleForWriting.close()
    if shell.isRunning { shell.waitUntilExit() }
  }
}

/// An event did not come.
struct NeverHappened: Error, CustomStringConvertible {
  let description: String
}

/// Waits until `condition` holds, with a ceiling far above what a loaded machine needs.
func eventually(
  _ what: String, within seconds: Int = 30, _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
  while ContinuousClock.now < deadline {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(25))
  }
  throw NeverHappened(description: "not within \(seconds) s: \(what)")
}

/// Runs a program to its end and gives what it printed; throws when it failed.
@discardableResult
func run(_ program: String, _ arguments: String...) throws -> String {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.standardOutput = output
  process.standardError = output
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  let text = String(decoding: data, as: UTF8.self)
  guard process.terminationStatus == 0 else {
    throw NeverHappened(description: "\(program) \(arguments.joined(separator: " ")): \(text)")
  }
  return text
}
