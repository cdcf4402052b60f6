import Foundation
import Groundwork
import ReaderProtocols
import Testing

// Goal: text from codes is decoded as other implementations decode it, and shown text is harmless. Method: Python's
// gb18030 codec over every code point and every pair of bytes; one case for each kind of harm; noise.
@Suite("Text of codes and cards")
struct TextTests {
  /// Characters that later editions moved: by code, the character in Python's codec (2000), and in 2005 and 2022.
  static let moved: [UInt32: UInt32] = [
    0xE7C7: 0x1E3F, 0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
    0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6,
    0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB,
  ]

  @Test("every code point that Python writes in GB 18030 is read back")
  func everyCodePoint() throws {
    let data = try Oracle.python(
      """
      import sys
      points = (chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
      sys.stdout.buffer.write("".join(points).encode("gb18030"))
      """)
    let text = try GB18030.decode(data)
    var expected = UInt32(0)
    var wrong: [UInt32] = []
    for scalar in text.unicodeScalars {
      if expected == 0xD800 { expected = 0xE000 }
      if scalar.value != Self.moved[expected] ?? expected { wrong.append(expected) }
      expected += 1
    }
    #expect(expected == 0x110000)
    #expect(wrong == [])
  }

  @Test("the same pairs of bytes are characters as in Python")
  func everyPair() throws {
    let lines = try Oracle.lines(
      """
      def point(code):
          try:
              return ord(code.to_bytes(2, "big").decode("gb18030"))
          except (UnicodeDecodeError, TypeError):
              return 0
      print("\\n".join(str(point(code)) for code in range(0x8000, 0x10000)))
      """)
    #expect(lines.count == 0x8000)
    for (offset, line) in lines.enumerated() {
      let point = UInt32(line) ?? 0
      #expect(GB18030.character(UInt16(0x8000 + offset))?.value ?? 0 == Self.moved[point] ?? point)
    }
  }

  @Test(
    "what is not GB 18030 is no text, and its offset is told",
    arguments: [
      [0x80], [0xFF], [0x81], [0x81, 0x39], [0x81, 0x30, 0x81], [0x81, 0x7F], [0x81, 0x30, 0x80, 0x30],
      [0x84, 0x31, 0xA4, 0x40], [0x84, 0x31, 0xA5, 0x30], [0x8F, 0x39, 0xFE, 0x39], [0xE3, 0x32, 0x9A, 0x36],
      [0xFE, 0x39, 0xFE, 0x39],
    ] as [[UInt8]])
  func notGB18030(bytes: [UInt8]) {
    let first = #expect(throws: GB18030.Fault.self) { try GB18030.decode(bytes) }
    #expect(first?.offset == 0)
    let later = #expect(throws: GB18030.Fault.self) {
      try GB18030.decode([0x41, 0xCA, 0xC2, 0x81, 0x30, 0x81, 0x30] + bytes)
    }
    #expect(later?.offset == 7, "behind characters of one, two and four bytes")
  }

  @Test("UTF-8 comes first, then GB 18030, then Latin-1")
  func order() {
    #expect(ScanText(Array("记A1".utf8)) == ScanText([0xEF, 0xBB, 0xBF] + Array("记A1".utf8)))
    #expect(ScanText(Array("记A1".utf8)).encoding == .utf8)
    let gbk = ScanText([0xBC, 0xC7, 0x41])
    #expect(gbk.text == "记A" && gbk.encoding == .gb18030)
    let rare = ScanText([0x95, 0x32, 0x82, 0x36])
    #expect(rare.text == "𠀀" && rare.encoding == .gb18030)
    let latin = ScanText([0x41, 0xE9])
    #expect(latin.text == "Aé" && latin.encoding == .latin1)
    #expect(ScanText([]).text == "")
  }

  /// U+FFFE and U+FDD0, which no literal may contain.
  static let noncharacters = [0xFFFE, 0xFDD0].compactMap { Unicode.Scalar(UInt32($0)) }.map { String($0) }.joined()

  static let harms: [(String, String)] = [
    ("a\u{0}b\u{1B}[31mc\u{7F}", "ab[31mc"), ("a\u{202E}b\u{2066}c\u{200F}\u{61C}", "abc"), ("a\r\n\tb", "a b"),
    ("a\u{2028}b\u{2029}", "a b "), ("\u{FEFF}a\u{200B}\u{2060}b\u{AD}", "ab"), ("a\u{E0041}\u{E007F}b", "ab"),
    ("a" + noncharacters + "b", "ab"), ("a\u{85}b\u{9B}", "a b"), ("张\u{E816}", "张\u{E816}"), ("a  b", "a  b"),
    ("a\u{3000}b", "a b"), ("e" + String(repeating: "\u{301}", count: 50) + "x", "e\u{301}\u{301}\u{301}\u{301}x"),
  ]

  @Test("each harm is taken out", arguments: harms)
  func safe(text: String, shown: String) {
    #expect(SafeText(text).description.unicodeScalars.elementsEqual(shown.unicodeScalars))
    #expect(SafeText(text).wasChanged == (text != shown))
  }

  @Test("what is too long ends, and says so")
  func length() {
    let long = SafeText(String(repeating: "长", count: 10_000))
    #expect(long.description.unicodeScalars.count == SafeText.usualLimit && long.description.hasSuffix("…"))
    #expect(long.wasChanged)
    #expect(SafeText("abc", limit: 3).description == "abc" && SafeText("abcd", limit: 3).description == "ab…")
    #expect(SafeText("abc", limit: 0).description == "…")
  }

  @Test("no bytes trap, and nothing that acts is left", arguments: 0..<20)
  func hostile(seed: Int) {
    var chance = SeededRandom(seed: UInt64(seed))
    for round in 0..<100 {
      let good = round % 2 == 0 ? Array("重庆市A-12\u{202E}𠀀".utf8) : [0xBC, 0xC7, 0x95, 0x32, 0x82, 0x36, 0x41, 0xE9]
      let bytes = round % 5 == 0 ? chance.noise(count: 60) : chance.mutate(good)
      let safe = SafeText(ScanText(bytes).text, limit: 20)
      #expect(safe.description.unicodeScalars.count <= 20)
      #expect(
        safe.description.unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) })
      #expect(SafeText(safe.description, limit: 20).description == safe.description)
    }
  }
}
