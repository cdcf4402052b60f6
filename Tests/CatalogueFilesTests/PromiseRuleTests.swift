import FileKit
import Foundation
import Groundwork
import Hall
import Settings
import Testing
import YAMLDocuments

@testable import CatalogueFiles

/// Goal: a promise that ends after the legal limit is reported, whatever units both have. Method: limits by hand over
/// the shipped calendar, whose year 2026 has long holidays.
@Suite("promised and legal limits")
struct PromiseRuleTests {
  private func fault(_ promised: (Int, LimitUnit), _ legal: (Int, LimitUnit)) throws -> String? {
    let calendar = try Reference.require(HolidayFile.load(Reference.folder + "/holidays.yaml"))
    return PromiseRule(
      legal: TimeLimit(count: legal.0, unit: legal.1), promised: TimeLimit(count: promised.0, unit: promised.1)
    ).fault(calendar)?.english
  }

  @Test("equal units are compared as they stand")
  func equal() throws {
    for unit in [LimitUnit.workingDay, .naturalDay, .month] {
      #expect(try fault((3, unit), (3, unit)) == nil)
      #expect(try fault((4, unit), (3, unit))?.contains("longer than the law allows") == true)
    }
    #expect(try fault((0, .immediate), (1, .workingDay)) == nil)
    #expect(try fault((1, .workingDay), (0, .immediate))?.contains("longer") == true)
  }

  @Test("ten working days pass fifteen natural ones around a long holiday, and only there")
  func holiday() throws {
    let said = try #require(try fault((10, .workingDay), (15, .naturalDay)))
    // 2026-09-24: 2026-10-15 against 2026-10-09.
    #expect(said.contains("10 working_days") && said.contains("15 natural_days") && said.contains("2026"), "\(said)")
    let days = try #require(said.firstMatch(of: /from (\d+) days? of 2026/)?.1)
    #expect((1...60).contains(try #require(Int(days))), "\(said)")
    #expect(try fault((5, .workingDay), (30, .naturalDay)) == nil)
  }

  @Test("months too: twenty working days pass a month around the spring festival, fifteen never do")
  func months() throws {
    #expect(try fault((20, .workingDay), (1, .month))?.contains("20 working_days") == true)
    #expect(try fault((15, .workingDay), (1, .month)) == nil)
    #expect(try fault((31, .naturalDay), (1, .month)) != nil)
    #expect(try fault((28, .naturalDay), (1, .month)) == nil)
    #expect(try fault((1, .month), (30, .workingDay)) == nil)
  }

  @Test("stages that only the law leaves out lengthen it by what nobody foresees: nothing is said")
  func excluded() throws {
    let calendar = try Reference.require(HolidayFile.load(Reference.folder + "/holidays.yaml"))
    let legal = TimeLimit(count: 15, unit: .naturalDay, excludes: ["公示"])
    #expect(PromiseRule(legal: legal, promised: TimeLimit(count: 10, unit: .workingDay)).fault(calendar) == nil)
    let both = TimeLimit(count: 10, unit: .workingDay, excludes: ["公示"])
    #expect(PromiseRule(legal: legal, promised: both).fault(calendar) != nil)
  }

  @Test("without a calendar only equal units are compared")
  func withoutCalendar() {
    let law = TimeLimit(count: 1, unit: .naturalDay)
    #expect(PromiseRule(legal: law, promised: TimeLimit(count: 30, unit: .workingDay)).fault(nil) == nil)
    #expect(PromiseRule(legal: law, promised: TimeLimit(count: 2, unit: .naturalDay)).fault(nil) != nil)
  }

  @Test("a configuration's catalogue is held against its own calendar, at the line of the promise")
  func inTheFile() throws {
    let loaded = ConfigurationFile.load(
      Reference.folder + "/demo.yaml", models: Reference.models, sealing: TellApart())
    let lines = try Reference.text("reference/catalogue.yaml").split(separator: "\n", omittingEmptySubsequences: false)
    let warnings = loaded.warnings.filter { $0.what.contains("ends later") }
    #expect(warnings.count == 2, "最低生活保障 and 居住证 promise working days where the law counts natural ones")
    for warning in warnings {
      #expect(warning.file.hasSuffix("catalogue.yaml"))
      #expect(lines[warning.line - 1].contains("promised_limit"))
    }
  }
}
