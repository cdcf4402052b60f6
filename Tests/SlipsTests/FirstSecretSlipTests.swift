import Groundwork
import Hall
import Ports
import SlipRender
import Slips
import Testing

/// Goal: whoever gets the slip can read whose it is, the secret and what to do, on every roll.
struct FirstSecretSlipTests {
  private let slip = FirstSecretSlip(
    slip: SlipID("secret-1"), hall: "安居镇便民服务中心", name: "演示员甲", badge: "AJ001", secret: "kx7m-p2wd-9rth",
    printedAt: Timestamp(milliseconds: 1_795_000_000_000))

  @Test("it names the member and has the secret once")
  func content() {
    let blocks = slip.document().blocks
    #expect(
      blocks.contains(.keyValue(key: "工号", value: "AJ001")) && blocks.contains(.keyValue(key: "姓名", value: "演示员甲")))
    #expect(blocks.filter { $0 == .paragraph(text: "kx7m-p2wd-9rth", style: .subject) }.count == 1)
  }

  @Test("it is drawn on every roll within a ticket's length", arguments: [384, 512, 576])
  func drawn(dots: Int) async throws {
    let image = try await SlipRenderer().render(slip.document(), paperWidthDots: dots)
    #expect(image.widthDots == dots)
  }
}
