import Groundwork
package import Hall

/// The hall that the simulation runs: 安居镇 with four windows, three kiosks and four items, all invented except the name.
package enum SyntheticHall {
  /// The hall's opening hours.
  package enum Hours: Sendable { case always, office }

  /// Office hours: Monday to Friday 9:00-12:00 and 14:00-17:30, no numbers in the last quarter of an hour.
  static let office = office(cutOffMinutes: 15)

  static func office(cutOffMinutes: Int) -> OpeningHours {
    let session = { OpeningHours.Session(from: CivilTime(minuteOfDay: $0), to: CivilTime(minuteOfDay: $1)) }
    let day = [session(540, 720), session(840, 1050)]
    return OpeningHours(
      sessions: [.monday: day, .tuesday: day, .wednesday: day, .thursday: day, .friday: day],
      cutOffMinutes: cutOffMinutes)
  }

  /// Items and the lane that each joins.
  static let items: [(code: String, group: String, lane: String)] = [
    ("RS-004", "社保", "A"), ("YB-001", "医保", "A"), ("GA-001", "户籍", "H"), ("CJ-001", "出件", "E"),
  ]

  /// Windows and the lanes that they serve, in this order.
  static let windows: [(number: Int, lanes: String)] = [(1, "A"), (2, "AH"), (3, "HA"), (4, "EA")]

  package static let kiosks = [
    KioskRule(id: "kiosk-1", prints: true), KioskRule(id: "kiosk-2", prints: true),
    KioskRule(id: "kiosk-3", prints: false),
  ]

  /// The question of the idle screen.
  static let awareness = AwarenessQuestion(id: "00000000000000cc", ask: "您知道村里可以代办吗？", answers: ["知道", "听说过", "不知道"])
  /// Versions of the catalogue that are published again and again; all have the same items.
  static let versions = ["00000000000000aa", "00000000000000ab", "00000000000000ac"]

  /// 出件.
  static let collection = LaneLetter("E")

  /// The same hall with office hours and other windows: the lanes that each serves, from window 1 on.
  ///
  /// - Parameter cutOffMinutes: nil: as in office hours.
  static func rules(lanesOfWindows: [String], limits: QueueLimits, cutOffMinutes: Int? = nil) -> HallRules {
    rules(
      hours: .office, limits: limits, cutOffMinutes: cutOffMinutes,
      windows: lanesOfWindows.enumerated().map { (number: $0.offset + 1, lanes: $0.element) })
  }

  package static func rules(
    hours: Hours = .always, limits: QueueLimits = QueueLimits(), cutOffMinutes: Int? = nil,
    windows: [(number: Int, lanes: String)] = windows, reservations: ReservationRule? = nil
  ) -> HallRules {
    let division = Division(code: "500151105", name: "安居镇", kind: .town, pilot: true)
    guard let identity = try? HallIdentity(division: division, level: .town) else {
      preconditionFailure("安居镇 is a town")
    }
    let names = ["A": "综合", "H": "户籍", "E": "出件"]
    let lanes = ["A", "H", "E"].compactMap { text in
      LaneLetter(text).map { letter in
        Lane(
          letter: letter, name: names[text] ?? text, groups: items.filter { $0.lane == text }.map(\.group),
          comprehensive: text == "A")
      }
    }
    let catalogue = Catalogue(
      version: "00000000000000aa", asOf: "2026-11-22",
      items: items.map {
        Item(
          code: $0.code, name: "事项\($0.code)", initials: "SX", category: $0.group, queueGroup: $0.group,
          handledBy: $0.lane == "H" ? .police : .window)
      })
    return HallRules(
      identity: identity, address: "", hoursText: "", consultPhone: "023-45800000", supervisePhone: "12345",
      mode: .undifferentiated, lanes: lanes,
      windows: windows.map {
        WindowRule(number: $0.number, name: "\($0.number)号窗口", lanes: $0.lanes.compactMap { LaneLetter(String($0)) })
      },
      calendar: WorkCalendar(off: [:], worked: [], years: [2026]),
      hours: hours == .always ? .always : cutOffMinutes.map(office(cutOffMinutes:)) ?? office,
      catalogue: catalogue, kiosks: kiosks, limits: limits, awareness: awareness,
      reservations: reservations)
  }
}
