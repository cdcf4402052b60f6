import Groundwork
import Ports
import ReaderLink
import ReaderProtocols

extension ReaderEvent {
  /// nil for reports about the process, which do not concern the hall.
  init?(_ report: LinkReport) {
    switch report {
    case .hello, .note, .pong, .transcript: return nil
    case .arrived(let place, let kind, let name, let serial):
      self = .arrived(ReaderDevice(id: ReaderID(place), kind: kind, name: name, serial: serial))
    case .left(let place): self = .left(ReaderID(place))
    case .condition(let place, let condition): self = .condition(ReaderID(place), condition)
    case .found(let place): self = .found(ReaderID(place))
    case .card(let place, let card): self = .card(ReaderID(place), LaidCard(card))
    case .cardTrouble(let place, let trouble): self = .cardTrouble(ReaderID(place), trouble)
    case .fieldEmpty(let place): self = .fieldEmpty(ReaderID(place))
    case .code(let place, let text, let isWhole, let symbol):
      self = .code(ReaderID(place), ScannedCode(text: text, isWhole: isWhole, symbol: symbol))
    case .codeTrouble(let place): self = .codeTrouble(ReaderID(place))
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
