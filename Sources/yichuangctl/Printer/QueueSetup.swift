import Control
import Foundation
import Hall
import Ports
import PrinterProtocols
import PrintersCUPS
import Subprocesses

/// Creates the queue and checks it, because lpadmin also succeeds where printing will not work.
struct QueueSetup {
  let plan: QueuePlan
  let queues: QueueTable
  private let lpadmin = Lpadmin()
  /// CUPS queries an IPP printer in the background; seconds to wait for that.
  static let driverlessSeconds = 30.0

  func run() async -> ControlReply {
    let existed = (try? queues.entry(plan.queue)) != nil
    if let fault = await lpadmin.run(plan.words) {
      // CUPS rejects a device-uri whose backend is not installed.
      let isMissing = fault.contains("device-uri scheme")
      return ControlReply(
        isMissing ? .installation : .unavailable,
        "\(plan.queue) was not set up: \(fault)\(isMissing ? "; install it: packaging/install-printing" : "")",
        zh: "打印队列 \(plan.queue) 没有建成（\(fault)）" + (isMissing ? "：先装打印后端（packaging/install-printing）" : ""),
        plan.details)
    }
    do {
      let entry = try await settled()
      guard entry.obstacle == nil, entry.path == wanted else {
        let why = entry.obstacle ?? "CUPS calls it \(entry.path.word)"
        return await remove(existed, "\(why); is the printer switched on and in the network?")
      }
      return await done(entry)
    } catch {
      return ControlReply(
        .unavailable, "\(plan.queue) was set up, but CUPS does not say so: \(error)",
        zh: "打印队列 \(plan.queue) 已建，但 CUPS 查不到（\(error)）：lpstat -p \(plan.queue)", plan.details)
    }
  }

  private var wanted: PrinterPath {
    if plan.model.isSheet { return .office }
    return plan.model.language == .ipp ? .driverless : .posBackend
  }

  private func settled() async throws -> QueueTable.Entry {
    let deadline = Date().addingTimeInterval(wanted == .posBackend ? 0 : Self.driverlessSeconds)
    while true {
      let entry = try queues.entry(plan.queue)
      if entry.path == wanted || Date() >= deadline { return entry }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// A queue that cannot print is removed; one that existed before is left to the operator.
  private func remove(_ existed: Bool, _ why: String) async -> ControlReply {
    guard !existed else {
      return ControlReply(
        .unavailable, "\(plan.queue) was changed, but does not work: \(why)",
        zh: "打印队列 \(plan.queue) 改了，但不能用（\(why)）：检查打印机是否开机、联网", plan.details)
    }
    let left = await lpadmin.run(plan.removal).map { "; it could not be taken away again: \($0)" } ?? ""
    return ControlReply(
      .unavailable, "\(plan.queue) was not set up: \(why)\(left)",
      zh: "打印队列 \(plan.queue) 没有建成（\(why)\(left)）：检查打印机是否开机、联网", plan.details)
  }

  private func done(_ entry: QueueTable.Entry) async -> ControlReply {
    let printer = CUPSPrinter(
      configuration: .init(queue: plan.queue, server: queues.server, sheets: plan.model.isSheet))
    let conditions = await printer.probe()
    var details = plan.details
    details["path"] = .text(entry.path.word)
    details["conditions"] = .list(conditions.codes.map(ControlValue.text))
    guard !conditions.contains(.offline) else {
      return ControlReply(
        .unavailable,
        "\(plan.queue) is set up for \(plan.model.name), but the printer does not answer: check power, cable and address, then yichuangctl printer probe --queue \(plan.queue)",
        zh: "打印队列 \(plan.queue) 已建，但打印机没有应答：检查电源、线和地址，再运行 yichuangctl printer probe --queue \(plan.queue)",
        details)
    }
    var lines = ["\(plan.queue) is set up for \(plan.model.name): \(plan.model.evidence.sentence)"]
    if !conditions.isEmpty { lines.append("it reports \(conditions.codes.joined(separator: ", ")) now") }
    if plan.model.triedOn.isEmpty {
      lines.append(
        "nobody has tried \(plan.model.id) on a real printer yet: yichuangctl printer test --queue \(plan.queue)")
    }
    return ControlReply(lines.joined(separator: "\n"), details)
  }
}

/// CUPS's own tool.
struct Lpadmin {
  private let programs = SubprocessRunner()
  /// It asks cupsd, which may read a printer's description first.
  private static let patienceMilliseconds: Int64 = 60_000

  /// Nil on success; otherwise its message.
  func run(_ words: [String]) async -> String? {
    let result = await programs.output(
      of: "/usr/sbin/lpadmin", words, passing: ["CUPS_SERVER"], reading: .both, limit: 65_536,
      within: Self.patienceMilliseconds)
    switch result {
    case .success: return nil
    case .failure(.notStarted): return "lpadmin cannot be started: install cups-client"
    case .failure(.exited(let code, let output)):
      let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
      let line = lines.first { $0.hasPrefix("lpadmin:") && !$0.contains("deprecated") }
      return line.map(String.init) ?? "lpadmin ended with status \(code)"
    case .failure(let fault): return "lpadmin did not end well: \(fault)"
    }
  }
}
