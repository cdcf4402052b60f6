package import Groundwork
package import Hall

/// The answer to 为什么 B012 在 A020 前面, as a sentence for staff and, without names and reasons of priority, for residents.
package struct OrderSentence: Hashable, Sendable {
  package let first: TicketNumber
  package let other: TicketNumber
  package let reason: OrderReason
  private let zone: ZoneOffset

  package init(
    _ reason: OrderReason, _ first: TicketNumber, before other: TicketNumber, zone: ZoneOffset = .beijing
  ) {
    self.zone = zone
    self.reason = reason
    self.first = first
    self.other = other
  }

  private func time(_ moment: Timestamp) -> String { zone.civil(moment).time.description }

  /// - Parameter forResident: leaves out who called a ticket by name and why.
  package func chinese(forResident: Bool = false) -> String {
    switch reason {
    case .cameFirst: "\(first) 比 \(other) 先来。"
    case .cameBack: "\(first) 过号后回来报到，按规定排在队首之后，所以在 \(other) 前面。"
    case .amongAgents: "\(other) 是代办员替人取的几个号之一。代办员的号每连着办两个，让后来的一位先办，所以先叫 \(first)。"
    case .priority(let count, let overtaken, let most):
      "\(first) 是优先号，可以先叫（连续第 \(count) 个）。\(other) 已让过 \(overtaken) 次，一个号最多让 \(most) 次。"
    case .reservation(let from, let isOwed):
      isOwed
        ? "\(first) 原来的预约由大厅取消，来了先叫。"
        : "\(first) 预约了 \(time(from))，到了预约时间，按预约先叫。"
    case .slotToCome(let from): "\(other) 预约的是 \(time(from))，叫 \(first) 时还没到预约时间。"
    case .byName(let badge, let why):
      forResident
        ? "\(first) 由窗口人员点名先叫，原因已登记，可以向统筹人员查询。"
        : "\(first) 由\(badge.map { "工号 \($0) " } ?? "窗口人员")点名\(why.map { "，原因：\($0)" } ?? "")。"
    case .laneFirst(let window, let lane, let then):
      "\(window) 号窗口先办 \(lane) 队，再办 \(then) 队；\(other) 在 \(then) 队。"
    case .laneNotServed(let window, let lane): "叫 \(first) 的 \(window) 号窗口不办 \(lane) 队，\(other) 由别的窗口叫。"
    case .waitedLonger(let window, let minutes):
      "\(first) 那一队等得太久（\(minutes) 分钟），\(window) 号窗口先叫了那一队。"
    case .waitedElsewhere(let lane): "\(first) 先在别处（\(lane) 队）等过，转过来时先后不变，比 \(other) 来得早。"
    case .waitsForWindow(let window): "\(other) 转给了 \(window) 号窗口，等那个窗口叫。"
    case .notThereYet: "叫 \(first) 时，\(other) 还没有取号。"
    case .wasAway: "叫 \(first) 时，\(other) 过号还没有报到。"
    case .outOfTurn: "\(first) 排在 \(other) 后面却先叫了，当天没有记下原因。"
    }
  }

  package func english(forResident: Bool = false) -> String {
    switch reason {
    case .cameFirst: "\(first) came before \(other)."
    case .cameBack:
      "\(first) came back after a missed call and stands behind the first of its lane, so it is before \(other)."
    case .amongAgents:
      "\(other) is one of several numbers that an agent took for others. After every two of them somebody who came later goes first, so \(first) was called."
    case .priority(let count, let overtaken, let most):
      "\(first) has priority and may be called earlier (number \(count) in a row). \(other) was passed over \(overtaken) times, at most \(most)."
    case .reservation(let from, let isOwed):
      isOwed
        ? "The hall had cancelled the reservation of \(first), so it is called first."
        : "\(first) is reserved for \(time(from)), which had begun."
    case .slotToCome(let from): "\(other) is reserved for \(time(from)), which had not begun when \(first) was called."
    case .byName(let badge, let why):
      forResident
        ? "\(first) was picked by a clerk. The reason is on record: ask the coordinator."
        : "\(first) was picked by \(badge ?? "a clerk")\(why.map { ": \($0)" } ?? "")."
    case .laneFirst(let window, let lane, let then):
      "Window \(window) serves lane \(lane) before lane \(then), where \(other) waits."
    case .laneNotServed(let window, let lane):
      "Window \(window), which called \(first), does not serve lane \(lane); other windows call \(other)."
    case .waitedLonger(let window, let minutes):
      "The lane of \(first) had waited for too long (\(minutes) minutes), so window \(window) called it first."
    case .waitedElsewhere(let lane):
      "\(first) had waited elsewhere (lane \(lane)) and kept its place when it was transferred; it came before \(other)."
    case .waitsForWindow(let window): "\(other) was transferred to window \(window) and waits for that window."
    case .notThereYet: "When \(first) was called, \(other) had not been taken."
    case .wasAway: "When \(first) was called, \(other) was away after a missed call."
    case .outOfTurn: "\(first) stood behind \(other) and was called first; no reason is on record."
    }
  }
}
