import Groundwork
import Ports
import ReaderLink
import ReaderProtocols

extension ReaderEvent {
  /// nil for reports about the process, which do not concern the hall.
  init?(_ report: LinkReport) {
    switch report {
    case .hello, .note, .pong, .transcript: return nil
    case .arrived(let place, let isCardReader, let name, let serial):
      self = .arrived(
        ReaderDevice(id: ReaderID(place), kind: isCardReader ? .cardReader : .scanner, name: name, serial: serial))
    case .left(let place): self = .left(ReaderID(place))
    case .condition(let place, let condition): self = .condition(ReaderID(place), ReaderCondition(condition))
    case .found(let place): self = .found(ReaderID(place))
    case .card(let place, let card): self = .card(ReaderID(place), LaidCard(card))
    case .cardTrouble(let place, let trouble): self = .cardTrouble(ReaderID(place), LaidCardTrouble(trouble))
    case .fieldEmpty(let place): self = .fieldEmpty(ReaderID(place))
    case .code(let place, let text, let isWhole, let symbol):
      self = .code(ReaderID(place), ScannedCode(text: text, isWhole: isWhole, symbol: symbol))
    case .codeTrouble(let place): self = .codeTrouble(ReaderID(place))
    }
  }
}

extension ReaderCondition {
  init(_ condition: LinkCondition) {
    switch condition {
    case .opening: self = .opening
    case .ready: self = .ready
    case .taken: self = .taken
    case .notPermitted: self = .notPermitted
    case .silent: self = .silent
    case .needsService: self = .needsService
    }
  }
}

extension LaidCardTrouble {
  init(_ trouble: LinkCardTrouble) {
    switch trouble {
    case .layAgain: self = .layAgain
    case .notAnIdentityCard: self = .notAnIdentityCard
    case .unverifiable: self = .unverifiable
    case .unknownText: self = .unknownText
    }
  }
}

extension LaidCard {
  init(_ card: LinkCard) {
    self.init(
      kind: Kind(card.kind), name: card.name, number: card.number, birth: CivilDate(cardDate: card.birth),
      validTo: CivilDate(cardDate: card.validTo), isValidForever: card.validTo == "长期",
      doubts: card.doubts.map(\.rawValue))
  }
}

extension LaidCard.Kind {
  init(_ kind: CardKind) {
    switch kind {
    case .resident: self = .resident
    case .residencePermit: self = .residencePermit
    case .permanentResident2017: self = .permanentResident2017
    case .permanentResident2023: self = .permanentResident2023
    }
  }
}
