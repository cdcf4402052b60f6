import Foundation
import Hall
import Ports
import SlipRender
import Slips
import Testing

@Suite("The renderer")
struct RendererTests {
  @Test("many slips at once, over two renderers, come out as one at a time")
  func concurrent() async throws {
    let (one, other) = (try SlipRenderer(), try SlipRenderer())
    let drawings = Drawing.golden.filter { !$0.isSheet }
    var expected: [SlipImage] = []
    for drawing in drawings { expected.append(try await one.render(drawing.document, paperWidthDots: drawing.width)) }
    let images = try await withThrowingTaskGroup(of: (Int, SlipImage).self) { group in
      for turn in 0..<4 * drawings.count {
        let drawing = drawings[turn % drawings.count]
        let renderer = turn % 3 == 0 ? other : one
        group.addTask {
          (turn, try await renderer.render(drawing.document, paperWidthDots: drawing.width))
        }
      }
      return try await group.reduce(into: [Int: SlipImage]()) { $0[$1.0] = $1.1 }
    }
    #expect(images.count == 4 * drawings.count)
    for (turn, image) in images {
      let isSame = image == expected[turn % drawings.count]
      #expect(isSame, "turn \(turn)")
    }
  }

  @Test("the edges of the paper stay white: no letter is cut off", arguments: Drawing.rolls)
  func edges(drawing: Drawing) async throws {
    let renderer = try Workshop.renderer.get()
    let image = try await renderer.render(drawing.document, paperWidthDots: drawing.width)
    try Workshop.keep(renderer.png(image), as: "\(drawing.name).png")
    let perRow = image.bytesPerRow
    let edge = (0..<image.heightDots).filter { row in
      // The outer four dots; only the line to cut along runs over the whole paper.
      image.bits[row * perRow] & 0xF0 != 0 || image.bits[row * perRow + perRow - 1] & 0x0F != 0
    }
    let isCut = [.notice, .correction, .agency].contains(drawing.document.kind)
    #expect(edge.count <= (isCut ? 3 : 0))
    let isWhite = { (row: Int) in image.bits[row * perRow..<(row + 1) * perRow].allSatisfy { $0 == 0 } }
    #expect(isWhite(0) && isWhite(image.heightDots - 1))
  }

  @Test(
    "the longest number that can be called stands whole and as tall as any other, on every paper",
    arguments: [384, 576], [false, true])
  func fourFigures(width: Int, large: Bool) async throws {
    let renderer = try Workshop.renderer.get()
    let image = try await renderer.render(
      Samples.ticket(number: "W9999", large: large).document(), paperWidthDots: width)
    try Workshop.keep(renderer.png(image), as: "ticket-\(width)\(large ? "-large" : "")-w9999.png")
    let other = try await renderer.render(
      Samples.ticket(number: "A042", large: large).document(), paperWidthDots: width)
    #expect(image.heightDots == other.heightDots)
    let perRow = image.bytesPerRow
    for row in 0..<image.heightDots {
      let isWhite = image.bits[row * perRow] & 0xF0 == 0 && image.bits[row * perRow + perRow - 1] & 0x0F == 0
      #expect(isWhite, "row \(row) is drawn to its edge")
    }
  }

  @Test("a PDF has one page of the roll's width, its text can be read, and the same slip gives the same bytes")
  func pdf() async throws {
    let renderer = try Workshop.renderer.get()
    let document = Samples.notice().document()
    let bytes = try await renderer.pdf(document, paperWidthDots: 576)
    #expect(bytes.starts(with: Array("%PDF-".utf8)))
    let isSame = try await renderer.pdf(document, paperWidthDots: 576) == bytes
    #expect(isSame)
    let file = try Workshop.keep(bytes, as: "notice-80.pdf")
    let info = try #require(await Workshop.output("/usr/bin/pdfinfo", [file.path]))
    #expect(info.contains(/Pages: +1\n/) && info.contains(/Page size: +204\.\d+ x/))
    let text = try #require(await Workshop.output("/usr/bin/pdftotext", [file.path, "-"]))
    #expect(text.contains("社会保障卡申领") && text.contains("原件1份"))
  }

  @Test("without the hall's font the renderer says which is missing")
  func fontMissing() {
    let nowhere = FontFiles(folders: ["/nonexistent"], families: ["Noto Sans CJK SC"], cacheFolder: "/nonexistent")
    #expect(throws: SlipRenderFault.fontMissing(family: "Noto Sans CJK SC", folders: ["/nonexistent"])) {
      _ = try SlipRenderer(fonts: nowhere)
    }
  }
}
