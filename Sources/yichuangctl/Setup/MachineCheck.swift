import Control
import Foundation
import Groundwork
import Hall

/// Whether a hall can run on this machine.
struct MachineCheck {
  /// MiB; below it a kiosk's browser may be ended by the system.
  private static let leastMemory = 1800
  /// MiB that a journal, a spool and an update need.
  private static let leastDisk = 256
  private static let usualDisk = 2048

  let memory: Int
  let disk: Int
  let now: Date

  /// - Parameter folder: the state folder, or the nearest folder above it that is there.
  init(stateFolder folder: String) {
    let line = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8))?.split(separator: "\n").first
    memory = (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) >> 10
    var parent = folder
    while !FileManager.default.fileExists(atPath: parent), let slash = parent.lastIndex(of: "/") {
      parent = slash == parent.startIndex ? "/" : String(parent[..<slash])
    }
    var facts = statvfs()
    disk = statvfs(parent, &facts) == 0 ? Int(clamping: (UInt64(facts.f_bavail) * UInt64(facts.f_frsize)) >> 20) : 0
    now = Date()
  }

  var words: (english: String, chinese: String) {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 8 * 3600)
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    let time = formatter.string(from: now)
    return (
      "This machine: \(memory) MiB of memory, \(disk) MiB of disk free, clock \(time) (Beijing)",
      "本机：内存 \(memory) MiB，磁盘可用 \(disk) MiB，时间 \(time)（北京时间）"
    )
  }

  /// Why no hall can be set up here; nil when one can.
  var fault: SetupFault? {
    if disk < Self.leastDisk {
      return SetupFault(
        .disk, "only \(disk) MiB of disk are free: make room (\(Self.usualDisk) MiB), then run setup again",
        zh: "磁盘只剩 \(disk) MiB：先腾出空间（\(Self.usualDisk) MiB），再运行 setup")
    }
    let day = Int(now.timeIntervalSince1970 / 86_400)
    if day < ProductVersion.date.daysSinceEpoch {
      return SetupFault(
        .refused,
        "the clock cannot be right: set it (timedatectl set-time 'YYYY-MM-DD HH:MM:SS'), then run setup again",
        zh: "时钟不对：先校准（timedatectl set-time 'YYYY-MM-DD HH:MM:SS'），再运行 setup")
    }
    return nil
  }

  /// Warnings that do not prevent setup.
  var warnings: [(english: String, chinese: String)] {
    var found: [(english: String, chinese: String)] = []
    if memory < Self.leastMemory {
      found.append(
        (
          "less than 2 GB of memory: a kiosk's screen on this machine may be ended by the system",
          "内存不到 2 GB：本机兼作取号机时，屏幕可能被系统结束"
        ))
    }
    if disk < Self.usualDisk {
      found.append(("less than \(Self.usualDisk) MiB of disk are free", "磁盘可用空间不到 \(Self.usualDisk) MiB"))
    }
    return found
  }
}
