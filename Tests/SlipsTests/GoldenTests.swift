import Foundation
import Ports
import SlipRender
import Slips
import Testing

/// Slips as last reviewed, as bytes and as pictures.
///
/// `make golden` rewrites them; the diff is then reviewed by eye. Pictures are compared dot by dot only where Pango,
/// cairo and the fonts are those of Debian 12; elsewhere the reading tests stand alone.
@Suite("Golden slips")
struct GoldenTests {
  private static let rewrites = ProcessInfo.processInfo.environment["YICHUANG_GOLDEN"] == "rewrite"

  @Test("the bytes of every slip are the golden ones", arguments: Drawing.golden)
  func bytes(drawing: Drawing) throws {
    let bytes = try drawing.document.canonicalBytes()
    try compare(bytes, with: "\(drawing.name).json")
  }

  @Test("the picture of every slip is the golden one", arguments: Drawing.golden)
  func picture(drawing: Drawing) async throws {
    let renderer = try Workshop.renderer.get()
    var pictures: [(name: String, png: [UInt8])] = []
    for (page, image) in try await drawing.images().enumerated() {
      let picture = (name: drawing.name(ofPage: page), png: try renderer.png(image))
      try Workshop.keep(picture.png, as: "\(picture.name).png")
      pictures.append(picture)
    }
    let environment = await renderer.environment()
    if !Self.rewrites, environment != Self.debian12 {
      withKnownIssue("pictures were not compared: drawn with \(environment)", isIntermittent: true) {
        for picture in pictures { try compare(picture.png, with: "\(picture.name).png") }
      }
      return
    }
    for picture in pictures { try compare(picture.png, with: "\(picture.name).png") }
    // The README shows the same pictures, so that they are never outdated.
    if Self.rewrites, Self.shown.contains(drawing.name), let png = pictures.first?.png {
      try FileManager.default.createDirectory(at: Workshop.documentation, withIntermediateDirectories: true)
      try Data(png).write(to: Workshop.documentation.appendingPathComponent("slip-\(drawing.name).png"))
    }
  }

  private static let shown = ["ticket-80", "notice-80", "ticket-58"]

  /// Pango, cairo and the faces that the golden pictures were drawn with.
  private static let debian12 = [
    "pango 1.50.12", "cairo 1.16.0", "HanaMinA HanaMinA.ttf 65536", "HanaMinB HanaMinB.ttf 65536",
    "Noto Sans CJK SC NotoSansCJK-Bold.ttc 131334", "Noto Sans CJK SC NotoSansCJK-Regular.ttc 131334",
  ]

  private func compare(_ bytes: [UInt8], with name: String) throws {
    let url = Workshop.goldens.appendingPathComponent(name)
    if Self.rewrites {
      try Data(bytes).write(to: url)
      return
    }
    // Compared outside of #expect, which would compute the difference of two pictures byte by byte for minutes.
    let isGolden = try Data(contentsOf: url) == Data(bytes)
    #expect(isGolden, "\(name) differs from its golden file; look at both, then `make golden`")
  }
}
