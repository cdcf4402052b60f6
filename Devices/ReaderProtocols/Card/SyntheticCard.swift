/// Cards of fictitious persons: region 000000 or country ZZZ, which are not assigned.
package enum SyntheticCard {
  /// A card of this kind; `variant` 0 to 999 gives different people.
  package static func text(_ kind: CardKind, variant: Int = 0) -> CardText {
    let order = decimal(1 + variant % 999, digits: 3)
    switch kind {
    case .resident:
      return CardText(
        kind,
        [
          .name: "测试\(surname(variant))", .sex: sex(variant), .nation: "01", .birth: "19000101",
          .address: "虚构省虚构市虚构区合成路１号", .number: numbered("00000019000101" + order), .issuer: "虚构市公安局",
          .validFrom: "20200101", .validTo: "长期",
        ])
    case .residencePermit:
      return CardText(
        kind,
        [
          .name: "测试\(surname(variant))", .sex: sex(variant), .birth: "19000101", .address: "虚构省虚构市虚构区合成路２号",
          .number: numbered("81000019000101" + order), .issuer: "虚构市公安局", .validFrom: "20200101",
          .validTo: "20400101", .travelPermit: "T00000000", .issueCount: "01",
        ])
    case .permanentResident2017:
      let digits = "ZZZ00000000" + order
      return CardText(
        kind,
        [
          .latinName: "SYNTHETIC, TEST", .sex: sex(variant), .number: digits + String(passportCheck(digits)),
          .nationality: "ZZZ", .name: "合成", .validFrom: "20200101", .validTo: "20300101", .birth: "19000101",
          .cardVersion: "01", .authority: "0000",
        ])
    case .permanentResident2023:
      return CardText(
        kind,
        [
          .latinName: "SYNTHETIC, TEST PERSON WITH A NAME OF FORTY", .sex: sex(variant), .renewalCount: "00",
          .birth: "19000101", .number: numbered("90000019000101" + order), .validFrom: "20240101",
          .validTo: "20340101", .nationality: "ZZZ",
        ])
    }
  }

  private static func surname(_ variant: Int) -> Character {
    let names = Array("甲乙丙丁戊己庚辛壬癸")
    return names[variant % names.count]
  }

  /// The order number 001 is a man's.
  private static func sex(_ variant: Int) -> String { (1 + variant % 999) % 2 == 1 ? "1" : "2" }

  private static func decimal(_ number: Int, digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// With the check character of GB 11643.
  private static func numbered(_ digits: String) -> String {
    let sum = zip(digits.utf8, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) {
      $0 + (Int($1.0) - 0x30) * $1.1
    }
    return digits + String(Array("10X98765432")[sum % 11])
  }

  /// The check digit of ICAO 9303 over letters and digits.
  private static func passportCheck(_ text: String) -> Int {
    text.utf8.enumerated().reduce(0) { sum, next in
      let value = next.element >= 0x41 ? Int(next.element) - 55 : Int(next.element) - 0x30
      return sum + value * [7, 3, 1][next.offset % 3]
    } % 10
  }
}
