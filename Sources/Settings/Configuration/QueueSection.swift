import Groundwork
import Hall
import YAMLDocuments

/// `window_mode`, `lanes`, `windows`, `queue`, `promise`, `reservations`: the queue and its windows.
struct QueueSection {
  struct Content {
    let mode: WindowMode
    let lanes: [Lane]
    let windows: [WindowRule]
    let limits: QueueLimits
    let promise: ServicePromise?
    let reservations: ReservationRule?
  }

  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  /// - Parameters:
  ///   - identity: a village's station has no queue; a town's pilot mark gives the mode when the file does not.
  ///   - catalogue: compared with the lanes when it could be loaded.
  func read(_ identity: HallIdentity?, _ catalogue: Catalogue?) -> Content? {
    if identity?.level == .village || (identity == nil && isMeantAsStation) { return none() }
    let division = identity?.division
    let byDivision: WindowMode = division?.pilot == true ? .undifferentiated : .departmental
    let mode = top.choice("window_mode", of: WindowMode.allCases, required: false) ?? byDivision
    let lanes = self.lanes()
    let windows = self.windows(lanes)
    let limits = top.table("queue", required: false).map(self.limits) ?? Self.noSection
    let promise = top.table("promise", required: false).flatMap(self.promise)
    let reservations = top.table("reservations", required: false).map(self.reservations)
    checkServed(lanes, windows)
    checkComprehensive(lanes, mode)
    if let catalogue { checkItems(catalogue, lanes, mode) }
    return Content(
      mode: mode, lanes: lanes, windows: windows.sorted { $0.number < $1.number }, limits: limits, promise: promise,
      reservations: reservations)
  }

  /// Whether a village's station is meant: then missing lanes are not reported in addition to its wrong name or division.
  private var isMeantAsStation: Bool {
    guard case .table(let hall)? = top.node("hall")?.content,
      case .scalar("village", _)? = hall.first(where: { $0.key == "level" })?.value.content
    else { return false }
    return top.node("lanes") == nil && top.node("windows") == nil
  }

  /// A village's station has no queue; its agents do everything.
  private func none() -> Content {
    for key in ["window_mode", "lanes", "windows", "queue", "promise", "reservations"] where top.node(key) != nil {
      log.fault(
        top.location(of: key), "`\(key)` at a village's station, which has no queue",
        "take it out, or write `level: town`",
        zh: "村（社区）便民服务站不排队，却写了 \(key)：去掉，或写 level: town")
    }
    return Content(
      mode: .undifferentiated, lanes: [], windows: [], limits: Self.noSection, promise: nil, reservations: nil)
  }

  private func lanes() -> [Lane] {
    var letters: Set<LaneLetter> = []
    var groups: [String: LaneLetter] = [:]
    let lanes = top.tables("lanes", required: true, atMost: 24).compactMap { entry -> Lane? in
      defer { entry.refuseUnknown() }
      let letter = letter(entry)
      let name = entry.text("name", atMost: 12)
      let start = entry.integer("start", in: 1...TicketNumber.highestOrdinal) ?? 1
      // An unreadable flag counts as set, so that a missing comprehensive lane is not reported in addition.
      let comprehensive = entry.flag("comprehensive") ?? (entry.node("comprehensive") != nil)
      let own = entry.texts("groups", atMost: 30)
      guard let letter, let name else { return nil }
      if !letters.insert(letter).inserted {
        log.fault(
          entry.location(of: "letter"), "two lanes have the letter \(letter)", "give each its own letter",
          zh: "两个队列的字母都是 \(letter)：各用一个字母")
      }
      for group in own {
        if let other = groups.updateValue(letter, forKey: group) {
          log.fault(
            entry.location(of: "groups"), "\(group) is in the lanes \(other) and \(letter)", "leave it in one of them",
            zh: "“\(group)”同时在队列 \(other) 和 \(letter) 里：只留在一个里")
        }
      }
      return Lane(letter: letter, name: name, groups: own, start: start, comprehensive: comprehensive)
    }
    if lanes.isEmpty {
      log.fault(
        top.location(of: "lanes"), "there is no lane", "write at least one",
        zh: "一个队列也没有：至少写一个")
    }
    warnAboutSound(lanes)
    return lanes
  }

  private func letter(_ entry: YAMLTable) -> LaneLetter? {
    guard let text = entry.text("letter", atMost: 4) else { return nil }
    guard let letter = LaneLetter(text) else {
      log.fault(
        entry.location(of: "letter"), "the letter “\(text)”",
        "write one capital letter other than I and O, which read as digits",
        zh: "队列字母“\(text)”不对：写一个大写字母，不用 I 和 O（像数字）")
      return nil
    }
    return letter
  }

