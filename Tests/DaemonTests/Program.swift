import Foundation
import Glibc
import Testing

/// A program of the project as its users start it: the built executable, its output, its end.
final class Program {
  private let process = Process()
  private let output = Pipe()
  private let errors: URL

  /// The folder of built programs: the test bundle lies in it.
  private static var products: URL {
    URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// The repository: it holds the pages and the reference files.
  static var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  init(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    errors = FileManager.default.temporaryDirectory.appendingPathComponent("errors-\(UInt64.random(in: .min ... .max))")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.executableURL = Self.products.appendingPathComponent(name)
    process.arguments = arguments
    var surroundings = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("YICHUANG") && $0.key != "NOTIFY_SOCKET"
    }
    surroundings["YICHUANG_SHARE"] = Self.repository.path
    surroundings["SWIFT_BACKTRACE"] = "enable=no"
    // Tests read English unless they ask for something else, whatever the terminal is that they are started from.
    surroundings["LC_ALL"] = "C.UTF-8"
    process.environment = surroundings.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: errors)
  }

  /// Reads lines until one is `word`; all of them, or nil when the output ends before.
  func lines(until word: String) -> [String]? {
    var lines: [String] = []
    var line: [UInt8] = []
    while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first {
      if byte != UInt8(ascii: "\n") {
        line.append(byte)
        continue
      }
      lines.append(String(decoding: line, as: UTF8.self))
      line = []
      if lines.last == word { return lines }
    }
    return nil
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end.
  func end() -> (status: Int32, output: String, errors: String) {
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return (
      status, String(decoding: data, as: UTF8.self),
      String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
    )
  }

  /// Runs a program to its end.
  static func run(
    _ name: String, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String, errors: String) {
    try Program(name, arguments, environment: environment).end()
  }
}

/// A folder for one test, gone afterwards.
final class Folder {
  let path: String

  init() throws {
    path = "/tmp/yichuang-test-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: file(name), atomically: true, encoding: .utf8)
    return file(name)
  }
}
