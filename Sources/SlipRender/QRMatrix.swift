import CQREncode

/// A QR code as modules, error correction level M (15 %, for creases and stains).
///
/// Source: ISO/IEC 18004; the quiet zone of four modules is the composer's to keep.
package struct QRMatrix: Sendable {
  package let side: Int
  /// Row by row, true is black.
  package let modules: [Bool]

  package static let quietZone = 4

  package init(_ text: String) throws(SlipRenderFault) {
    guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else {
      throw .drawingFailed(during: "QRcode_encodeString8bit")
    }
    defer { QRcode_free(code) }
    let side = Int(code.pointee.width)
    guard let data = code.pointee.data else { throw .drawingFailed(during: "QRcode_encodeString8bit") }
    self.side = side
    // Bit 0 of each byte is the colour (qrencode.h, QRcode).
    modules = (0..<side * side).map { data[$0] & 1 == 1 }
  }
}