  /// B, D, E, P and T sound alike from a loudspeaker.
  private func warnAboutSound(_ lanes: [Lane]) {
    let alike = lanes.map(\.letter.description).filter { "BDEPT".contains($0) }
    if alike.count > 1 {
      log.warn(
        top.location(of: "lanes"), "the letters \(alike.joined(separator: ", ")) sound alike when called",
        "keep one of B, D, E, P, T",
        zh: "队列字母 \(alike.joined(separator: "、")) 叫号时听起来像：B、D、E、P、T 里只留一个")
    }
  }

  private func windows(_ lanes: [Lane]) -> [WindowRule] {
    let letters = Set(lanes.map(\.letter))
    let allLanesRead = lanes.count == top.list("lanes")?.count
    var numbers: Set<Int> = []
    let windows = top.tables("windows", required: true, atMost: 99).compactMap { entry -> WindowRule? in
      defer { entry.refuseUnknown() }
      let number = entry.integer("number", in: 1...99, required: true)
      let name = entry.text("name", atMost: 20)
      let served = entry.texts("lanes", atMost: 4).compactMap { text -> LaneLetter? in
        guard let letter = LaneLetter(text), letters.contains(letter) else {
          // Where a lane could not be parsed, its letter is not reported as missing in addition.
          guard allLanesRead else { return nil }
          log.fault(
            entry.location(of: "lanes"), "there is no lane “\(text)”", "write letters of `lanes`",
            zh: "没有队列“\(text)”：写队列（lanes）里有的字母")
          return nil
        }
        return letter
      }
      if served.isEmpty, allLanesRead {
        log.fault(
          entry.location(of: "lanes"), "the window serves no lane", "write `lanes: [A]` or take the window out",
          zh: "这个窗口没有写办哪个队列：写 lanes: [A]，或去掉这个窗口")
      } else if Set(served).count < served.count {
        log.fault(
          entry.location(of: "lanes"), "a lane stands here twice", "keep it where its turn is",
          zh: "同一个队列写了两次：留一个，按先后排")
      }
      let pauseText = entry.text("pause_text", required: false, atMost: 30)
      guard let number, let name else { return nil }
      if !numbers.insert(number).inserted {
        log.fault(
          entry.location(of: "number"), "two windows have the number \(number)", "give each its own",
          zh: "两个窗口都是 \(number) 号：各写一个号")
      }
      return WindowRule(number: number, name: name, lanes: served, pauseText: pauseText)
    }
    if windows.isEmpty {
      log.fault(
        top.location(of: "windows"), "there is no window", "write at least one",
        zh: "一个窗口也没有：至少写一个")
    }
    return windows
  }

  private func checkServed(_ lanes: [Lane], _ windows: [WindowRule]) {
    for lane in lanes where !windows.contains(where: { $0.lanes.contains(lane.letter) }) {
      log.fault(
        top.location(of: "lanes"), "no window serves the lane \(lane.letter) \(lane.name)",
        "add \(lane.letter) to the `lanes` of a window, or take the lane out",
        zh: "队列 \(lane.letter) \(lane.name) 没有窗口办：在某个窗口的 lanes 里加上 \(lane.letter)，或去掉这个队列")
    }
  }

  private func checkComprehensive(_ lanes: [Lane], _ mode: WindowMode) {
    let comprehensive = lanes.filter(\.comprehensive)
    if comprehensive.count > 1 {
      log.fault(
        top.location(of: "lanes"), "\(comprehensive.count) lanes are comprehensive", "leave one",
        zh: "综合队列有 \(comprehensive.count) 个：只留一个")
    } else if comprehensive.isEmpty, mode != .departmental, !lanes.isEmpty {
      log.fault(
        top.location(of: "lanes"), "the mode \(mode.rawValue) needs a comprehensive lane",
        "write `comprehensive: true` at one lane",
        zh: "窗口模式 \(mode.rawValue) 要有综合队列：给一个队列写上 comprehensive: true")
    }
  }

  private func checkItems(_ catalogue: Catalogue, _ lanes: [Lane], _ mode: WindowMode) {
    let groups = Set(lanes.flatMap(\.groups))
    let comprehensive = lanes.contains(where: \.comprehensive)
    let wanted = Set(catalogue.items.map(\.queueGroup))
    if !comprehensive, mode == .departmental {
      for group in wanted.subtracting(groups).sorted() {
        log.fault(
          top.location(of: "lanes"), "no lane takes the items of \(group)",
          "add \(group) to the `groups` of a lane, or write `comprehensive: true` at one",
          zh: "“\(group)”的事项没有队列：在某个队列的 groups 里加上“\(group)”，或给一个队列写 comprehensive: true")
      }
    }
    let ownLane = Set(
      catalogue.items.filter { $0.isPoliceOnly || $0.queueGroup == Lane.collectionGroup }.map(\.queueGroup))
    for group in ownLane.subtracting(groups).sorted() {
      log.warn(
        top.location(of: "lanes"), "\(group) has no lane of its own",
        "give it one: only its own people can serve it, and residents would wait in the wrong line",
        zh: "“\(group)”没有自己的队列：给它单设一个，这些事只有本部门的人能办，排在别的队里会白等")
    }
    for group in groups.subtracting(wanted).sorted() {
      log.warn(
        top.location(of: "lanes"), "no item is of the group \(group)",
        "check the word against the catalogue's `queue_group`",
        zh: "没有队列分组是“\(group)”的事项：与目录里的队列分组（queue_group）核对")
    }
  }

