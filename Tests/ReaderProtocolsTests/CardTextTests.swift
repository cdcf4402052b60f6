import Groundwork
import ReaderProtocols
import Testing

// Goal: a card's text is reported as it is, and inconsistencies are doubts, not errors. Method: bytes placed by hand at
// the documented offsets, round trips, each contradiction by itself, mutations.
@Suite("Texts of cards")
struct CardTextTests {
  /// Places texts at byte offsets, as in the documents' tables.
  func bytes(_ texts: [(Int, String)]) -> [UInt8] {
    var bytes = (0..<256).map { $0 % 2 == 0 ? UInt8(0x20) : 0 }
    for (offset, text) in texts {
      for (index, unit) in text.utf16.enumerated() {
        bytes[offset + 2 * index] = UInt8(unit & 255)
        bytes[offset + 2 * index + 1] = UInt8(unit >> 8)
      }
    }
    return bytes
  }

  @Test("a resident's card")
  func resident() throws {
    let card = try CardText(
      bytes([
        (0, "张试一"), (30, "1"), (32, "15"), (36, "19000101"), (52, "样例镇一号"), (122, "000000190001010017"),
        (158, "样例分局"), (188, "20200101"), (204, "长期"),
      ]))
    #expect(card.kind == .resident && card.name == "张试一" && card.sex == .male)
    #expect(card.nation?.chinese == "土家" && card.birth == CivilDate("1900-01-01"))
    #expect(card[.address] == "样例镇一号" && card[.issuer] == "样例分局")
    #expect(card.validFrom == CivilDate("2020-01-01") && card.validTo == nil && card.isValidForever)
    #expect(card.doubts.isEmpty && card[.nationality] == nil)
  }

  @Test("a residence permit of Hong Kong, Macao and Taiwan residents")
  func permit() throws {
    let card = try CardText(
      bytes([
        (0, "陈试二"), (30, "2"), (36, "19000101"), (52, "样例镇二号"), (122, SyntheticCard.permit.number),
        (158, "样例分局"), (188, "20200101"), (204, "20250101"), (220, "H00000000"), (238, "01"), (248, "J"),
      ]))
    #expect(card.kind == .residencePermit && card[.travelPermit] == "H00000000" && card[.issueCount] == "01")
    #expect(card.doubts.isEmpty && card.nation == nil && card.sex == .female)
  }

  @Test("a permanent resident's card of 2017")
  func foreigner2017() throws {
    let card = try CardText(
      bytes([
        (0, "TEST, PERSON THREE"), (120, "1"), (122, SyntheticCard.foreigner2017.number), (152, "XXA"), (158, "试三"),
        (188, "20170601"), (204, "20270601"), (220, "19000101"), (236, "01"), (240, "0000"), (248, "I"),
      ]))
    #expect(card.kind == .permanentResident2017 && card.name == "试三" && card[.latinName] == "TEST, PERSON THREE")
    #expect(card[.nationality] == "XXA" && card[.cardVersion] == "01" && card[.authority] == "0000")
    #expect(card.birth == CivilDate("1900-01-01") && card.doubts.isEmpty)
  }

  @Test("a permanent resident's card of 2023, its Latin name in two places")
  func foreigner2023() throws {
    let latin = "ABCDEFGHIJ KLMNOPQRST UVWXYZABCDEFGHIJKLMN OP"
    let card = try CardText(
      bytes([
        (30, "2"), (32, "03"), (36, "19000101"), (52, String(latin.prefix(35))),
        (122, SyntheticCard.foreigner2023.number),
        (188, "20231201"), (204, "20331201"), (220, String(latin.dropFirst(35))), (242, "XXA"), (248, "Y"),
        (250, "001"),
      ]))
    #expect(card.kind == .permanentResident2023 && card[.latinName] == latin && card.name == latin)
    #expect(card[.renewalCount] == "03" && card[.previousLink] == "001" && card[.nationality] == "XXA")
    #expect(card.doubts.isEmpty)
  }

  @Test("a card's bytes give the same card", arguments: SyntheticCard.all)
  func roundTrip(card: CardText) throws {
    #expect(try CardText(card.bytes) == card)
    #expect(card.doubts.isEmpty)
  }

