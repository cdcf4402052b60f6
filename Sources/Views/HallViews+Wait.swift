import Groundwork
import Hall

/// Waits: a ticket's estimate, a lane's state under the hall's promise, and how often the ranges were right.
extension HallViews {
  /// The remaining wait of a waiting ticket as a range in minutes, and the break that it meets.
  ///
  /// Both are null for a ticket that does not wait, and without a basis for a range. 0 to 0 is a free window.
  func wait(_ ticket: Ticket, ahead: Int, into json: inout JSONText) {
    let wait =
      ticket.state == .waiting && ticket.pool == nil ? state.waitMinutes(ticket.lane, ahead: ahead, rules) : nil
    guard let wait else {
      json.null("wait_minutes")
      json.null("wait_break")
      return
    }
    json.object("wait_minutes") { json in
      json.field("from", wait.lowerBound)
      json.field("to", wait.upperBound)
    }
    // From the newest event, because the range was computed from nothing newer.
    span(state.waits.terms?.breakMet(from: state.lastAt, minutes: wait.upperBound), key: "wait_break", into: &json)
  }

  /// `{"from":"12:00","to":"14:00"}`, as people read it.
  private func span(_ span: DayTerms.Stretch?, key: String, into json: inout JSONText) {
    guard let span else {
      json.null(key)
      return
    }
    json.object(key) { json in
      json.field("from", rules.zone.civil(span.from).time.description)
      json.field("to", rules.zone.civil(span.to).time.description)
    }
  }

  /// Null without a promise in force.
  func promise(_ lane: LaneLetter, into json: inout JSONText) {
    guard let promise = state.promise(of: lane, rules) else {
      json.null("promise")
      return
    }
    json.object("promise") { json in
      json.field("wait_minutes", promise.minutes)
      json.field("amber_at", time(promise.amberAt))
      json.field("red_at", time(promise.redAt))
      json.field("advice_at", time(promise.adviceAt))
      json.numbers("windows", promise.windows)
    }
  }

  /// How many of the latest tickets were called within their range, and whether ranges are told at present.
  package func ranges(into json: inout JSONText) {
    let record = state.waits.record
    json.object("ranges") { json in
      json.field("told", record.isTelling)
      json.field("judged", record.count)
      json.field("inside", record.inside)
    }
  }
}
