import ArgumentParser
import Control
import ReaderProtocols
import SecurityRecords

struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Shows what a recorded dump of a reader or scanner means.",
    discussion: """
      A dump is the bytes themselves, or hexadecimal digits with white space between them and # before remarks; of reports, \
      one a line. card-text: the 256 bytes of a card's text. sam-frame: frames of a card module, both ways. hid-pos: \
      reports of 64 bytes. hid-keyboard: reports of 8 bytes. What people read is masked unless --show is given; --json tells \
      everything unless --mask is. Photos and fingerprints are never shown. Ends with 65 when nothing in the dump has a meaning.
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case cardText = "card-text"
    case samFrame = "sam-frame"
    case hidPOS = "hid-pos"
    case hidKeyboard = "hid-keyboard"
  }

  enum Privacy: String, EnumerableFlag {
    case show, mask
  }

  @Argument(help: "card-text, sam-frame, hid-pos or hid-keyboard.")
  var kind: Kind
  @Argument(help: "The dump; - reads standard input.")
  var file: String
  @Flag(help: "Tell personal data in full, or masked.")
  var privacy: Privacy?
  @Option(help: "How a scanner's Alt codes are meant: gbk or unicode (hid-keyboard).")
  var alt: AltReading = .gbk
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let dump: Dump
    do throws(Dump.Fault) {
      dump = try Dump(path: file)
    } catch {
      return try answer.give(ControlReply(error.status, error.description))
    }
    // Text for people may end up in screenshots and letters, so it is masked. A program has the file itself.
    let masks = privacy.map { $0 == .mask } ?? !answer.json
    let told = told(dump, masks: masks)
    guard !told.isEmpty else {
      return try answer.give(
        ControlReply(.data, "\(file): \(dump.bytes.count) bytes, nothing in them is \(kind.rawValue)"))
    }
    if !masks {
      ToolRecord.note(.personalDataShown, [.kind: kind.rawValue, .file: file], state: state.folder)
    }
    var details: [String: ControlValue] = ["kind": .text(kind.rawValue), "masked": .flag(masks)]
    if kind == .cardText, let card = told.first {
      details["card"] = .object(card.details)
    } else {
      details[kind == .samFrame ? "frames" : "codes"] = .list(told.map { .object($0.details) })
    }
    try answer.give(ControlReply(.done, told.map(\.sentence).joined(separator: "\n"), details))
  }

  private func told(_ dump: Dump, masks: Bool) -> [DecodedRecord] {
    switch kind {
    case .cardText: DecodedRecord.cardText(dump.bytes, masks: masks)
    case .samFrame: DecodedRecord.frames(dump.bytes, masks: masks)
    case .hidPOS: DecodedRecord.posReports(dump.reports(of: 64), masks: masks)
    case .hidKeyboard: DecodedRecord.keyboardReports(dump.reports(of: 8), alt, masks: masks)
    }
  }
}

extension AltReading: ExpressibleByArgument {}
