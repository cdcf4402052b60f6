import Hall
import Slips
import Testing

@Suite("Ticket slips")
struct TicketSlipTests {
  /// Every text of a document, from the top down.
  static func texts(_ document: SlipDocument) -> [String] {
    document.blocks.flatMap { block -> [String] in
      switch block {
      case .heading(let text), .title(let text), .bigNumber(let text): [text]
      case .paragraph(let text, _): [text]
      case .keyValue(let key, let value): [key, value]
      case .section(let title, let advice): [title] + (advice.map { [$0] } ?? [])
      case .checkItem(_, let name, let copies, let details, _): [name] + copies + details
      case .step(_, let text): [text]
      case .cutLine(let caption): [caption]
      case .code(_, let beside, let caption): beside.flatMap { ($0.key.map { [$0] } ?? []) + [$0.text] } + [caption]
      case .sealBox(let caption, let beside): [caption] + beside
      case .rule, .space: []
      }
    }
  }

  @Test("says hall, number, how many are ahead, where to go, what if missed, and holds one code, in this order")
  func order() {
    let document = Samples.ticket().document()
    #expect(
      document.blocks == [
        .heading(text: "安居镇便民服务中心"),
        .bigNumber(text: "A042"),
        .paragraph(text: "前面 7 人，约 15–25 分钟", style: .leadCentred),
        .paragraph(text: "叫号后，请到 1 至 3 号窗口", style: .leadCentred),
        .rule,
        .paragraph(text: "过号请到取号机扫小票报到，或找工作人员。", style: .body),
        .code(
          payload: "A042\n\(Samples.code)",
          beside: [SlipLine("供本厅设备扫描"), SlipLine("2026-11-23 09:12")], caption: ""),
      ])
  }

  @Test("in English says the same in this order, keeps the hall's own name, and one line that the staff read")
  func english() {
    #expect(
      Samples.ticket(copy: 2, language: .english).document().blocks == [
        .heading(text: "安居镇便民服务中心"),
        .bigNumber(text: "A042"),
        .paragraph(text: "7 before you, 15–25 min", style: .leadCentred),
        .paragraph(text: "Window 1–3 when called", style: .leadCentred),
        .rule,
        .paragraph(
          text:
            "Sit down and watch the board. If you miss your call, scan this slip at the kiosk or ask the staff.",
          style: .body),
        .paragraph(text: "排队号 A042，1 至 3 号窗口", style: .body),
        .code(
          payload: "A042\n\(Samples.code)",
          beside: [
            SlipLine("For scanners in this hall"), SlipLine("2026-11-23 09:12"), SlipLine("Copy 2（补打）", strong: true),
          ], caption: ""),
      ])
    let texts = Self.texts(Samples.ticket(ahead: 1, estimate: nil, windows: [], language: .english).document())
    #expect(texts.contains("1 before you") && texts.contains("Watch the board for your window"))
    #expect(texts.contains("排队号 A042") && !texts.contains { $0.hasSuffix(" min") })
  }

  @Test(
    "an English ticket names windows and counts as people say them",
    arguments: [
      ([4], "Window 4 when called"), ([2, 1], "Window 1 or 2 when called"),
      ([1, 2, 3, 5], "Window 1–3 or 5 when called"), ([1, 3, 5], "Window 1, 3 or 5 when called"),
    ])
  func englishWindows(numbers: [Int], sentence: String) {
    let texts = Self.texts(Samples.ticket(ahead: 0, estimate: 0...5, windows: numbers, language: .english).document())
    #expect(texts.contains(sentence) && texts.contains("You are next, within 5 min"))
  }

  @Test("promises no minutes where nobody estimated any")
  func noEstimate() {
    let texts = Self.texts(Samples.ticket(ahead: 0, estimate: nil).document())
    #expect(texts.contains("前面 0 人"))
    #expect(!texts.contains { $0.contains("分钟") })
  }

  @Test("a range from nought tells its end, and one that is nought a free window")
  func ends() {
    #expect(Self.texts(Samples.ticket(estimate: 0...10).document()).contains("前面 7 人，约 10 分钟以内"))
    #expect(Self.texts(Samples.ticket(ahead: 0, estimate: 0...0).document()).contains("前面 0 人，有窗口空着"))
    let english = Samples.ticket(ahead: 0, estimate: 0...0, language: .english).document()
    #expect(Self.texts(english).contains("You are next, a window is free"))
  }

  @Test("the break that a wait meets and the hall's promise stand apart from the estimate, in both languages")
  func beside() {
    func texts(_ language: SlipLanguage) -> [String] { Self.texts(Samples.promised(language: language).document()) }
    #expect(texts(.chinese).contains("12:00–14:00 休息，不算在等候时间里"))
    #expect(texts(.chinese).contains("本大厅承诺：等候不超过 15 分钟"))
    #expect(texts(.chinese).contains("前面 7 人，约 10–35 分钟"))
    #expect(texts(.english).contains("Closed 12:00–14:00, not counted as waiting"))
    #expect(texts(.english).contains("This hall promises: 15 min wait at most"))
    #expect(!Self.texts(Samples.ticket().document()).contains { $0.contains("承诺") || $0.contains("休息") })
  }

  @Test(
    "names windows as people say them",
    arguments: [
      ([4], "叫号后，请到 4 号窗口"), ([2, 1], "叫号后，请到 1、2 号窗口"), ([1, 2, 3, 5], "叫号后，请到 1 至 3、5 号窗口"),
      ([], "叫号后，请看大屏上的窗口"),
    ])
  func windows(numbers: [Int], sentence: String) {
    #expect(Self.texts(Samples.ticket(windows: numbers).document()).contains(sentence))
  }

  @Test("says 补打 from the second copy on, and nothing of copies on the first", arguments: [1, 2, 3])
  func copies(copy: Int) {
    let texts = Self.texts(Samples.ticket(copy: copy).document())
    #expect(texts.contains("补打　第 \(copy) 次") == (copy >= 2))
    #expect(texts.contains { $0.contains("次") } == (copy >= 2))
  }

  @Test("never shows seconds")
  func noSeconds() {
    let texts = Self.texts(Samples.ticket(copy: 2).document()) + Self.texts(Samples.notice().document())
    #expect(texts.contains { $0.contains("09:12") })
    #expect(!texts.contains { $0.contains("09:12:") || $0.contains(":37") })
  }

  @Test("a code that was read is found behind the words before it")
  func codeIsFound() {
    let ticket = CodePayload.ticket(number: Samples.ticketNumber("A042"), code: Samples.code)
    let notice = CodePayload.notice(
      hall: Samples.hallName, number: Samples.noticeNumber, item: "RS-004", code: Samples.code)
    #expect(CodePayload.item(in: notice) == "RS-004", "for a hall that did not issue it")
    #expect(CodePayload.code(in: ticket) == Samples.code)
    #expect(CodePayload.code(in: notice) == Samples.code)
    #expect(CodePayload.code(in: "\(Samples.code)\r\n") == Samples.code)
    #expect(CodePayload.code(in: "6901028000000") == nil)
    #expect(CodePayload.code(in: String(repeating: "x ", count: 400) + "\(Samples.code)") == nil)
  }
}
