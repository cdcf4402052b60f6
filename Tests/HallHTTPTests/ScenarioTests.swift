import FoundationEssentials
import Simulation
import Testing

/// The scenarios of Tests/Scenarios over HTTP: the API behaves as the core does.
@Suite("Scenarios over HTTP")
struct ScenarioOverHTTPTests {
  static let files: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: Repository.path("Tests/Scenarios"))) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  @Test("the API does as the story says", arguments: files)
  func story(file: String) async throws {
    let scenario = try Scenario(String(decoding: try Repository.bytes("Tests/Scenarios/\(file)"), as: UTF8.self))
    var driver = try await HTTPDriver(scenario.hall)
    let differences = try await scenario.run(&driver)
    try await driver.live.stop()
    #expect(differences.isEmpty, "\(file)\n\(differences.joined(separator: "\n"))")
  }

  @Test("there are stories to tell")
  func enough() { #expect(Self.files.count >= 12) }
}
