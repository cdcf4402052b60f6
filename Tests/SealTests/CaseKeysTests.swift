import Foundation
import Groundwork
import Hall
import Ports
import Testing

@testable import Seal

/// Goal: personal data of a case can be read while its half-year's key is there, and never afterwards; the key goes only
/// when nothing of it is open.
struct CaseKeysTests {
  let folder = FileManager.default.temporaryDirectory.path + "/yichuang-case-keys-\(UUID().uuidString)"
  let half = HalfYear(CivilDate(daysSinceEpoch: 20_780))

  @Test("an applicant is read again, with rare characters and thirty of them, and each sealing has the same length")
  func sealed() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try CaseKeys(folder: folder)
    for name in ["㑇𠮷䶮𬱖", "买买提·吐尔逊", String(repeating: "𬱖", count: 30)] {
      let applicant = Applicant(name: name, number: "11010519491231002X", phone: "023-45800001", bearer: name)
      let sealed = try keys.seal(applicant, in: half)
      #expect(try CaseKeys(folder: folder).applicant(sealed) == applicant)
      #expect(try keys.seal(applicant, in: half) != sealed)
      #expect(try keys.seal("甲", in: half).box.count == sealed.box.count)
      #expect(!sealed.box.contains("0031313031"))
    }
    let longest = String(repeating: "a", count: 998)
    #expect(try keys.open(keys.seal(longest, in: half)) == longest)
    #expect(throws: KeyFault.self) { try keys.seal(longest + "a", in: half) }
  }

  @Test("with SM4 and SM3 it is read whatever is sealed from then on, and not when changed")
  func sm4() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let aes = try CaseKeys(folder: folder)
    let sm4 = try CaseKeys(folder: folder) { .sm4 }
    let (old, sealed) = (try aes.seal("甲", in: half), try sm4.seal("乙", in: half))
    #expect(sealed.description.hasPrefix("\(half):sm4:") && SealedCaseText(sealed.description) == sealed)
    #expect(aes.open(sealed) == "乙" && sm4.open(old) == "甲")
    #expect(try sm4.seal("乙", in: half) != sealed)
    let longest = String(repeating: "a", count: 998)
    #expect(try sm4.open(sm4.seal(longest, in: half)) == longest)
    #expect(throws: KeyFault.self) { try sm4.seal(longest + "a", in: half) }
    for position in [0, 40, 2_000, sealed.box.count - 1] {
      var digits = Array(sealed.box)
      digits[position] = digits[position] == "0" ? "1" : "0"
      #expect(sm4.open(try #require(SealedCaseText("\(half):sm4:\(String(digits))"))) == nil)
    }
    // One suite's box is not the other's.
    #expect(sm4.open(try #require(SealedCaseText("\(half):\(sealed.box)"))) == nil)
    #expect(SealedCaseText("\(half):rot13:\(sealed.box)") == nil)
  }

  @Test("the first cases of a half-year, taken at the same moment, get one key: each can be read")
  func together() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (folder, half) = (folder, half)
    let sealed = try await withThrowingTaskGroup(of: SealedCaseText.self) { group in
      for _ in 0..<16 { group.addTask { try CaseKeys(folder: folder).seal("甲", in: half) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let keys = try CaseKeys(folder: folder)
    #expect(sealed.count == 16 && sealed.allSatisfy { keys.open($0) == "甲" })
  }

  @Test("of another half-year, or changed, it is not read")
  func foreign() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try CaseKeys(folder: folder)
    let sealed = try keys.seal("甲", in: half)
    let next = try #require(HalfYear("2027H1"))
    _ = try keys.seal("甲", in: next)
    #expect(keys.open(try #require(SealedCaseText("\(next):\(sealed.box)"))) == nil)
    let end = sealed.box.suffix(1) == "0" ? "1" : "0"
    #expect(keys.open(try #require(SealedCaseText("\(half):\(sealed.box.dropLast())\(end)"))) == nil)
  }

  @Test("the key of a half-year that ended is destroyed with its bytes, but not while a case of it is kept")
  func destroyed() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try CaseKeys(folder: folder)
    let sealed = try keys.seal("甲", in: half)
    let path = folder + "/case-\(half).key"
    #expect(link(path, folder + "/kept") == 0)
    #expect(try keys.destroyKeys(endedBefore: half.end, keeping: []) == 0)
    #expect(try keys.destroyKeys(endedBefore: half.end.adding(days: 1), keeping: [half]) == 0)
    #expect(keys.open(sealed) == "甲")
    #expect(try keys.destroyKeys(endedBefore: half.end.adding(days: 1), keeping: []) == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/kept")) == Data(count: 32))
    #expect(keys.open(sealed) == nil)
    // Keys of days are another's.
    #expect(try DayKeys(folder: folder).destroyKeys(but: nil) == 0)
  }

  @Test(
    "a number of eighteen characters needs its check character, and a phone its digits",
    arguments: [
      ("11010519491231002X", nil, true), ("110105194912310021", nil, false), ("H12345678", nil, true),
      (nil, "abc", false), ("1101051949123100 2x", nil, true), ("证件", nil, false),
    ] as [(String?, String?, Bool)])
  func typed(_ number: String?, _ phone: String?, isRight: Bool) {
    let applicant = try? ApplicantText.applicant(name: "演示员甲", number: number, phone: phone, bearer: nil)
    #expect((applicant != nil) == isRight)
  }

  @Test("a name of more than thirty characters, or none, is refused")
  func names() {
    for name in ["", "  ", String(repeating: "长", count: 31), "张\u{7}三"] {
      #expect(throws: ApplicantText.Fault.name) {
        try ApplicantText.applicant(name: name, number: nil, phone: nil, bearer: nil)
      }
    }
  }

  @Test("a person has one digest under the hall's key, another one under another's, and none without a number")
  func holders() {
    let seals = [1, 2].map { HallSeal(key: HallKey(bytes: [UInt8](repeating: $0, count: 32))) }
    let number = "11010519491231002X"
    #expect(seals[0].caseHolder(number) != nil && seals[0].caseHolder(number) == seals[0].caseHolder(number))
    #expect(seals[0].caseHolder(number) != seals[1].caseHolder(number))
    #expect(seals[0].caseHolder(nil) == nil && seals[0].caseHolder("") == nil)
  }

  @Test("a masked number names nobody")
  func masked() {
    func masked(_ number: String) -> String? { Applicant(name: "甲", number: number).maskedNumber }
    #expect(masked("11010519491231002X") == "110***********002X")
    #expect(masked("110105491231002") == "110*********002")
    #expect(masked("E12345678") == "E*****678")
    #expect(masked("E1") == "**")
    #expect(Applicant(name: "张小三").maskedName == "张*三")
  }
}
