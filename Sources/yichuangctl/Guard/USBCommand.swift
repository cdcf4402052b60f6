import ArgumentParser
import Control
import Foundation
import HallSetup
import ReaderProtocols
import Settings
import YAMLDocuments

/// Which USB devices this machine accepts, by USBGuard.
struct USBCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "usb",
    abstract: "Accepts the USB devices that are plugged in now, and spares of the hall's kinds; nothing else.",
    discussion: """
      Plug in everything that belongs to the machine first, your own keyboard too: an unknown keyboard is refused from then on. Where \
      nobody gets in any more, start the machine with systemd.mask=usbguard.service on the kernel's command line.
      """,
    subcommands: [On.self, Off.self, Show.self])

  static let unit = "usbguard.service"
  static let file = "/etc/usbguard/rules.conf"
  static let program = "/usr/bin/usbguard"

  struct On: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "on",
      abstract: "Writes the rules of what is plugged in, and has them in force now and after every start.")
    @Flag(help: "Only print the rules.")
    var dryRun = false
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        guard access(USBCommand.program, X_OK) == 0 else {
          throw TLSFault(
            .installation, "USBGuard is missing: apt install usbguard, then once more",
            zh: "缺少 USBGuard：先 apt install usbguard，再运行一次")
        }
        // Rules without the port, because a reader may be plugged into another one.
        guard let present = await Machine.output(USBCommand.program, "generate-policy", "--no-ports-sn") else {
          throw TLSFault(.unavailable, "USBGuard cannot list what is plugged in", zh: "USBGuard 列不出已插的设备")
        }
        let policy = USBPolicy(present: present, readers: try Self.known())
        guard policy.count > 0 else {
          throw TLSFault(
            .refused, "no USB device is plugged in: plug in what belongs to the machine first",
            zh: "没有插 USB 设备：先把该插的都插好")
        }
        if dryRun { return ControlReply(policy.text, ["rules": .text(policy.text)]) }
        let file = USBCommand.file
        if let former = FileManager.default.contents(atPath: file) {
          try TLSFile.write(Array(former), file + ".1", mode: 0o600)
        }
        try TLSFile.write(Array(policy.text.utf8), file, mode: 0o600)
        for words in [["enable", USBCommand.unit], ["restart", USBCommand.unit]] {
          if let fault = await Machine.failure("/usr/bin/systemctl", words) {
            throw TLSFault(
              .unavailable, "the rules are written, but not in force: \(fault)", zh: "规则已写好，但没有生效：\(fault)")
          }
        }
        return ControlReply(
          "\(policy.count) USB devices are accepted, spares of the hall's kinds, and nothing else; a new device: plug it in, then usb on, again",
          zh: "只接受现在插着的 \(policy.count) 个 USB 设备和同类备件；换别的设备：先 yichuangctl usb off，插好，再 yichuangctl usb on",
          ["devices": .number(Int64(policy.count)), "file": .text(file)])
      }
    }

    /// The readers and scanners of the installed models.
    private static func known() throws(TLSFault) -> [String] {
      let folder: String
      do throws(ShareFolder.Missing) { folder = try ShareFolder.find().readerModels } catch {
        throw TLSFault(.installation, error.description, zh: error.chinese)
      }
      let models = ReaderModelStore.load(folder).value?.all ?? []
      return models.flatMap(\.numbers).map { numbers in
        Self.hex(numbers.vendor) + ":" + (numbers.product.map(Self.hex) ?? "*")
      }
    }

    private static func hex(_ number: UInt16) -> String {
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: 4 - digits.count) + digits
    }
  }

  struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "off", abstract: "Accepts any USB device again.")
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      if let fault = await Machine.failure("/usr/bin/systemctl", "disable", "--now", USBCommand.unit) {
        return try answer.give(
          ControlReply(.unavailable, "USBGuard does not end: \(fault)", zh: "USBGuard 没有关掉：\(fault)"))
      }
      try answer.give(
        ControlReply(
          "any USB device is accepted again; unplug and plug in what was refused", zh: "任何 USB 设备都接受了；被拒的设备拔插一次"))
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "What is plugged in, and what is accepted of it.")
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      guard let devices = await Machine.output(USBCommand.program, "list-devices") else {
        return try answer.give(
          ControlReply(
            .unavailable, "USBGuard does not run, or this is not root: yichuangctl usb on",
            zh: "USBGuard 没有运行，或不是 root：yichuangctl usb on"))
      }
      try answer.give(ControlReply(devices, ["devices": .text(devices)]))
    }
  }
}
