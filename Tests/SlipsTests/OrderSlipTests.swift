import Groundwork
import Hall
import Ports
import SlipRender
import Slips
import Testing

/// Goal: whoever asked why another number went first has the answer on paper, without anything that concerns other people.
struct OrderSlipTests {
  private func slip(_ reason: OrderReason, _ language: SlipLanguage = .chinese) throws -> OrderSlip {
    let (first, other) = (try #require(TicketNumber("B012")), try #require(TicketNumber("A020")))
    return OrderSlip(
      slip: SlipID("order-1"), hallName: Samples.hallName, sentence: OrderSentence(reason, first, before: other),
      language: language, supervisePhone: "023-45800002", printedAt: Samples.moment)
  }

  @Test("it has the sentence for residents and the phone, in both languages", arguments: SlipLanguage.allCases)
  func content(language: SlipLanguage) throws {
    let blocks = try slip(.priority(inARow: 1, overtaken: 2, most: 4), language).document().blocks
    let sentence = language == .chinese ? "B012 是优先号" : "B012 has priority"
    #expect(blocks.contains { if case .paragraph(let text, .lead) = $0 { text.hasPrefix(sentence) } else { false } })
    #expect(blocks.contains { if case .keyValue(_, "023-45800002") = $0 { true } else { false } })
  }

  @Test("who picked a number and why is not on it")
  func nothingPrivate() throws {
    let text = "\(try slip(.byName(badge: "AJ001", reason: "孕妇")).document())"
    #expect(!text.contains("AJ001") && !text.contains("孕妇") && text.contains("点名"))
  }

  @Test("it is drawn on every roll", arguments: [384, 512, 576])
  func drawn(dots: Int) async throws {
    let image = try await SlipRenderer().render(try slip(.cameFirst).document(), paperWidthDots: dots)
    #expect(image.widthDots == dots)
  }
}
