import Groundwork
import Hall
import Testing

/// Before a number is issued the resident is told what this hall does not do, and where it is done.
@Suite("done elsewhere")
struct ElsewhereTests {
  static let district = ServicePlace(name: "区政务服务中心", address: "路1号", hours: "工作日", phone: "12345")
  static let police = ServicePlace(name: "派出所", address: "路2号", hours: "全天", phone: "110")
  static let stations = [
    ServicePlace(name: "东村便民服务站", address: "东村", hours: "工作日", phone: "12345"),
    ServicePlace(name: "西村便民服务站", address: "西村", hours: "工作日", phone: "12345"),
  ]
  static let kinds: [DoneElsewhere.Kind] = [.district, .notInHall, .village, .police, .noWindow]

  static func item(_ kind: DoneElsewhere.Kind) -> Item {
    let code = "EW-001"
    func made(
      audience: Item.Audience = .person, group: String = "社保", by handler: Item.Handler = .window,
      level: Item.Level = .town, elsewhere: Item.Elsewhere? = nil
    ) -> Item {
      Item(
        code: code, name: "别处办的事", initials: "BCBDS", category: "其他", queueGroup: group, audience: audience,
        handledBy: handler, level: level, elsewhere: elsewhere)
    }
    switch kind {
    case .district: return made(audience: .enterprise)
    case .notInHall:
      return made(elsewhere: .init(reason: "需专用设备", place: "办税厅", address: "路3号", hours: "工作日", phone: "12366"))
    case .village: return made(by: .agent, level: .village)
    case .police: return made(group: "治安", by: .police)
    case .noWindow: return made(group: "没有队列")
    case .town: return made()
    }
  }

  static func rules(_ item: Item, mode: WindowMode = .undifferentiated) -> HallRules {
    let full = HallRules.bench(mode: mode)
    return HallRules(
      identity: full.identity, address: full.address, hoursText: full.hoursText, consultPhone: full.consultPhone,
      supervisePhone: full.supervisePhone, mode: full.mode, lanes: full.lanes, windows: full.windows,
      calendar: full.calendar, hours: full.hours,
      catalogue: Catalogue(version: "00", asOf: "2026-11-22", items: full.catalogue.items + [item]),
      kiosks: full.kiosks,
      neighbours: HallNeighbours(district: district, police: police, villages: stations))
  }

  static func mode(_ kind: DoneElsewhere.Kind) -> WindowMode { kind == .noWindow ? .departmental : .undifferentiated }

  @Test("each kind is told with its places, and gives no number", arguments: kinds)
  func told(_ kind: DoneElsewhere.Kind) throws {
    let rules = Self.rules(Self.item(kind), mode: Self.mode(kind))
    let elsewhere = try #require(rules.elsewhere(for: Self.item(kind)))
    #expect(elsewhere.kind == kind)
    switch kind {
    case .district: #expect(elsewhere.places == [Self.district])
    case .notInHall:
      #expect(elsewhere.places.map(\.name) == ["办税厅"] && elsewhere.reason == "需专用设备")
    case .village: #expect(elsewhere.places == Self.stations)
    case .police: #expect(elsewhere.places == [Self.police])
    case .noWindow, .town: #expect(elsewhere.places == [])
    }
    let bench = try Bench.open(rules)
    let take = TakeTicket(items: ["EW-001"])
    #expect(
      bench.refusal(.queue(.takeTicket(take)), by: .kiosk("kiosk-1")) == .queue(.doneElsewhere("EW-001", elsewhere)))
    let together = TakeTicket(items: ["RS-004", "EW-001"])
    #expect(
      bench.refusal(.queue(.takeTicket(together)), by: .kiosk("kiosk-1")) == .queue(.doneElsewhere("EW-001", elsewhere))
    )
  }

  @Test("whoever insists gets a number, and a clerk is not asked to", arguments: kinds.filter { $0 != .noWindow })
  func insisted(_ kind: DoneElsewhere.Kind) throws {
    let bench = try Bench.open(Self.rules(Self.item(kind)))
    let insisting = TakeTicket(items: ["EW-001"], insist: true)
    #expect(bench.refusal(.queue(.takeTicket(insisting)), by: .kiosk("kiosk-1")) == nil)
    #expect(bench.refusal(.queue(.takeTicket(TakeTicket(items: ["EW-001"]))), by: .clerk(1)) == nil)
  }

  @Test("where no lane takes the item, insisting needs a lane")
  func insistedWithoutLane() throws {
    let bench = try Bench.open(Self.rules(Self.item(.noWindow), mode: .departmental))
    let insisting = TakeTicket(items: ["EW-001"], insist: true)
    #expect(bench.refusal(.queue(.takeTicket(insisting)), by: .kiosk("kiosk-1")) == .queue(.laneNeeded))
    let lane = TakeTicket(items: ["EW-001"], lane: LaneLetter("B"), insist: true)
    #expect(bench.refusal(.queue(.takeTicket(lane)), by: .kiosk("kiosk-1")) == nil)
  }

  @Test("at a village's station: its two lists are done here, all else at the town's hall, and nobody takes a number")
  func station() throws {
    let rules = HallRules.bench()
    let village = Division(code: "500151105201", name: "东村", kind: .village, pilot: false)
    let town = Division(code: "500151105", name: "安居镇", kind: .town, pilot: true)
    let station = HallRules(
      identity: try HallIdentity(division: village, level: .village), address: "", hoursText: "",
      consultPhone: "12345", supervisePhone: "12345", mode: rules.mode, lanes: [], windows: [],
      calendar: rules.calendar, hours: rules.hours, catalogue: rules.catalogue, kiosks: rules.kiosks,
      station: Station(village, town: town, agents: [.init(name: "代办员", phone: "12345")]))
    func item(_ directory: Item.Directory?) -> Item {
      Item(
        code: "X", name: "某事项", initials: "MSX", category: "其他", queueGroup: "社保", handledBy: .agent,
        level: directory == nil ? .town : .village, directory: directory)
    }
    #expect(station.elsewhere(for: item(.service)) == nil && station.elsewhere(for: item(.agency)) == nil)
    let away = try #require(station.elsewhere(for: item(nil)))
    #expect(away.kind == .town && away.places.map(\.name) == ["安居镇便民服务中心"])
    let bench = try Bench.open(station, windows: 0)
    #expect(bench.refusal(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1")) == .queue(.noQueue))
    let outcome = bench.refusal(
      .notice(.issueNotice(IssueNotice(item: "RS-004", kiosk: "kiosk-1"))), by: .kiosk("kiosk-1"))
    #expect(outcome == nil, "notices are what a station's kiosk is for")
  }

  @Test("what the hall does is done here, and a village's item at its own station")
  func here() throws {
    let rules = HallRules.bench()
    for item in rules.catalogue.items { #expect(rules.elsewhere(for: item) == nil) }
    let village = Division(code: "500151105201", name: "东村", kind: .village, pilot: false)
    let station = HallRules(
      identity: try HallIdentity(division: village, level: .village), address: "", hoursText: "",
      consultPhone: "12345", supervisePhone: "12345", mode: rules.mode, lanes: rules.lanes, windows: rules.windows,
      calendar: rules.calendar, hours: rules.hours, catalogue: rules.catalogue, kiosks: rules.kiosks)
    #expect(station.elsewhere(for: Self.item(.village)) == nil)
  }
}
