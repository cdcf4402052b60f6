import Groundwork
import Hall
import Ports
import Registrar
import JournalCodec

/// The shell around the commit loop, as `Registrar` is: it performs the loop's actions and feeds the results back.
extension Day {
  // MARK: Start and crash

  /// Starts the process from the disk's content.
  mutating func start() {
    process += 1
    pending = [:]
    inFlight = nil
    anchor = nil
    failing = nil
    stalled = nil
    var state = HallState()
    do {
      for recorded in try disk.open(believesTornTail: setting.planted == .believesTornTail) {
        state.evolve(altered(recorded))
      }
    } catch {
      find("the journal cannot be read: \(error)")
      return
    }
    if setting.planted == .forgetsNumbers { state.queue.ordinals = [:] }
    let violations = state.violations()
    if !violations.isEmpty, setting.planted != .forgetsNumbers { find("after replay: \(violations)") }
    for difference in oracle.differences(from: state).prefix(3) { find("after replay: \(difference)") }
    loop = CommitLoop(state: state, rules: rules)
    let sequence = state.sequence
    note("start with \(sequence) events")
    for slip in state.print.openSlips where slip.kind == .ticket {
      agenda.put(.paper(slip.id, process: process), at: now + 10)
    }
  }

  /// Changes a record on replay, for the planted mistakes that do so.
  private func altered(_ recorded: RecordedEvent) -> RecordedEvent {
    guard setting.planted == .forgetsAnswers else { return recorded }
    return RecordedEvent(
      sequence: recorded.sequence, at: recorded.at, actor: recorded.actor, event: recorded.event, answer: nil)
  }

  /// The process dies; `fate` decides what became of the write in flight.
  mutating func crash(_ fate: SimulatedDisk.Fate) {
    guard loop != nil else { return }
    counts.crashes += 1
    let batch = inFlight == nil ? "none" : "\(fate)"
    note("crash, batch in flight: \(batch)")
    if let inFlight {
      switch fate {
      case .lost: break
      case .torn:
        let whole = Int.random(in: 0..<inFlight.records.count, using: &random)
        let bytes = Int.random(in: 0..<inFlight.records[whole].count, using: &random)
        disk.tear(inFlight.records, after: whole, bytes: bytes)
      case .landed: land(inFlight)
      }
    }
    if setting.planted == .losesAcknowledgedBatch { disk.loseLastBatch() }
    oracle = durableOracle
    for waiter in pending.keys.sorted() {
      guard let request = pending[waiter]?.request else { continue }
      retry(request, within: 300...20_000)
    }
    pending = [:]
    inFlight = nil
    loop = nil
    process += 1
    after(100...3_000, .restart)
  }

  private mutating func land(_ batch: InFlight) {
    disk.commit(batch.records)
    durableOracle = batch.oracle
    for event in batch.events { see(event) }
  }

  private mutating func see(_ recorded: RecordedEvent) {
    counts.events += 1
    audit.see(recorded)
    switch recorded.event {
    case .print(.slipRequested(let e)):
      guard case .ticket(let code) = e.subject else { return }
      slips[e.slip] = code
      after(20...4_000, .paper(e.slip, process: process))
    case .window(.ticketMissed(let e)): missedCodes.append(e.code)
    default: break
    }
  }

  // MARK: Commands

  mutating func ask(_ request: Request) {
    guard loop != nil else {
      retry(request, within: 300...5_000)
      return
    }
    var request = request
    request.tries += 1
    let entropy = random.next()
    let envelope = Envelope(
      request.command, by: request.actor, at: civil, entropy: entropy, key: request.key, bodyDigest: request.digest)
    var prediction = Oracle.Prediction.fault
    if stalled == nil {
      let (foreseen, acted) = oracle.ask(envelope, at: moment(of: request.command), slips: slips)
      prediction = foreseen
      if acted { anchor = (oracle.lastAt, now) }
    }
    let waiter = nextWaiter
    nextWaiter += 1
    counts.commands += 1
    pending[waiter] = Pending(request: request, prediction: prediction, entropy: entropy)
    note("\(waiter) \(request.actor) \(request.command) key \(request.key?.key ?? "-") → \(prediction)")
    if setting.planted == .answersBeforeWriting, case .accepted(let outcome) = prediction {
      audit.told(request.key, outcome, number: number(outcome))
    }
    perform(loop?.submit(envelope, from: waiter, monotonic: now) ?? [])
  }

  /// The time of a command sent now: the civil clock's, unless that is behind a known moment. Whoever confirms the date
  /// that the clock shows sets the time to it.
  private func moment(of command: Command) -> Timestamp {
    if case .day(.openDay(let open)) = command, open.confirmed, open.date == ZoneOffset.beijing.civil(civil).date {
      return civil
    }
    var moment = max(civil.milliseconds, oracle.lastAt.milliseconds)
    if let anchor { moment = max(moment, anchor.at.milliseconds + now - anchor.monotonic) }
    return Timestamp(milliseconds: moment)
  }

  private func number(_ outcome: Outcome) -> TicketNumber? {
    guard case .ticket(let code) = outcome, let seat = oracle.seats[code] else { return nil }
    return TicketNumber(oracle.visitors[seat].number)
  }

  mutating func retry(_ request: Request, within range: ClosedRange<Int64>) {
    // The timer and the print desk decide anew; people press again.
    guard request.key != nil else {
      openRequests -= 1
      return
    }
    // Exponential back-off.
    let times = Int64(1) << Int64(min(request.tries, 10))
    after(range.lowerBound...(range.upperBound * times), .ask(request))
  }

  // MARK: What the loop asks for

