import Foundation
import Glibc
import HallSetup

/// Checks of what protects a hall's machine beside the hall's own programs.
struct MachineGuards {
  func watchdog() async -> Finding {
    let seconds = await Machine.property("RuntimeWatchdogUSec") ?? ""
    guard access("/dev/watchdog0", F_OK) == 0 else {
      return Finding(
        "watchdog", .note,
        "this machine has no hardware watchdog: a kernel that hangs waits for somebody to switch it off and on",
        zh: "本机没有硬件看门狗：内核死机时要有人断电重启")
    }
    guard !["", "0", "infinity"].contains(seconds) else {
      return Finding(
        "watchdog", .fault, "the hardware watchdog is not fed: systemctl daemon-reexec, or start the machine again",
        zh: "硬件看门狗没有启用：运行 systemctl daemon-reexec，或重启机器")
    }
    return Finding(
      "watchdog", .well, "the hardware watchdog restarts a machine that hangs (\(seconds))",
      zh: "硬件看门狗已启用（\(seconds)），死机会自动重启")
  }

  /// The profiles of the package.
  static let profiles = [
    "yichuangd", "yichuang-readerd", "yichuang-door", "yichuang-display", "yichuang-screen", "yichuang-pos",
  ]

  func appArmor() async -> Finding {
    guard Machine.text("/sys/module/apparmor/parameters/enabled") == "Y" else {
      return Finding(
        "apparmor", .note, "this kernel has no AppArmor: the units' own limits hold alone",
        zh: "内核没有开 AppArmor：只有服务单元自己的限制")
    }
    guard let loaded = Machine.text("/sys/kernel/security/apparmor/profiles") else {
      return Finding("apparmor", .note, "AppArmor's profiles can be seen by root only", zh: "AppArmor 的策略要用 root 查看")
    }
    let modes = Dictionary(
      loaded.split(separator: "\n").compactMap { line -> (String, String)? in
        let words = line.split(separator: " ")
        guard words.count >= 2, let mode = words.last else { return nil }
        return (words.dropLast().joined(separator: " "), String(mode))
      }, uniquingKeysWith: { first, _ in first })
    let missing = Self.profiles.filter { modes[$0] == nil }
    guard missing.isEmpty else {
      return Finding(
        "apparmor", .fault,
        "AppArmor has not loaded \(missing.joined(separator: ", ")): apt install apparmor, then systemctl reload apparmor",
        zh: "AppArmor 没有装入 \(missing.joined(separator: "、"))：先 apt install apparmor，再 systemctl reload apparmor")
    }
    let weak = Self.profiles.filter { modes[$0] != "(enforce)" }
    if !weak.isEmpty {
      return Finding(
        "apparmor", .note,
        "AppArmor only notes what \(weak.joined(separator: ", ")) may not do (aa-enforce switches that on)",
        zh: "AppArmor 对 \(weak.joined(separator: "、")) 只记录、不禁止（aa-enforce 可改成禁止）")
    }
    let pid = await Machine.property("MainPID", of: "yichuangd.service") ?? "0"
    let now = pid == "0" ? nil : Machine.text("/proc/\(pid)/attr/apparmor/current")
    if let now, !now.hasPrefix("yichuangd") {
      return Finding(
        "apparmor", .fault, "the daemon was started before its profile was loaded: systemctl restart yichuangd",
        zh: "服务启动时还没有装入 AppArmor 策略：systemctl restart yichuangd")
    }
    return Finding("apparmor", .well, "AppArmor holds the hall's programs", zh: "AppArmor 已管住大厅的程序")
  }

  func firewall() async -> Finding {
    guard FileManager.default.fileExists(atPath: FirewallCommand.file) else {
      return Finding(
        "firewall", .note, "no firewall of the hall is on: yichuangctl firewall on",
        zh: "没有打开大厅的防火墙：yichuangctl firewall on")
    }
    guard await Machine.output("/usr/sbin/nft", "list", "table", "inet", FirewallRules.table) != nil else {
      return Finding(
        "firewall", .fault,
        "the firewall's rules are written, but not in force: systemctl restart \(FirewallCommand.unit)",
        zh: "防火墙规则已写好但没有生效：systemctl restart \(FirewallCommand.unit)")
    }
    return Finding("firewall", .well, "the firewall is on", zh: "防火墙已打开")
  }

  func usb() async -> Finding {
    guard await Machine.property("ActiveState", of: "usbguard.service") == "active" else {
      return Finding(
        "usb", .note,
        "any USB device is accepted: yichuangctl usb on (a keyboard that nobody plugged in for you may type)",
        zh: "任何 USB 设备都会接受：yichuangctl usb on（可防有人插上伪装成键盘的设备）")
    }
    return Finding("usb", .well, "only known USB devices are accepted", zh: "只接受认识的 USB 设备")
  }

  func log() -> Finding {
    let isKept = FileManager.default.fileExists(atPath: "/var/log/journal")
    let isBounded = ["/usr/lib", "/lib", "/etc"].contains {
      FileManager.default.fileExists(atPath: $0 + "/systemd/journald.conf.d/50-yichuang.conf")
    }
    guard isKept, isBounded else {
      return Finding(
        "log", .fault, "the system's log is not kept on the disk, or not bounded: systemctl restart systemd-journald",
        zh: "系统日志没有存到磁盘，或没有上限：systemctl restart systemd-journald")
    }
    return Finding("log", .well, "the system's log is kept for half a year and bounded", zh: "系统日志留半年，有上限")
  }
}
