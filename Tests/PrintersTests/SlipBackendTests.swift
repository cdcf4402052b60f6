import Emulators
import Foundation
import Ports
import PrinterProtocols
import Testing

// Goal: whatever the scheduler starts it with, the backend sends only what it may, and its exit code is right. Method:
// the built program, with the arguments and the environment that cupsd gives.
@Suite("The backend as a program")
struct SlipBackendTests {
  private static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("backend-\(UInt32.random(in: 0...(.max)))")

  /// Runs it with a document of `rows` rows; its exit code and what it printed.
  private func run(
    uri: String, options: String, rows: Int = 40, claims: String? = nil
  ) throws -> (code: Int32, errors: String) {
    let claims = claims ?? Self.folder.appendingPathComponent("claims").path
    try FileManager.default.createDirectory(
      at: Self.folder.appendingPathComponent("claims"), withIntermediateDirectories: true)
    let file = Self.folder.appendingPathComponent("slip-\(UInt32.random(in: 0...(.max)))")
    let image = slip(heightDots: max(rows, 1))
    let dots = try #require(DotImage(widthDots: image.widthDots, heightDots: image.heightDots, bits: image.bits))
    try Data(rows == 0 ? [] : ESCPOSEncoder().slip(dots)).write(to: file)
    let process = Process()
    let output = Pipe()
    process.executableURL = PrivateCUPS.slipBackend
    process.arguments = ["7", "yichuang", "slip:X:1", "1", options, file.path]
    process.environment = ["DEVICE_URI": uri, "YICHUANG_POS_CLAIMS": claims]
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let errors = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, errors)
  }

  private func options(age: Int = 0) -> String {
    "media='custom 72' job-uuid=urn:uuid:\(UUID().uuidString.lowercased()) time-at-creation=\(time(nil) - age)"
  }

  @Test("prints once, and a second time with the same job nothing")
  func twice() throws {
    let printer = try ESCPOSSimulator()
    defer { printer.stop() }
    let options = options()
    let uri = "yichuang-pos://127.0.0.1:\(printer.port)/?wait=60&confirm=60"
    #expect(try run(uri: uri, options: options).code == 0)
    #expect(try run(uri: uri, options: options).code == 0)
    #expect(printer.pieces.count == 1)
    #expect(printer.connections.count == 1)
  }

  @Test("its marks differ from job to job")
  func marks() throws {
    let printer = try ESCPOSSimulator()
    defer { printer.stop() }
    let uri = "yichuang-pos://127.0.0.1:\(printer.port)/?wait=60&confirm=60"
    for _ in 0..<3 { #expect(try run(uri: uri, options: options()).code == 0) }
    let marks = printer.connections.compactMap { bytes in
      ESCPOSDecoder.decodeAll(bytes).compactMap { if case .echo(let mark) = $0 { mark } else { nil } }.first
    }
    #expect(Set(marks).count == 3)
  }

  @Test("cancels a job that cannot or must not be printed, before it speaks with the printer")
  func refused() throws {
    let printer = try ESCPOSSimulator()
    defer { printer.stop() }
    let uri = "yichuang-pos://127.0.0.1:\(printer.port)/"
    let cases = [
      try run(uri: uri + "?wiat=1", options: options()), try run(uri: uri, options: "media=x"),
      try run(uri: uri, options: options(age: 3_600)), try run(uri: uri, options: options(), rows: 0),
      try run(uri: uri, options: options(), claims: "/nowhere"),
    ]
    // Its age grows while its program starts.
    let words = ["unknown option: wiat", "no job-uuid", " s old", "empty", "/nowhere"]
    for (result, word) in zip(cases, words) {
      #expect(result.code == 5)
      #expect(result.errors.contains(word))
    }
    #expect(printer.connections.isEmpty)
  }

  @Test("lists the device class when it is asked for devices")
  func discovery() throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = PrivateCUPS.slipBackend
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.hasPrefix("network yichuang-pos \"Unknown\" "))
  }
}
