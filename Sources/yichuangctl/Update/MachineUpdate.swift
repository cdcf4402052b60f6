import Backups
import Control
import Foundation
import Ports
import Seal
import SecurityRecords
import Updates

/// What an update does to this machine.
struct MachineUpdate: UpdateActions {
  let store: UpdateStore
  let state: StateOptions
  let gate: HallGate
  private let tools = DebianTools()
  private static let openingSeconds = 150

  init(_ store: UpdateStore, state: StateOptions, gate: HallGate) {
    self.store = store
    self.state = state
    self.gate = gate
  }

  func backUp(_ record: UpdateRecord) throws(UpdateFault) {
    for suffix in ["", JournalHead.fileSuffix] { unlink(store.copy + suffix) }
    // Without a journal there is nothing to back up.
    guard FileManager.default.fileExists(atPath: state.folder + "/journal.sqlite") else { return }
    let reply = JournalCopy(state).make(at: store.copy)
    guard reply.status == 0 else { throw UpdateFault(reply) }
  }

  func install(_ record: UpdateRecord) async throws(UpdateFault) {
    try whole(store.nextPackage, record.next)
    if let words = await tools.install(store.nextPackage) { throw Self.refused(words) }
  }

  func gate(_ record: UpdateRecord, _ version: String, waits: Bool) async -> UpdateRecord.Reason? {
    await gate.reason(version, record.baseline, waits: waits)
  }

  func unpackPrevious(_ record: UpdateRecord) async throws(UpdateFault) {
    try whole(store.previousPackage, record.previous)
    if let words = await tools.unpack(store.previousPackage) { throw Self.refused(words) }
  }

  func configureAndStart(_ record: UpdateRecord) async throws(UpdateFault) {
    if let words = await tools.configure() { throw Self.refused(words) }
    guard record.baseline.hasHall else { return }
    _ = await gate.systemctl("daemon-reload")
    _ = await gate.systemctl("reset-failed", HallGate.unit)
    // The gate checks whether it runs.
    _ = await gate.systemctl("restart", HallGate.unit)
  }

  func refusesJournal() async -> Bool {
    let unit = await gate.unit()
    return unit["ActiveState"] != "active" && unit["ExecMainStatus"] == "65"
  }

  func restoreCopy(_ record: UpdateRecord) async throws(UpdateFault) {
    let hasSocket = await gate.systemctl("is-active", "yichuangd.socket")
    // Else a connection would start the daemon during the restore.
    if hasSocket { _ = await gate.systemctl("stop", "yichuangd.socket") }
    _ = await gate.systemctl("stop", HallGate.unit)
    let copy = store.copy
    let restored = ClosedHall.reply(state.folder) { folder throws(StateFault) in
      let seal = try ClosedHall.hallSeal(folder.path, nil, isNeeded: false) ?? .withoutKey
      let report = try folder.restoreJournal(copy, sealing: seal, force: true)
      return ControlReply(report.replaced ?? "", ["records": .number(report.verification.records)])
    }
    guard restored.status == 0 else { throw UpdateFault(restored) }
    ToolRecord.note(.backupRestored, [.file: copy], state: state.folder)
    if hasSocket { _ = await gate.systemctl("start", "yichuangd.socket") }
    _ = await gate.systemctl("reset-failed", HallGate.unit)
    _ = await gate.systemctl("start", HallGate.unit)
    let deadline = ContinuousClock.now + .seconds(Self.openingSeconds)
    while gate.status() == nil, ContinuousClock.now < deadline {
      try? await Task.sleep(for: .milliseconds(200))
    }
    var request = ControlRequest(.acceptJournal)
    request.by = ToolRecord.by
    let accepted = try? ControlClient(stateFolder: state.folder).ask(request)
    guard let accepted, accepted.status == 0 else {
      throw accepted.map { UpdateFault($0) }
        ?? UpdateFault(
          .unavailable,
          "the journal from before is restored, and the daemon does not answer: journalctl -u yichuangd -n 50, then yichuangctl update resume",
          zh: "更新前的账本已恢复，但服务没有应答：先看 journalctl -u yichuangd -n 50，再运行 yichuangctl update resume")
    }
  }

  /// Checks that the package is still the one that was verified, because the disk may have damaged it since.
  private func whole(_ file: String, _ package: UpdateRecord.Package) throws(UpdateFault) {
    do throws(BackupFault) {
      if try DurableFile.measure(file).digest == package.sha256 { return }
    } catch { throw UpdateFault(error) }
    throw UpdateFault(
      .data, "\(file) is not the package any more that was kept: look at the disk", zh: "\(file) 与存进来时不一样：检查磁盘")
  }

  private static func refused(_ words: String) -> UpdateFault {
    if words.contains("No space left") {
      return UpdateFault(
        .disk, "the disk became full while the package was installed: make room, then try again",
        zh: "安装时磁盘满了：腾出空间再试")
    }
    return UpdateFault(
      .installation, "the package manager refused (\(words)): put that right, then try again",
      zh: "软件包管理器拒绝（\(words)）：处理好再试")
  }
}
