package import ReaderProtocols

/// A message from `yichuang-readerd` to the daemon.
package enum LinkReport: Hashable, Sendable {
  /// The first message: the process runs and awaits its orders.
  case hello
  case arrived(portPath: String, kind: ReaderKind, name: String, serial: String?)
  case left(portPath: String)
  case condition(portPath: String, ReaderCondition)
  /// A card lies there and may not be read.
  case found(portPath: String)
  case card(portPath: String, LinkCard)
  case cardTrouble(portPath: String, CardTrouble)
  case fieldEmpty(portPath: String)
  case code(portPath: String, text: String, isWhole: Bool, symbol: String?)
  case codeTrouble(portPath: String)
  case pong(UInt32)
  /// A line for the log: what failed at which device, never the content of a card or code.
  case note(String)
  /// A line of the requested transcript, with personal data replaced; see `TranscriptLine`.
  case transcript(portPath: String, line: String)

  private enum Kind: UInt8 {
    case hello = 1
    case arrived, left, condition, card, cardTrouble, fieldEmpty, code, codeTrouble, pong, note, found, transcript
  }

  package var frame: LinkFrame {
    func frame(_ kind: Kind, _ fields: [UInt8]...) -> LinkFrame { LinkFrame(kind: kind.rawValue, fields: fields) }
    func utf8(_ text: String?) -> [UInt8] { Array((text ?? "").utf8) }
    switch self {
    case .hello: return frame(.hello)
    case .arrived(let portPath, let kind, let name, let serial):
      return frame(.arrived, utf8(portPath), LinkField.flag(kind == .cardReader), utf8(name), utf8(serial))
    case .left(let portPath): return frame(.left, utf8(portPath))
    case .condition(let portPath, let condition): return frame(.condition, utf8(portPath), utf8(condition.rawValue))
    case .card(let portPath, let card):
      return LinkFrame(kind: Kind.card.rawValue, fields: [utf8(portPath)] + card.fields)
    case .cardTrouble(let portPath, let trouble): return frame(.cardTrouble, utf8(portPath), utf8(trouble.rawValue))
    case .found(let portPath): return frame(.found, utf8(portPath))
    case .fieldEmpty(let portPath): return frame(.fieldEmpty, utf8(portPath))
    case .code(let portPath, let text, let isWhole, let symbol):
      return frame(.code, utf8(portPath), utf8(text), LinkField.flag(isWhole), utf8(symbol))
    case .codeTrouble(let portPath): return frame(.codeTrouble, utf8(portPath))
    case .pong(let number): return frame(.pong, LinkField.number(number))
    case .note(let text): return frame(.note, utf8(text))
    case .transcript(let portPath, let line): return frame(.transcript, utf8(portPath), utf8(line))
    }
  }

  /// Validates everything: port paths, words, and text, which is made safe to show and bounded.
  package init(_ frame: LinkFrame) throws(LinkFrame.Fault) {
    guard let kind = Kind(rawValue: frame.kind), let report = Self.read(kind, frame.fields) else {
      throw .message(kind: frame.kind)
    }
    self = report
  }

  private static func read(_ kind: Kind, _ fields: [[UInt8]]) -> LinkReport? {
    switch (kind, fields.count) {
    case (.hello, 0): return .hello
    case (.pong, 1): return LinkField.number(fields[0]).map(LinkReport.pong)
    case (.note, 1): return safe(fields[0], 200).map(LinkReport.note)
    case (_, 0): return nil
    default: break
    }
    guard let portPath = LinkField.portPath(fields[0]) else { return nil }
    switch (kind, fields.count) {
    case (.left, 1): return .left(portPath: portPath)
    case (.found, 1): return .found(portPath: portPath)
    case (.fieldEmpty, 1): return .fieldEmpty(portPath: portPath)
    case (.codeTrouble, 1): return .codeTrouble(portPath: portPath)
    case (.transcript, 2):
      return safe(fields[1], TranscriptLine.longest).map { .transcript(portPath: portPath, line: $0) }
    case (.condition, 2): return word(fields[1]).map { .condition(portPath: portPath, $0) }
    case (.cardTrouble, 2): return word(fields[1]).map { .cardTrouble(portPath: portPath, $0) }
    case (.card, 1 + LinkCard.fieldCount): return LinkCard(fields.dropFirst()).map { .card(portPath: portPath, $0) }
    case (.arrived, 4):
      guard let isCardReader = LinkField.flag(fields[1]), let name = safe(fields[2], 80),
        let serial = safe(fields[3], 80)
      else { return nil }
      return .arrived(
        portPath: portPath, kind: isCardReader ? .cardReader : .scanner, name: name,
        serial: serial.isEmpty ? nil : serial)
    case (.code, 4):
      guard let text = safe(fields[1], mostText), let isWhole = LinkField.flag(fields[2]) else { return nil }
      guard fields[3].isEmpty || AIMIdentifier(fields[3]) != nil else { return nil }
      return .code(
        portPath: portPath, text: text, isWhole: isWhole, symbol: AIMIdentifier(fields[3]).map(\.description))
    default: return nil
    }
  }

  /// The most characters of a code's text.
  package static let mostText = 1000

  private static func word<Word: RawRepresentable<String>>(_ field: [UInt8]) -> Word? {
    LinkField.text(field).flatMap(Word.init)
  }

  static func safe(_ field: [UInt8], _ limit: Int) -> String? {
    LinkField.text(field).map { SafeText($0, limit: limit).description }
  }
}
