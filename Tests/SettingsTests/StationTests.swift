import FileKit
import Hall
import PrinterProtocols
import Settings
import Testing
import YAMLDocuments

/// A village's station: its own name, its agents, and no queue.
@Suite("the configuration of a village's station")
struct StationTests {
  static let good = """
    hall:
      division: '500151117999'
      level: village
      name: 样板社区便民服务站
      hours_text: 工作日 9:00-17:00
      consult_phone: 023-12333
      supervise_phone: '12345'
      agents:
      - {name: 代办员甲, phone: '13800000000'}
      - {name: 代办员乙, phone: 023-45670000}
    opening:
      sessions:
        monday: ['09:00-12:00', '14:00-17:30']
    kiosks:
    - {id: kiosk-1, printer: {queue: slips, paper_mm: 58}}
    staff:
    - {badge: AJ001, name: 演示员, role: clerk, secret_hash: '\(ConfigurationTests.hash)'}
    - {badge: AJ100, name: 统筹员, role: coordinator, secret_hash: '\(ConfigurationTests.hash)'}
    board:
      token: 0123456789abcdef
    files:
      catalogue: catalogue.yaml
      holidays: holidays.yaml
      divisions: own.csv
      pinyin: pinyin.tsv

    """

  private static let divisions = """
    code,name,kind,pilot_2023
    500151117,大庙镇,town,yes
    500151117999,样板社区,community,no
    """

  private func read(_ text: String, _ divisions: String = divisions) throws -> Loaded<HallSettings> {
    let scratch = try Scratch()
    _ = try scratch.write(divisions, as: "own.csv")
    return try scratch.configuration(text)
  }

  @Test("name, place, town and agents follow from division and level; there is no lane and no window")
  func reads() throws {
    let rules = try Reference.require(try read(Self.good)).rules
    #expect(rules.identity.name == "样板社区便民服务站" && !rules.hasQueue && rules.windows.isEmpty)
    let station = try #require(rules.station)
    #expect(station.town == "大庙镇便民服务中心" && station.site == "样板社区党群服务中心办事大厅")
    #expect(station.agents.map(\.name) == ["代办员甲", "代办员乙"] && station.agents[0].phone == "13800000000")
    #expect(rules.lane(for: rules.catalogue.items[0]) == nil)
  }

  @Test(
    "one wrong thing is one fault at its line",
    arguments: [
      Edit("name: 样板社区便民服务站", "name: 样板社区便民服务中心", says: "retired"),
      Edit("name: 样板社区便民服务站", "name: 样板村便民服务室", says: "retired"),
      Edit("phone: '13800000000'", "phone: '13-8'", says: "“13-8”"),
      Edit("{name: 代办员甲, ", "{", says: "`name` is missing"),
      Edit("opening:", "window_mode: hybrid\nopening:", says: "has no queue"),
      Edit("opening:", "lanes: []\nopening:", says: "has no queue"),
      Edit("opening:", "windows: []\nopening:", says: "has no queue"),
      Edit("opening:", "queue: {recalls: 2}\nopening:", says: "has no queue"),
    ])
  func oneFault(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.good)
    edit.check(try read(text).faults, line: line)
  }

  @Test("a station without an agent is refused, and so are agents of a town's hall")
  func agents() throws {
    let without = Self.good.replacing(
      """
        agents:
        - {name: 代办员甲, phone: '13800000000'}
        - {name: 代办员乙, phone: 023-45670000}

      """, with: "")
    #expect(try read(without).faults.map(\.what) == ["the station has no agent"])
    let town = ConfigurationTests.good.replacing(
      "  level: town\n", with: "  level: town\n  agents: [{name: 甲, phone: '12345'}]\n")
    #expect(try Scratch().configuration(town).faults.map(\.what) == ["`agents` at a town's hall"])
  }

  @Test("the town above has to be in the file of divisions")
  func townMissing() throws {
    let faults = try read(Self.good, "code,name,kind,pilot_2023\n500151117999,样板社区,community,no").faults
    #expect(faults.count == 1 && faults.first?.what.contains("the town of 样板社区") == true, "\(faults)")
  }

  @Test("a station may print its notices on A4, tickets only where it says so, and its agent signs in")
  func office() throws {
    let text = StationTests.good.replacing("{queue: slips, paper_mm: 58}", with: "{queue: office, model: ipp-a4}")
      .replacing("role: clerk", with: "role: agent")
    let settings = try Reference.require(try read(text))
    #expect(settings.rules.kiosks == [KioskRule(id: "kiosk-1", name: "取号机", prints: true, printsTickets: false)])
    #expect(settings.kiosks[0].printer?.model.isSheet == true && settings.kiosks[0].printer?.paperWidthDots == 1680)
    #expect(settings.staff.map(\.role) == [.agent, .coordinator])
    let both = try Reference.require(try read(text.replacing("model: ipp-a4", with: "model: ipp-a4, tickets: true")))
    #expect(both.rules.kiosks == [KioskRule(id: "kiosk-1", name: "取号机", prints: true)])
  }

  @Test("the demonstration station is the one that `make run HALL=village` promises")
  func demo() throws {
    let loaded = ConfigurationFile.load(
      Reference.folder + "/demo-village.yaml", models: Reference.models, sealing: TellApart())
    let rules = try Reference.require(loaded).rules
    #expect(rules.identity.name == "文兴社区便民服务站" && rules.station?.town == "大庙镇便民服务中心" && !rules.hasQueue)
    #expect(rules.kiosks == [KioskRule(id: "kiosk-1", name: "取号机", prints: true)])
    #expect(!rules.catalogue.directory(.service).isEmpty && !rules.catalogue.directory(.agency).isEmpty)
  }
}
