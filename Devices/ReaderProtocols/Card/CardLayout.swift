/// The byte ranges of the fields in a card's 256 bytes of text; a field in two ranges continues in the second.
///
/// Sources: GA/T 490 (resident); the notices on reading the residence permit (2018) and the permanent resident's cards
/// of 2017 and 2023.
package struct CardLayout: Sendable {
  package let entries: [(field: CardField, ranges: [Range<Int>])]

  package init(_ kind: CardKind) {
    let front: [(CardField, [Range<Int>])] = [(.name, [0..<30]), (.sex, [30..<32])]
    let validity: [(CardField, [Range<Int>])] = [(.validFrom, [188..<204]), (.validTo, [204..<220])]
    let entries: [(CardField, [Range<Int>])] =
      switch kind {
      case .resident:
        front + [
          (.nation, [32..<36]), (.birth, [36..<52]), (.address, [52..<122]), (.number, [122..<158]),
          (.issuer, [158..<188]),
        ] + validity
      case .residencePermit:
        front + [
          (.birth, [36..<52]), (.address, [52..<122]), (.number, [122..<158]), (.issuer, [158..<188]),
        ] + validity + [(.travelPermit, [220..<238]), (.issueCount, [238..<242])]
      case .permanentResident2017:
        [
          (.latinName, [0..<120]), (.sex, [120..<122]), (.number, [122..<152]), (.nationality, [152..<158]),
          (.name, [158..<188]),
        ] + validity + [
          (.birth, [220..<236]), (.cardVersion, [236..<240]), (.authority, [240..<248]),
        ]
      case .permanentResident2023:
        front + [
          (.renewalCount, [32..<36]), (.birth, [36..<52]), (.latinName, [52..<122, 220..<242]),
          (.number, [122..<158]),
        ] + validity + [(.nationality, [242..<248]), (.previousLink, [250..<256])]
      }
    self.entries = entries.map { (field: $0.0, ranges: $0.1) }
  }
}
