import ArgumentParser
import Control
import Hall
import Ports
import PrinterProtocols
import Settings

extension PrinterCommand {
  struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "models", abstract: "Lists the printer models, or says everything about one.")
    @Argument(help: "A model's id.")
    var id: String?
    @OptionGroup var models: ModelOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws {
      try answer.give {
        if let id { return Self.reply(try models.model(id)) }
        let all = try models.store().all
        let width = all.map(\.id.count).max() ?? 0
        return ControlReply(
          all.map { $0.id.padded(to: width) + "  " + $0.name }.joined(separator: "\n"),
          ["models": .list(all.map { .object(["id": .text($0.id), "name": .text($0.name)]) })])
      }
    }

    private static func reply(_ model: PrinterModel) -> ControlReply {
      var lines = [
        "\(model.id): \(model.name)",
        "paper      \(model.paperMillimetres) mm, \(model.widthDots) dots at \(model.dpi) dpi, cutter \(model.cutter.rawValue)",
        "can tell   status \(model.status.rawValue), completion \(model.completion.rawValue) (\(model.evidence.sentence))",
        "near end   \(model.seesNearEnd ? "seen by a sensor" : "counted: \(model.rollMillimetres / 1000) m on a roll")",
        "tried on   \(model.triedOn.isEmpty ? "nothing yet: untested" : model.triedOn.joined(separator: "; "))",
      ]
      for quirk in model.quirks { lines += ["quirk      \(quirk.what)", "           \(quirk.why) (\(quirk.source))"] }
      for code in model.conditions.codes {
        let words = PrinterModel.languages.compactMap { model.remedies[code]?[$0] }
        lines.append(code.padded(to: 18) + "  " + words.joined(separator: "\n" + String(repeating: " ", count: 20)))
      }
      return ControlReply(lines.joined(separator: "\n"), details(model))
    }

    private static func details(_ model: PrinterModel) -> [String: ControlValue] {
      [
        "id": .text(model.id), "name": .text(model.name), "language": .text(model.language.rawValue),
        "paper_mm": .number(Int64(model.paperMillimetres)), "width_dots": .number(Int64(model.widthDots)),
        "dpi": .number(Int64(model.dpi)), "cutter": .text(model.cutter.rawValue),
        "status_method": .text(model.status.rawValue), "completion": .text(model.completion.rawValue),
        "evidence": .text(model.evidence.code), "near_end_sensor": .flag(model.seesNearEnd),
        "roll_mm": .number(Int64(model.rollMillimetres)), "tried_on": .list(model.triedOn.map(ControlValue.text)),
        "quirks": .list(
          model.quirks.map { .object(["what": .text($0.what), "why": .text($0.why), "source": .text($0.source)]) }),
        "remedies": .object(model.remedies.mapValues { .object($0.mapValues(ControlValue.text)) }),
      ]
    }
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
}
