import Emulators
import Foundation
import Hall
import PrinterLink
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing
import TestKit

/// A queue of yichuang-pos, the printer behind it and the port in front.
final class SlipBench {
  let cups: PrivateCUPS
  let printer: ESCPOSSimulator
  let port: CUPSPrinter
  let queue: String

  /// - Parameters:
  ///   - options: of the device-uri. Paper is waited for as long as a loaded machine may need.
  ///   - own: a cupsd that the test ends or whose log it reads; nil for the shared one.
  init(_ options: String = "wait=600&confirm=60", on own: PrivateCUPS? = nil) async throws {
    if let own { cups = own } else { cups = try await PrivateCUPS.shared }
    printer = try ESCPOSSimulator()
    queue = cups.newQueue("slips")
    try cups.addSlipQueue(queue, port: printer.port, options: options)
    port = CUPSPrinter(configuration: Self.configuration(queue, cups))
  }

  /// On a cupsd of its own, which the test may end.
  static func alone(_ options: String = "wait=600&confirm=60") async throws -> SlipBench {
    try await SlipBench(options, on: PrivateCUPS())
  }

  deinit {
    printer.stop()
    cups.removeQueue(queue)
  }

  static func configuration(_ queue: String, _ cups: PrivateCUPS) -> CUPSPrinter.Configuration {
    .init(queue: queue, server: cups.server, claims: cups.claims)
  }

  func tell(_ line: String) { #expect(SimulatorScript.perform(line, on: printer), "\(line)") }

  func hasNothingLeft() throws -> Bool { try cups.activeJobs(queue).isEmpty }

  /// Whether the printer received only queries, however often a slow machine asked them: never a picture's `GS v 0`.
  var wasSentNothing: Bool {
    printer.pieces.isEmpty && printer.connections.allSatisfy { !$0.contains([0x1D, 0x76, 0x30]) }
  }

  func standing(_ prepared: PreparedAttempt) throws -> ClaimStanding {
    try cups.claims.standing(of: try #require(JobUUID(prepared.jobUUID)))
  }

  /// Waits until a backend has claimed the attempt and sent the printer this much.
  func isUnderWay(_ prepared: PreparedAttempt, bytes: Int) async throws {
    try await eventually("the slip is on its way") { try self.standing(prepared) == .sending(isAlive: true) }
    #expect(await printer.received(bytes: bytes))
  }

  /// The process ids of the backends of this printer: cupsd passes them the device-uri as argv[0].
  func backends() -> [pid_t] {
    let lines = (try? run("/usr/bin/pgrep", "-f", "^yichuang-pos://127.0.0.1:\(printer.port)/")) ?? ""
    return lines.split(separator: "\n").compactMap { pid_t($0) }
  }
}
