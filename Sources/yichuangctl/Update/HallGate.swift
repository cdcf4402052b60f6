import Control
import Foundation
import Glibc
import Ports
import Settings
import Subprocesses
import Updates

/// Whether a hall is well: its unit, its journal, its pages, its printing.
struct HallGate: Sendable {
  static let unit = "yichuangd.service"
  private static let daemon = "/usr/bin/yichuangd"
  private static let pauseMilliseconds: Int64 = 500
  private static let systemctlMilliseconds: Int64 = 180_000
  private let programs = SubprocessRunner()
  private let tools = DebianTools()
  let stateFolder: String
  /// How long the gate waits for a hall to be well.
  let seconds: Int

  /// What one look found.
  private enum Look {
    case well
    case ill(UpdateRecord.Reason)
    /// Waiting does not help.
    case ended(UpdateRecord.Reason)
  }

  func reason(_ version: String, _ baseline: UpdateRecord.Baseline, waits: Bool) async -> UpdateRecord.Reason? {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      switch await look(version, baseline) {
      case .well: return nil
      case .ended(let reason): return reason
      case .ill(let reason): if !waits || ContinuousClock.now >= deadline { return reason }
      }
      try? await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
    }
  }

  /// The hall before the update.
  func baseline(config: String) async -> UpdateRecord.Baseline {
    guard FileManager.default.fileExists(atPath: config) else { return .init(hasHall: false, wasWell: true) }
    let settings = try? ConfigurationOptions.settings(config)
    func baseline(_ wasWell: Bool, _ faults: [String]) -> UpdateRecord.Baseline {
      .init(
        hasHall: true, wasWell: wasWell, kioskListener: settings?.kioskListener.description,
        hallListener: settings?.hallListener.description, faults: faults)
    }
    let faults = status().map(Self.printingFaults) ?? []
    let version = await tools.installed()?.version ?? ""
    return baseline(await reason(version, baseline(true, faults), waits: false) == nil, faults)
  }

  /// nil when no daemon answers.
  func status() -> ControlReply? {
    try? ControlClient(stateFolder: stateFolder).ask(ControlRequest(.status), patience: 5)
  }

  func systemctl(_ words: String...) async -> Bool {
    let result = await programs.output(
      of: "/usr/bin/systemctl", ["--no-pager"] + words, reading: .both, limit: 65_536,
      within: Self.systemctlMilliseconds)
    if case .success = result { return true }
    return false
  }

  /// `ActiveState`, `MainPID`, `ExecMainStatus` of the daemon's unit.
  func unit() async -> [String: String] {
    let result = await programs.output(
      of: "/usr/bin/systemctl", ["show", "-p", "ActiveState", "-p", "MainPID", "-p", "ExecMainStatus", Self.unit],
      limit: 65_536, within: Self.systemctlMilliseconds)
    guard case .success(let output) = result else { return [:] }
    let pairs = String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
      let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return (halves[0], halves.count > 1 ? halves[1] : "")
    }
    return Dictionary(pairs) { $1 }
  }

  private func look(_ version: String, _ baseline: UpdateRecord.Baseline) async -> Look {
    guard let installed = await tools.installed(), installed == (version, true) else {
      return .ill(.init("the package is not wholly installed", zh: "软件包没有装完整"))
    }
    guard baseline.hasHall else { return .well }
    let unit = await unit()
    guard unit["ActiveState"] == "active" else {
      let status = unit["ExecMainStatus"] ?? ""
      let reason = UpdateRecord.Reason(
        "its daemon does not run (\(unit["ActiveState"] ?? "unknown"), status \(status))",
        zh: "服务没有运行（\(unit["ActiveState"] ?? "unknown")，状态 \(status)）")
      // The unit does not restart the daemon after these statuses.
      return unit["ActiveState"] == "failed" && ["65", "78"].contains(status) ? .ended(reason) : .ill(reason)
    }
    guard let process = unit["MainPID"], Self.program(of: process) == Self.daemon else {
      return .ill(.init("the daemon that runs is of another version", zh: "运行着的还是另一个版本"))
    }
    return await ask(baseline)
  }

  private func ask(_ baseline: UpdateRecord.Baseline) async -> Look {
    guard let status = status(), status.status == 0 else {
      return .ill(.init("its daemon does not answer", zh: "服务没有应答"))
    }
    guard status.details["journal"] == .text("ok") else {
      return .ill(.init("its journal waits for staff to accept it", zh: "账本要先由工作人员接受"))
    }
    for (listener, paths) in [(baseline.kioskListener, ["/readyz", "/touch/"]), (baseline.hallListener, ["/window/"])] {
      guard let listener, let endpoint = Endpoint(loopback: listener) else { continue }
      for path in paths {
        let answer = PageProbe.status(path, at: endpoint)
        guard answer != 200 else { continue }
        let said = answer.map(String.init) ?? "-"
        return .ill(.init("\(path) at \(listener) answers \(said)", zh: "\(listener) 的 \(path) 回答 \(said)"))
      }
    }
    let worse = Self.printingFaults(status).filter { !baseline.faults.contains($0) }
    guard worse.isEmpty else {
      let words = worse.joined(separator: " ")
      return .ill(.init("printing is worse than before: \(words)", zh: "打印比更新前差：\(words)"))
    }
    return .well
  }

  /// Faults that keep slips from coming out, `CODE@KIOSK`.
  private static func printingFaults(_ status: ControlReply) -> [String] {
    guard case .list(let faults)? = status.details["faults"] else { return [] }
    return faults.compactMap { fault in
      guard case .text(let text) = fault, let code = text.split(separator: "@").first,
        FaultCode(rawValue: String(code))?.stops == .paper
      else { return nil }
      return text
    }
  }

  private static func program(of process: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = readlink("/proc/\(process)/exe", &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
  }
}
