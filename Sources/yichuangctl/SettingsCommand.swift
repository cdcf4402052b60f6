import ArgumentParser
import Control
import Foundation
import SecurityRecords

/// The configurations that were in force.
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "Lists the configurations that were in force, with who put them there and when.",
    subcommands: [History.self, Show.self], defaultSubcommand: History.self)

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "history", abstract: "Every configuration, the newest last; the newest 200 are kept.")
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws {
      let history = SettingsHistory(stateFolder: state.folder)
      let numbers = history.numbers()
      guard !numbers.isEmpty else { return try answer.give(Self.nothing(state.folder)) }
      for entry in numbers.compactMap({ history.entry($0) }) {
        if answer.json {
          let fields: [String: ControlValue] = [
            "number": .number(Int64(entry.number)), "at": .text(entry.at), "by": .text(entry.by),
            "sections": .list(entry.sections.map(ControlValue.text)),
          ]
          print(String(decoding: try JSONEncoder().encode(ControlValue.object(fields)), as: UTF8.self))
        } else {
          print(entry.number, entry.at, entry.by, entry.sections.joined(separator: " "))
        }
      }
    }

    static func nothing(_ folder: String) -> ControlReply {
      let path = "\(folder)/\(SettingsHistory.name)"
      return ControlReply(
        .folder, "there is no history of settings in \(path), or this user may not read it",
        zh: "\(path) 里没有配置历史，或当前用户无权读取")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "What a configuration changed, or with --whole the file; secrets are masked.")
    @Argument(help: "The number that `history` gives.")
    var number: Int
    @Flag(help: "The whole file.")
    var whole = false
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws {
      let history = SettingsHistory(stateFolder: state.folder)
      guard let entry = history.entry(number) else {
        return try answer.give(
          ControlReply(
            .refused, "there is no configuration \(number): `yichuangctl settings history` lists them",
            zh: "没有第 \(number) 份配置：用 yichuangctl settings history 查看"))
      }
      let earlier = history.numbers().last { $0 < number }.flatMap { history.entry($0) }
      let lines = SettingsHistory.difference(from: earlier, to: entry)
      if answer.json {
        let fields: [String: ControlValue] = [
          "number": .number(Int64(entry.number)), "at": .text(entry.at), "by": .text(entry.by),
          "difference": .list(lines.map(ControlValue.text)), "text": .text(entry.text),
        ]
        print(String(decoding: try JSONEncoder().encode(ControlValue.object(fields)), as: UTF8.self))
      } else if whole {
        print(entry.text, terminator: "")
      } else {
        for line in lines { print(line) }
      }
    }
  }
}
