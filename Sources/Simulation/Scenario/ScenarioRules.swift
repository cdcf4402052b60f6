package import Hall

/// The hall of a scenario: 安居镇 with windows 1 to 4 (3 户籍, 4 出件), two kiosks with printers and one without.
package enum ScenarioRules {
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
    return HallRules(
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
      calendar: base.calendar, hours: base.hours, catalogue: base.catalogue, kiosks: base.kiosks)
  }
}
