package import Ports
package import ReaderProtocols

extension LaidCard {
  /// The fields of a card that the hall needs.
  package init(_ text: CardText) {
    self.init(
      kind: Kind(text.kind), name: SafeText(text.name, limit: 60).description,
      number: SafeText(text.number, limit: 18).description, birth: text.birth, validTo: text.validTo,
      isValidForever: text.isValidForever, doubts: text.doubts.map(\.rawValue))
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

extension LaidCardTrouble {
  init(_ refusal: CardRefusal) {
    switch refusal {
    case .notAnIdentityCard: self = .notAnIdentityCard
    case .unverifiable: self = .unverifiable
    case .unknownText: self = .unknownText
    }
  }
}

extension ScannedCode {
  package init(_ scan: Scan) {
    let safe = SafeText(scan.text, limit: Self.longestText)
    self.init(text: safe.description, isWhole: !safe.wasChanged, symbol: scan.symbol?.description)
  }
}
