package import Ports
package import Slips

/// Draws a document for one width of paper: what the print desk needs of a renderer.
package protocol SlipDrawing: Sendable {
  /// - Throws: when the slip cannot be drawn; then nothing is sent.
  func draw(_ document: SlipDocument, paperWidthDots: Int) async throws -> SlipImage
}
