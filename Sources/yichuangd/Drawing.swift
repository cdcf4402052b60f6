import Desks
import Ports
import SlipRender
import Slips

/// The print desks' renderer.
struct Drawing: SlipDrawing {
  let renderer: SlipRenderer

  func draw(_ document: SlipDocument, paperWidthDots: Int) async throws -> SlipImage {
    try await renderer.render(document, paperWidthDots: paperWidthDots)
  }
}
