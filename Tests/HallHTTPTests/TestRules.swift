import Groundwork
import Hall

extension HallRules {
  /// 安居镇便民服务中心 with lanes A and E, windows 1-4, always open, two items.
  ///
  /// - Parameters:
  ///   - longNames: characters by which the first item's name is longer.
  ///   - catalogue: in the place of the two items.
  ///   - hours: in the place of being always open.
  ///   - limits: of the queue; kiosks are not limited where it does not say so.
  static func test(
    longNames: Int = 0, catalogue: Catalogue? = nil, hours: OpeningHours = .always,
    limits: QueueLimits = QueueLimits()
  ) -> HallRules {
    let division = Division(code: "500151105", name: "安居镇", kind: .town, pilot: true)
    guard let identity = try? HallIdentity(division: division, level: .town), let a = LaneLetter("A"),
      let e = LaneLetter("E")
    else { preconditionFailure("the test's hall is a hall") }
    return HallRules(
      identity: identity, address: "安居镇", hoursText: "全天", consultPhone: "023-12333", supervisePhone: "12345",
      mode: .undifferentiated,
      lanes: [Lane(letter: a, name: "综合", comprehensive: true), Lane(letter: e, name: "出件", groups: ["出件"])],
      windows: [
        WindowRule(number: 1, name: "综合窗口", lanes: [a]), WindowRule(number: 2, name: "综合窗口", lanes: [a]),
        WindowRule(number: 3, name: "综合窗口", lanes: [a, e]), WindowRule(number: 4, name: "出件窗口", lanes: [e]),
      ],
      calendar: WorkCalendar(off: [:], worked: [], years: [2026]), hours: hours,
      catalogue: catalogue
        ?? Catalogue(
          version: "test", asOf: "2026-11-22",
          items: [
            Item(
              code: "RS-004", name: "社会保障卡申领" + String(repeating: "长", count: longNames), initials: "SHBZKSL",
              category: "社会保险", queueGroup: "社保",
              handledBy: .window, situations: [Situation(key: "self", label: "本人办理")],
              materials: [Material(name: "居民身份证", kind: .original, originals: 1, copies: 0, required: true)]),
            Item(
              code: "HALL-001", name: "取件（出件领取）", initials: "QJ", category: "大厅", queueGroup: "出件", handledBy: .window),
          ]),
      kiosks: [KioskRule(id: "kiosk-1", prints: true), KioskRule(id: "kiosk-2", prints: false)], limits: limits)
  }
}
