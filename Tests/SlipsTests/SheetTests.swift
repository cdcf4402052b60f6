import FoundationEssentials
import Hall
import Ports
import SlipRender
import Slips
import Testing

/// Form A on A4, for halls with an office printer and for whoever files it.
@Suite("Sheets of A4")
struct SheetTests {
  private static func text(_ document: SlipDocument, as name: String) async throws -> (info: String, text: String) {
    let file = try Workshop.keep(try await Workshop.renderer.get().sheets(document), as: name)
    let info = try #require(await Workshop.output("/usr/bin/pdfinfo", [file.path]))
    let text = try #require(await Workshop.output("/usr/bin/pdftotext", ["-layout", file.path, "-"]))
    return (info, text)
  }

  @Test("every page is A4 and says its number and the slip's", arguments: [false, true])
  func pages(large: Bool) async throws {
    let (info, text) = try await Self.text(
      Samples.everything(large: large).document(), as: "sheet-\(large ? "large" : "plain").pdf")
    #expect(info.contains(/Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/), "\(info)")
    let count = try #require(info.firstMatch(of: /Pages: +(\d+)/).flatMap { Int($0.1) })
    #expect(large ? count > 1 : count <= 2)
    for page in 1...count { #expect(text.contains("第 \(page) 页，共 \(count) 页"), "\(text)") }
    #expect(text.ranges(of: Samples.noticeNumber).count >= count + 2, "foot, stub and each page")
  }

  @Test(
    "thirty materials go over as many pages as they need; none is lost, none is cut in two", arguments: [false, true])
  func thirty(large: Bool) async throws {
    let document = Samples.notice(Samples.thirty, situations: [], large: large).document()
    let (_, text) = try await Self.text(document, as: "sheet-thirty-\(large ? "large" : "plain").pdf")
    let pages = text.split(separator: "\u{0C}", omittingEmptySubsequences: true).filter { $0.contains("页，共") }
    #expect(pages.count > 1)
    for number in 1...30 {
      let ours = pages.filter { $0.contains("材料第\(number)号") }
      #expect(ours.count == 1 && ours[0].contains("取得方式第\(number)号"), "material \(number)")
    }
    // The stub that the window cuts off is in one piece.
    let last = pages.last ?? ""
    #expect(last.contains("窗口留存") && last.contains(Samples.noticeNumber))
  }

  @Test("no mark leaves the page: the margins stay white", arguments: [false, true])
  func margins(large: Bool) async throws {
    let document = Samples.notice(Samples.thirty, situations: [], large: large).document()
    for image in try await Workshop.renderer.get().sheetImages(document) {
      #expect(image.widthDots == 1680 && image.heightDots == 2376)
      for row in 0..<image.heightDots {
        let line = image.bits[row * image.bytesPerRow..<(row + 1) * image.bytesPerRow]
        let isOuter = row < 64 || row >= image.heightDots - 40
        let margin = isOuter ? Array(line) : Array(line.prefix(12)) + Array(line.suffix(12))
        let isWhite = margin.allSatisfy { $0 == 0 }
        #expect(isWhite, "row \(row)")
      }
    }
  }

  /// Characters of law and daily life, one of which an embedded font once lost.
  private static let prose = SlipDocument(
    kind: .notice, slip: SlipID("prose"), largeType: false,
    blocks: (0..<24).flatMap { turn -> [SlipBlock] in
      [
        .section(title: "变更项目证明材料\(turn)", advice: "如更名后的户口簿（视情形）"),
        .keyValue(key: "设定依据", value: "《“中华人民共和国社会保障卡”管理办法》（人社部发〔2011〕47号）第三条、第十二条"),
        .paragraph(text: "因特殊情况未能直接结算的住院、门诊费用，如急诊、转诊（含异地）均可；𬱖、㑇、䶮、𠮷。", style: .body),
      ]
    })

  @Test("the PDF shows what the picture shows: no letter is lost on its way into the file")
  func sameInk() async throws {
    let renderer = try Workshop.renderer.get()
    for (name, document) in [("prose", Self.prose), ("every", Samples.everything().document())] {
      let file = try Workshop.keep(try await renderer.sheets(document), as: "ink-\(name).pdf")
      for (page, image) in try await renderer.sheetImages(document).enumerated() {
        let stem = file.deletingPathExtension().path + "-\(page + 1)"
        let number = "\(page + 1)"
        _ = try #require(
          await Workshop.output(
            "/usr/bin/pdftoppm",
            [
              "-mono", "-singlefile", "-scale-to-x", "1680", "-scale-to-y", "2376", "-f", number, "-l", number,
              file.path, stem,
            ]))
        let picture = try Data(contentsOf: URL(filePath: stem + ".pbm"))
        let bits = [UInt8](picture.suffix(image.bits.count))
        let lost = Self.lostTiles(image, bits)
        #expect(lost.isEmpty, "\(name), page \(number): \(lost.prefix(5))")
      }
    }
  }

  /// Tiles of 24 by 24 dots with much ink in the picture and less than half of it in the other.
  private static func lostTiles(_ image: SlipImage, _ other: [UInt8]) -> [String] {
    /// `around`: dots beside in units of eight, and half as many above and below, because outlines are not hinted.
    func ink(_ bits: [UInt8], _ x: Int, _ y: Int, around: Int = 0) -> Int {
      (y - 4 * around..<y + 24 + 4 * around).reduce(0) { sum, row in
        (x / 8 - around..<x / 8 + 3 + around).reduce(sum) { $0 + bits[row * image.bytesPerRow + $1].nonzeroBitCount }
      }
    }
    var lost: [String] = []
    for y in stride(from: 24, to: image.heightDots - 48, by: 12) {
      for x in stride(from: 24, to: image.widthDots - 48, by: 8) {
        let ours = ink(image.bits, x, y)
        if ours > 120, ink(other, x, y, around: 1) * 2 < ours { lost.append("\(x),\(y)") }
      }
    }
    return lost
  }
}
