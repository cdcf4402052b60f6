import Groundwork

extension DayFigures {
  /// Counts one event.
  ///
  /// - Parameter zone: for the hour of the day. It is fixed, because `evolve` knows no rules.
  mutating func evolve(_ event: Event, _ at: Timestamp, _ zone: ZoneOffset = .beijing) {
    switch event {
    case .day(let event): evolve(event, at)
    case .queue(let event): evolve(event, at, zone)
    case .window(let event): evolve(event, at, zone)
    case .lease(let event): evolve(event, at, zone)
    case .notice, .help, .print, .catalogue, .awareness, .staff, .arrangement, .emergency, .reservation, .cases,
      .consult, .agency:
      break
    }
  }

  private mutating func evolve(_ event: DayEvent, _ at: Timestamp) {
    switch event {
    case .dayOpened(let e): open(e.day, at)
    case .dayClosed(let e):
      guard e.day == date else { return }
      closedAt = at
      for code in e.closed { change(code) { $1.closed += 1 } }
    case .clockConfirmed: bringBack(to: at)
    case .dayOvertaken, .journalAccepted, .headNoted, .recordsLeft, .formatRaised: break
    }
  }

  /// A day that is opened again goes on.
  private mutating func open(_ day: CivilDate, _ at: Timestamp) {
    if day != date {
      // Windows may stay open from one day to the next.
      let windows = windows.keys
      self = DayFigures()
      date = day
      openedAt = at
      for number in windows { self.windows[number] = WindowTally() }
    }
    closedAt = nil
  }

  private mutating func evolve(_ event: QueueEvent, _ at: Timestamp, _ zone: ZoneOffset) {
    switch event {
    case .ticketIssued(let e):
      guard e.day == date else { return }
      tickets[e.code] = TicketTally(lane: e.number.lane, since: at)
      lanes[e.number.lane, default: LaneTally()].issued += 1
      hours[Self.hour(at, zone), default: HourTally()].issued += 1
    case .ticketCheckedIn(let e):
      change(e.code) { ticket, _ in
        ticket.since = at
        ticket.waitsAgainSince = at
      }
    case .ticketAbandoned(let e):
      change(e.code) { ticket, lane in
        ticket.note(.abandoned, hour: Self.hour(at, zone))
        ticket.endService(at)
        ticket.waitsAgainSince = nil
        lane.abandoned += 1
      }
      if let window = e.window { begin(window, at) }
    case .holderNoted, .promiseBroken, .priorityChanged, .priorityReasonNoted, .laneStopped, .laneWentOn,
      .itineraryPlanned, .transferLapsed, .ticketPlaced, .ticketLinked:
      break
    }
  }

  private mutating func evolve(_ event: LeaseEvent, _ at: Timestamp, _ zone: ZoneOffset) {
    switch event {
    case .numbersLeased, .adoptionRefused: break
    case .ticketWithdrawn(let e): withdraw(e, at, zone)
    case .ticketAdopted(let e):
      guard e.day == date else { return }
      tickets[e.code] = TicketTally(lane: e.number.lane, since: e.issuedAt)
      lanes[e.number.lane, default: LaneTally()].issued += 1
      hours[Self.hour(e.issuedAt, zone), default: HourTally()].issued += 1
      if e.ended != nil { change(e.code) { $1.closed += 1 } }
    case .recordedByHand(let e):
      change(e.code) { ticket, lane in
        ticket.waitsAgainSince = nil
        switch e.what {
        case .missing:
          ticket.misses += 1
          if ticket.misses == 1 { lane.missed += 1 }
        case .served: lane.served += 1
        }
      }
      if e.what == .served, tickets[e.code] != nil {
        hours[Self.hour(at, zone), default: HourTally()].served += 1
      }
    }
  }

  /// A withdrawn ticket counts as never issued; what was measured of its call stays.
  private mutating func withdraw(_ e: TicketWithdrawn, _ at: Timestamp, _ zone: ZoneOffset) {
    if let window = e.window { begin(window, at) }
    guard let ticket = tickets.removeValue(forKey: e.code) else { return }
    lanes[ticket.lane]?.issued -= 1
    hours[Self.hour(e.issuedAt, zone)]?.issued -= 1
    if ticket.misses > 0 { lanes[ticket.lane]?.missed -= 1 }
    if ticket.lastStep?.kind == .abandoned { lanes[ticket.lane]?.abandoned -= 1 }
  }

  private mutating func evolve(_ event: WindowEvent, _ at: Timestamp, _ zone: ZoneOffset) {
    switch event {
    case .ticketCalled(let e):
      begin(e.window, at)
      call(e.code, at, zone)
    case .ticketRecalled: break
    case .serviceStarted(let e), .ticketResumed(let e):
      begin(e.window, at)
      change(e.code) { ticket, _ in ticket.servingSince = ticket.servingSince ?? at }
    case .ticketFinished(let e):
      begin(e.window, at)
      finish(e, at, zone)
    case .ticketMissed(let e):
      begin(e.window, at)
      change(e.code) { ticket, lane in
        ticket.note(.missed, hour: Self.hour(at, zone))
        ticket.misses += 1
        if ticket.misses == 1 { lane.missed += 1 }
      }
    case .ticketSuspended(let e):
      begin(e.window, at)
      change(e.code) { ticket, _ in ticket.endService(at) }
    case .stepUndone(let e):
      begin(e.window, at)
      undo(e)
    case .windowOpened(let e): begin(e.window, at)
    case .windowPaused(let e): begin(e.window, at)
    case .windowWentOn(let e): begin(e.window, at)
    case .windowClosed(let e): begin(e.window, at)
    case .ticketTransferred(let e): move(e.code, .transferred, from: e.from, at, zone)
    case .ticketMovedOn(let e): move(e.code, .movedOn, from: e.window, at, zone)
    case .itemsServed: break
    case .unnumberedServiceStarted(let e):
      begin(e.window, at)
      windows[e.window]?.unnumbered += 1
    case .unnumberedServiceFinished(let e): begin(e.window, at)
    }
  }

