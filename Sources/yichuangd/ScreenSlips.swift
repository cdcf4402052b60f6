import Desks
import Hall
import HallHTTP
import Registrar
import SlipRender

/// Draws notices for screens, with a renderer of its own so that a page never holds up paper.
///
/// The renderer's fonts cost memory and start-up time, and many halls never show a notice on a screen: it is made when the
/// first one is asked for.
actor ScreenSlips {
  /// 80 mm paper.
  static let widthDots = 576

  private let registrar: Registrar
  private let writer: SlipWriter
  private var renderer: SlipRenderer?

  init(registrar: Registrar, writer: SlipWriter) {
    self.registrar = registrar
    self.writer = writer
  }

  /// A notice as a PNG or PDF; nil when it is not known, or its item's version is not at hand.
  func picture(of code: PublicCode, as paper: NoticePaper) async -> [UInt8]? {
    let document = await registrar.read { [writer] state, rules in
      state.notices.notice(code).flatMap { writer.document(of: $0, state, rules) }
    }
    guard let document, let renderer = try? made() else { return nil }
    if paper == .a4 { return try? await renderer.sheets(document) }
    guard let image = try? await renderer.render(document, paperWidthDots: Self.widthDots) else { return nil }
    return try? renderer.png(image)
  }

  private func made() throws -> SlipRenderer {
    if let renderer { return renderer }
    let fresh = try SlipRenderer()
    renderer = fresh
    return fresh
  }
}
