import Hall
import Ports
import SlipRender
import Slips
import Testing

@Suite("Rare characters")
struct RareCharacterTests {
  private static func document(_ text: String) -> SlipDocument {
    SlipDocument(
      kind: .notice, slip: SlipID("rare"), largeType: false, blocks: [.paragraph(text: text, style: .subject)])
  }

  private static func line(_ text: String) async throws -> String {
    let pieces = try await Workshop.renderer.get().lettering(document(text), paperWidthDots: 576)
    return pieces.flatMap(\.lines).joined()
  }

  @Test("names beyond the common planes are drawn as they are", arguments: ["张𬱖", "㑇", "𠮷野", "䶮", "阿依·努尔"])
  func drawn(name: String) async throws {
    #expect(try await Self.line(name) == name)
  }

  @Test("each rare character has a shape of its own")
  func shapes() async throws {
    let renderer = try Workshop.renderer.get()
    var pictures: Set<SlipImage> = []
    for name in ["𬱖", "㑇", "𠮷", "䶮", "吉"] {
      let image = try await renderer.render(Self.document(name), paperWidthDots: 384)
      #expect(image.bits.contains { $0 != 0 })
      pictures.insert(image)
    }
    #expect(pictures.count == 5)
  }

  @Test(
    "what no font has is 〓 and its code point, never a blank",
    arguments: [
      ("\u{2EE5D}", "〓U+2EE5D"), ("张\u{323AF}明", "张〓U+323AF明"), ("\u{E000}", "〓U+E000"), ("\u{0378}", "〓U+0378"),
    ])
  func missing(text: String, shown: String) async throws {
    #expect(try await Self.line(text) == shown)
  }

  @Test(
    "controls and direction marks never reach the layout",
    arguments: [
      ("甲\u{202E}乙丙", "甲乙丙"), ("甲\u{2066}乙\u{2069}", "甲乙"), ("甲\u{200B}\u{FEFF}乙", "甲乙"),
      ("甲\u{07}乙", "甲〓U+0007乙"), ("甲\u{1B}@乙", "甲〓U+001B@乙"), ("甲\n乙\t丙", "甲 乙 丙"), ("甲\u{2028}乙", "甲 乙"),
    ])
  func controls(text: String, shown: String) async throws {
    #expect(try await Self.line(text) == shown)
  }

  @Test("the fonts have the Han repertoire of GB 18030-2022 level 2 and all but a known rest of level 3")
  func coverage() async throws {
    let renderer = try Workshop.renderer.get()
    // GB 18030-2022 §9: levels 1 and 2 are the unified ideographs to 9FEF; level 3 adds the extensions A to F.
    let levels: [(String, [ClosedRange<UInt32>], Int)] = [
      ("4E00-9FEF", [0x4E00...0x9FEF], 0), ("A", [0x3400...0x4DB5], 0),
      ("B-F", [0x20000...0x2A6D6, 0x2A700...0x2B734, 0x2B740...0x2B81D, 0x2B820...0x2CEA1, 0x2CEB0...0x2EBE0], 0),
    ]
    for (name, ranges, known) in levels {
      let missing = await renderer.undrawable(ranges.flatMap { $0.compactMap(Unicode.Scalar.init) })
      #expect(missing.count <= known, "\(name): \(missing.count) missing, \(missing.prefix(20).map { $0.value })")
    }
  }
}
