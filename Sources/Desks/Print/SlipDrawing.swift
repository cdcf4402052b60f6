package import Ports
package import Slips

/// Draws a document for one paper width: the part of a renderer that the print desk needs.
package protocol SlipDrawing: Sendable {
  /// - Throws: when the slip cannot be drawn; then nothing is sent.
  func draw(_ document: SlipDocument, paperWidthDots: Int) async throws -> SlipImage
}
