import Groundwork
import Testing

@testable import Hall

/// Goal: a badge's code is read however a scanner or a finger gives it, and nothing else is taken for one.
struct BadgeCodeTests {
  private let code = BadgeCode(badge: "AJ001", issue: 3, check: "7Q2KZ9MB4X")

  @Test("a code is read back from what is printed, in any case, with letters that look like figures")
  func reading() {
    #expect(code.description == "YB-AJ001-3-7Q2KZ9MB4X")
    #expect(BadgeCode(code.description) == code)
    #expect(BadgeCode("yb-aj001-3-7q2kz9mb4x") == BadgeCode(badge: "aj001", issue: 3, check: "7Q2KZ9MB4X"))
    #expect(BadgeCode("YB-AJ001-3-7Q2KZ9MBOL")?.check == "7Q2KZ9MB01")
  }

  @Test(
    "nothing else is a badge's code",
    arguments: [
      "", "YB", "AJ001", "YB-AJ001", "YB-AJ001-3", "YB-AJ001-3-7Q2KZ9MB4", "YB-AJ001-3-7Q2KZ9MB4XX",
      "YB-AJ001-3-7Q2KZ9MB4U", "YB-AJ001-0-7Q2KZ9MB4X", "YB-AJ001-1000-7Q2KZ9MB4X", "YB-AJ001--7Q2KZ9MB4X",
      "YB-AJ001--3-7Q2KZ9MB4X", "YB-AJ 01-3-7Q2KZ9MB4X", "YB--3-7Q2KZ9MB4X", "YB-AJ001AJ001AJ001AJ-3-7Q2KZ9MB4X",
      "XB-AJ001-3-7Q2KZ9MB4X", "YB-AJ001-٣-7Q2KZ9MB4X",
    ])
  func others(_ text: String) { #expect(BadgeCode(text) == nil) }

  @Test("bytes as Crockford's base 32, from the highest bits on")
  func base32() {
    // 0xFF00AA55 is 11111 11100 00000 01010 10100 1010101.
    #expect(CrockfordBase32.text([0xFF, 0x00, 0xAA, 0x55], characters: 6) == "ZW0AMN")
    #expect(CrockfordBase32.text([0x00], characters: 5) == "0")
  }
}
