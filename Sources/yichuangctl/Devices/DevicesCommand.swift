import ArgumentParser
import Control
import Foundation
import ReaderProtocols
import Settings
import YAMLDocuments

/// Lists card readers and scanners without opening one, whether or not a daemon runs.
struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "Shows the card readers and scanners that are plugged in, and what to do about each.",
    subcommands: [List.self, Models.self, Rules.self, Try.self, Record.self], defaultSubcommand: List.self)

  struct Options: ParsableArguments {
    @Option(
      name: .customLong("keyboard"), help: "A scanner that types, as lsusb shows it (VVVV:PPPP); may be given often.",
      transform: { text in
        guard let numbers = ReaderModel.Numbers(text), numbers.product != nil else {
          throw ValidationError("“\(text)”: write vendor and product as lsusb shows them, such as 0c2e:0901")
        }
        return numbers
      })
    var keyboards: [ReaderModel.Numbers] = []
    @Option(help: "A folder of reader models (default: those that come with the package).")
    var models: String?
    @OptionGroup var answer: AnswerOptions

    func give(_ reply: (ReaderModelStore) -> ControlReply) throws {
      let folder: String
      if let models {
        folder = absolutePath(models)
      } else {
        do throws(ShareFolder.Missing) { folder = try ShareFolder.find().readerModels } catch {
          return try answer.give(ControlReply(.installation, error.description, zh: error.chinese))
        }
      }
      let loaded = ReaderModelStore.load(folder)
      guard let store = loaded.value else { return try answer.give(Reference.faults(loaded.faults, folder)) }
      try answer.give(reply(store))
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists what is plugged in, who holds it and what to do.",
      discussion: "Who holds a device is seen in full as root only.")
    @Option(
      help:
        "The hall's configuration, which says whose each device is (default: /etc/yichuang/yichuang.yaml if it is there)."
    )
    var config: String?
    @OptionGroup var options: Options
    @Option(help: .hidden)
    var root = ""

    func run() throws {
      try options.give { store in
        let hall: DeviceOwners?
        do throws(DeviceOwners.Fault) { hall = try DeviceOwners(config: config) } catch { return error.reply }
        let devices = PluggedDevice.all(root: root, store, keyboards: options.keyboards + (hall?.keyboards ?? []))
        let lines = devices.flatMap { Self.lines($0, hall) }
        let details = devices.map { device -> ControlValue in
          .object(device.details.merging(hall?.details(device) ?? [:]) { first, _ in first })
        }
        return ControlReply(
          devices.isEmpty
            ? "no card reader and no scanner of a known kind is plugged in; lsusb shows what is"
            : lines.joined(separator: "\n"),
          zh: devices.isEmpty ? "没有插着认得的读卡器或扫码器；lsusb 列出插着什么" : nil,
          ["devices": .list(details)])
      }
    }

    private static func lines(_ device: PluggedDevice, _ hall: DeviceOwners?) -> [String] {
      let kind = device.numbers + "  " + device.model.id.padded(to: 18) + device.name
      var lines = [device.portPath.padded(to: 8) + "  " + kind]
      let under = ["held by \(device.holder.words)", device.advice] + (hall.map { [$0.words(device)] } ?? [])
      for words in under { lines.append("          " + words) }
      return lines
    }
  }

  struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "models", abstract: "Lists the reader models, with what each is known by.")
    @OptionGroup var options: Options

    func run() throws {
      try options.give { store in
        let lines = store.all.map { model in
          model.id.padded(to: 18) + model.way.rawValue.padded(to: 11) + model.name
            + (model.triedOn.isEmpty ? "  (untested)" : "")
        }
        return ControlReply(
          lines.joined(separator: "\n"),
          ["models": .list(store.all.map { .object(["id": .text($0.id), "way": .text($0.way.rawValue)]) })])
      }
    }
  }

  struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rules", abstract: "Prints the udev rules that let the daemon open readers and scanners.",
      discussion: "Into /etc/udev/rules.d/60-yichuang-readers.rules, then: udevadm control --reload && udevadm trigger."
    )
    @OptionGroup var options: Options

    func run() throws {
      try options.give { store in
        let text = ReaderRules.text(store.all, keyboards: options.keyboards)
        return ControlReply(String(text.dropLast()), ["rules": .text(text)])
      }
    }
  }
}
