import Groundwork
package import Hall

/// The hall of a scenario: 安居镇 with windows 1 to 4 (3 户籍, 4 出件), two kiosks with printers and one without.
package enum ScenarioRules {
  /// Items that this hall does not do, one of each kind.
  private static let elsewhere: [Item] = [
    Item(
      code: "QY-001", name: "企业开办", initials: "QYKB", category: "市场监管", queueGroup: "社保", audience: .enterprise,
      handledBy: .window),
    Item(
      code: "CS-001", name: "村上办的事", initials: "CSBDS", category: "养老服务", queueGroup: "社保", handledBy: .agent,
      level: .village),
    Item(
      code: "FM-001", name: "负面清单上的事", initials: "FMQDSDS", category: "税务", queueGroup: "社保", handledBy: .window,
      elsewhere: Item.Elsewhere(
        reason: "需专用设备", place: "区办税服务厅", address: "演示路1号", hours: "工作日 9:00-17:00", phone: "12366")),
    Item(
      code: "PC-001", name: "派出所的事", initials: "PCSDS", category: "公安", queueGroup: "治安", handledBy: .police),
  ]

  /// Items with cases: a licence with the law's clock, and a benefit with the hall's promise.
  private static let withCases: [Item] = {
    func paper(_ name: String, _ necessity: Material.Necessity = .necessary, shared: Bool = false) -> Material {
      Material(name: name, kind: .original, originals: 1, copies: 0, necessity: necessity, shared: shared)
    }
    return [
      Item(
        code: "NY-001", name: "建房许可", initials: "JFXK", category: "农业农村", queueGroup: "社保", handledBy: .window,
        materials: [paper("申请书"), paper("身份证"), paper("户口簿"), paper("邻里意见", .deferrable), paper("土地证", shared: true)],
        legalLimit: TimeLimit(count: 20, unit: .workingDay), promisedLimit: TimeLimit(count: 10, unit: .workingDay),
        kind: .licence,
        correction: ItemCorrection(count: 5, unit: .workingDay, basis: "行政许可法第三十二条", deemedAcceptance: true)),
      Item(
        code: "MZ-001", name: "困难补助", initials: "KNBZ", category: "民政", queueGroup: "社保", handledBy: .window,
        sensitivity: "特定身份", delegation: "委托受理", materials: [paper("申请书"), paper("身份证")],
        legalLimit: TimeLimit(count: 30, unit: .naturalDay, excludes: ["公示"]),
        promisedLimit: TimeLimit(count: 20, unit: .workingDay, excludes: ["公示"]), kind: .benefit),
      Item(
        code: "SB-001", name: "社保卡申领", initials: "SBKSL", category: "社保", queueGroup: "社保", handledBy: .window,
        delegation: "帮办代办", materials: [paper("身份证"), paper("户口簿")],
        legalLimit: TimeLimit(count: 10, unit: .workingDay), promisedLimit: TimeLimit(count: 5, unit: .workingDay)),
      Item(
        code: "RL-001", name: "待遇资格认证", initials: "DYZGRZ", category: "社保", queueGroup: "社保", handledBy: .window,
        materials: [paper("身份证")], inPerson: "要比对人脸"),
      // No limit of its own: `catalogue lint` refuses it, a hall in service may still meet it.
      Item(
        code: "ZX-001", name: "没写时限的事", initials: "MXSXDS", category: "社保", queueGroup: "社保", handledBy: .window,
        materials: [paper("申请书")]),
    ]
  }()

  /// 国务院办公厅关于2026年部分节假日安排的通知.
  static let holidays: WorkCalendar = {
    func days(_ first: String, _ count: Int) -> [CivilDate] {
      CivilDate(first).map { first in (0..<count).map { first.adding(days: $0) } } ?? []
    }
    let off: [(String, [CivilDate])] = [
      ("元旦", days("2026-01-01", 3)), ("春节", days("2026-02-15", 9)), ("清明节", days("2026-04-04", 3)),
      ("劳动节", days("2026-05-01", 5)), ("端午节", days("2026-06-19", 3)), ("中秋节", days("2026-09-25", 3)),
      ("国庆节", days("2026-10-01", 7)),
    ]
    let worked = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    let named = off.flatMap { name, days in days.map { ($0, name) } }
    return WorkCalendar(
      off: Dictionary(named) { first, _ in first }, worked: Set(worked.compactMap { CivilDate($0) }), years: [2026])
  }()

  private static let neighbours = HallNeighbours(
    district: ServicePlace(name: "区政务服务中心", address: "演示路2号", hours: "工作日 9:00-17:00", phone: "12345"),
    police: ServicePlace(name: "派出所", address: "演示路3号", hours: "全天", phone: "110"),
    villages: [ServicePlace(name: "便民服务站", address: "演示村", hours: "工作日", phone: "12345")])

  package static func rules(_ hall: ScenarioHall) -> HallRules {
    let base = SyntheticHall.rules(hours: hall.officeHours ? .office : .always)
    let lanes: [(letter: String, name: String, groups: [String])] =
      switch hall.mode {
      case .undifferentiated: [("A", "综合", []), ("H", "户籍", ["户籍"]), ("E", "出件", ["出件"])]
      case .departmental: [("B", "社保就业", ["社保"]), ("C", "医保", ["医保"]), ("H", "户籍", ["户籍"]), ("E", "出件", ["出件"])]
      case .hybrid: [("A", "综合", []), ("C", "医保", ["医保"]), ("H", "户籍", ["户籍"]), ("E", "出件", ["出件"])]
      }
    let windows: [String] =
      switch hall.mode {
      case .undifferentiated: ["A", "A", "H", "E"]
      case .departmental: ["BC", "CB", "H", "E"]
      case .hybrid: ["A", "CA", "H", "E"]
      }
    var limits = QueueLimits()
    limits.order = hall.order
    var rules = HallRules(
      identity: base.identity, address: "", hoursText: "", consultPhone: base.consultPhone,
      supervisePhone: base.supervisePhone, mode: hall.mode,
      lanes: lanes.compactMap { lane in
        LaneLetter(lane.letter).map {
          Lane(letter: $0, name: lane.name, groups: lane.groups, start: hall.start, comprehensive: lane.letter == "A")
        }
      },
      windows: windows.enumerated().map { index, letters in
        WindowRule(
          number: index + 1, name: "\(index + 1)号窗口", lanes: letters.compactMap { LaneLetter(String($0)) })
      },
      calendar: hall.calendar ?? base.calendar, hours: base.hours,
      catalogue: Catalogue(
        version: hall.added.isEmpty ? base.catalogue.version : "\(base.catalogue.version)+\(hall.added.count)",
        asOf: base.catalogue.asOf,
        items: (base.catalogue.items + elsewhere + withCases).filter { !hall.withdrawn.contains($0.code) }
          .map { $0.asking(hall.added[$0.code] ?? []) }),
      kiosks: base.kiosks, limits: limits, neighbours: neighbours,
      promise: hall.promise.map { ServicePromise(waitMinutes: $0) }
        ?? (hall.reservations ? ServicePromise(waitMinutes: 240, reservationMinutes: 10) : nil),
      reservations: hall.reservations ? ReservationRule() : nil)
    rules.cases = CaseRule(approvers: [
      CaseRule.Approver(badge: "AJ100", title: "分管领导"), CaseRule.Approver(badge: "AJ001", title: "窗口负责人"),
    ])
    return rules
  }
}

extension Item {
  /// The same item with further materials that it needs.
  fileprivate func asking(_ names: [String]) -> Item {
    guard !names.isEmpty else { return self }
    var item = self
    item.materials += names.map {
      Material(name: $0, kind: .original, originals: 1, copies: 0, necessity: .necessary, shared: false)
    }
    return item
  }
}
