import Desks
import Ports
import SlipRender
import Slips

/// The print desks' renderer.
struct Drawing: SlipDrawing {
  let renderer: SlipRenderer

  func draw(_ document: SlipDocument, paperWidthDots: Int) async throws -> SlipImage {
    guard paperWidthDots != SlipImage.sheetWidthDots else { return try await renderer.sheet(document) }
    return try await renderer.render(document, paperWidthDots: paperWidthDots)
  }
}
