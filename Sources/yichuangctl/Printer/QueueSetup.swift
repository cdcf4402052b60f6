import Control
import Foundation
import Hall
import Ports
import PrinterProtocols
import PrintersCUPS

/// Creates the queue and checks it: lpadmin also succeeds where printing will not work.
struct QueueSetup {
  let plan: QueuePlan
  let book: QueueTable
  /// CUPS queries an IPP printer in the background; seconds to wait for that.
  static let driverlessSeconds = 30.0

  func run() async -> ControlReply {
    let existed = (try? book.entry(plan.queue)) != nil
    if let fault = Lpadmin.run(plan.words) {
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
        return remove(existed, "\(why); is the printer switched on and in the network?")
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
      let entry = try book.entry(plan.queue)
      if entry.path == wanted || Date() >= deadline { return entry }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// A queue that cannot print is removed; one that existed before is left to the operator.
  private func remove(_ existed: Bool, _ why: String) -> ControlReply {
    guard !existed else {
      return ControlReply(
        .unavailable, "\(plan.queue) was changed, but does not work: \(why)",
        zh: "打印队列 \(plan.queue) 改了，但不能用（\(why)）：检查打印机是否开机、联网", plan.details)
    }
    let left = Lpadmin.run(plan.removal).map { "; it could not be taken away again: \($0)" } ?? ""
    return ControlReply(
      .unavailable, "\(plan.queue) was not set up: \(why)\(left)",
      zh: "打印队列 \(plan.queue) 没有建成（\(why)\(left)）：检查打印机是否开机、联网", plan.details)
  }

  private func done(_ entry: QueueTable.Entry) async -> ControlReply {
    let printer = CUPSPrinter(configuration: .init(queue: plan.queue, server: book.server, sheets: plan.model.isSheet))
    let conditions = await printer.probe()
    var details = plan.details
    details["path"] = .text(entry.path.word)
    details["conditions"] = .list(conditions.codes.map(ControlValue.text))
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
enum Lpadmin {
  /// Nil on success; otherwise its message.
  static func run(_ words: [String]) -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/sbin/lpadmin")
    process.arguments = words
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { return "lpadmin cannot be started: install cups-client" }
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile().prefix(2000), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus != 0 else { return nil }
    let line = said.split(separator: "\n").first { $0.hasPrefix("lpadmin:") && !$0.contains("deprecated") }
    return line.map(String.init) ?? "lpadmin ended with status \(process.terminationStatus)"
  }
}
