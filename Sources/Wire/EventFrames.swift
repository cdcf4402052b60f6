package import Groundwork
package import Hall

/// One durable event as each audience of the feed hears of it; nil where it does not concern them.
package struct EventFrames: Sendable {
  package let sequence: Int64
  package let staff: [UInt8]?
  package let board: [UInt8]?
  /// For the kiosk that the event is about.
  package let ownKiosk: (id: String, frame: [UInt8])?
  /// The ticket or notice that it is about.
  package let subject: PublicCode?
  /// For every other kiosk.
  package let otherKiosks: [UInt8]?

  /// - Parameters:
  ///   - views: the state right after the event.
  ///   - now: for the state of the day.
  package init(_ recorded: RecordedEvent, _ views: HallViews, now: Timestamp) {
    let about = About(recorded.event, views.state)
    let name = recorded.event.shape.feedName
    let id = "\(views.state.epoch).\(recorded.sequence)"
    let at = views.rules.zone.rfc3339(recorded.at)
    sequence = recorded.sequence
    // Staff and the kiosk that it is about hear the same, and it is written once.
    let whole = Self.frame(id, name) { json in
      json.field("at", at)
      about.whole(views, now: now, into: &json)
    }
    staff = whole
    board = about.publicState.map { word in
      Self.frame(id, name) { json in
        json.field("at", at)
        about.shown(word, views, now: now, into: &json)
      }
    }
    let others =
      about.concernsKiosks
      ? Self.frame(id, name) { json in
        json.field("at", at)
        about.laneCounts(views, now: now, into: &json)
      } : nil
    otherKiosks = others
    ownKiosk = about.kiosk.map { ($0, whole) }
    subject = about.ticket ?? about.notice
  }

  /// A server-sent event (WHATWG HTML, 9.2.6).
  package static func frame(_ id: String?, _ name: String, _ body: (inout JSONText) -> Void) -> [UInt8] {
    var json = JSONText()
    json.object(nil, body)
    return frame(id, name, data: json.bytes)
  }

  package static func frame(_ id: String?, _ name: String, data: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count + 64)
    if let id { bytes += Array("id: \(id)\n".utf8) }
    bytes += Array("event: \(name)\ndata: ".utf8)
    bytes += data
    bytes += [10, 10]
    return bytes
  }

  /// What an event is about: the places that pages put its news in.
  private struct About {
    var ticket: PublicCode?
    var window: Int?
    var lane: LaneLetter?
    var kiosk: String?
    var notice: PublicCode?
    /// The kiosk of whose paper it tells; staff only.
    var roll: String?
    /// The version that came into force; staff and kiosks.
    var catalogue: String?
    /// A ring that is there, or that was answered.
    var help: (id: String, isAnswered: Bool)?
    var isOfDay = false
    var overtaken: DayOvertaken?
    /// The word that a board may show.
    var publicState: String?
    var number: TicketNumber?

    init(_ event: Event, _ state: HallState) {
      switch event {
      case .dayOpened, .dayClosed, .journalAccepted:
        isOfDay = true
        publicState = event.shape == .dayOpened ? "day_opened" : "day_closed"
      case .dayOvertaken(let e): overtaken = e
      case .ticketIssued(let e): of(e.code, state, "waiting")
      case .holderNoted, .awarenessAnswered: break
      case .ticketCheckedIn(let e): of(e.code, state, "waiting")
      case .ticketCalled(let e): of(e.code, state, "called", at: e.window)
      case .ticketRecalled(let e): of(e.code, state, "recalled", at: e.window)
      case .serviceStarted(let e): of(e.code, state, "serving", at: e.window)
      case .ticketFinished(let e): of(e.code, state, "finished", at: e.window)
      case .ticketMissed(let e): of(e.code, state, "missed", at: e.window)
      case .ticketSuspended(let e): of(e.code, state, "suspended", at: e.window)
      case .ticketResumed(let e): of(e.code, state, "serving", at: e.window)
      case .ticketAbandoned(let e): of(e.code, state, "abandoned", at: e.window)
      case .stepUndone(let e): of(e.code, state, e.restored.rawValue, at: e.window)
      case .windowOpened(let e): atWindow(e.window, "opened")
      case .windowPaused(let e): atWindow(e.window, "paused")
      case .windowClosed(let e): atWindow(e.window, "closed")
      case .noticeIssued(let e):
        notice = e.code
        kiosk = e.kiosk
      case .helpRequested(let e):
        help = (e.id, false)
        kiosk = e.kiosk
      case .helpHeard(let e): ofRing(e.id, state)
      case .helpEscalated(let e):
        ofRing(e.id, state)
        publicState = "help"
      case .helpAnswered(let e):
        help = (e.id, true)
        publicState = "help"
      case .slipRequested(let e): ofSlip(e.slip, state)
      case .attemptStarted(let e): ofSlip(e.slip, state)
      case .attemptPrepared(let e): ofSlip(e.slip, state)
      case .attemptEnded(let e): ofSlip(e.slip, state)
      case .paperUsed(let e): roll = e.kiosk
      case .rollChanged(let e): roll = e.kiosk
      case .slipExpired(let e): ofSlip(e.slip, state)
      case .slipAcknowledged(let e): ofSlip(e.slip, state)
      case .cataloguePublished(let e): catalogue = e.version
      }
    }

    private mutating func of(_ code: PublicCode, _ state: HallState, _ word: String, at window: Int? = nil) {
      ticket = code
      self.window = window
      lane = state.tickets[code]?.lane
      kiosk = state.tickets[code]?.kiosk
      number = state.tickets[code]?.number
      publicState = word
    }

    private mutating func ofRing(_ id: String, _ state: HallState) {
      help = (id, false)
      kiosk = state.help.first { $0.id == id }?.kiosk
    }

    private mutating func atWindow(_ number: Int, _ word: String) {
      window = number
      publicState = word
    }

    private mutating func ofSlip(_ id: SlipID, _ state: HallState) {
      guard let slip = state.slips[id] else { return }
      kiosk = slip.kiosk
      switch slip.subject {
      case .ticket(let code): ticket = code
      case .notice(let code): notice = code
      }
    }

    var concernsKiosks: Bool { lane != nil || isOfDay || window != nil || help?.isAnswered == true || catalogue != nil }

    func whole(_ views: HallViews, now: Timestamp, into json: inout JSONText) {
      if let ticket { views.ticket(ticket, key: "ticket", into: &json) }
      if let window { views.window(window, key: "window", into: &json) }
      if let lane { views.lanes([lane], into: &json) } else if isOfDay { views.lanes(into: &json) }
      if isOfDay {
        views.day(now: now, key: "day", into: &json)
        views.windows(into: &json)
      }
      if let overtaken {
        json.object("overtaken") { json in
          json.field("business_day", overtaken.day.description)
          json.field("date", overtaken.date.description)
          json.field("waiting", overtaken.waiting)
        }
      }
      if let catalogue { json.field("catalogue_version", catalogue) }
      if let roll { views.roll(roll, key: "roll", into: &json) }
      if let notice, let found = views.state.notices[notice] {
        json.object("notice") { json in
          json.field("id", found.code.description)
          json.field("number", found.number)
          views.slip(found.slip, key: "slip", into: &json)
        }
      }
      if let help {
        if let ring = views.state.help.first(where: { $0.id == help.id }) {
          views.help(ring, key: "help", into: &json)
        } else {
          json.object("help_answered") { json in json.field("id", help.id) }
        }
      }
    }

    func laneCounts(_ views: HallViews, now: Timestamp, into json: inout JSONText) {
      if let lane { views.lanes([lane], into: &json) } else if isOfDay { views.lanes(into: &json) }
      if isOfDay { views.day(now: now, key: "day", into: &json) }
      if let catalogue { json.field("catalogue_version", catalogue) }
      if let help, help.isAnswered {
        json.object("help_answered") { json in json.field("id", help.id) }
      }
    }

    func shown(_ word: String, _ views: HallViews, now: Timestamp, into json: inout JSONText) {
      if let number { json.field("number", number.description) }
      if let window { json.field("window", window) }
      json.field("state", word)
      if let lane { views.publicLanes([lane], into: &json) } else if isOfDay { views.publicLanes(nil, into: &json) }
      if isOfDay { views.day(now: now, key: "day", into: &json) }
      if let window {
        views.publicWindows(window, into: &json)
      } else if isOfDay {
        views.publicWindows(nil, into: &json)
      }
      if ticket != nil || isOfDay { views.publicCalls(into: &json) }
      if help != nil { views.publicHelp(into: &json) }
    }
  }
}

extension EventShape {
  /// Everything that happens to a slip is one event for the pages.
  package var feedName: String {
    switch self {
    case .slipRequested, .attemptStarted, .attemptPrepared, .attemptEnded, .slipExpired, .slipAcknowledged:
      "slipChanged"
    default: rawValue
    }
  }
}
