package import Groundwork

/// What the hall goes by: identity, lanes, windows, hours and catalogue, as the configuration and the catalogue say it.
///
/// `decide` reads it, `evolve` never does: an event carries everything that replaying it needs, so old journals mean the
/// same under new rules.
package struct HallRules: Sendable {
  package let identity: HallIdentity
  /// Street address as printed; empty when the configuration gives none.
  package let address: String
  /// Hours in words, as printed: 工作日 9:00-12:00 14:00-17:30.
  package let hoursText: String
  package let consultPhone: String
  package let supervisePhone: String
  package let zone: ZoneOffset
  package let mode: WindowMode
  /// In the order in which pages list them; letters are unique.
  package let lanes: [Lane]
  /// In the order of their numbers.
  package let windows: [WindowRule]
  package let calendar: WorkCalendar
  package let hours: OpeningHours
  package let catalogue: Catalogue
  /// Kiosk ids that may ask for slips; the flag says whether a printer is configured there.
  package let kiosks: [KioskRule]
  package let limits: QueueLimits
  /// Where people are sent whose items this hall does not do.
  package let neighbours: HallNeighbours
  /// Nil for a town's hall.
  package let station: Station?
  /// What the idle screen asks; nil when nothing.
  package let awareness: AwarenessQuestion?

  package init(
    identity: HallIdentity, address: String, hoursText: String, consultPhone: String, supervisePhone: String,
    zone: ZoneOffset = .beijing, mode: WindowMode, lanes: [Lane], windows: [WindowRule], calendar: WorkCalendar,
    hours: OpeningHours, catalogue: Catalogue, kiosks: [KioskRule], limits: QueueLimits = QueueLimits(),
    neighbours: HallNeighbours = HallNeighbours(),
    station: Station? = nil,
    awareness: AwarenessQuestion? = nil
  ) {
    self.identity = identity
    self.address = address
    self.hoursText = hoursText
    self.consultPhone = consultPhone
    self.supervisePhone = supervisePhone
    self.zone = zone
    self.mode = mode
    self.lanes = lanes
    self.windows = windows
    self.calendar = calendar
    self.hours = hours
    self.catalogue = catalogue
    self.kiosks = kiosks
    self.limits = limits
    self.neighbours = neighbours
    self.station = station
    self.awareness = awareness
  }

  /// False at a village's station: nobody takes a number there.
  package var hasQueue: Bool { !lanes.isEmpty }

  package func lane(_ letter: LaneLetter) -> Lane? { lanes.first { $0.letter == letter } }
  package func window(_ number: Int) -> WindowRule? { windows.first { $0.number == number } }
  package func kiosk(_ id: String) -> KioskRule? { kiosks.first { $0.id == id } }

  /// The windows that serve a lane, by number.
  package func windows(serving lane: LaneLetter) -> [Int] {
    windows.filter { $0.lanes.contains(lane) }.map(\.number)
  }

  /// The lane that an item's ticket joins in this hall's window mode (DOMAIN.md §4).
  ///
  /// Items that only the police may handle and 出件 keep their own lane in every mode; in an undifferentiated hall all
  /// other items join the comprehensive lane.
  package func lane(for item: Item) -> LaneLetter? {
    let own = lanes.first { $0.groups.contains(item.queueGroup) }
    let comprehensive = lanes.first(where: \.comprehensive)
    switch mode {
    case .undifferentiated:
      if item.isPoliceOnly || item.queueGroup == Lane.collectionGroup { return (own ?? comprehensive)?.letter }
      return comprehensive?.letter
    case .departmental, .hybrid:
      return (own ?? comprehensive)?.letter
    }
  }
}

/// How a hall's windows share the items (铜府办〔2023〕32号 二（四）; 国发〔2024〕3号 for the mixed form).
package enum WindowMode: String, Sendable, Codable, CaseIterable {
  /// 无差别: every comprehensive window takes any item.
  case undifferentiated
  /// 分部门: a lane for each group of items.
  case departmental
  /// Comprehensive windows beside special ones.
  case hybrid
}