  mutating func perform(_ actions: [CommitLoop.Action]) {
    for action in actions {
      switch action {
      case .answer(let waiter, let answer): receive(waiter, answer)
      case .append(let events, let sequence): write(events, after: sequence)
      case .takeTurn, .look: find("the loop looks for others although nobody else writes")
      case .probe: if setting.planted != .neverProbes { after(400...600, .probe(process: process)) }
      case .stop(let fault):
        if !fault.isFatal { find("the loop stopped for \(fault)") }
        crash(chance(2) ? .lost : .landed)
      case .report(let violations): find("a command would break \(violations)")
      }
    }
  }

  private mutating func write(_ events: [RecordedEvent], after sequence: Int64) {
    if inFlight != nil { find("a second write begins while one is in flight") }
    if sequence != Int64(disk.count) { find("a write follows \(sequence), the journal has \(disk.count)") }
    var records: [[UInt8]] = []
    for event in events {
      records.append(RecordCodec.encode(event))
    }
    if setting.planted == .editedRecord, counts.events > 30, let last = records.indices.last {
      records[last] = edited(records[last])
    }
    inFlight = InFlight(events: events, records: records, oracle: oracle)
    after(chance(20) ? 200...3_000 : 1...15, .written(process: process))
  }

  /// The same record with another digit in its ticket's number.
  private func edited(_ record: [UInt8]) -> [UInt8] {
    let text = String(decoding: record, as: UTF8.self)
    return Array(text.replacing("\"number\":\"A0", with: "\"number\":\"A9").utf8)
  }

  mutating func written() {
    guard let batch = inFlight, loop != nil else { return }
    if isRough {
      if chance(setting.rates.crash) {
        return crash(SimulatedDisk.Fate.allCases.randomElement(using: &random) ?? .lost)
      }
      if chance(setting.rates.brokenDisk) { return fail(.broken(detail: "fsync: EIO")) }
      if !isDiskFull, chance(setting.rates.fullDisk) {
        isDiskFull = true
        after(500...90_000, .diskEmptied)
      }
    }
    if isDiskFull { return fail(chance(5) ? .readOnly : .full) }
    var seen: [RecordedEvent] = []
    inFlight = nil
    disk.commit(batch.records)
    durableOracle = batch.oracle
    let actions = loop?.appended(.success(.written)) { event, _ in seen.append(event) } ?? []
    if seen != batch.events { find("the loop published other events than it appended") }
    for event in seen { see(event) }
    if counts.events % (setting.tickets < 100 ? 4 : 32) == 0 { compare() }
    perform(actions)
  }

  private mutating func fail(_ fault: JournalFault) {
    note("write failed: \(fault)")
    failing = fault
    stalled = fault
    if !fault.isFatal { inFlight = nil }
    let broken = fault.isFatal ? inFlight : nil
    oracle = durableOracle
    let actions = loop?.appended(.failure(fault)) { _, _ in } ?? []
    inFlight = broken
    perform(actions)
    failing = nil
  }

  mutating func probe() {
    if isDiskFull {
      after(400...600, .probe(process: process))
    } else {
      note("the disk takes writes again")
      stalled = nil
      perform(loop?.probed() ?? [])
    }
  }

  private mutating func compare() {
    guard let durable = loop?.durable else { return }
    let violations = durable.violations()
    if !violations.isEmpty { find("invariants: \(violations)") }
    for difference in durableOracle.differences(from: durable).prefix(3) { find("oracle: \(difference)") }
  }

  // MARK: Answers

  private mutating func receive(_ waiter: CommitLoop.Waiter, _ answer: CommitLoop.Answer) {
    guard let waiting = pending.removeValue(forKey: waiter) else {
      find("waiter \(waiter) is answered twice")
      return
    }
    note("\(waiter) ← \(answer)")
    switch (answer, waiting.prediction) {
    case (.accepted(let outcome), .accepted(let expected)) where outcome == expected: break
    case (.refused(let refusal), .refused(let expected)) where refusal.code == expected: counts.refused += 1
    case (.keyReused, .keyReused): break
    case (.fault(let fault), _) where fault == failing || (fault == stalled && waiting.prediction == .fault):
      counts.faults += 1
      return retry(waiting.request, within: 500...8_000)
    default:
      find("\(waiting.request.command) got \(answer), expected \(waiting.prediction)")
      return
    }
    // The answer is lost; the caller retries with the same key, sometimes much later.
    if isRough, waiting.request.key != nil, waiting.request.tries < 4, chance(setting.rates.lostAnswer) {
      note("\(waiter) the answer is lost")
      return retry(waiting.request, within: chance(3) ? 60_000...3_600_000 : 500...20_000)
    }
    openRequests -= 1
    if waiting.request.tries > 1 { counts.repeated += 1 }
    heard(waiting, answer)
  }

  /// The caller has the answer.
  private mutating func heard(_ waiting: Pending, _ answer: CommitLoop.Answer) {
    guard case .accepted(let outcome) = answer, let durable = loop?.durable else { return }
    if case .ticket(let code) = outcome {
      guard let ticket = durable.tickets[code] else {
        // A retry on the day after gets the stored answer, although the ticket is no longer in the state.
        if oracle.visitor(code) != nil { find("an answer names a ticket that is not there") }
        return
      }
      audit.told(waiting.request.key, outcome, number: ticket.number)
      if case .queue(.takeTicket) = waiting.request.command {
        taken(code)
        if waiting.request.key != nil, chance(10) { oldRequests.append(waiting.request) }
      }
    } else {
      audit.told(waiting.request.key, outcome, number: nil)
    }
  }
}
