import Backups
import Control
import Foundation
import Hall
import HallSetup
import PrinterProtocols
import Settings
import YAMLDocuments

extension SetupDialogue {
  /// All answers, with those of the present configuration as defaults.
  ///
  /// - Parameters:
  ///   - isKnown: this machine has a journal already, so it is neither new nor a replacement to be filled.
  ///   - printers: finds and tries them while their kiosk is asked for.
  ///   - backups: the path of the file that says where backups go, whether or not it is there.
  func answers(
    _ present: PresentConfiguration?, isKnown: Bool, printers: PrinterStep, backups: String
  ) async throws -> SetupAnswers {
    let machine: SetupAnswers.Machine =
      isKnown || present != nil ? .new : try ask(.machine, default: "new") { $0.machine() }
    if machine == .replacement { throw HallSetUp.restoreFirst }
    let division = try ask(.division, default: present?.hall("division")) { $0.division() }
    say("  → \(division.name)便民服务中心 \(division.code)", zh: "  → \(division.name)便民服务中心 \(division.code)")
    let address = try ask(.address, default: present?.hall("address") ?? "重庆市铜梁区\(division.name)") { $0.text(.address) }
    let hours = try hours(present)
    let consult = try ask(.consultPhone, default: present?.hall("consult_phone") ?? "12345") { $0.phone(.consultPhone) }
    let supervise = try ask(.supervisePhone, default: present?.hall("supervise_phone") ?? "12345") {
      $0.phone(.supervisePhone)
    }
    let windows = try windows(present?.windows)
    let kiosks = try await kiosks(present, printers)
    let screen = try screen()
    let readers = try readers(present)
    let staff = try staff(present?.staff ?? [])
    let catalogue = try ask(.catalogue, default: "packaged") { reader in
      reader.catalogue().flatMap { isThere($0) ? $0 : nil }
    }
    let certificates = try certificates(present)
    let backup = try backup(backups)
    return SetupAnswers(
      machine: machine, division: division, address: address, hours: hours, hoursText: nil, consultPhone: consult,
      supervisePhone: supervise, windows: windows, kiosks: kiosks, screen: screen, readers: readers,
      staff: staff, catalogue: catalogue, certificateAddress: certificates, backup: backup)
  }

  private func hours(_ present: PresentConfiguration?) throws -> SetupAnswers.Hours {
    let usual: String? =
      switch present?.hours {
      case .always?: "always"
      case .sessions(let sessions)?: sessions.joined(separator: " ")
      case nil: "09:00-12:00 14:00-17:30"
      }
    if present != nil, present?.hours == nil {
      say(
        "\nThe days have different sessions now; an answer gives all working days the same.",
        zh: "\n现在各工作日的时段不同；这里的回答会让五天都一样。")
    }
    return try ask(.hours, default: usual) { $0.hours() }
  }

  private func windows(_ there: SetupAnswers.Windows?) throws -> SetupAnswers.Windows {
    show(.windows)
    return SetupAnswers.Windows(
      comprehensive: try number(
        "How many comprehensive windows?", zh: "综合窗口几个", in: 1...60, default: there?.comprehensive ?? 2),
      police: try number(
        "How many of the police (0 for none)?", zh: "公安派驻窗口几个（没有写 0）", in: 0...9, default: there?.police ?? 1),
      pickUp: try number(
        "How many for collecting results (0 for none)?", zh: "出件窗口几个（没有写 0）", in: 0...9, default: there?.pickUp ?? 1))
  }

  private func kiosks(_ present: PresentConfiguration?, _ printers: PrinterStep) async throws -> [SetupAnswers.Kiosk] {
    show(.kiosks)
    let queues = present?.kioskQueues ?? []
    let count = try number("Kiosks", zh: "台数", in: 1...8, default: max(1, queues.count))
    var kiosks: [SetupAnswers.Kiosk] = []
    for index in 0..<count {
      let id = queues.indices.contains(index) ? queues[index] ?? nil : nil
      say("\nKiosk \(index + 1): its printer", zh: "\n第 \(index + 1) 台取号机的打印机")
      let isKept =
        if let id {
          try yes("Keep the printer that is there (\(id))?", zh: "打印机（\(id)）不变？", default: true)
        } else {
          false
        }
      let queue = ConfigurationDraft.queue(ofKiosk: index, present)
      kiosks.append(
        SetupAnswers.Kiosk(printer: isKept ? .asItIs : try await printers.choose(self, queue: queue)))
    }
    return kiosks
  }

  private func screen() throws -> Bool {
    show(.screen)
    let outputs = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/class/drm")) ?? []
    let isPlugged = outputs.contains { name in
      let status = FileManager.default.contents(atPath: "/sys/class/drm/\(name)/status")
      return status.map { String(decoding: $0, as: UTF8.self).trimmed == "connected" } ?? false
    }
    return try yes(
      "Show it?", zh: "显示", default: isPlugged || ScreenFiles(root: "").page() != nil)
  }

