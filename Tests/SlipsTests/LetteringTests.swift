import Hall
import Ports
import SlipRender
import Slips
import Testing

/// Typography: where lines break, how large letters are, how long the paper gets.
@Suite("Lettering")
struct LetteringTests {
  /// No line of a Chinese text begins with one of these (避头) or ends with one of those (避尾).
  static let neverFirst = Set("，。、；：！？）》」』】”’…／—")
  static let neverLast = Set("（《「『【“‘")

  /// Texts of every length from 1 on, with punctuation, digits and Latin letters at changing positions.
  static let prose: [SlipDocument] = [
    "《“中华人民共和国社会保障卡”管理办法》（人社部发〔2011〕47号）第三条、第十二条；其他（含补换、挂失）。",
    "请带身份证／户口簿／居住证之一：原件1份、复印件2份，9:00—12:00到1、2号窗口……谢谢！",
    "因特殊情况未能直接结算的住院、门诊费用，“急诊”“转诊”（含异地）均可；请于30日内办理。",
  ].flatMap { text in
    (1...text.count).map { length in
      SlipDocument(
        kind: .notice, slip: SlipID("prose"), largeType: false,
        blocks: [.paragraph(text: String(text.suffix(length)), style: .body)])
    }
  }

  private static func check(_ pieces: [Lettering]) {
    for piece in pieces {
      for line in piece.lines.dropFirst() {
        #expect(!(line.first.map(neverFirst.contains) ?? true), "\(piece.lines)")
      }
      for line in piece.lines.dropLast() {
        #expect(!(line.trimming.last.map(neverLast.contains) ?? true), "\(piece.lines)")
      }
      if piece.lines.count > 1, let last = piece.lines.last {
        #expect(last.count >= 2, "\(piece.lines)")
      }
    }
  }

  @Test("lines of every slip break where Chinese lines may, and leave no orphan", arguments: Drawing.rolls)
  func slipsBreakWell(drawing: Drawing) async throws {
    Self.check(try await Workshop.renderer.get().lettering(drawing.document, paperWidthDots: drawing.width))
  }

  @Test("prose of any length breaks well on both papers", arguments: [576, 384])
  func proseBreaksWell(width: Int) async throws {
    let renderer = try Workshop.renderer.get()
    var broken = 0
    for document in Self.prose {
      let pieces = try await renderer.lettering(document, paperWidthDots: width)
      broken += pieces.filter { $0.lines.count > 1 }.count
      Self.check(pieces)
    }
    #expect(broken > 50, "the prose is long enough to be broken")
  }

  @Test(
    "no letter is under 24 dots, what 大字 enlarges not under 48, and nothing is narrowed past reading",
    arguments: Drawing.rolls)
  func floors(drawing: Drawing) async throws {
    let pieces = try await Workshop.renderer.get().lettering(drawing.document, paperWidthDots: drawing.width)
    #expect(pieces.allSatisfy { $0.emDots >= 24 && $0.squeeze >= 0.5 })
    if drawing.document.largeType { Self.enlarged(drawing.document, pieces) }
    for case .checkItem(_, let name, _, let details, _) in drawing.document.blocks {
      let names = pieces.filter { $0.lines.joined() == name }
      #expect(!names.isEmpty && names.allSatisfy { $0.emDots >= 34 && $0.squeeze == 1 })
      for detail in details {
        let found = pieces.filter { $0.lines.joined() == detail }
        #expect(!found.isEmpty && found.allSatisfy { $0.emDots >= 28 })
      }
    }
  }

  @Test(
    "the ticket number is at least 160 dots high, whatever it is", arguments: ["A042", "E007", "W1000"], [576, 384])
  func numberHeight(number: String, width: Int) async throws {
    for large in [false, true] {
      let document = SlipDocument(
        kind: .ticket, slip: SlipID("n"), largeType: large, blocks: [.bigNumber(text: number)])
      let image = try await Workshop.renderer.get().render(document, paperWidthDots: width)
      let inked = (0..<image.heightDots).filter { row in
        (0..<image.bytesPerRow).contains { image.bits[row * image.bytesPerRow + $0] != 0 }
      }
      #expect(inked.count >= 160)
    }
  }

  /// Title, item, what to do next, what must be brought, place and phones.
  private static func enlarged(_ document: SlipDocument, _ pieces: [Lettering]) {
    var isLarge = true
    for block in document.onRoll.blocks {
      let texts: [String]
      switch block {
      case .title(let text), .paragraph(let text, .subject): texts = [text]
      case .section(let title, _):
        isLarge = NoticeSlip.isEnlarged(section: title)
        texts = []
      case .checkItem(_, let name, let copies, _, _) where isLarge: texts = [name] + copies
      case .keyValue(let key, let value) where isLarge: texts = [key, value]
      case .cutLine, .rule:
        isLarge = false
        texts = []
      default: texts = []
      }
      for text in texts {
        // A long name is drawn in phrases, and the first phrase begins it; the stub repeats the name in smaller
        // letters.
        let found = pieces.filter { $0.lines.joined().count > 1 && text.hasPrefix($0.lines.joined()) }
        #expect(found.contains { $0.emDots >= 48 } || found.isEmpty, "\(text)")
      }
    }
  }

