import Groundwork
package import Hall
import Ports

/// GET /v1/today: the day at a glance, for coordinators.
extension HallViews {
  /// - Parameter waits: those of the state's figures, followed up to now.
  package func today(_ facts: TodayFacts, waits: HallWaits) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      facts.now.write(rules.zone, into: &json)
      day(now: facts.now.clock, key: "day", into: &json)
      json.field("date", figures.date?.description)
      json.field("opened_at", time(figures.openedAt))
      json.field("closed_at", time(figures.closedAt))
      json.array("sessions", sessions) { json, session in
        json.object { json in
          json.field("from", session.from.description)
          json.field("to", session.to.description)
        }
      }
      todayLanes(facts.now.at, into: &json)
      json.array("windows", rules.windows) { todayWindow($1, facts.names, into: &$0) }
      totals(into: &json)
      spread("wait", waits.seconds, into: &json)
      todayPromise(waits.seconds, facts.now.at, into: &json)
      spread("service", figures.services, into: &json)
      spread("second_wait", secondWaits, into: &json)
      todayTransfers(into: &json)
      hours(into: &json)
      todayReservations(rules.zone.civil(facts.now.clock).date, into: &json)
      todayReminders(facts.now.clock, into: &json)
      json.array("help", state.help.rings) { help($1, into: &$0) }
      faults(facts.faults, into: &json)
      printers(facts.printers, into: &json)
      json.array("kiosks", rules.kiosks) { json, kiosk in
        json.object { json in
          json.field("id", kiosk.id)
          json.field("name", kiosk.name)
          json.field("prints", kiosk.prints)
          PresentReader.write(facts.readers[kiosk.id] ?? [], into: &json)
        }
      }
      backup(facts.backup, into: &json)
      arrangements(into: &json)
      json.field("clock_synchronised_at", time(facts.synchronisedAt))
    }
    return json.bytes
  }

  private var figures: DayFigures { state.figures }

  /// The sessions of the day that the figures are of.
  package var sessions: [OpeningHours.Session] {
    figures.date.map { state.hours(rules).sessions(on: $0, rules.calendar) } ?? []
  }

  /// The terms of the day that the figures are of: those with which it was opened, or, once it is closed, those of the
  /// rules.
  package var figuresTerms: DayTerms? {
    if state.day != nil { return state.waits.terms }
    return figures.date.flatMap { DayTerms($0, rules, arranged: state.hours(rules)) }
  }

  private func todayLanes(_ now: Timestamp, into json: inout JSONText) {
    json.array("lanes", rules.lanes) { json, lane in
      let tally = figures.lanes[lane.letter] ?? LaneTally()
      let windows = rules.windows(serving: lane.letter)
      let longest = longestWaiting(lane.letter, now)
      json.object { json in
        json.field("letter", lane.letter.description)
        json.field("name", lane.name)
        json.field("stopped", state.cutOff.stopped[lane.letter] != nil)
        json.field("paused", state.arrangements.paused[lane.letter]?.what.reason)
        json.field("waiting", state.queue.waitingCount(lane.letter))
        json.field("longest_wait_seconds", longest?.seconds)
        json.field("longest_wait_number", longest?.number.description)
        json.numbers("windows", windows)
        json.numbers("open_windows", windows.filter { state.windows[$0]?.duty == .open })
        write(tally, into: &json)
      }
    }
  }

  /// The hall's promise (服务承诺): how many waits kept it, how many broke it, and how many people wait longer now.
  ///
  /// Somebody who waited longer and gave up, or was there at the close, counts as broken from then on.
  private func todayPromise(_ waits: SortedSeconds, _ now: Timestamp, into json: inout JSONText) {
    guard let terms = figuresTerms, let minutes = terms.promisedMinutes, let promised = terms.promised else {
      return json.field("promise", String?.none)
    }
    let waiting = state.day == nil ? [] : state.queue.waiting.values.flatMap { $0.first($0.count) }
    let over = waiting.count { entry in
      state.tickets[entry.code].map { terms.hallTime(from: $0.waitsSince, to: now) > promised } ?? false
    }
    json.object("promise") { json in
      json.field("minutes", minutes)
      json.field("kept", waits.count(atMost: minutes * 60))
      json.field("broken", state.waits.broken)
      json.field("waiting_over", over)
    }
  }

  /// Who waits longest in a lane, in hall time; nil where nobody waits, and while no day is open.
  private func longestWaiting(_ lane: LaneLetter, _ now: Timestamp) -> (number: TicketNumber, seconds: Int)? {
    guard state.day != nil, let waiting = state.queue.waiting[lane] else { return nil }
    // As for `longest_wait_since`, the oldest ticket is among the first ones of the lane.
    let oldest = waiting.first(4).compactMap { entry in
      state.tickets[entry.code].map { ($0.number, since: figures.tickets[entry.code]?.since ?? $0.issuedAt) }
    }.min { $0.since < $1.since }
    guard let oldest else { return nil }
    let waited = state.waits.hallTime(from: oldest.since, to: now)
    return (oldest.0, Int(waited / 1000))
  }

  private func todayWindow(_ rule: WindowRule, _ names: [String: String], into json: inout JSONText) {
    let window = state.windows[rule.number] ?? WindowState()
    let tally = figures.windows[rule.number]
    json.object { json in
      json.field("number", rule.number)
      json.field("name", rule.name)
      json.strings("lanes", rule.lanes.map(\.description))
      json.field("state", windowWord(window))
      json.field("since", time(tally?.since))
      json.field("ticket", window.ticket.flatMap { state.tickets[$0]?.number.description })
      pause(window, into: &json)
      json.field("clerk", window.badge)
      json.field("clerk_name", window.badge.flatMap { names[$0] })
      json.field("served", tally?.served ?? 0)
      json.field("unnumbered", tally?.unnumbered ?? 0)
    }
  }

  private func totals(into json: inout JSONText) {
    json.object("totals") { json in
      json.field("waiting", rules.lanes.reduce(0) { $0 + state.queue.waitingCount($1.letter) })
      json.field("at_windows", state.windows.states.values.count { !$0.isFree })
      json.field("suspended", state.queue.suspended.count)
      json.field("unnumbered", figures.windows.values.reduce(0) { $0 + $1.unnumbered })
      write(figures.total, into: &json)
    }
  }

  private func write(_ tally: LaneTally, into json: inout JSONText) {
    json.field("issued", tally.issued)
    json.field("served", tally.served)
    json.field("missed", tally.missed)
    json.field("abandoned", tally.abandoned)
    json.field("closed", tally.closed)
  }

  /// The distribution of lengths of time: percentiles by nearest rank, the mean rounded to seconds; null without any.
  private func spread(_ key: String, _ seconds: SortedSeconds, into json: inout JSONText) {
    json.object(key) { json in
      json.field("count", seconds.count)
      json.field("mean_seconds", seconds.mean.map { Int($0.rounded()) })
      json.field("p50_seconds", seconds.percentile(50))
      json.field("p90_seconds", seconds.percentile(90))
      json.field("longest_seconds", seconds.longest)
    }
  }

  /// From the first hour of the sessions, or of the first event, to the last, without a gap.
  private func hours(into json: inout JSONText) {
    let open = rules.hours.alwaysOpen ? [] : sessions
    let first = ([open.first.map { $0.from.minuteOfDay / 60 }, figures.hours.keys.min()].compactMap { $0 }).min()
    let last = ([open.last.map { ($0.to.minuteOfDay - 1) / 60 }, figures.hours.keys.max()].compactMap { $0 }).max()
    let range = first.flatMap { first in last.map { first...max(first, $0) } }
    json.array("hours", range.map(Array.init) ?? []) { json, hour in
      let tally = figures.hours[hour] ?? HourTally()
      json.object { json in
        json.field("hour", hour)
        json.field("issued", tally.issued)
        json.field("called", tally.called)
        json.field("served", tally.served)
      }
    }
  }

  private func backup(_ backup: PresentBackup?, into json: inout JSONText) {
    guard let backup else {
      json.null("backup")
      return
    }
    json.object("backup") { json in
      json.field("target", backup.target)
      json.field("at", time(backup.at))
      json.field("old", backup.isOld)
    }
  }
}
