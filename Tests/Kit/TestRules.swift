import Groundwork
package import Hall

extension HallRules {
  /// 安居镇便民服务中心, always open, with kiosk-1 and kiosk-2.
  ///
  /// - Parameters:
  ///   - lanes: A (综合) and E (出件), or one of them.
  ///   - windows: the lanes that each window serves, from window 1 on.
  ///   - printing: the kiosks that have a printer.
  ///   - longNames: characters by which the first item's name is longer.
  ///   - catalogue: instead of two items, one of each lane.
  ///   - limits: of the queue; kiosks are not limited where it does not say so.
  package static func test(
    lanes: String = "AE", windows: [String] = ["A", "A", "AE", "E"], printing: Set<String> = ["kiosk-1"],
    longNames: Int = 0, catalogue: Catalogue? = nil, calendar: WorkCalendar = .test, hours: OpeningHours = .always,
    limits: QueueLimits = QueueLimits(), reservations: ReservationRule? = nil, promise: ServicePromise? = nil
  ) -> HallRules {
    let division = Division(code: "500151105", name: "安居镇", kind: .town, pilot: true)
    guard let identity = try? HallIdentity(division: division, level: .town) else {
      preconditionFailure("安居镇 is a town")
    }
    func letters(_ text: String) -> [LaneLetter] { text.compactMap { LaneLetter(String($0)) } }
    return HallRules(
      identity: identity, address: "安居镇", hoursText: "全天", consultPhone: "023-12333", supervisePhone: "12345",
      mode: .undifferentiated,
      lanes: letters(lanes).map {
        $0 == LaneLetter("E")
          ? Lane(letter: $0, name: "出件", groups: ["出件"]) : Lane(letter: $0, name: "综合", comprehensive: true)
      },
      windows: windows.enumerated().map {
        WindowRule(number: $0.offset + 1, name: $0.element == "E" ? "出件窗口" : "综合窗口", lanes: letters($0.element))
      },
      calendar: calendar, hours: hours, catalogue: catalogue ?? .test(longNames: longNames),
      kiosks: ["kiosk-1", "kiosk-2"].map { KioskRule(id: $0, prints: printing.contains($0)) }, limits: limits,
      promise: promise, reservations: reservations)
  }
}

extension WorkCalendar {
  /// Two years without a holiday.
  package static let test = WorkCalendar(off: [:], worked: [], years: [2026, 2027])
}

extension Catalogue {
  fileprivate static func test(longNames: Int) -> Catalogue {
    Catalogue(
      version: "test", asOf: "2026-11-22",
      items: [
        Item(
          code: "RS-004", name: "社会保障卡申领" + String(repeating: "长", count: longNames), initials: "SHBZKSL",
          category: "社会保险", queueGroup: "社保",
          handledBy: .window, situations: [Situation(key: "self", label: "本人办理")],
          materials: [Material(name: "居民身份证", kind: .original, originals: 1, copies: 0, required: true)]),
        Item(
          code: "HALL-001", name: "取件（出件领取）", initials: "QJ", category: "大厅", queueGroup: "出件", handledBy: .window),
      ])
  }
}