  @Test("a word that residents know is never split by a line's end", arguments: [576, 384])
  func knownTerms(width: Int) async throws {
    let renderer = try Workshop.renderer.get()
    let words = ["医疗保险", "身份证", "保障卡", "户口簿", "服务中心", "居民"]
    for length in 0..<24 {
      let text = String(repeating: "到", count: length) + words.joined(separator: "及") + "居民身份证及社会保障卡均可"
      for large in [false, true] {
        let document = SlipDocument(
          kind: .notice, slip: SlipID("terms"), largeType: large,
          blocks: [
            .paragraph(text: text, style: .body),
            .checkItem(number: 1, name: text, copies: ["1份"], details: [text]),
          ])
        for piece in try await renderer.lettering(document, paperWidthDots: width) where piece.lines.count > 1 {
          for word in words {
            let whole = text.ranges(of: word).count
            #expect(piece.lines.reduce(0) { $0 + $1.ranges(of: word).count } == whole, "\(word): \(piece.lines)")
          }
        }
      }
    }
  }

  @Test("a 大字 notice of 58 mm is shorter than any that enlarges everything: the law's part stands behind the code")
  func largeLength() async throws {
    let document = Samples.everything(large: true).document()
    let image = try await Workshop.renderer.get().render(document, paperWidthDots: 384)
    #expect(image.heightDots < 6000, "750 mm; it was 1074 mm")
    let texts = TicketSlipTests.texts(document.onRoll)
    #expect(!texts.contains("设定依据") && !texts.contains { $0.hasPrefix("目录版本") })
    #expect(texts.contains { $0.contains("A4") })
    #expect(TicketSlipTests.texts(document).contains("设定依据"), "A4 has it all")
  }

  @Test("a ticket is at most 90 mm long, also with long words and as a second copy", arguments: [576, 384])
  func ticketLength(width: Int) async throws {
    let renderer = try Workshop.renderer.get()
    for large in [false, true] {
      for copy in [1, 2] {
        let slip = Samples.ticket(
          number: "W1000", ahead: 128, estimate: 120...180, windows: [1, 2, 3, 4, 6], copy: copy, large: large)
        let image = try await renderer.render(slip.document(), paperWidthDots: width)
        let pieces = try await renderer.lettering(slip.document(), paperWidthDots: width)
        #expect(image.heightDots <= 720, "large \(large), copy \(copy): \(pieces)")
      }
    }
  }

  @Test("thirty materials with long names draw, and each keeps its count at the right edge")
  func manyMaterials() async throws {
    let materials = (1...30).map { ordinal in
      Material(
        name: "第\(ordinal)种" + String(repeating: "证明材料", count: ordinal % 9 + 1), kind: .originalAndCopy, originals: 1,
        copies: ordinal, required: true)
    }
    let item = Item(
      code: "X", name: String(repeating: "很长的事项名称", count: 6), initials: "HC", category: "其他",
      queueGroup: "综合", handledBy: .window, materials: materials)
    let renderer = try Workshop.renderer.get()
    for width in [576, 384] {
      let document = Samples.notice(item, situations: []).document()
      let pieces = try await renderer.lettering(document, paperWidthDots: width)
      Self.check(pieces)
      for ordinal in 1...30 { #expect(pieces.contains { $0.lines == ["复印件\(ordinal)份"] }) }
      let image = try await renderer.render(document, paperWidthDots: width)
      try Workshop.keep(renderer.png(image), as: "thirty-materials-\(width).png")
    }
  }

  @Test(
    "what stands below a name keeps off it, whether or not a count stands beside it",
    arguments: [nil, CheckMark.missing])
  func belowTheName(mark: CheckMark?) async throws {
    let renderer = try Workshop.renderer.get()
    func height(_ copies: [String]) async throws -> Int {
      let item = SlipBlock.checkItem(number: 1, name: "住址", copies: copies, details: ["以下之一："], mark: mark)
      let document = SlipDocument(kind: .notice, slip: SlipID("below"), largeType: false, blocks: [item])
      return try await renderer.render(document, paperWidthDots: 384).heightDots
    }
    // The count fits beside such a short name.
    #expect(try await height([]) == height(["1份"]))
  }

  @Test("paper of an impossible width and a slip without end are refused")
  func outsidePaper() async throws {
    let renderer = try Workshop.renderer.get()
    let document = Samples.ticket().document()
    await #expect(throws: SlipRenderFault.self) { try await renderer.render(document, paperWidthDots: 16) }
    let endless = SlipDocument(
      kind: .notice, slip: SlipID("n"), largeType: true,
      blocks: Array(repeating: .paragraph(text: "一行", style: .body), count: 1000))
    await #expect(throws: SlipRenderFault.self) { try await renderer.render(endless, paperWidthDots: 576) }
  }
}

extension String {
  fileprivate var trimming: String { String(reversed().drop { $0 == " " }.reversed()) }
}
