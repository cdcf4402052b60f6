package import ReaderProtocols

/// The part of a card that leaves the reader process: what a hall needs. Address, nation, sex, issuer and photo do not
/// leave it.
package struct LinkCard: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  package let kind: CardKind
  package let name: String
  package let number: String
  /// Dates as on the card, YYYYMMDD; anything else becomes empty.
  package let birth: String
  /// A date, 长期 or empty.
  package let validTo: String
  package let doubts: [CardDoubt]

  static let fieldCount = 6

  package init(_ text: CardText) {
    kind = text.kind
    name = SafeText(text.name, limit: 60).description
    number = SafeText(text.number, limit: 18).description
    birth = text.birth == nil ? "" : text[.birth] ?? ""
    validTo = text.isValidForever ? "长期" : text.validTo == nil ? "" : text[.validTo] ?? ""
    doubts = text.doubts
  }

  var fields: [[UInt8]] {
    [kind.rawValue, name, number, birth, validTo, doubts.map(\.rawValue).joined(separator: " ")].map { Array($0.utf8) }
  }

  init?(_ fields: ArraySlice<[UInt8]>) {
    let fields = Array(fields)
    guard fields.count == Self.fieldCount, let kind = LinkField.text(fields[0]).flatMap(CardKind.init),
      let name = LinkReport.safe(fields[1], 60), let number = LinkReport.safe(fields[2], 18),
      let birth = LinkReport.safe(fields[3], 8), let validTo = LinkReport.safe(fields[4], 8),
      let words = LinkField.text(fields[5])
    else { return nil }
    let doubts = words.split(separator: " ").map { CardDoubt(rawValue: String($0)) }
    guard doubts.count <= CardDoubt.allCases.count, doubts.allSatisfy({ $0 != nil }) else { return nil }
    self.kind = kind
    self.name = name
    self.number = number
    self.birth = birth
    self.validTo = validTo
    self.doubts = doubts.compactMap(\.self)
  }

  package var description: String { "a card (\(kind.rawValue))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
