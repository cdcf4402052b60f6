package import Groundwork
package import Hall
package import Ports

/// Decides commands, batches their events and answers once they are durable (group commit), without any I/O.
///
/// Each command is decided on `scratch`, the newest decided state; its events join the batch that waits to be written. One
/// request to the journal is under way at a time, and the next batch grows meanwhile. Nothing is answered or published
/// before the write that it depends on is durable; refusals and repeated answers depend on the newest write they saw.
///
/// On a shared journal another machine may append first. Then the loop evolves what is newer and decides everything again
/// that depended on the write, in the order in which it came in; see `CommitLoop+Sharing`. The shell (`Registrar`)
/// performs the returned actions.
package struct CommitLoop: Sendable {
  /// A caller that waits for an answer.
  package typealias Waiter = Int

  /// The actions for the shell, in order.
  package enum Action: Sendable {
    /// Append to the journal, then call `appended` with the result. Without events it only ends the turn.
    case append([RecordedEvent], after: Int64)
    case answer(Waiter, Answer)
    /// Wait for this machine's turn at the shared journal, then call `turnTaken` with the result.
    case takeTurn(after: Int64)
    /// Read the shared journal's events after this sequence, then call `looked` with the result.
    case look(after: Int64)
    /// Call `probed` when the journal takes writes again.
    case probe
    /// The content of the disk is unknown: end the process, so that the journal is replayed.
    case stop(JournalFault)
    /// A command's events would have broken an invariant. They are not appended; the operator is told.
    case report(violations: [String])
  }

  package enum Answer: Sendable, Hashable {
    case accepted(Outcome)
    case refused(Refusal)
    /// The idempotency key was used for another request.
    case keyReused
    /// The journal failed. Nothing has happened, or what has happened is told when the same key is used again.
    case fault(JournalFault)
    /// A bug, caught before it became durable.
    case bug
    /// Too many callers wait.
    case overloaded
    /// Slips of an earlier run are being reconciled: intake is closed.
    case reconciling
    /// The kiosk exceeds `KioskRates`; nothing has happened.
    case tooFast(milliseconds: Int64)
  }

  /// The state of the journal; the only one that may be shown.
  package internal(set) var durable: HallState
  /// The newest state, on which commands are decided.
  var scratch: HallState
  package var rules: HallRules
  /// False at start while slips of an earlier run are reconciled; see `Command.isIntake`.
  package var isIntakeOpen = true
  /// False where programs act as kiosks, in tests and measurements.
  package var limitsKiosks = true
  /// Other machines append to the journal too.
  let isShared: Bool
  private let formats: RecordFormats
  var waiting = Batch()
  var inFlight: Batch?
  var stalled: JournalFault?
  /// The journal writes into its reserve: only what finishes something is taken; see `Command.isFinishing`.
  package internal(set) var isShort = false
  private let capacity: Int
  /// The newest event that this machine made or read from the journal, on both clocks.
  var anchor: (at: Timestamp, monotonic: Int64)?
  private var meter = IntakeMeter()
  /// Requests that were answered from the outbox: what still waits of them is not decided any more.
  private var withheld: Set<IdempotencyKey> = []
  var sharing = Sharing()

  /// A command as it came in, kept until it is answered: after a lost race it is decided again.
  struct Asked: Sendable {
    let waiter: Waiter
    let envelope: Envelope
    let monotonic: Int64?
    /// The kiosk's rate was counted already.
    var isMetered = false
    /// It was decided on a state that is known to have been the newest since it came in.
    var isConfirmed = false
  }

  struct Batch: Sendable {
    var events: [RecordedEvent] = []
    var answers: [(asked: Asked, answer: Answer)] = []
    var isEmpty: Bool { events.isEmpty && answers.isEmpty }
  }

  /// - Parameters:
  ///   - capacity: how many callers may wait at the same time.
  ///   - isShared: whether other machines append to the journal too.
  ///   - formats: what the hall's other machines may not be able to read yet.
  package init(
    state: HallState, rules: HallRules, capacity: Int = 4096, isShared: Bool = false,
    formats: RecordFormats = .ofThisProgram
  ) {
    durable = state
    scratch = state
    scratch.answers.prepare()
    self.rules = rules
    self.capacity = capacity
    self.isShared = isShared
    self.formats = formats
  }

  /// True while nothing waits and no request to the journal is under way.
  package var isIdle: Bool { inFlight == nil && waiting.isEmpty && sharing.isIdle }
  package var isStalled: Bool { stalled != nil }

  /// The moment that a command submitted now would carry.
  ///
  /// It advances with the monotonic clock from the newest event, and never goes back. While the civil clock is behind,
  /// waits and the time for undo stay correct.
  ///
  /// - Parameters:
  ///   - civil: the civil clock's time.
  ///   - monotonic: milliseconds of the monotonic clock; nil holds the moment still while the civil clock is behind.
  package func moment(civil: Timestamp, monotonic: Int64? = nil) -> Timestamp {
    guard let monotonic, let anchor else { return max(civil, scratch.lastAt) }
    let elapsed = max(0, monotonic - anchor.monotonic)
    return max(civil, scratch.lastAt, Timestamp(milliseconds: anchor.at.milliseconds + elapsed))
  }

  /// Whoever confirms the clock sets the time to it, also back.
  private func moment(of envelope: Envelope, monotonic: Int64?) -> Timestamp {
    if case .day(.openDay(let open)) = envelope.command, open.confirmsClock(envelope.clock, in: rules.zone) {
      return envelope.clock
    }
    return moment(civil: envelope.clock, monotonic: monotonic)
  }

  /// These requests were answered from the outbox.
  ///
  /// - Parameter only: no others were.
  package mutating func withhold(_ keys: Set<IdempotencyKey>, only: Bool = false) {
    withheld = only ? keys : withheld.union(keys)
  }

  /// Submits one command.
  ///
  /// - Parameter monotonic: milliseconds of the monotonic clock when the command came in.
  package mutating func submit(_ envelope: Envelope, from waiter: Waiter, monotonic: Int64? = nil) -> [Action] {
    if let stalled { return [.answer(waiter, .fault(stalled))] }
    let callers = waiting.answers.count + (inFlight?.answers.count ?? 0) + sharing.callers
    guard callers < capacity else { return [.answer(waiter, .overloaded)] }
    return decideNow(Asked(waiter: waiter, envelope: envelope, monotonic: monotonic)) + proceed()
  }

  /// Decides a command, or puts it behind those that wait for what others appended.
  mutating func decideNow(_ asked: Asked) -> [Action] {
    guard sharing.postponed == nil else {
      sharing.postponed?.append(asked)
      return []
    }
    var envelope = asked.envelope
    envelope.at = moment(of: envelope, monotonic: asked.monotonic)

    scratch.answers.prepare()
    if let key = envelope.key, let known = scratch.answers.answer(for: key) {
      let same = known.bodyDigest == envelope.bodyDigest
      return settle(asked, same ? .accepted(known.outcome) : .keyReused)
    }
    if let key = envelope.key, withheld.contains(key) { return settle(asked, .fault(.cutOff)) }
    guard isIntakeOpen || !envelope.command.isIntake else { return settle(asked, .reconciling) }
    guard !isShort || envelope.command.isFinishing else { return settle(asked, .fault(.full)) }
    let decision: Decision
    do { decision = try decide(scratch, rules, envelope) } catch { return confirm(asked, .refused(error)) }
    guard !decision.events.isEmpty else { return confirm(asked, .accepted(decision.outcome)) }
    if isShared, decision.events.contains(where: { formats.format($0) > scratch.days.format }) {
      return confirm(asked, .refused(.day(.formatNotRaised)))
    }
    if limitsKiosks, !asked.isMetered, let monotonic = asked.monotonic, let rates = rules.limits.kioskRates,
      let wait = meter.admit(envelope, decision, rates, now: monotonic)
    {
      return settle(asked, .tooFast(milliseconds: wait))
    }

    let recorded = record(decision, envelope)
    var violations: [String] = []
    for event in recorded {
      violations += scratch.violations(before: event.event, at: event.at)
      scratch.evolve(event)
    }
    violations += scratch.violations(touchedBy: decision.events)
    guard violations.isEmpty else {
      rebuildScratch()
      return [.report(violations: violations)] + settle(asked, .bug)
    }
    if let monotonic = asked.monotonic { anchor = (envelope.at, monotonic) }
    waiting.events += recorded
    var admitted = asked
    admitted.isMetered = true
    waiting.answers.append((admitted, .accepted(decision.outcome)))
    return []
  }

  /// The result of the write in flight.
  ///
  /// - Parameters:
  ///   - monotonic: milliseconds of the monotonic clock; needed where the journal is shared.
  ///   - observe: called for each event that has become durable, with the state right after it, which may be published.
  package mutating func appended(
    _ result: Result<Appending, JournalFault>, monotonic: Int64? = nil, observe: (RecordedEvent, HallState) -> Void
  ) -> [Action] {
    guard let batch = inFlight else { return [] }
    inFlight = nil
    if stalled == .delayed { stalled = nil }
    switch result {
    case .success(.written):
      for event in batch.events {
        durable.evolve(event)
        observe(event, durable)
      }
      return batch.answers.map { Action.answer($0.asked.waiter, $0.answer) } + proceed()
    case .success(.overtaken(let newer)):
      follow(newer, monotonic, observe)
      return postpone(batch)
    case .failure(let fault) where fault.isUnreachable && isShared:
      sharing.unknown = batch
      return cutOff(by: fault)
    case .failure(let fault): return giveUp(batch.answers.map(\.asked), fault)
    }
  }

  /// The journal takes too long: all waiting callers get that as their answer now, and so do later ones until it has answered.
  ///
  /// A write cannot be taken back. If it becomes durable after all, its events are published, and its commands get their
  /// answers when they are sent again under their keys. What waited behind it was not written and never happened.
  package mutating func delayed() -> [Action] {
    guard stalled == nil && (inFlight != nil || sharing.errand != nil) || sharing.callers > 0 else { return [] }
    let fault = stalled ?? .delayed
    let asked = (inFlight?.answers ?? []).map(\.asked) + sharing.dismissCallers() + waiting.answers.map(\.asked)
    inFlight?.answers = []
    waiting = Batch()
    rebuildScratch()
    stalled = fault
    return asked.map { .answer($0.waiter, .fault(fault)) }
  }

  /// Later batches were decided on a state that never became durable.
  mutating func giveUp(_ asked: [Asked], _ fault: JournalFault) -> [Action] {
    let callers = (asked + sharing.dismissCallers() + waiting.answers.map(\.asked)).map {
      Action.answer($0.waiter, .fault(fault))
    }
    waiting = Batch()
    sharing = Sharing()
    scratch = durable
    stalled = fault
    return callers + [fault.isFatal ? .stop(fault) : .probe]
  }

  /// The journal takes writes again; all of them, or those that its reserve is for.
  @discardableResult
  package mutating func probed(_ room: JournalRoom = .ample) -> [Action] {
    stalled = nil
    isShort = room == .reserve
    return isShared ? lookAgain() : []
  }

  /// The journal was opened where it cannot be written for this reason, or, where it is shared, not reached yet.
  package mutating func begin(under fault: JournalFault) -> [Action] {
    stalled = fault
    return [.probe]
  }

  /// An answer without events of its own waits for the newest write that it depends on.
  mutating func settle(_ asked: Asked, _ answer: Answer) -> [Action] {
    if !waiting.events.isEmpty {
      waiting.answers.append((asked, answer))
      return []
    }
    if inFlight != nil {
      inFlight?.answers.append((asked, answer))
      return []
    }
    return [.answer(asked.waiter, answer)]
  }

  /// Begins the next request to the journal, if there is one to begin.
  mutating func proceed() -> [Action] {
    guard inFlight == nil, sharing.errand == nil, sharing.postponed == nil, stalled == nil else { return [] }
    if isShared, let errand = nextErrand() { return errand }
    guard !waiting.events.isEmpty else { return [] }
    let batch = waiting
    waiting = Batch()
    inFlight = batch
    return [.append(batch.events, after: durable.sequence)]
  }

  private func record(_ decision: Decision, _ envelope: Envelope) -> [RecordedEvent] {
    let last = decision.events.count - 1
    return decision.events.enumerated().map { index, event in
      let own = envelope.key.map {
        IdempotencyRecord(key: $0, bodyDigest: envelope.bodyDigest, outcome: decision.outcome)
      }
      let answer = index == last ? decision.answer ?? own : nil
      return RecordedEvent(
        sequence: scratch.sequence + Int64(index) + 1, at: envelope.at, actor: envelope.actor, event: event,
        answer: answer)
    }
  }

  #if DEBUG
    /// The callers of the write in flight, and the answer that each gets if it succeeds.
    var waitersInFlight: [(waiter: Waiter, answer: Answer, state: HallState)] {
      (inFlight?.answers ?? []).map { ($0.asked.waiter, $0.answer, scratch) }
    }
  #endif

  /// Discards the last command's changes of the scratch state.
  private mutating func rebuildScratch() {
    scratch = durable
    for event in (inFlight?.events ?? []) + waiting.events { scratch.evolve(event) }
  }
}
