import Control
import Foundation
import Ports
import PrinterProtocols
import PrintersCUPS
import Settings

/// A guided test of a new printer: a slip, the cover, the paper, and a slip again.
struct PrinterTrial {
  let slip: TestPrint
  let model: PrinterModel
  let path: PrinterPath

  /// What the person does, and the condition that the printer has to report then; nil for none.
  private var steps: [Step] {
    guard path == .driverless || path == .office || model.status != StatusMethod.none else { return [] }
    return [
      Step(ask: "open the printer's cover", chinese: "打开打印机上盖", expected: .coverOpen),
      Step(ask: "take the roll out and close the cover", chinese: "取出纸卷，合上盖子", expected: .paperOut),
      Step(ask: "put the roll in again and close the cover", chinese: "装回纸卷，合上盖子", expected: nil),
    ]
  }

  private struct Step {
    let ask: String
    let chinese: String
    let expected: PrinterConditions?
  }

  func run() async -> ControlReply {
    var failures: [(english: String, chinese: String)] = []
    if await !print("1. A test slip", zh: "1. 打一张测试小票") { failures.append(("the first slip", "第一张小票")) }
    for (index, step) in steps.enumerated() {
      say("\(index + 2). \(step.ask), then press Enter", zh: "\(index + 2). \(step.chinese)，然后按回车")
      guard readLine() != nil else { return ControlReply(.usage, "the trial was broken off", zh: "试机中断") }
      let conditions = await slip.printer.probe()
      let codes = conditions.codes.joined(separator: ", ")
      let isRight = step.expected.map { conditions.isSuperset(of: $0) } ?? conditions.canPrint
      say(
        "   the printer says: \(codes.isEmpty ? "ready" : codes)\(isRight ? "" : ", which is not that")",
        zh: "   打印机的回答：\(codes.isEmpty ? "就绪" : codes)\(isRight ? "" : "，与实际不符")")
      if !isRight { failures.append((step.ask, step.chinese)) }
    }
    if steps.isEmpty {
      say("2. Nothing more: \(model.id) is not asked for cover and paper", zh: "2. 到此为止：\(model.id) 不报告开盖和缺纸")
    } else if await !print("\(steps.count + 2). A last test slip", zh: "\(steps.count + 2). 再打一张测试小票") {
      failures.append(("the last slip", "最后一张小票"))
    }
    guard failures.isEmpty else {
      return ControlReply(
        .unavailable,
        "\(slip.queue) did not behave as \(model.id) says at: \(failures.map(\.english).joined(separator: "; "))",
        zh: "\(slip.queue) 与型号 \(model.id) 所说不符：\(failures.map(\.chinese).joined(separator: "；"))")
    }
    return ControlReply(
      "\(slip.queue) behaves as \(model.id) says; write device, firmware and date into its tried_on",
      zh: "\(slip.queue) 与型号 \(model.id) 所说相符；请把机器、固件版本和日期写进型号文件的 tried_on")
  }

  /// Prints a test slip; returns whether it came out.
  private func print(_ title: String, zh chinese: String) async -> Bool {
    say(title, zh: chinese)
    let reply = await slip.print()
    say("   \(reply.sentence)", zh: "   \(reply.words(inChinese: true))")
    return reply.status == 0
  }

  /// Flushed at once, also to a pipe.
  private func say(_ line: String, zh chinese: String) {
    FileHandle.standardOutput.write(Data(((Terminal.isChinese ? chinese : line) + "\n").utf8))
  }
}
