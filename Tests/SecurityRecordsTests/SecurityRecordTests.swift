import Foundation
import Groundwork
import Testing

@testable import SecurityRecords

/// Goal: whatever is sent, a record stays one line with the fields that the program wrote.
@Suite("Lines of the security log")
struct SecurityRecordTests {
  private static let nine = Timestamp(milliseconds: 1_795_395_600_000)

  @Test(
    "nothing that is sent makes another line or another field",
    arguments: [
      "x\n{\"event\":\"signed_in\",\"badge\":\"AJ100\"}", "x\",\"event\":\"signed_in", "x\\", "\u{2028}signed_in",
      "\r\nsigned_in", "\u{1B}[2K", "\u{85}", "\u{202E}txt", "\u{0}", "</script>", "\u{FEFF}",
      String(repeating: "长", count: 10_000),
    ])
  func injection(_ sent: String) throws {
    let line = SecurityRecord(.refused, [.request: sent, .code: "cross_site"], at: Self.nine).line()
    #expect(line.split(whereSeparator: \.isNewline).count == 1)
    #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    #expect(line.utf8.count < 1_000)
    let read = try #require(SecurityLine(line))
    #expect(read.event == "refused" && Set(read.values.keys) == ["request", "code"])
    // Foundation reads it alike.
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
    #expect(object?["event"] == "refused" && object?.count == 4)
    #expect(read.words(inChinese: true).split(whereSeparator: \.isNewline).count == 1)
  }

  @Test("a line is read as it was written, in both languages")
  func words() throws {
    let record = SecurityRecord(.signedIn, [.badge: "AJ001", .source: "127.0.0.1", .window: nil], at: Self.nine)
    let line = #"{"at":"2026-11-23T09:00:00+08:00","event":"signed_in","badge":"AJ001","source":"127.0.0.1"}"#
    #expect(record.line() == line)
    let read = try #require(SecurityLine(line))
    #expect(read.words(inChinese: false) == "2026-11-23T09:00:00+08:00 signed in badge=AJ001 source=127.0.0.1")
    #expect(read.words(inChinese: true) == "2026-11-23T09:00:00+08:00 登录 工号=AJ001 地址=127.0.0.1")
    #expect(SecurityLine("no line") == nil && SecurityLine("{}") == nil)
  }

  @Test("what a later release writes is shown as it stands")
  func later() {
    let line = #"{"at":"2027-01-01T00:00:00+08:00","event":"new_event","badge":"AJ001","shape":"round"}"#
    let words = SecurityLine(line)?.words(inChinese: true)
    #expect(words?.hasSuffix("new_event 工号=AJ001 shape=round") == true)
  }
}
