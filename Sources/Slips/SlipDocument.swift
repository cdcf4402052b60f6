import Foundation
package import Hall

/// A slip (小票) as a document: its blocks and their order, without fonts, dots or paper widths.
///
/// The same document is drawn for 80 mm and 58 mm paper and for the screen. Digests and golden files use its canonical
/// form.
package struct SlipDocument: Hashable, Sendable, Codable {
  /// Version of the block vocabulary that this code writes.
  package static let currentSchemaVersion = 1

  package let schemaVersion: Int
  package let kind: SlipKind
  package let slip: SlipID
  /// 大字: every letter at least 48 dots high at 203 dpi.
  package let largeType: Bool
  package let blocks: [SlipBlock]

  package init(kind: SlipKind, slip: SlipID, largeType: Bool, blocks: [SlipBlock]) {
    schemaVersion = Self.currentSchemaVersion
    self.kind = kind
    self.slip = slip
    self.largeType = largeType
    self.blocks = blocks
  }

  /// 排队小票: its length is limited to 90 mm.
  package var isTicket: Bool { kind == .ticket }

  /// The footer of each page of a slip on cut paper: its number, which is the first line of its small print.
  package var footing: String {
    blocks.lazy.compactMap { block in
      if case .paragraph(let text, .fine) = block { text } else { nil }
    }.first ?? slip.text
  }

  /// The canonical encoding: JSON in UTF-8, keys in ascending order, no white space, `/` not escaped.
  ///
  /// Equal documents have equal bytes, so a digest may be taken of them.
  package func canonicalBytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  /// Decodes a document from its canonical bytes.
  ///
  /// - Throws: `DecodingError` for bytes that are not a document of a version this code knows.
  package init(canonicalBytes: [UInt8]) throws {
    let document = try JSONDecoder().decode(SlipDocument.self, from: Data(canonicalBytes))
    guard document.schemaVersion == Self.currentSchemaVersion else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "a slip of version \(document.schemaVersion)"))
    }
    self = document
  }
}
