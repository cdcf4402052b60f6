import Foundation
import Hall
import Slips
import Testing

@Suite("Slips as bytes")
struct CanonicalFormTests {
  @Test("a document comes back from its bytes, and equal documents have equal bytes", arguments: Drawing.all)
  func roundTrip(drawing: Drawing) throws {
    let bytes = try drawing.document.canonicalBytes()
    let back = try SlipDocument(canonicalBytes: bytes)
    #expect(back == drawing.document)
    #expect(try back.canonicalBytes() == bytes)
  }

  @Test("the bytes are JSON without white space, keys in order")
  func form() throws {
    let document = SlipDocument(
      kind: .ticket, slip: SlipID("s/1"), largeType: false, blocks: [.heading(text: "厅/“一”"), .rule])
    let text = String(decoding: try document.canonicalBytes(), as: UTF8.self)
    #expect(
      text
        == #"{"blocks":[{"heading":{"text":"厅/“一”"}},{"rule":{}}],"kind":"ticket","largeType":false,"#
        + #""schemaVersion":1,"slip":"s/1"}"#)
  }

  @Test("a document of another version is refused")
  func otherVersion() throws {
    let text = #"{"blocks":[],"kind":"ticket","largeType":false,"schemaVersion":2,"slip":"s"}"#
    #expect(throws: DecodingError.self) { try SlipDocument(canonicalBytes: Array(text.utf8)) }
  }
}
