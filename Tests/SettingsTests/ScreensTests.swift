import FileKit
import Foundation
import Hall
import Settings
import Testing
import YAMLDocuments

/// Neighbours, the idle screen and the photos of staff in the configuration.
@Suite("screens and neighbours of the configuration")
struct ScreensTests {
  static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
  static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]

  private func hall(_ more: String, files: [String: [UInt8]]) throws -> Loaded<HallSettings> {
    let scratch = try Scratch()
    for (name, bytes) in files {
      let url = URL(fileURLWithPath: "\(scratch.path)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
    return try scratch.configuration(ConfigurationTests.good + more)
  }

  @Test("texts and pictures are shown in the order of their names; what cannot be shown is left out with a word")
  func publicity() throws {
    let loaded = try hall(
      """
      publicity:
        folder: shown
        after_seconds: 90
        awareness: {ask: 您知道可以代办吗, answers: [知道, 不知道]}
      """,
      files: [
        "shown/2.png": Self.png, "shown/1.txt": Array("题目\n一行".utf8), "shown/3.JPG": Self.jpeg,
        "shown/4.png": Self.jpeg, "shown/5.bmp": [1], "shown/6.txt": [0xB2, 0xBB],
        "shown/7.txt": [UInt8](repeating: 65, count: 4097), "shown/.hidden": [1],
      ])
    let settings = try Reference.require(loaded)
    #expect(settings.publicity.files.map(\.name) == ["1.txt", "2.png", "3.JPG"])
    #expect(settings.publicity.files.map(\.type) == ["text/plain", "image/png", "image/jpeg"])
    #expect(settings.publicity.afterSeconds == 90)
    #expect(settings.rules.awareness?.answers == ["知道", "不知道"])
    #expect(settings.rules.awareness?.id.count == 16)
    let told = loaded.warnings.filter { $0.file.contains("/shown/") }
    #expect(told.map { $0.file.suffix(5) } == ["4.png", "5.bmp", "6.txt", "7.txt"])
  }

  @Test("names and signs of the screens over windows are only where the file says so")
  func signs() throws {
    let plain = try Reference.require(try hall("", files: [:]))
    #expect(plain.staff.allSatisfy { !$0.showsName && !$0.isPartyMember })
    #expect(plain.rules.windows.allSatisfy { $0.pauseText == nil })
    let text = ConfigurationTests.good
      .replacing("badge: AJ001,", with: "badge: AJ001, display_name: true, party_member: true,")
      .replacing("{number: 1,", with: "{number: 1, pause_text: 请稍候,")
    let settings = try Reference.require(try Scratch().configuration(text))
    let shown = try #require(settings.staff.first { $0.badge == "AJ001" })
    #expect(shown.showsName && shown.isPartyMember)
    #expect(settings.rules.window(1)?.pauseText == "请稍候")
    let long = ConfigurationTests.good
      .replacing("{number: 1,", with: "{number: 1, pause_text: \(String(repeating: "长", count: 31)),")
    #expect(try Scratch().configuration(long).value == nil)
  }

  @Test("a photo belongs to a badge")
  func photos() throws {
    let loaded = try hall(
      "staff_photos: faces\n", files: ["faces/AJ001.jpg": Self.jpeg, "faces/XX.png": Self.png, "faces/a.txt": [65]])
    let settings = try Reference.require(loaded)
    #expect(settings.photos.keys.sorted() == ["AJ001"])
    let told = loaded.warnings.filter { $0.file.contains("/faces/") }.map(\.what)
    #expect(told.count == 2 && told.contains { $0.contains("nobody has the badge XX") }, "\(told)")
  }

  @Test(
    "what is written wrong is a fault at its line",
    arguments: [
      ("publicity: {folder: nowhere}\n", "no folder that can be read"),
      ("publicity: {after_seconds: 3}\n", "“3”"),
      ("publicity: {awareness: {ask: 问, answers: [一]}}\n", "two to four"),
      ("publicity: {awareness: {ask: 问, answers: [一, 一]}}\n", "two to four"),
      ("publicity: {awareness: {answers: [一, 二]}}\n", "`ask` is missing"),
      ("staff_photos: nowhere\n", "no folder that can be read"),
      ("neighbours: {police: {name: 派出所, address: 路, hours: 全天, phone: '1'}}\n", "“1”"),
      ("neighbours: {police: {name: 派出所, hours: 全天, phone: '110'}}\n", "`address` is missing"),
      ("neighbours: {city: {}}\n", "`city` is not known"),
    ])
  func faults(more: String, says: String) throws {
    let loaded = try hall(more, files: [:])
    #expect(loaded.faults.count == 1 && loaded.faults[0].what.contains(says), "\(loaded.faults)")
    #expect(loaded.faults.allSatisfy { $0.line > 40 })
  }

  @Test("neighbours are read, and missed where items of the catalogue need them")
  func neighbours() throws {
    let place = "{name: 东村便民服务站, address: 东村, hours: 工作日, phone: '12345'}"
    let loaded = try hall("neighbours: {villages: [\(place)]}\n", files: [:])
    let settings = try Reference.require(loaded)
    #expect(settings.rules.neighbours.villages.map(\.name) == ["东村便民服务站"])
    let missed = { (loaded: Loaded<HallSettings>) in loaded.warnings.filter { $0.what.contains("is not done here") } }
    #expect(missed(loaded).isEmpty)
    #expect(missed(try hall("", files: [:])).count == 1)
  }
}