/// Tickets that compete with one another (队列); a number's letter names its lane.
package struct Lane: Hashable, Sendable, Codable {
  package let letter: LaneLetter
  package let name: String
  /// Queue groups of the catalogue whose items join it.
  package let groups: [String]
  /// The first number of a day, 1...9999.
  package let start: Int
  /// True for the one lane that takes every item that has no lane of its own.
  package let comprehensive: Bool

  /// The queue group of people who only collect a result (出件).
  package static let collectionGroup = "出件"

  package init(letter: LaneLetter, name: String, groups: [String] = [], start: Int = 1, comprehensive: Bool = false) {
    self.letter = letter
    self.name = name
    self.groups = groups
    self.start = start
    self.comprehensive = comprehensive
  }
}

/// A window (窗口) as configured.
package struct WindowRule: Hashable, Sendable, Codable {
  /// 1...99.
  package let number: Int
  package let name: String
  /// The lanes it serves, the one to be served first in front.
  package let lanes: [LaneLetter]

  package init(number: Int, name: String, lanes: [LaneLetter]) {
    self.number = number
    self.name = name
    self.lanes = lanes
  }
}

/// A kiosk as configured.
package struct KioskRule: Hashable, Sendable, Codable {
  package let id: String
  /// As the people of the hall call it: 大门口取号机. Never empty.
  package let name: String
  /// False when no printer is configured there: then no slip is asked for.
  package let prints: Bool
  /// False where only notices are printed: at an office printer on A4.
  package let printsTickets: Bool

  /// - Parameters:
  ///   - name: nil means the id.
  ///   - printsTickets: nil means as `prints`.
  package init(id: String, name: String? = nil, prints: Bool, printsTickets: Bool? = nil) {
    self.id = id
    self.name = name ?? id
    self.prints = prints
    self.printsTickets = printsTickets ?? prints
  }
}

/// Bounds of the queue, each with its reason.
package struct QueueLimits: Hashable, Sendable {
  /// Calls of one ticket before it can only be missed: one call and its repetitions (DOMAIN.md §5.2 proposes 3).
  package var calls = 4
  /// Milliseconds within which a wrong press can be taken back.
  package var undoMilliseconds: Int64 = 5_000
  /// Places that a missed resident who checks in again stands behind the head of the lane.
  package var reCheckInPlaces = 1
  /// Re-check-ins of one ticket in a day.
  package var reCheckIns = 2
  /// Items on one ticket.
  package var itemsPerTicket = 8
  /// Tickets that one person may hold at a time (一人一号).
  package var ticketsPerPerson = 1
  /// Tickets that somebody who takes numbers for others (代他人取号) may hold at a time.
  package var ticketsByProxy = 2
  /// Tickets that an agent (代办员) may hold for others at a time.
  package var ticketsByAgent = 8
  /// Years of age from which priority is offered, never imposed; nil offers none (DOMAIN.md §5: halls use 60, 65 or 70).
  package var priorityAge: Int? = 65
  /// Help rings that wait for an answer at the same time, in the whole hall.
  package var openHelpRings = 16
  /// Milliseconds after which a ring that consoles have heard and nobody has answered escalates.
  package var helpUnansweredMilliseconds: Int64 = 60_000
  /// Milliseconds after which a ring that no console has heard escalates: nobody is going to come by themselves.
  package var helpUnheardMilliseconds: Int64 = 10_000
  /// How fast kiosks may ask; nil does not limit them.
  package var kioskRates: KioskRates?
  /// The last numbers of a lane, which staff alone give: a machine that went wild at a kiosk leaves them. 0...5,000.
  package var numbersKeptForStaff = 500
  /// Minutes of a service while too few were seen; nil says no minutes then.
  package var usualServiceMinutes: Int?
  /// Days without an opening after which staff confirm the date of the next one.
  package var plausibleGapDays = 30

  package init() {}
}
