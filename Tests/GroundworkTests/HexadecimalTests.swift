import Groundwork
import Testing

@Suite("bytes in hexadecimal")
struct HexadecimalTests {
  @Test("every byte has two lower-case digits, and is read back in either case")
  func everyByte() {
    for byte in UInt8.min...UInt8.max {
      let text = [byte].hexadecimal
      #expect(text.utf8.count == 2 && UInt8(text, radix: 16) == byte && text == text.lowercased())
      #expect([UInt8](hexadecimal: text) == [byte] && [UInt8](hexadecimal: text.uppercased()) == [byte])
    }
    #expect([UInt8]().hexadecimal == "" && [UInt8](hexadecimal: "") == [])
    #expect([0x00, 0x0F, 0xA0].hexadecimal == "000fa0")
  }

  @Test("a number has all the digits of its width")
  func widths() {
    #expect(UInt16(0x0C2E).hexadecimal == "0c2e" && UInt16(0).hexadecimal == "0000")
    #expect(UInt64(1).hexadecimal == "0000000000000001" && UInt64.max.hexadecimal == "ffffffffffffffff")
  }

  @Test("what is no such text is nil", arguments: ["0", "0g", "zz", "00 0", "0x00", "００", "+1", "0a\u{301}"])
  func refused(text: String) { #expect([UInt8](hexadecimal: text) == nil) }
}
