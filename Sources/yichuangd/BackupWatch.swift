import Backups
import Desks
import Glibc
import Groundwork
import Ports
import ServiceLifecycle

/// Shows on the health board that a target of `backup.yaml` has had no verified archive for two days.
///
/// It shows too that all archives are on the hall's own file system.
///
/// The tool makes archives and writes when each target got its last one. A hall without `backup.yaml` makes none, and is not
/// reminded.
struct BackupWatch: Service {
  let stateFolder: String
  /// `backup.yaml` beside the configuration.
  let settings: String
  let health: HealthBoard
  let clock: any TimeSource

  init(_ plan: Plan, _ hall: OpenedHall, _ health: HealthBoard, _ clock: any TimeSource) {
    let folder = plan.configuration.lastIndex(of: "/").map { String(plan.configuration[..<$0]) } ?? "."
    // A training has no backups: with an empty name no file is found, and nobody is reminded.
    (stateFolder, settings) = (hall.path, plan.isTraining ? "" : folder + "/backup.yaml")
    (self.health, self.clock) = (health, clock)
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        if isOld { await health.raise(.backupOld) } else { await health.clear(.backupOld) }
        if isOnOneDisk { await health.raise(.backupOnOneDisk) } else { await health.clear(.backupOnOneDisk) }
        try? await clock.sleep(milliseconds: 60_000)
      }
    }
  }

  /// As the tool found it at its last run.
  private var isOnOneDisk: Bool {
    access(settings, F_OK) == 0 && LastBackup.read(stateFolder: stateFolder)?.isOnOneDisk == true
  }

  private var isOld: Bool {
    var status = stat()
    guard stat(settings, &status) == 0 else { return false }
    guard let last = LastBackup.read(stateFolder: stateFolder) else {
      // No backup has run since the file was written.
      return clock.now().milliseconds - Int64(status.st_mtim.tv_sec) * 1000 > LastBackup.oldAfter
    }
    return last.isOld(at: clock.now())
  }

  /// For the page of the day; nil in a hall without `backup.yaml`.
  var present: PresentBackup? {
    var status = stat()
    guard stat(settings, &status) == 0 else { return nil }
    let weakest = LastBackup.read(stateFolder: stateFolder)?.weakest
    let at = weakest.flatMap { $0.state.hasArchive ? Timestamp(milliseconds: $0.state.since) : nil }
    return PresentBackup(target: weakest?.target, at: at, isOld: isOld)
  }

  /// For `yichuangctl status`; nil in a hall without `backup.yaml`.
  var words: (english: String, chinese: String, age: Int64?)? {
    var status = stat()
    guard stat(settings, &status) == 0 else { return nil }
    guard let weakest = LastBackup.read(stateFolder: stateFolder)?.weakest, weakest.state.hasArchive else {
      return ("no backup yet", "还没有备份", nil)
    }
    let hours = max(0, clock.now().milliseconds - weakest.state.since) / 3_600_000
    return ("last backup \(hours) h ago (\(weakest.target))", "上次备份在 \(hours) 小时前（\(weakest.target)）", hours)
  }
}
