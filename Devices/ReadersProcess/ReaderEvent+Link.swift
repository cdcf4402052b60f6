import Groundwork
import Ports
import ReaderLink
import ReaderProtocols

extension ReaderEvent {
  /// nil for reports about the process, which do not concern the hall.
  init?(_ report: LinkReport) {
    switch report {
    case .hello, .note, .pong, .transcript: return nil
    case .arrived(let portPath, let kind, let name, let serial):
      self = .arrived(ReaderDevice(id: ReaderID(portPath), kind: kind, name: name, serial: serial))
    case .left(let portPath): self = .left(ReaderID(portPath))
    case .condition(let portPath, let condition): self = .condition(ReaderID(portPath), condition)
    case .found(let portPath): self = .found(ReaderID(portPath))
    case .card(let portPath, let card): self = .card(ReaderID(portPath), LaidCard(card))
    case .cardTrouble(let portPath, let trouble): self = .cardTrouble(ReaderID(portPath), trouble)
    case .fieldEmpty(let portPath): self = .fieldEmpty(ReaderID(portPath))
    case .code(let portPath, let text, let isWhole, let symbol):
      self = .code(ReaderID(portPath), ScannedCode(text: text, isWhole: isWhole, symbol: symbol))
    case .codeTrouble(let portPath): self = .codeTrouble(ReaderID(portPath))
    }
  }
}

extension LaidCard {
  init(_ card: LinkCard) {
    self.init(
      kind: card.kind, name: card.name, number: card.number, birth: CivilDate(cardDate: card.birth),
      validTo: CivilDate(cardDate: card.validTo), isValidForever: card.validTo == "长期",
      doubts: card.doubts)
  }
}
