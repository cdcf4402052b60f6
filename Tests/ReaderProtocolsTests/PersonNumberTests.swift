import Foundation
import Groundwork
import ReaderProtocols
import Testing

// Goal: numbers of persons are checked as other implementations check them. Method: published vectors, python-stdnum
// over fictitious numbers, every single wrong digit.
@Suite("Numbers of persons")
struct PersonNumberTests {
  @Test("known vectors", arguments: ["000000190001010017", "000000190001010025"])
  func vectors(number: String) {
    let parts = PersonNumber(number, on: .resident)
    #expect(parts.problems.isEmpty && parts.birth == CivilDate("1900-01-01"))
    #expect(parts.sex == (number.hasSuffix("17") ? .male : .female))
  }

  @Test("python-stdnum agrees on the check character of 2,000 numbers of nobody")
  func otherImplementation() throws {
    let lines = try Oracle.lines(
      """
      import random
      from stdnum.iso7064 import mod_11_2
      from stdnum.cn import ric
      chance = random.Random(5)
      for n in range(2000):
          head = "000000%04d%02d%02d%03d" % (chance.randint(1900, 2030), chance.randint(1, 12), chance.randint(1, 28), n % 1000)
          # ric leaves the last character of what it is given out.
          check = ric.calc_check_digit(head + "0")
          assert mod_11_2.calc_check_digit(head) == check
          print(head + check, head + chance.choice("0123456789X".replace(check, "")))
      """, Oracle.testPython)
    #expect(lines.count == 2000)
    var sawX = false
    for line in lines {
      let pair = line.split(separator: " ").map(String.init)
      #expect(PersonNumber(pair[0], on: .resident).problems == [])
      #expect(PersonNumber(pair[1], on: .resident).problems == [.numberCheck])
      sawX = sawX || pair[0].hasSuffix("X")
    }
    #expect(sawX)
  }

  @Test("every single wrong digit is noticed")
  func singleErrors() {
    let good = Array("000000190001010017".utf8)
    for place in good.indices {
      for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != good[place] {
        var bad = good
        bad[place] = digit
        #expect(!PersonNumber(String(decoding: bad, as: UTF8.self), on: .resident).problems.isEmpty)
      }
    }
  }

  @Test("each kind wants its own form")
  func forms() {
    let numbers: [CardKind: String] = [
      .residencePermit: SyntheticCard.permit.number, .permanentResident2017: SyntheticCard.foreigner2017.number,
      .permanentResident2023: SyntheticCard.foreigner2023.number,
    ]
    for (kind, number) in numbers {
      #expect(PersonNumber(number, on: kind).problems == [])
      for other in CardKind.allCases where other != kind && !(other == .resident && kind == .residencePermit) {
        #expect(PersonNumber(number, on: other).problems == [.numberForm], "\(number) on \(other)")
      }
    }
    #expect(PersonNumber("81010019000101002X", on: .residencePermit).problems == [.numberForm])
    #expect(PersonNumber("00000019000101001x", on: .resident).problems == [.numberForm])
    #expect(PersonNumber("０00000190001010017", on: .resident).problems == [.numberForm])
    #expect(PersonNumber("", on: .resident).problems == [.numberForm])
  }

  @Test("a day that never was is doubted, and 29 February only in leap years")
  func birth() throws {
    let lines = try Oracle.lines(
      """
      from stdnum.iso7064 import mod_11_2
      for day in ("19000229", "20000229", "20240230", "19001301", "00000101"):
          head = "000000" + day + "001"
          print(head + mod_11_2.calc_check_digit(head))
      """, Oracle.testPython)
    #expect(lines.map { PersonNumber($0, on: .resident).birth == nil } == [true, false, true, true, true])
    #expect(PersonNumber(lines[0], on: .resident).problems == [.numberBirth])
  }

  @Test("the check digit of 2017 is the passport's: 7, 3, 1 as ICAO 9303 has it, worked out in Python too")
  func passportCheck() throws {
    let lines = try Oracle.lines(
      """
      import random
      chance = random.Random(9)
      def check(text):
          return str(sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10)
      # The standard's own examples.
      assert check("520727") == "3" and check("AB2134") == "5"
      for n in range(500):
          head = "XX" + chance.choice("ABCXYZ") + "0000%07d" % chance.randrange(10**7)
          print(head + check(head))
      """)
    for line in lines {
      #expect(PersonNumber(line, on: .permanentResident2017).problems == [])
      var wrong = Array(line)
      wrong[14] = wrong[14] == "9" ? "0" : "9"
      #expect(PersonNumber(String(wrong), on: .permanentResident2017).problems == [.numberCheck])
    }
    #expect(lines.count == 500)
  }
}
