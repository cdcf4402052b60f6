import Foundation
import Ports
import SlipRender
import Slips
import Testing

/// Slips read back by independent programs: two code readers and a text recogniser, on the picture as it is, out of
/// focus, and faded to half contrast as thermal paper does.
@Suite("Slips read back")
struct ReadingTests {
  private static let zbarimg = "/usr/bin/zbarimg"
  private static let python = Workshop.repository.appendingPathComponent(".build/venv/bin/python").path
  private static let zxing = Workshop.repository.appendingPathComponent("Tests/support/read_codes.py").path
  private static let hasZXing: Bool = {
    let site = Workshop.repository.appendingPathComponent(".build/venv/lib").path
    let files = FileManager.default.enumerator(atPath: site)
    while let file = files?.nextObject() as? String {
      if file.contains("zxingcpp") { return true }
    }
    return false
  }()
  private static let tesseract = "/usr/bin/tesseract"

  private static func hasTool(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// Every drawing in every wear takes minutes: `make test-slips` does that. Else each drawing has one wear, in turns, so that all wears are
  /// met by slips of every kind.
  private static let readsAll = ProcessInfo.processInfo.environment["YICHUANG_READ_ALL"] != nil

  private static func wears(at place: Int) -> [Photograph.Wear] {
    let all = Photograph.Wear.allCases
    return readsAll ? all : [all[place % all.count]]
  }

  /// A drawing and the wear in which it is read.
  struct Reading: Sendable, CustomTestStringConvertible {
    let drawing: Drawing
    let wear: Photograph.Wear
    var testDescription: String { "\(drawing.name) \(wear)" }
  }

  private static func readings(_ drawings: [Drawing]) -> [Reading] {
    drawings.enumerated().flatMap { place, drawing in wears(at: place).map { Reading(drawing: drawing, wear: $0) } }
  }

  /// The two run beside each other, for each waits for one program at a time.
  @Suite("their codes", .serialized)
  struct Codes {
    @Test(
      "the code reads exactly what was put into it",
      .enabled(if: ReadingTests.hasTool(ReadingTests.zbarimg), "zbar-tools is not installed"),
      arguments: Drawing.all.filter(\.hasCode))
    func code(drawing: Drawing) async throws { try await readCode(drawing, .fresh) }

    @Test(
      "the code reads from a blurred and from a faded slip",
      .enabled(if: ReadingTests.hasTool(ReadingTests.zbarimg), "zbar-tools is not installed"),
      arguments: Drawing.read.filter(\.hasCode),
      [Photograph.Wear.blurred, .faded])
    func wornCode(drawing: Drawing, wear: Photograph.Wear) async throws { try await readCode(drawing, wear) }

    @Test(
      "a second reader reads every code, fresh, blurred and faded",
      .enabled(if: ReadingTests.hasZXing, "zxing-cpp is not installed: packaging/setup test"),
      arguments: ReadingTests.readings(Drawing.all.filter(\.hasCode)))
    func secondReader(reading: Reading) async throws {
      let payload = try Self.payload(of: reading.drawing)
      let files = try await ReadingTests.photographs(reading.drawing, reading.wear).map(\.path)
      let read = try await Workshop.output(ReadingTests.python, [ReadingTests.zxing] + files)
      #expect(read == payload + "\n")
    }

    private func readCode(_ drawing: Drawing, _ wear: Photograph.Wear) async throws {
      let payload = try Self.payload(of: drawing)
      // A page without a code gives no output and a bad status.
      var read = ""
      for file in try await ReadingTests.photographs(drawing, wear) {
        read += try await Workshop.output(ReadingTests.zbarimg, ["--quiet", "--raw", "--nodbus", file.path]) ?? ""
      }
      #expect(read == payload + "\n")
    }

    private static func payload(of drawing: Drawing) throws -> String {
      try #require(
        drawing.document.blocks.lazy.compactMap { block in
          if case .code(let payload, _, _) = block { payload } else { nil }
        }.first)
    }
  }

  @Suite("their words", .serialized)
  struct Words {
    @Test(
      "hall, number and title are read",
      .enabled(if: ReadingTests.hasTool(ReadingTests.tesseract), "tesseract-ocr is not installed"),
      arguments: ReadingTests.readings(Drawing.read))
    func text(reading: Reading) async throws {
      let (drawing, wear) = (reading.drawing, reading.wear)
      var text = ""
      for file in try await ReadingTests.photographs(drawing, wear, rows: drawing.rowsToRead) {
        let read = try #require(
          await Workshop.output(
            ReadingTests.tesseract, [file.path, "-", "-l", "chi_sim+eng", "--psm", "11", "--dpi", "203"]))
        text += read.filter { !$0.isWhitespace }
      }
      for words in drawing.legible { #expect(text.contains(words), "read: \(text)") }
    }
  }

  /// The slip from its head down, or each page of it.
  private static func photographs(_ drawing: Drawing, _ wear: Photograph.Wear, rows: Int = .max) async throws -> [URL] {
    try await drawing.images().enumerated().map { page, image in
      try Workshop.keep(
        Photograph(image, wear, rows: rows).pgm,
        as: "\(drawing.name(ofPage: page))-\(wear)\(rows == .max ? "" : "-head").pgm")
    }
  }
}
