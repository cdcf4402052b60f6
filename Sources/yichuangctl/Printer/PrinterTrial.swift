import Control
import Foundation
import Ports
import PrinterProtocols
import PrintersCUPS
import Settings

/// The walk of a person around a new printer: a slip, the cover, the paper, and a slip again.
struct PrinterTrial {
  let slip: TestPrint
  let model: PrinterModel
  let path: PrinterPath

  /// What the person does, and the condition that the printer has to tell of then; nil for none at all.
  private var steps: [(ask: String, expected: PrinterConditions?)] {
    guard path == .driverless || path == .office || model.status != StatusMethod.none else { return [] }
    return [
      ("Open the printer's cover", .coverOpen), ("Take the roll out and close the cover", .paperOut),
      ("Put the roll in again and close the cover", nil),
    ]
  }

  func run() async -> ControlReply {
    var failures: [String] = []
    say("1. A test slip")
    let first = await slip.print()
    say("   \(first.sentence)")
    if first.status != 0 { failures.append("the first slip") }
    for (index, step) in steps.enumerated() {
      say("\(index + 2). \(step.ask), then press Enter")
      guard readLine() != nil else { return ControlReply(.usage, "the trial was broken off") }
      let conditions = await slip.printer.probe()
      let told = conditions.isEmpty ? "ready" : conditions.codes.joined(separator: ", ")
      let isRight = step.expected.map { conditions.isSuperset(of: $0) } ?? conditions.canPrint
      say("   the printer says: \(told)\(isRight ? "" : ", which is not that")")
      if !isRight { failures.append(step.ask.prefix(1).lowercased() + step.ask.dropFirst()) }
    }
    if steps.isEmpty { say("2. Nothing more: \(model.id) is not asked for cover and paper") }
    if let last = await afterwards() { failures.append(last) }
    guard failures.isEmpty else {
      return ControlReply(
        .unavailable, "\(slip.queue) did not behave as \(model.id) says at: \(failures.joined(separator: "; "))")
    }
    return ControlReply("\(slip.queue) behaves as \(model.id) says; write device, firmware and date into its tried_on")
  }

  private func afterwards() async -> String? {
    guard !steps.isEmpty else { return nil }
    say("\(steps.count + 2). A last test slip")
    let last = await slip.print()
    say("   \(last.sentence)")
    return last.status == 0 ? nil : "the last slip"
  }

  /// At once, also where somebody else than a terminal listens.
  private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
