import CatalogueFiles
import FileKit
import Foundation
import Groundwork
import Hall
import Settings
import Testing
import YAMLDocuments

/// The shipped files satisfy their parsers.
@Suite("the reference files")
struct ReferenceTests {
  @Test("the catalogue is read without a fault, all 28 items")
  func catalogue() throws {
    let loaded = CatalogueFile.load(
      Reference.folder + "/catalogue.yaml", pinyin: try Reference.pinyin(), sealing: TellApart())
    #expect(loaded.faults.map(\.description) == [])
    #expect(loaded.warnings.map(\.description) == [])
    #expect(loaded.value?.items.count == 28)
    #expect(loaded.value?.asOf == "2026-11-22")
    #expect(loaded.value?.version.count == 16)
  }

  @Test("an item carries every field of the file")
  func item() throws {
    let catalogue = try Reference.catalogue()
    let item = try #require(catalogue.item("YB-001"))
    #expect(item.name == "城乡居民基本医疗保险参保登记" && item.initials == "CXJMJBYLBXCBDJ")
    #expect(item.category == "医疗保障" && item.queueGroup == "医保" && item.delegation == "委托受理")
    #expect(item.situations.map(\.key) == ["local", "newborn", "non_local"])
    #expect(item.materials.map(\.when) == [nil, nil, "newborn", "newborn", "non_local"])
    #expect(item.materials[0].originals == 1 && item.materials[0].copies == 0 && item.materials[0].electronicAccepted)
    #expect(item.legalLimit == TimeLimit(count: 10, unit: .workingDay, wording: "自收到申请之日起10个工作日内办理完毕"))
    #expect(item.promisedLimit == TimeLimit(count: 0, unit: .immediate, wording: "即时办结"))
    #expect(item.fee == "不收费" && item.consultPhone == "12393" && item.supervisePhone == "12345")
    #expect(item.nationalBasicCode == nil && !item.cityWide && !item.isSensitive)
    let relief = try #require(catalogue.item("MZ-001"))
    #expect(relief.legalLimit?.excludes == ["群众评议", "公示"] && relief.isSensitive && relief.consultPhone == nil)
    #expect(relief.materials[1].originals == 0 && relief.materials[1].copies == 1)
    #expect(catalogue.item("GA-001")?.isPoliceOnly == true)
    #expect(catalogue.item("GA-001")?.materials[2].anyOf.count == 3)
    #expect(catalogue.item("RS-006")?.cityWide == true && catalogue.item("MZ-004")?.cityWide == true)
    #expect(catalogue.item("MZ-006")?.materials[1].originals == 2)
    #expect(catalogue.item("RS-005")?.questions.map(\.choice) == [.one, .one])
    #expect(catalogue.item("MZ-004")?.questions.map(\.choice) == [.any, .one])
  }

  @Test(
    "every item says its legal limit, its conditions, its papers' sources and its English name; none has to be asked for"
  )
  func told() throws {
    let items = try Reference.catalogue().items
    for item in items {
      #expect(item.legalLimit != nil, "\(item.code)")
      #expect(!item.conditions.isEmpty && item.english?.name?.isEmpty == false, "\(item.code)")
      #expect(item.english?.category?.isEmpty == false, "\(item.category)")
      #expect(item.materials.allSatisfy { $0.source != nil }, "\(item.code)")
      #expect(item.sensitivity != nil || Sensitivity.implied(by: item).isEmpty, "\(item.code)")
    }
    #expect(items.count { $0.legalLimit?.unit == .notSet } == 16)
    #expect(["WJ-001", "WJ-002", "WJ-003"].allSatisfy { code in items.first { $0.code == code }?.sensitivity != nil })
    #expect(Set(items.compactMap(\.english?.name)).count == items.count)
  }

  @Test("a village has two lists, and bundles name items that there are")
  func lists() throws {
    let catalogue = try Reference.catalogue()
    #expect(catalogue.directory(.service).map(\.code) == ["RS-003"])
    #expect(catalogue.directory(.agency).count == 8)
    #expect(catalogue.items.allSatisfy { $0.level == .town || $0.directory != nil })
    #expect(catalogue.bundles.map(\.name) == ["新生儿出生一件事", "残疾人服务一件事"])
  }

