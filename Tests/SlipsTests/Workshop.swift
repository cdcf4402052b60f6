import Dispatch
import Foundation
import Ports
import SlipRender

/// The folders in which the tests draw, keep pictures for people and find golden files.
enum Workshop {
  static let renderer = Result { try SlipRenderer() }
  static let trainingRenderer = Result { try SlipRenderer(isTraining: true) }

  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let repository = tests.deletingLastPathComponent().deletingLastPathComponent()
  static let goldens = tests.appendingPathComponent("Goldens")
  static let documentation = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/pictures")
  static let pictures = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent(".build/slips")

  /// Keeps `bytes` under `.build/slips/` and answers where.
  @discardableResult
  static func keep(_ bytes: [UInt8], as name: String) throws -> URL {
    try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
    let url = pictures.appendingPathComponent(name)
    try Data(bytes).write(to: url)
    return url
  }

  /// The standard output of a program; nil when it fails.
  ///
  /// It waits on a thread of its own, because the cooperative pool has only as many threads as there are cores.
  static func output(_ program: String, _ arguments: [String]) async throws -> String? {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try run(program, arguments) })
      }
    }
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    // The recogniser's threads busy-wait for one another, which is slower than one thread on a small machine.
    process.environment = ProcessInfo.processInfo.environment.merging(["OMP_THREAD_LIMIT": "1"]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
