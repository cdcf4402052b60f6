package import Groundwork

/// The hall's rules: identity, lanes, windows, hours and catalogue, from the configuration and the catalogue.
///
/// `decide` reads them, `evolve` never does: an event contains everything that its replay needs, so old journals keep
/// their meaning under new rules.
package struct HallRules: Sendable {
  package let identity: HallIdentity
  /// Street address for printing; empty when the configuration has none.
  package let address: String
  /// Hours in words, as printed: 工作日 9:00-12:00 14:00-17:30.
  package let hoursText: String
  package let consultPhone: String
  package let supervisePhone: String
  package let zone: ZoneOffset
  package let mode: WindowMode
  /// In the order in which pages list them; letters are unique.
  package internal(set) var lanes: [Lane]
  /// In the order of their numbers.
  package internal(set) var windows: [WindowRule]
  package let calendar: WorkCalendar
  package internal(set) var hours: OpeningHours
  package let catalogue: Catalogue
  /// The kiosks, with whether each has a printer.
  package let kiosks: [KioskRule]
  package internal(set) var limits: QueueLimits
  /// The places for items that this hall does not do.
  package let neighbours: HallNeighbours
  /// Nil for a town's hall.
  package let station: Station?
  /// The idle screen's question; nil when there is none.
  package let awareness: AwarenessQuestion?
  package internal(set) var closingSlip: ClosingSlipRule
  /// Nil where the hall promises nothing.
  package let promise: ServicePromise?
  package var staffing = Staffing()
  package var cases = CaseRule()
  package var agency = AgencyRule()
  package var emergencyKeys = EmergencyKeys()
  /// `sign_in: badge_only`: a clerk's scanned badge opens a window within the hall's hours, without a secret.
  package var opensByBadge = false
  /// Whether kiosks get numbers for the time without the journal: in a hall with several machines.
  package var leasesNumbers = false
  /// Nil where the hall takes no reservations.
  package let reservations: ReservationRule?

  package init(
    identity: HallIdentity, address: String, hoursText: String, consultPhone: String, supervisePhone: String,
    zone: ZoneOffset = .beijing, mode: WindowMode, lanes: [Lane], windows: [WindowRule], calendar: WorkCalendar,
    hours: OpeningHours, catalogue: Catalogue, kiosks: [KioskRule], limits: QueueLimits = QueueLimits(),
    neighbours: HallNeighbours = HallNeighbours(),
    station: Station? = nil,
    awareness: AwarenessQuestion? = nil, closingSlip: ClosingSlipRule = .anywhere,
    promise: ServicePromise? = nil, reservations: ReservationRule? = nil
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
    self.closingSlip = closingSlip
    self.promise = promise
    self.reservations = reservations
  }

  /// False at a village's station, which issues no numbers.
  package var hasQueue: Bool { !lanes.isEmpty }

  package func lane(_ letter: LaneLetter) -> Lane? { lanes.first { $0.letter == letter } }
  package func window(_ number: Int) -> WindowRule? { windows.first { $0.number == number } }
  package func kiosk(_ id: String) -> KioskRule? { kiosks.first { $0.id == id } }

  /// The windows that serve a lane, by number.
  package func windows(serving lane: LaneLetter) -> [Int] {
    windows.filter { $0.lanes.contains(lane) }.map(\.number)
  }

  /// The lane of an item's tickets in this hall's window mode.
  ///
  /// Items for the police only and 出件 keep their own lane in every mode; in an undifferentiated hall all other items
  /// join the comprehensive lane.
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

/// How the windows of a hall share the items (铜府办〔2023〕32号 二（四）; 国发〔2024〕3号 for the mixed form).
package enum WindowMode: String, Sendable, Codable, CaseIterable {
  /// 无差别: every comprehensive window takes any item.
  case undifferentiated
  /// 分部门: a lane for each group of items.
  case departmental
  /// Comprehensive windows beside special ones.
  case hybrid
}

/// Tickets that are called in one order (队列); a number's letter names its lane.
package struct Lane: Hashable, Sendable, Codable {
  package let letter: LaneLetter
  package let name: String
  /// Queue groups of the catalogue whose items join it.
  package let groups: [String]
  /// The first number of a day, 1...9999.
  package let start: Int
  /// True for the one lane of all items without a lane of their own.
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
  /// The lanes that it serves, in order of preference.
  package let lanes: [LaneLetter]
  /// What the screen over the window says while it is paused, below 暂停服务; 1...30 characters, nil for nothing.
  package let pauseText: String?

  package init(number: Int, name: String, lanes: [LaneLetter], pauseText: String? = nil) {
    self.number = number
    self.name = name
    self.lanes = lanes
    self.pauseText = pauseText
  }
}

/// A kiosk as configured.
package struct KioskRule: Hashable, Sendable, Codable {
  package let id: String
  /// Its name for people: 大门口取号机. Never empty.
  package let name: String
  /// False when no printer is configured there: then no slip is requested.
  package let prints: Bool
  /// False for an office printer on A4, which prints notices only.
  package let printsTickets: Bool

  /// - Parameters:
  ///   - name: nil: the id.
  ///   - printsTickets: nil: as `prints`.
  package init(id: String, name: String? = nil, prints: Bool, printsTickets: Bool? = nil) {
    self.id = id
    self.name = name ?? id
    self.prints = prints
    self.printsTickets = printsTickets ?? prints
  }
}

/// The limits of the queue.
package struct QueueLimits: Hashable, Sendable {
  /// Calls of one ticket before it can only be missed: the first and its repetitions.
  package var calls = 4
  /// Milliseconds within which a step can be undone.
  package var undoMilliseconds: Int64 = 5_000
  /// Milliseconds of a pause after which those who wait for the paused window wait in a lane.
  package var poolPauseMilliseconds: Int64 = 600_000
  /// Positions behind the head of the lane at which a missed resident who checks in again is inserted.
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
  /// Age in years from which priority is offered, never imposed; nil offers none. Halls use 60, 65 or 70.
  package var priorityAge: Int? = 65
  /// Open help rings at the same time, in the whole hall.
  package var openHelpRings = 16
  /// Milliseconds after which a ring that a console has shown escalates without an answer.
  package var helpUnansweredMilliseconds: Int64 = 60_000
  /// Milliseconds after which a ring that no console has shown escalates.
  package var helpUnheardMilliseconds: Int64 = 10_000
  /// The rate limits of kiosks; nil for none.
  package var kioskRates: KioskRates?
  /// The last numbers of a lane, issued by staff only, so that a malfunctioning kiosk cannot use up the lane.
  /// 0...5,000.
  package var numbersKeptForStaff = 500
  /// Minutes of a service while too few were measured; nil gives no range then.
  package var usualServiceMinutes: Int?
  /// The order of calls on days that are opened from now on.
  package var order = OrderRule()
  /// The cut-off by remaining capacity on days that are opened from now on; nil for none.
  package var cutOff: CutOffRule? = CutOffRule()
  /// The most usual opening days in a row on which the hall was shut; after more, staff have to confirm the date of an opening.
  package var plausibleShutDays = 2
  /// A clock that shows an earlier date is wrong, whatever its source: the program was released later.
  package var earliestDate = CivilDate(daysSinceEpoch: 20_454)  // 2026-01-01, the year of the first release

  package init() {}
}

extension HallRules {
  /// Whether a clock that shows `date` may be right, when the hall was last open on `last`.
  ///
  /// It may be if the hall was shut since then on at most `plausibleShutDays` days on which it is usually open. A clock
  /// that is weeks ahead after a start would open a wrong day.
  package func isPlausible(_ date: CivilDate, after last: CivilDate) -> Bool {
    var shut = 0
    var next = last.adding(days: 1)
    while next < date {
      if !hours.sessions(on: next, calendar).isEmpty { shut += 1 }
      if shut > limits.plausibleShutDays { return false }
      next = next.adding(days: 1)
    }
    return true
  }
}
