import Foundation
import Testing

@testable import HallHTTP

/// Goal: no page of a training is without its band. Method: the pages of the package, as the server reads them.
@Suite("The band of a training")
struct TrainingBandTests {
  private static let pages = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Kiosk").path

  private static func folder(_ band: TrainingBand?) throws -> PageFolder {
    try PageFolder(root: pages, libraries: [:], band: band) { String($0.count) }
  }

  @Test("every page has it once, before everything else of the page; in the hall itself none has it")
  func everyPage() throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: Self.pages).filter { $0.hasSuffix(".html") }
    #expect(names.count >= 6)
    let (hall, training) = (try Self.folder(nil), try Self.folder(TrainingBand(end: "12:00")))
    for name in names {
      let plain = String(decoding: try #require(hall.file(name)).bytes, as: UTF8.self)
      #expect(!plain.contains("id=\"training\""), "\(name)")
      let text = String(decoding: try #require(training.file(name)).bytes, as: UTF8.self)
      #expect(text.components(separatedBy: "id=\"training\"").count == 2, "\(name)")
      #expect(text.contains("/shared/training.css"), "\(name)")
      let body = try #require(text.range(of: "<body>")).upperBound
      #expect(text[body...].drop(while: \.isWhitespace).hasPrefix("<aside class=\"training\""), "\(name)")
      #expect(text.contains("演练") && text.contains("12:00"), "\(name)")
    }
  }

  @Test("a page that has no place for it is not served: the training does not begin")
  func withoutPlace() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pages-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("<p>without a body</p>".utf8).write(to: folder.appendingPathComponent("index.html"))
    #expect(throws: PageFolder.Fault.self) {
      try PageFolder(root: folder.path, libraries: [:], band: TrainingBand(end: "12:00")) { _ in "" }
    }
  }
}
