package import Groundwork
package import Hall

/// One durable event as a frame for each audience of the feed; nil for an audience that it does not concern.
package struct EventFrames: Sendable {
  package let sequence: Int64
  package let staff: [UInt8]?
  package let board: [UInt8]?
  /// For the kiosk that the event concerns.
  package let ownKiosk: (id: String, frame: [UInt8])?
  /// The ticket or notice that the event concerns.
  package let code: PublicCode?
  /// For every other kiosk.
  package let otherKiosks: [UInt8]?

  /// - Parameters:
  ///   - views: the state right after the event.
  ///   - now: for the state of the day.
  package init(_ recorded: RecordedEvent, _ views: HallViews, now: Timestamp) {
    let subject = EventSubject(recorded.event, views.state)
    let name = Self.name(recorded.event)
    let id = "\(views.state.epoch).\(recorded.sequence)"
    let at = views.rules.zone.rfc3339(recorded.at)
    sequence = recorded.sequence
    // Staff and the event's own kiosk get the same frame, which is encoded once.
    let whole = Self.frame(id, name) { json in
      json.field("at", at)
      subject.whole(views, now: now, into: &json)
      // Tickets whose reserved slots began with this record moved in their lanes.
      if views.state.hasSlotsBegun(with: recorded.sequence), !subject.isOfDay { views.tickets(into: &json) }
    }
    staff = whole
    board = subject.publicWord.map { word in
      Self.frame(id, name) { json in
        json.field("at", at)
        subject.shown(word, views, now: now, into: &json)
      }
    }
    let others =
      subject.concernsKiosks
      ? Self.frame(id, name) { json in
        json.field("at", at)
        subject.laneCounts(views, now: now, into: &json)
      } : nil
    otherKiosks = others
    ownKiosk = subject.kiosk.map { ($0, whole) }
    code = subject.ticket ?? subject.notice ?? subject.reservation
  }

  /// The feed has one name for all events of a slip.
  private static func name(_ event: Event) -> String {
    if case .print(let event) = event, event.slip != nil { return "slipChanged" }
    return event.name
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
}

/// The subject of an event as JSON for each audience.
extension EventSubject {
  fileprivate var concernsKiosks: Bool {
    lane != nil || isOfDay || isOfScreens || window != nil || ring?.isAnswered == true || catalogue != nil
  }

  fileprivate func whole(_ views: HallViews, now: Timestamp, into json: inout JSONText) {
    if let ticket { views.ticket(ticket, key: "ticket", into: &json) }
    if let window { views.window(window, key: "window", into: &json) }
    if isOfMove {
      views.lanes(into: &json)
      views.windows(into: &json)
    } else if let lane {
      views.lanes([lane], into: &json)
    } else if isOfDay {
      views.lanes(into: &json)
    } else if let window {
      // A window that opens or pauses changes which windows could help its lanes.
      views.lanes(views.rules.window(window)?.lanes ?? [], into: &json)
    }
    if lane != nil || isOfDay { views.ranges(into: &json) }
    if isOfDay {
      views.day(now: now, key: "day", into: &json)
      views.windows(into: &json)
      // Tickets at windows and in lists may have ended with the day.
      views.tickets(into: &json)
      // The times of the rings change where staff confirmed the clock.
      json.array("rings", views.state.help.rings) { views.help($1, into: &$0) }
    }
    if isOfDay || isOfClosing { views.closing(key: "closing", into: &json) }
    if isOfScreens { json.field("screens_changed", true) }
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
    if isOfReservations { json.field("reservations_changed", true) }
    if isOfCases { json.field("cases_changed", true) }
    if isOfConsults { json.field("consults_changed", true) }
    if isOfLeases { json.field("leases_changed", true) }
    if let reservation, let found = views.state.reservations[reservation] {
      json.object("reservation") { json in
        json.field("id", found.code.description)
        views.slip(found.slip, key: "slip", into: &json)
      }
    }
    if let ring {
      if let found = views.state.help.ring(ring.id) {
        views.help(found, key: "help", into: &json)
      } else {
        json.object("help_answered") { json in json.field("id", ring.id) }
      }
    }
  }

  fileprivate func laneCounts(_ views: HallViews, now: Timestamp, into json: inout JSONText) {
    if isOfMove || isOfDay {
      views.lanes(into: &json)
    } else if let lane {
      views.lanes([lane], into: &json)
    } else if let window {
      views.lanes(views.rules.window(window)?.lanes ?? [], into: &json)
    }
    if isOfDay { views.day(now: now, key: "day", into: &json) }
    if let catalogue { json.field("catalogue_version", catalogue) }
    if isOfScreens { json.field("screens_changed", true) }
    if let ring, ring.isAnswered {
      json.object("help_answered") { json in json.field("id", ring.id) }
    }
  }

  fileprivate func shown(_ word: String, _ views: HallViews, now: Timestamp, into json: inout JSONText) {
    if let number { json.field("number", number.description) }
    if let window { json.field("window", window) }
    json.field("state", word)
    if isOfMove || isOfDay {
      views.publicLanes(nil, into: &json)
    } else if let lane {
      views.publicLanes([lane], into: &json)
    }
    if isOfDay { views.day(now: now, key: "day", into: &json) }
    if let window {
      views.publicWindows(window, into: &json)
    } else if isOfDay {
      views.publicWindows(nil, into: &json)
    }
    if ticket != nil || isOfDay { views.publicCalls(into: &json) }
    if ring != nil { views.publicHelp(into: &json) }
  }
}