  @Test("zeros pad as blanks do, characters beyond the first plane and of private use stay")
  func padding() throws {
    var raw = bytes([(0, "𠀀\u{E816}"), (122, "000000190001010017")])
    for place in 6..<30 { raw[place] = 0 }
    raw[248] = 0
    let card = try CardText(raw)
    #expect(card.name == "𠀀\u{E816}" && card.kind == .resident)
  }

  @Test("an unknown letter is a resident's card only when the number is a resident's")
  func unknownLetter() throws {
    #expect(try CardText(bytes([(122, "000000190001010017"), (248, "Q")])).kind == .resident)
    #expect(throws: CardText.Fault.unknownKind(0x51)) { try CardText(bytes([(248, "Q")])) }
    #expect(throws: CardText.Fault.wrongLength(255)) { try CardText(Array(repeating: 0, count: 255)) }
  }

  @Test("each contradiction is its own doubt")
  func doubts() {
    func doubts(_ change: [CardField: String]) -> [CardDoubt] {
      let fields = CardField.allCases.reduce(into: [CardField: String]()) { $0[$1] = SyntheticCard.resident[$1] }
      return CardText(.resident, fields.merging(change) { $1 }).doubts
    }
    #expect(doubts([:]) == [])
    #expect(doubts([.number: "00000019000101001"]) == [.numberForm])
    #expect(doubts([.number: "900000190001010028"]) == [.numberForm])
    #expect(doubts([.number: "000000190001010018"]) == [.numberCheck])
    #expect(doubts([.birth: "19000102"]) == [.birthDiffers])
    #expect(doubts([.birth: "1900010"]) == [.birthUnreadable])
    #expect(doubts([.sex: "2"]) == [.sexDiffers])
    #expect(doubts([.sex: "9"]) == [])
    #expect(doubts([.validTo: "20190101"]) == [.validityReversed])
    #expect(doubts([.validTo: "永远"]) == [.validityUnreadable])
  }

  @Test("56 groups and those beside them have names; another code keeps its code")
  func nations() {
    let named = (0...99).map { Nation(code: $0 < 10 ? "0\($0)" : "\($0)") }.filter { $0.chinese != nil }
    #expect(named.count == 56 + 3)
    for (code, name) in ["01": "汉", "09": "布依", "10": "朝鲜", "29": "柯尔克孜", "46": "德昂", "56": "基诺", "81": "穿青人"] {
      #expect(Nation(code: code).chinese == name)
    }
    #expect(Nation(code: "60").chinese == nil && Nation(code: "60").code == "60")
    #expect(Sex.allCases.map(\.chinese) == ["未知", "男", "女", "未说明"])
    #expect(Sex(code: "3") == nil && Sex(code: "") == nil && Sex(code: "01") == nil)
  }

  @Test("masks hide what the rule hides")
  func masks() {
    for (name, masked) in ["张三": "张*", "张小三": "张*三", "欧阳小三": "欧**三", "阿卜杜拉·买买提": "阿***提", "张": "*"] {
      #expect(Masking.name(name) == masked)
    }
    #expect(Masking.masked("000000190001010017", .number) == "000***********0017")
    #expect(Masking.masked("XXA000000010113", .number) == "XXA*********113")
    #expect(Masking.masked("H00000000", .travelPermit) == "H*****000")
    #expect(Masking.masked("19000101", .birth) == "1900****")
    #expect(Masking.masked("样例镇一号", .address) == "***")
    for field in CardField.allCases { #expect(Masking.masked("", field) == "") }
  }

  @Test("no 256 bytes trap, and what is read can be written", arguments: 0..<30)
  func hostile(seed: Int) throws {
    var chance = SeededRandom(seed: UInt64(seed))
    for round in 0..<60 {
      let card = SyntheticCard.all[round % 4]
      var raw = round % 5 == 0 ? chance.noise(count: 256) : chance.mutate(card.bytes)
      raw = Array((raw + Array(repeating: 0, count: 256)).prefix(256))
      guard let read = try? CardText(raw) else { continue }
      _ = read.doubts
      for field in CardField.allCases {
        let value = read[field] ?? ""
        #expect(value.utf16.count <= 60)
        #expect(SafeText(value).description.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        _ = Masking.masked(value, field)
      }
      #expect(try CardText(read.bytes)[.number] == read[.number])
    }
  }
}
