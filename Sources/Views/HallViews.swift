package import Groundwork
package import Hall

/// The API's views of the hall, from durable state and the active rules (docs/API.md, Views).
package struct HallViews: Sendable {
  package let state: HallState
  package let rules: HallRules

  package init(_ state: HallState, _ rules: HallRules) {
    self.state = state
    self.rules = rules
  }

  func time(_ moment: Timestamp?) -> String? { moment.map(rules.zone.rfc3339) }

  /// - Parameters:
  ///   - window: the window at which a step was just made; nil writes no window beside the ticket.
  ///   - place: where it waits, if that is known already.
  package func ticket(
    _ code: PublicCode, key: String? = nil, after window: Int? = nil, at place: WaitingPlace? = nil,
    into json: inout JSONText
  ) {
    guard let ticket = state.tickets[code] else {
      if let key { json.null(key) }
      return
    }
    json.object(key) { json in
      identity(ticket, into: &json)
      json.field("business_day", ticket.day.description)
      json.field("state", ticket.state.rawValue)
      let place = place ?? self.place(of: ticket)
      let ahead = place?.ahead ?? 0
      json.field("ahead", ahead)
      list(ticket, place, into: &json)
      wait(ticket, ahead: ahead, into: &json)
      json.field("issued_at", time(ticket.issuedAt))
      json.field("window", ticket.state == .waiting ? nil : ticket.window)
      json.numbers("windows", rules.windows(serving: ticket.lane))
      json.array("items", ticket.items) { json, code in
        json.object { json in
          json.field("code", code)
          json.field("name", rules.catalogue.item(code)?.name ?? code)
        }
      }
      json.field("catalogue_version", ticket.catalogueVersion)
      json.field("priority", ticket.priority)
      reserved(ticket, into: &json)
      json.field("leased", state.leases.adopted[ticket.code] != nil)
      json.field("kiosk", ticket.kiosk)
      json.field("calls", ticket.calls)
      json.field("called_at", time(ticket.calledAt))
      json.field("serving_at", time(ticket.servingAt))
      json.field("first_asked", ticket.firstAsked)
      way(ticket, into: &json)
      slip(ticket.slip, key: "slip", into: &json)
      if let window { self.window(window, key: "window_now", into: &json) }
    }
  }

  package func slip(_ id: SlipID?, key: String, into json: inout JSONText) {
    guard let slip = id.flatMap({ state.print.slips[$0] }) else {
      json.null(key)
      return
    }
    json.object(key) { json in
      json.field("id", slip.id.text)
      json.field("state", slip.state.word)
      paper(slip, into: &json)
      json.field("attempt", slip.attempt)
      json.field("acknowledged", slip.acknowledged)
      json.field("asked_until", time(slip.askedUntil))
      if case .printed(_, let evidence) = slip.state {
        json.field("evidence", "E\(evidence.rawValue)")
      } else {
        json.null("evidence")
      }
    }
  }

  package func lane(_ lane: Lane, into json: inout JSONText) {
    json.object { json in
      json.field("letter", lane.letter.description)
      json.field("name", lane.name)
      json.field("waiting", state.queue.waitingCount(lane.letter))
      json.field("longest_wait_since", time(longestWait(lane.letter)))
      json.numbers("windows", rules.windows(serving: lane.letter))
      let serving = rules.windows(serving: lane.letter)
      json.field("open_windows", serving.count { state.windows[$0]?.duty == .open })
      let paused = state.arrangements.paused[lane.letter]?.what
      let isStopped = state.cutOff.stopped[lane.letter] != nil
      json.field("accepting", state.day != nil && paused == nil && !isStopped && !serving.isEmpty)
      json.field("paused", paused?.reason)
      stop(lane.letter, into: &json)
      json.field("collection", lane.groups.contains(Lane.collectionGroup))
      promise(lane.letter, into: &json)
    }
  }

  /// 号已发完: since when, and when numbers are given again; null for a lane that is not stopped.
  private func stop(_ lane: LaneLetter, into json: inout JSONText) {
    guard let since = state.cutOff.stopped[lane] else {
      json.null("stopped")
      return
    }
    json.object("stopped") { json in
      json.field("since", time(since))
      json.field("next_opening", time(state.openingAfterStop(rules, since)))
    }
  }

  private func longestWait(_ lane: LaneLetter) -> Timestamp? {
    // The oldest ticket of a lane is among its first, apart from the few that came back, so looking at those is enough.
    guard let queue = state.queue.waiting[lane] else { return nil }
    let first = Array(queue.ordinary.prefix(4)) + Array(queue.priority.prefix(4))
    return first.compactMap { state.tickets[$0.code]?.issuedAt }.min()
  }

  package func lanes(_ letters: [LaneLetter]? = nil, key: String = "lanes", into json: inout JSONText) {
    json.array(key, rules.lanes.filter { letters?.contains($0.letter) ?? true }) { lane($1, into: &$0) }
  }

  package func window(_ number: Int, key: String? = nil, into json: inout JSONText) {
    guard let rule = rules.window(number) else {
      if let key { json.null(key) }
      return
    }
    let window = state.windows[number] ?? WindowState()
    json.object(key) { json in
      json.field("is", "window")
      json.field("number", number)
      json.field("name", rule.name)
      json.strings("lanes", rule.lanes.map(\.description))
      json.field("state", windowWord(window))
      json.field("ticket", window.ticket.flatMap { state.tickets[$0]?.number.description })
      json.field("ticket_id", window.ticket?.description)
      pause(window, into: &json)
      json.field("unnumbered_since", time(window.unnumberedSince))
      json.field("clerk", window.badge)
      json.field("own_waiting", state.queue.pools[number]?.count ?? 0)
      json.field("undo_until", time(undoUntil(window)))
      verbs(window, into: &json)
    }
  }

  /// Why a window is paused: a word of `PauseReason.Code`, and the words for people.
  func pause(_ window: WindowState, into json: inout JSONText) {
    if case .paused(let reason) = window.duty {
      json.field("pause_code", reason.code.rawValue)
      json.field("pause_reason", reason.words)
    } else {
      json.null("pause_code")
      json.null("pause_reason")
    }
  }

  func undoUntil(_ window: WindowState) -> Timestamp? {
    guard window.isFree, let step = window.lastStep else { return nil }
    return Timestamp(milliseconds: step.at.milliseconds + rules.limits.undoMilliseconds)
  }

  package func windowWord(_ window: WindowState) -> String {
    switch window.duty {
    case .closed: "closed"
    case .paused: "paused"
    case .open:
      switch window.ticket.flatMap({ state.tickets[$0]?.state }) {
      case .called: "called"
      case .serving: "serving"
      default: window.unnumberedSince == nil ? "idle" : "serving"
      }
    }
  }

  package func windows(key: String = "windows", into json: inout JSONText) {
    json.array(key, rules.windows) { window($1.number, into: &$0) }
  }

  /// - Parameter now: the present time, for what depends on the hour.
  package func day(now: Timestamp, key: String? = nil, into json: inout JSONText) {
    let (date, clock) = rules.zone.civil(now)
    let hours = state.hours(rules)
    let phase = hours.phase(on: date, at: clock, rules.calendar)
    let word: String
    if !state.isAccepted {
      word = "awaiting_staff"
    } else if state.day == nil {
      word = "closed"
    } else {
      switch phase {
      case .open: word = "open"
      case .cutOff: word = "cut_off"
      case .beforeOpening, .closed: word = "closed"
      }
    }
    let next = hours.nextOpening(after: date, clock, rules.calendar)
    func isProvisional(_ date: CivilDate) -> Bool { !rules.hours.alwaysOpen && !rules.calendar.isCertain(date) }
    json.object(key) { json in
      json.field("business_day", state.day?.date.description)
      json.field("state", word)
      // Whether the date was derived from weekdays, because the year's holiday notice is not configured.
      json.field("provisional", isProvisional(date))
      let coming = word == "open" ? nil : next
      json.field("next_opening", time(coming.map { rules.zone.moment($0.date, $0.time) }))
      json.field("next_opening_provisional", coming.map { isProvisional($0.date) } ?? false)
      json.field("promised_wait_minutes", state.waits.terms?.promisedMinutes)
      extraSessions(now: now, into: &json)
    }
  }

  /// A help ring (请人帮忙): `heard` once a console shows it, `escalated` once it waited too long.
  package func help(_ ring: HelpRing, key: String? = nil, into json: inout JSONText) {
    json.object(key) { json in
      json.field("id", ring.id)
      json.field("kiosk", ring.kiosk)
      json.field("asked_at", time(ring.askedAt))
      json.field("state", ring.heardBy == nil ? "ringing" : "heard")
      json.field("escalated", ring.isEscalated)
    }
  }

  /// Contacts for when nobody comes: a station's agents, else the hall's own number; and the hours in words.
  package func reach(key: String, into json: inout JSONText) {
    let people: [(name: String?, phone: String)] =
      rules.station.map { $0.agents.map { ($0.name, $0.phone) } } ?? [(nil, rules.consultPhone)]
    json.object(key) { json in
      json.field("hours", rules.hoursText)
      json.array("people", people.filter { !$0.phone.isEmpty }) { json, person in
        json.object { json in
          json.field("name", person.name)
          json.field("phone", person.phone)
        }
      }
    }
  }

  /// The paper of a kiosk since its roll was changed.
  package func roll(_ kiosk: String, key: String? = nil, into json: inout JSONText) {
    let roll = state.print.rolls[kiosk] ?? PaperRoll()
    json.object(key) { json in
      json.field("kiosk", kiosk)
      json.field("slips", roll.slips)
      json.field("millimetres", roll.millimetres)
      json.field("changed_at", time(roll.changedAt))
    }
  }

  /// - Parameters:
  ///   - since: the comparison with the version that it was issued under; nil where it was not made, or the version is
  ///     not stored.
  ///   - check: the check code on its slip.
  package func notice(
    _ code: PublicCode, since: NoticeSince? = nil, check: String? = nil, into json: inout JSONText
  ) {
    guard let notice = state.notices.notice(code) else { return }
    json.object { json in
      json.field("is", "notice")
      json.field("id", notice.code.description)
      json.field("number", notice.number)
      json.field("item", notice.item)
      json.strings("situations", notice.situations)
      json.strings("have", notice.marks.have)
      json.strings("missing", notice.marks.missing)
      json.field("catalogue_version", notice.catalogueVersion)
      json.field("issued_at", time(notice.issuedAt))
      json.field("ticket", notice.ticket?.description)
      json.field("kiosk", notice.kiosk)
      slip(notice.slip, key: "slip", into: &json)
      json.field("url", "/v1/notices/\(notice.code).png")
      json.field("a4_url", "/v1/notices/\(notice.code).pdf")
      if let check { json.field("check_code", check) }
      since?.write(into: &json)
    }
  }
}
