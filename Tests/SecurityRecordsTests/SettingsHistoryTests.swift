import FoundationEssentials
import Groundwork
@testable import SecurityRecords
import Testing

/// Goal: what was in force can be read later, bounded, and without a secret.
@Suite("The history of settings")
struct SettingsHistoryTests {
  private static let nine = Timestamp(milliseconds: 1_795_395_600_000)

  private func folder(_ body: (SettingsHistory) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/settings-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(SettingsHistory(stateFolder: path))
  }

  @Test(
    "hashes, tokens and secrets are masked however they are written, and nothing else is",
    arguments: [
      ("secret_hash: scrypt$ln=15,r=8,p=3$a==$b==", "secret_hash: …"),
      (
        "- {badge: A1, secret_hash: \"scrypt$ln=15,r=8,p=3$a==$b==\", role: clerk}",
        "- {badge: A1, secret_hash: …, role: clerk}"
      ),
      ("  token: 'board-token-of-2026'", "  token: …"), ("board: {token: abc, x: 1}", "board: {token: …, x: 1}"),
      ("page_secret: credential:kiosk", "page_secret: credential:kiosk"), ("name: 安居镇 # token", "name: 安居镇 # token"),
      ("monitoring:\n  token: abcdefgh # 监控", "monitoring:\n  token: … # 监控"),
    ])
  func masks(_ text: String, _ masked: String) { #expect(SettingsHistory.masked(text) == masked) }

  @Test("the newest are kept, numbers are never given twice, and the same text is kept once")
  func bounded() throws {
    try folder { history in
      for number in 1...(SettingsHistory.kept + 3) {
        #expect(history.append("n: \(number)\n", at: Self.nine, by: "a\nb", sections: ["lanes"]))
      }
      #expect(history.numbers().count == SettingsHistory.kept && history.numbers().first == 4)
      #expect(history.append("n: \(SettingsHistory.kept + 3)\n", at: Self.nine, by: "start", sections: []))
      let last = try #require(history.numbers().last.flatMap { history.entry($0) })
      #expect(last.number == SettingsHistory.kept + 3 && last.by == "a?b" && last.sections == ["lanes"])
      #expect(history.entry(1) == nil && history.entry(0) == nil && history.entry(-1) == nil)
    }
  }

  @Test("a difference tells lines in the order of the file")
  func difference() {
    func entry(_ text: String) -> SettingsHistory.Entry {
      SettingsHistory.Entry(number: 1, at: "", by: "", sections: [], text: text)
    }
    #expect(SettingsHistory.difference(from: entry("a\nb\nc\n"), to: entry("a\nx\nc\nd\n")) == ["-b", "+x", "+d"])
    #expect(SettingsHistory.difference(from: nil, to: entry("a\nb\n")) == ["+a", "+b"])
    #expect(SettingsHistory.difference(from: entry("a\n"), to: entry("a\n")).isEmpty)
  }

  @Test("a folder that cannot be written says so")
  func refused() {
    #expect(!SettingsHistory(stateFolder: "/proc").append("a", at: Self.nine, by: "x", sections: []))
  }
}
