import Hall
import Testing

@testable import Slips

/// Goal: the slip of a number for several matters says where to go next, and that it is the same number.
@Suite("Several matters on a slip")
struct StopsTests {
  private static let stops = ["H", "E"].compactMap { LaneLetter($0) }.enumerated().map { index, lane in
    TicketSlip.Stop(lane: lane, windows: index == 0 ? [3] : [])
  }

  private func texts(_ slip: TicketSlip) -> [String] {
    slip.document().blocks.compactMap { if case .paragraph(let text, _) = $0 { text } else { nil } }
  }

  @Test("the order of lanes is there in both languages, and nothing for a number of one lane")
  func order() {
    #expect(texts(Samples.ticket(stops: Self.stops)).contains("办完接着去：H 队（3 号窗口），再到 E 队。还是这个号，不用再取。"))
    #expect(
      texts(Samples.ticket(language: .english, stops: Self.stops)).contains {
        $0.hasPrefix("Then go on to lane H") && $0.contains("then lane E")
      })
    #expect(!texts(Samples.ticket()).contains { $0.contains("接着去") })
  }
}