  private func promise(_ table: YAMLTable) -> ServicePromise? {
    defer { table.refuseUnknown() }
    let reserved = table.integer("reservation_minutes", in: 5...60)
    return table.integer("wait_minutes", in: 5...240, required: true).map {
      ServicePromise(waitMinutes: $0, reservationMinutes: reserved)
    }
  }

  private func reservations(_ table: YAMLTable) -> ReservationRule {
    defer { table.refuseUnknown() }
    var rule = ReservationRule()
    if let minutes = table.integer("slot_minutes", in: 10...120) { rule.slotMinutes = minutes }
    if let share = table.integer("share", in: 5...80) { rule.share = share }
    if let days = table.integer("ahead_days", in: 1...15) { rule.aheadDays = days }
    if let hours = table.integer("close_before_hours", in: 0...72) { rule.closeBeforeHours = hours }
    return rule
  }

  private static let noSection: QueueLimits = {
    var limits = QueueLimits()
    limits.earliestDate = ProductVersion.date
    limits.kioskRates = KioskRates()
    return limits
  }()

  /// Each limit per minute also gives a limit per hour of twenty times as many, so that the rate is limited over the day too.
  private func kioskRates(_ table: YAMLTable) -> KioskRates {
    var rates = KioskRates()
    func both(_ a: Int) -> [RateLimit] { [.aMinute(a), .anHour(20 * a)] }
    if let numbers = table.integer("kiosk_numbers_a_minute", in: 1...600) { rates.numbers = both(numbers) }
    if let notices = table.integer("kiosk_notices_a_minute", in: 1...600) { rates.notices = both(notices) }
    if let numbers = table.integer("lane_numbers_a_minute", in: 1...600) { rates.lane = both(numbers) }
    return rates
  }

  /// Nil where it is switched off by a load of 0.
  private func cutOff(_ table: YAMLTable) -> CutOffRule? {
    var rule = CutOffRule()
    let load = table.decimal("cut_off_load", in: 0...1000)
    if let minutes = table.integer("earliest_cut_off_minutes", in: 15...480) { rule.earliestMinutes = minutes }
    if let minutes = table.integer("overtime_minutes", in: 0...240) { rule.overtimeMinutes = minutes }
    guard let load else { return rule }
    if load == 0 { return nil }
    rule.load = load
    guard load < 100 else { return rule }
    table.log.fault(
      table.location(of: "cut_off_load"), "`cut_off_load` is below 0.1", "write 0 to switch it off, or 0.1 to 1",
      zh: "\(table.name(of: "cut_off_load"))小于 0.1：写 0 关掉，或写 0.1 到 1")
    return rule
  }

  private func limits(_ table: YAMLTable) -> QueueLimits {
    defer { table.refuseUnknown() }
    var limits = QueueLimits()
    limits.earliestDate = ProductVersion.date
    if let recalls = table.integer("recalls", in: 0...20) { limits.calls = 1 + recalls }
    if let seconds = table.integer("undo_seconds", in: 0...60) { limits.undoMilliseconds = Int64(seconds) * 1000 }
    if let places = table.integer("check_in_places", in: 0...50) { limits.reCheckInPlaces = places }
    if let times = table.integer("check_ins", in: 0...10) { limits.reCheckIns = times }
    if let items = table.integer("items_per_ticket", in: 1...20) { limits.itemsPerTicket = items }
    if let tickets = table.integer("tickets_per_person", in: 1...5) { limits.ticketsPerPerson = tickets }
    if let tickets = table.integer("tickets_by_proxy", in: 1...5) { limits.ticketsByProxy = tickets }
    if let tickets = table.integer("tickets_by_agent", in: 1...30) { limits.ticketsByAgent = tickets }
    if let age = table.integer("priority_age", in: 50...120) { limits.priorityAge = age }
    limits.kioskRates = kioskRates(table)
    if let kept = table.integer("numbers_kept_for_staff", in: 0...5000) { limits.numbersKeptForStaff = kept }
    if let calls = table.integer("priorities_in_a_row", in: 0...10) { limits.order.inARow = calls }
    if let times = table.integer("overtaken_at_most", in: 0...50) { limits.order.overtakings = times }
    if let minutes = table.integer("lane_patience_minutes", in: 0...480) {
      limits.order.patience = Int64(minutes) * 60_000
    }
    limits.cutOff = cutOff(table)
    limits.usualServiceMinutes = table.integer("usual_service_minutes", in: 1...60)
    return limits
  }
}