  private func readers(_ present: PresentConfiguration?) throws -> Bool {
    let step = ReaderStep()
    for line in step.lines { say("  " + line, zh: "  " + line) }
    if step.devices.isEmpty { say("\nNo reader or scanner is plugged in.", zh: "\n没有插着认得的读卡器或扫码器。") }
    show(.readers)
    let isUsed = try yes("Use them?", zh: "使用", default: present.map(\.hasReaders) ?? !step.devices.isEmpty)
    if isUsed { step.tryAll(self) }
    return isUsed
  }

  private func staff(_ there: [(badge: String, name: String, role: String)]) throws -> [SetupAnswers.Member] {
    show(.staff)
    for member in there {
      say("  \(member.badge)  \(member.name)  \(member.role)", zh: "  \(member.badge)  \(member.name)  \(member.role)")
    }
    while true {
      let word = try line(
        Terminal.isChinese
          ? (there.isEmpty ? "表格文件（CSV：姓名,工号,角色），或按回车逐个输入" : "按回车不变；或写表格文件（CSV：姓名,工号,角色）；或写 + 再加人")
          : (there.isEmpty
            ? "A table (CSV: 姓名,工号,角色), or Enter to type them"
            : "Enter for no change, a table (CSV: 姓名,工号,角色), or + to add people"),
        default: nil)
      let present = there.map(Self.node)
      let content: YAMLNode.Content =
        if word.isEmpty && !there.isEmpty {
          .list(present)
        } else if word.isEmpty || word == "+" {
          .list(present + (try typedStaff()))
        } else {
          .scalar(word, quoted: true)
        }
      if let staff = answer(.staff, content, { $0.staff() }) { return staff }
    }
  }

  private func typedStaff() throws -> [YAMLNode] {
    var people: [YAMLNode] = []
    while true {
      let text = try line(
        Terminal.isChinese
          ? "  姓名 工号 角色（窗口人员、代办员、统筹人员，或 系统管理员、安全管理员、审计管理员），回车结束"
          : "  name badge role (clerk, agent, coordinator; system_administrator, security_administrator, auditor), Enter to end",
        default: nil)
      if text.isEmpty { return people }
      let words = text.split { $0.isWhitespace || ",，".contains($0) }.map(String.init)
      guard words.count == 3 else {
        say("  ! write three words", zh: "  ！写三个词：姓名 工号 角色")
        continue
      }
      people.append(Self.node((badge: words[1], name: words[0], role: words[2])))
    }
  }

  private static func node(_ member: (badge: String, name: String, role: String)) -> YAMLNode {
    let location = FileLocation(file: "")
    return YAMLNode(
      .table(
        [("badge", member.badge), ("name", member.name), ("role", member.role)].map {
          (key: $0.0, location: location, value: YAMLNode(.scalar($0.1, quoted: true), at: location))
        }), at: location)
  }

  private func isThere(_ catalogue: SetupAnswers.Catalogue) -> Bool {
    guard case .file(let path) = catalogue, !FileManager.default.isReadableFile(atPath: path) else { return true }
    say("  ! \(path) cannot be read: check the path", zh: "  ！\(path) 读不了：核对路径")
    return false
  }

  /// Enter keeps the present door, or no door.
  private func certificates(_ present: PresentConfiguration?) throws -> String? {
    let usual = present.map(\.doorAddress) ?? OwnAddress.first
    return try ask(.certificates, default: usual ?? "none") { reader -> String?? in .some(reader.certificates()) }
  }

  /// Enter keeps the present backup targets; nil changes nothing.
  private func backup(_ file: String) throws -> SetupAnswers.Backup? {
    show(.backup)
    let there = BackupSettings.load(file).value
    if let there {
      let targets = there.targets.map(\.description).joined(separator: ", ")
      say("  Now: \(targets) (\(file))", zh: "  现在：\(targets)（\(file)）")
    }
    while true {
      let target = try line(">", default: there == nil ? "none" : "keep")
      if target == "none", there != nil {
        say(
          "  ! backups go on, as \(file) says; to end them: systemctl disable --now yichuang-backup.timer. Write keep, or another place",
          zh: "  ！备份照 \(file) 继续；要停：systemctl disable --now yichuang-backup.timer。不变写 keep，或写别的地方")
        continue
      }
      if target == "none" || (target == "keep" && there != nil) { return nil }
      let recipient = try line(
        Terminal.isChinese
          ? "  公钥（yichuangctl backup keygen 文件 给出的 age1…；私钥只放在保险柜里）"
          : "  The public key (age1… of `yichuangctl backup keygen FILE`; the private one stays in a safe)",
        default: nil)
      let location = FileLocation(file: "")
      let content = YAMLNode.Content.table(
        [("recipient", recipient), ("target", target)].map {
          (key: $0.0, location: location, value: YAMLNode(.scalar($0.1, quoted: true), at: location))
        })
      if let backup = answer(.backup, content, { $0.backup() }) { return backup }
    }
  }
}