  @Test("the calendar knows the holidays and the make-up days of 2023 to 2026, and no other year")
  func holidays() throws {
    let calendar = try Reference.require(HolidayFile.load(Reference.folder + "/holidays.yaml"))
    func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
    #expect(calendar.years == [2023, 2024, 2025, 2026])
    #expect(calendar.off.count == 27 + 28 + 28 + 33 && calendar.worked.count == 7 + 8 + 5 + 6)
    #expect(calendar.holiday(try day("2026-10-01")) == "国庆节")
    #expect(!calendar.isWorkingDay(try day("2026-10-07")))
    #expect(calendar.isWorkingDay(try day("2026-10-08")))
    #expect(calendar.isWorkingDay(try day("2026-09-20")), "a Sunday worked in exchange")
    #expect(!calendar.isWorkingDay(try day("2022-12-31")), "the notice for 2023 reaches into 2022")
    #expect(!calendar.isCertain(try day("2027-01-04")))
  }

  @Test("28 divisions, eight of them pilots")
  func divisions() throws {
    let divisions = try Reference.require(DivisionFile.load(Reference.folder + "/divisions.csv"))
    #expect(divisions.count == 28 && divisions.count(where: \.pilot) == 8)
    #expect(divisions.count { $0.kind == .street } == 5)
    for division in divisions { _ = try HallIdentity(division: division, level: .town) }
  }

  @Test("every one of the 8,105 standard characters has a reading")
  func pinyin() throws {
    let table = try Reference.pinyin()
    #expect(table.count == 8105)
    let listed = try Reference.text("reference/pinyin.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(listed.count == 8105)
    for line in listed {
      let character = try #require(line.first)
      #expect(!table.readings(of: character).isEmpty, "\(character)")
    }
    // The first and the last of the three levels of the 通用规范汉字表, and one beyond the basic plane.
    for character in "一丁七矗乂乜兀蠹亍尢彳齉𬺈" { #expect(!table.readings(of: character).isEmpty, "\(character)") }
    #expect(table.readings(of: "重") == ["zhong", "chong"])
    #expect(table.readings(of: "绿") == ["lv", "lu"])
    #expect(table.readings(of: "A").isEmpty && table.readings(of: "邨").count <= 1)
  }

  @Test("the demo's configuration is the hall that the README promises")
  func demo() throws {
    let loaded = ConfigurationFile.load(
      Reference.folder + "/demo.yaml", models: Reference.models, sealing: TellApart())
    let settings = try Reference.require(loaded)
    // Two limits in different units, which only the office can resolve; see PromiseRuleTests.
    #expect(loaded.warnings.allSatisfy { $0.what.contains("ends later") } && loaded.warnings.count == 2)
    #expect(settings.rules.identity.name == "安居镇便民服务中心")
    #expect(settings.rules.mode == .undifferentiated && settings.rules.hours.alwaysOpen)
    #expect(settings.rules.windows.map(\.number) == [1, 2, 3, 4])
    #expect(settings.rules.windows.last?.lanes.map(\.description) == ["E"])
    #expect(
      settings.staff.map(\.badge) == [
        "AJ001", "AJ002", "AJ003", "AJ004", "DB001", "AJ100", "XT001", "AQ001", "SJ001",
      ])
    #expect(
      settings.staff.map(\.role) == [
        .clerk, .clerk, .clerk, .clerk, .agent, .coordinator, .systemAdministrator, .securityAdministrator, .auditor,
      ])
    #expect(Set(settings.staff.map(\.secretHash)).count == 9, "each with a salt of its own")
    #expect(settings.kiosks.map(\.printer?.paperWidthDots) == [576, 384])
    #expect(settings.kioskListener.port == 7310 && settings.hallListener.port == 7311)
    let lane = { (code: String) in settings.rules.catalogue.item(code).flatMap { settings.rules.lane(for: $0) } }
    #expect(lane("RS-004")?.description == "A" && lane("GA-002")?.description == "H")
    #expect(lane("HALL-001")?.description == "E")
  }

  @Test("the example names exactly the lines that a hall has to fill in")
  func example() throws {
    let text = try Reference.text("yichuang.yaml.example")
      .replacing("/etc/yichuang/", with: "").replacing("/usr/share/yichuang/reference/", with: "")
    let loaded = try Scratch().configuration(text)
    #expect(loaded.faults.count == 3, "\(loaded.faults)")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for fault in loaded.faults { #expect(lines[fault.line - 1].contains("CHANGE-ME")) }
  }

  @Test("the indicators of evaluation are five levels of eight")
  func evaluation() throws {
    let text = try Reference.text("reference/evaluation.yaml")
    #expect(text.matches(of: /^- level: [1-5]$/.anchorsMatchLineEndings()).count == 5)
    #expect(text.matches(of: /^    [1-5]\d\d: ./.anchorsMatchLineEndings()).count == 40)
  }
}
