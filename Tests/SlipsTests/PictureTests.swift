import Hall
import Ports
import SlipRender
import Slips
import Testing

/// One slip on one paper, by a name for its picture.
struct Drawing: Sendable, CustomTestStringConvertible {
  let name: String
  let document: SlipDocument
  let width: Int

  var testDescription: String { name }

  static let all: [Drawing] = [
    Drawing(name: "ticket-80", document: Samples.ticket().document(), width: 576),
    Drawing(name: "ticket-80-large", document: Samples.ticket(large: true).document(), width: 576),
    Drawing(name: "ticket-80-copy2", document: Samples.ticket(copy: 2).document(), width: 576),
    Drawing(name: "ticket-58", document: Samples.ticket().document(), width: 384),
    Drawing(name: "ticket-58-large-copy2", document: Samples.ticket(copy: 2, large: true).document(), width: 384),
    Drawing(name: "notice-80", document: Samples.notice().document(), width: 576),
    Drawing(
      name: "notice-80-all-copy2", document: Samples.notice(situations: [], ticket: nil, copy: 2).document(),
      width: 576),
    Drawing(name: "notice-80-large", document: Samples.notice(large: true).document(), width: 576),
    Drawing(name: "notice-58", document: Samples.notice().document(), width: 384),
  ]
}

@Suite("Slips as pictures")
struct PictureTests {
  @Test("every slip draws", arguments: Drawing.all)
  func draws(drawing: Drawing) async throws {
    let renderer = try Workshop.renderer.get()
    let image = try await renderer.render(drawing.document, paperWidthDots: drawing.width)
    #expect(image.widthDots == drawing.width)
    try Workshop.keep(renderer.png(image), as: "\(drawing.name).png")
  }
}
