import FoundationEssentials
import Groundwork
import Subprocess
import Synchronization
import SystemPackage

/// Runs small programs to their end and returns what they wrote.
///
/// One at a time, so that many requests at once do not start as many programs. No thread is blocked while a program runs.
package final class SubprocessRunner: Sendable {
  /// Why a program gave no output.
  package enum Fault: Error, Hashable, Sendable {
    /// It is not installed, or the system did not start it.
    case notStarted(String)
    /// It wrote more than the limit, and was killed.
    case tooMuch
    /// It ran for longer than it may, and was killed.
    case tooLong
    /// It ended with this exit code, and wrote this.
    case exited(Int32, [UInt8])
    /// It was ended by this signal.
    case killed(Int32)
  }

  /// Which of its outputs are read.
  package enum Streams: Sendable { case standardOutput, both }

  /// The program that was asked for last; the next one starts after it.
  private let last = Mutex<Task<Void, Never>?>(nil)

  /// An executor of its own, so that a program's timeout does not run out while the cooperative pool is busy with other tasks.
  private static let executor = QueueTaskExecutor(label: "subprocesses")

  package init() {}

  /// Runs a program with empty standard input, in the C locale with UTF-8.
  ///
  /// - Parameters:
  ///   - program: its path.
  ///   - variables: what it gets of the environment of this process; nothing else.
  ///   - limit: bytes of output at most.
  ///   - milliseconds: how long it may run, once it is its turn.
  package func output(
    of program: String, _ arguments: [String], passing variables: [String] = [],
    reading streams: Streams = .standardOutput, limit: Int, within milliseconds: Int64
  ) async -> Result<[UInt8], Fault> {
    let configuration = Configuration(
      executable: .path(FilePath(program)), arguments: Arguments(arguments), environment: Self.environment(variables))
    let turn = last.withLock { last in
      let earlier = last
      let turn = Task(executorPreference: Self.executor) {
        await earlier?.value
        return await Self.run(configuration, streams, limit, milliseconds)
      }
      last = Task { _ = await turn.value }
      return turn
    }
    return await turn.value
  }

  private static func run(
    _ configuration: Configuration, _ streams: Streams, _ limit: Int, _ milliseconds: Int64
  ) async -> Result<[UInt8], Fault> {
    await withTaskGroup(of: Result<[UInt8], Fault>.self) { group in
      group.addTask { await ended(configuration, streams, limit) }
      group.addTask {
        try? await Task.sleep(for: .milliseconds(milliseconds))
        return .failure(.tooLong)
      }
      let first = await group.next() ?? .failure(.tooLong)
      // A program that still runs is killed by the cancellation, and reaped before the group returns.
      group.cancelAll()
      return first
    }
  }

  private static func environment(_ variables: [String]) -> Environment {
    let present = ProcessInfo.processInfo.environment.filter { variables.contains($0.key) }
    let fixed = ["LANG": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    let all = fixed.merging(present) { $1 }
    return .custom(Dictionary(uniqueKeysWithValues: all.map { (.init(stringLiteral: $0), $1) }))
  }

  private static func ended(
    _ configuration: Configuration, _ streams: Streams, _ limit: Int
  ) async -> Result<[UInt8], Fault> {
    do {
      switch streams {
      case .standardOutput:
        let result = try await Subprocess.run(configuration, output: .bytes(limit: limit), error: .discarded)
        return outcome(result.terminationStatus, result.standardOutput)
      case .both:
        let result = try await Subprocess.run(configuration, output: .bytes(limit: limit), error: .combinedWithOutput)
        return outcome(result.terminationStatus, result.standardOutput)
      }
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failure(.tooMuch)
    } catch {
      return .failure(.notStarted("\(error)"))
    }
  }

  private static func outcome(_ status: TerminationStatus, _ output: [UInt8]) -> Result<[UInt8], Fault> {
    switch status {
    case .exited(0): .success(output)
    case .exited(let code): .failure(.exited(code, output))
    case .signaled(let signal): .failure(.killed(signal))
    }
  }
}
