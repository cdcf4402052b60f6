import FoundationEssentials
import Simulation
import Testing

/// Goal: the hall behaves as the scenarios under Tests/Scenarios say. Here against the core; HallHTTPTests runs the
/// same files over HTTP.
@Suite("Scenarios")
struct ScenarioTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Scenarios")

  static let files: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".txt") }.sorted()

  @Test("there are stories to tell")
  func enough() { #expect(Self.files.count >= 12) }

  @Test("the core does as the story says", arguments: files)
  func core(file: String) async throws {
    let text = String(decoding: try Data(contentsOf: Self.folder.appending(path: file)), as: UTF8.self)
    let scenario = try Scenario(text)
    #expect(!scenario.title.isEmpty)
    #expect(!scenario.blocks.isEmpty)
    var driver = CoreDriver(scenario.hall)
    let differences = try await scenario.run(&driver)
    #expect(differences.isEmpty, "\(file)\n\(differences.joined(separator: "\n"))")
  }

  @Test("a story that the hall does not follow is seen, with its line")
  func wrongStory() async throws {
    let scenario = try Scenario("# 错的故事\n开班\n取号\n----\n营业 2026-11-23\nA002 排队 前面0人\n")
    var driver = CoreDriver(scenario.hall)
    let differences = try await scenario.run(&driver)
    #expect(differences.count == 1)
    #expect(differences.first?.contains("A001 排队 前面0人") == true)
  }

  @Test(
    "a line that is not of the language is refused with its number", arguments: ["跳舞", "1号窗口 跳舞", "过了 很久", "大厅 圆的"])
  func unknownStep(line: String) {
    #expect(throws: Scenario.Fault.self) { try Scenario("# 题\n\(line)\n----\n") }
  }
}
