import Foundation
import Glibc
import Synchronization
import TestKit

/// A program that runs beside the tests and never outlives them.
///
/// A shell holds the reading end of a pipe whose writing end is ours: when we end, in whatever way, the shell reads the
/// end of the stream and ends the program, first with SIGTERM, after five seconds with SIGKILL. It is started without
/// Foundation, whose `Process` takes a program for running as long as any descendant is, and the backends of a cupsd
/// may live on.
final class ChildProcess: Sendable {
  private let shell: pid_t
  /// The writing end of the pipe; nil once it is closed.
  private let leash: Mutex<Int32?>
  private let pidFile: URL

  /// The program gets no descriptor of ours beyond the first three: another child's pipe would stay open with it.
  private static let script = """
    pidfile=$1; log=$2; folder=$3; shift 3
    [ -z "$folder" ] || trap 'rm -rf -- "$folder"' EXIT
    for fd in /proc/$$/fd/*; do fd=${fd##*/}; [ "$fd" -gt 2 ] && eval "exec $fd>&-"; done 2>/dev/null
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    echo $child >"$pidfile.new" && mv "$pidfile.new" "$pidfile"
    read -r _
    kill -CONT $child
    kill -TERM $child
    for _ in {1..25}; do
      case $(cut -d' ' -f3 /proc/$child/stat) in ''|Z) exit 0 ;; esac
      sleep 0.2
    done
    kill -KILL $child
    """

  /// - Parameters:
  ///   - folder: gets its log and its process id.
  ///   - removed: a folder that goes when the program has ended.
  init(
    _ arguments: [String], folder: URL, name: String, environment: [String: String] = [:], removing removed: URL? = nil
  ) async throws {
    pidFile = folder.appendingPathComponent("\(name).pid")
    try? FileManager.default.removeItem(at: pidFile)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw NeverHappened("pipe: \(errno)") }
    leash = Mutex(ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // The threads of a test block signals, and a child would go on blocking them.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let log = folder.appendingPathComponent("\(name).log").path
    let words = ["/bin/bash", "-c", Self.script, name, pidFile.path, log, removed?.path ?? ""] + arguments
    let settings = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
    let argv = words.map { strdup($0) } + [nil]
    let envp = settings.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var started: pid_t = 0
    let code = posix_spawn(&started, "/bin/bash", &actions, &attributes, argv, envp)
    shell = started
    guard code == 0 else {
      throw NeverHappened("\(name) cannot be started")
    }
    let pidFile = pidFile
    try await eventually("\(name) has started") { FileManager.default.fileExists(atPath: pidFile.path) }
  }

  deinit { stop() }

  /// Nil when it never started.
  private var pid: pid_t? {
    (try? String(contentsOf: pidFile, encoding: .utf8)).flatMap {
      pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  func signal(_ number: Int32) { if let pid { kill(pid, number) } }

  /// Ends the program and waits for it.
  func stop() {
    guard let end = leash.withLock({ $0.take() }) else { return }
    close(end)
    var status: Int32 = 0
    if shell > 0 { waitpid(shell, &status, 0) }
  }
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
    throw NeverHappened("\(program) \(arguments.joined(separator: " ")): \(text)")
  }
  return text
}