  /// The resident has left the window to wait elsewhere.
  private mutating func move(
    _ code: PublicCode, _ kind: TicketTally.LastStep.Kind, from window: Int, _ at: Timestamp, _ zone: ZoneOffset
  ) {
    begin(window, at)
    guard tickets[code] != nil else { return }
    change(code) { ticket, _ in
      ticket.note(kind, hour: Self.hour(at, zone))
      ticket.endService(at)
      ticket.waitsAgainSince = at
      if kind == .transferred { ticket.transfers += 1 }
    }
    if kind == .movedOn { windows[window]?.served += 1 }
    if kind == .transferred {
      transfers += 1
      if tickets[code]?.transfers == HallState.transfersToTell { sentAround += 1 }
    }
  }

  private mutating func begin(_ window: Int, _ at: Timestamp) {
    windows[window, default: WindowTally()].since = at
  }

  private mutating func call(_ code: PublicCode, _ at: Timestamp, _ zone: ZoneOffset) {
    guard let ticket = tickets[code] else { return }
    if let since = ticket.waitsAgainSince {
      secondWaits.append(FirstCall(lane: ticket.lane, since: since, at: at))
      tickets[code]?.waitsAgainSince = nil
    }
    guard !ticket.isCalled else { return }
    tickets[code]?.isCalled = true
    waits.append(FirstCall(lane: ticket.lane, since: ticket.since, at: at))
    hours[Self.hour(at, zone), default: HourTally()].called += 1
  }

  private mutating func finish(_ e: TicketAtWindow, _ at: Timestamp, _ zone: ZoneOffset) {
    guard tickets[e.code] != nil else { return }
    let hour = Self.hour(at, zone)
    change(e.code) { ticket, lane in
      ticket.note(.finished, hour: hour)
      ticket.endService(at)
      lane.served += 1
    }
    if let served = tickets[e.code]?.served { services.insert(Int(served / 1000)) }
    hours[hour, default: HourTally()].served += 1
    windows[e.window]?.served += 1
  }

  /// Restores the figures from before a finish, a miss or an abandon. The hall undoes the last step of a ticket only.
  private mutating func undo(_ e: StepUndone) {
    guard let ticket = tickets[e.code], let step = ticket.lastStep else { return }
    if step.kind == .finished {
      if let served = ticket.served { services.remove(Int(served / 1000)) }
      hours[step.hour]?.served -= 1
      windows[e.window]?.served -= 1
    }
    if step.kind == .movedOn { windows[e.window]?.served -= 1 }
    if step.kind == .transferred {
      transfers -= 1
      if ticket.transfers == HallState.transfersToTell { sentAround -= 1 }
    }
    change(e.code) { ticket, lane in
      switch step.kind {
      case .finished: lane.served -= 1
      case .abandoned: lane.abandoned -= 1
      case .missed:
        ticket.misses -= 1
        if ticket.misses == 0 { lane.missed -= 1 }
      case .transferred, .movedOn:
        ticket.waitsAgainSince = nil
        if step.kind == .transferred { ticket.transfers -= 1 }
      }
      ticket.servingSince = step.servingSince
      ticket.served = step.served
      ticket.lastStep = nil
    }
  }

  private mutating func change(_ code: PublicCode, _ change: (inout TicketTally, inout LaneTally) -> Void) {
    guard var ticket = tickets[code] else { return }
    change(&ticket, &lanes[ticket.lane, default: LaneTally()])
    tickets[code] = ticket
  }

  private static func hour(_ at: Timestamp, _ zone: ZoneOffset) -> Int { zone.civil(at).time.minuteOfDay / 60 }

  /// As `HallState.bringBack`: what a clock that was ahead had dated later counts as of this moment.
  private mutating func bringBack(to moment: Timestamp) {
    openedAt = openedAt.map { min($0, moment) }
    closedAt = closedAt.map { min($0, moment) }
    for index in waits.indices {
      waits[index].since = min(waits[index].since, moment)
      waits[index].at = min(waits[index].at, moment)
    }
    for index in secondWaits.indices {
      secondWaits[index].since = min(secondWaits[index].since, moment)
      secondWaits[index].at = min(secondWaits[index].at, moment)
    }
    for (number, window) in windows { windows[number]?.since = window.since.map { min($0, moment) } }
    for (code, ticket) in tickets {
      tickets[code]?.since = min(ticket.since, moment)
      tickets[code]?.waitsAgainSince = ticket.waitsAgainSince.map { min($0, moment) }
      tickets[code]?.servingSince = ticket.servingSince.map { min($0, moment) }
      if let step = ticket.lastStep {
        tickets[code]?.lastStep = TicketTally.LastStep(
          kind: step.kind, hour: step.hour, servingSince: step.servingSince.map { min($0, moment) }, served: step.served
        )
      }
    }
  }
}

extension TicketTally {
  fileprivate mutating func note(_ kind: LastStep.Kind, hour: Int) {
    lastStep = LastStep(kind: kind, hour: hour, servingSince: servingSince, served: served)
  }

  fileprivate mutating func endService(_ at: Timestamp) {
    guard let since = servingSince else { return }
    served = (served ?? 0) + max(0, at.since(since))
    servingSince = nil
  }
}
