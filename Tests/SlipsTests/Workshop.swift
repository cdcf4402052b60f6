import Foundation
import Ports
import SlipRender

/// Where the tests draw, keep pictures for people and find golden files.
enum Workshop {
  static let renderer = Result { try SlipRenderer() }

  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let goldens = tests.appendingPathComponent("Goldens")
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

  /// What a program writes to its standard output; nil when it is not installed or fails.
  static func output(_ program: String, _ arguments: [String]) throws -> String? {
    guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
