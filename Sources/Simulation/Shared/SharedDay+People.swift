import Groundwork
import Hall
import Registrar

/// Residents and clerks, what they are answered, and what the oracle says to it.
extension SharedDay {
  static func clerk(_ window: Int) -> Principal { .staff(badge: "AJ00\(window)", role: .clerk) }

  mutating func send(_ command: Command, by actor: Principal, _ then: Then, at machine: Int? = nil) {
    nextKey += 1
    openRequests += 1
    let request = Request(
      command: command, actor: actor, key: IdempotencyKey(scope: "\(actor)", key: "key-\(nextKey)"),
      machine: machine ?? Int.random(in: machines.indices, using: &random), then: then)
    after(setting.isStorm ? 0...1 : 1...20, .ask(request))
    // A double tap.
    if isRough, chance(12) {
      openRequests += 1
      var again = request
      again.then = .nothing
      after(1...60, .ask(again))
    }
  }

  /// - Parameter machine: where the next resident comes; nil for any.
  mutating func arrive(at machine: Int?) {
    guard arrivalsLeft > 0 else { return }
    arrivalsLeft -= 1
    let take = TakeTicket(
      items: chance(3) ? [] : [SyntheticHall.items.randomElement(using: &random)?.code ?? "RS-004"],
      priority: chance(6), kiosk: "kiosk-3")
    send(.queue(.takeTicket(take)), by: .kiosk("kiosk-3"), .resident, at: machine)
  }

  mutating func ask(_ request: Request) {
    var request = request
    request.tries += 1
    guard machines[request.machine].loop != nil else { return retry(request) }
    let machine = request.machine
    let envelope = Envelope(
      request.command, by: request.actor, at: clock(of: machine), entropy: random.next(), key: request.key,
      bodyDigest: [1])
    envelopes[request.key, default: []].append(envelope)
    nextWaiter += 1
    let at = machines[machine].loop?.moment(civil: envelope.clock, monotonic: now) ?? envelope.clock
    machines[machine].asked[nextWaiter] = Asked(
      request: request, envelope: envelope, head: server.records.count, at: at)
    let waiter = nextWaiter
    note("\(waiter) at machine \(machine): \(request.command) \(request.key.key)")
    perform(machine, machines[machine].loop?.submit(envelope, from: waiter, monotonic: now) ?? [])
  }

  mutating func retry(_ request: Request) {
    var again = request
    // Whoever gets no answer goes to another machine, with the same key.
    if !setting.isStorm, chance(2) { again.machine = Int.random(in: machines.indices, using: &random) }
    after(300...3_000, .ask(again))
  }

  mutating func receive(_ machine: Int, _ waiter: CommitLoop.Waiter, _ answer: CommitLoop.Answer) {
    guard let asked = machines[machine].asked.removeValue(forKey: waiter) else {
      return find("waiter \(waiter) is answered twice")
    }
    note("\(waiter) ← \(answer)")
    switch answer {
    case .fault, .overloaded:
      return retry(asked.request)
    case .accepted(let outcome): accepted(machine, asked, outcome)
    case .refused(let refusal):
      counts.refused += 1
      if !couldBe(machine, asked, { $0 == .refused(refusal.code) }) {
        find("\(asked.request.command) was refused with \(refusal.code), which was right at no moment")
      }
    case .keyReused, .bug, .reconciling, .tooFast: find("\(asked.request.command) got \(answer)")
    }
    // The answer is lost on its way to the page.
    if isRough, asked.request.tries < 4, chance(15) { return retry(asked.request) }
    openRequests -= 1
    if asked.request.tries > 1 { counts.repeated += 1 }
    goOn(asked.request, answer)
  }

  private mutating func accepted(_ machine: Int, _ asked: Asked, _ outcome: Outcome) {
    guard answered.contains(asked.request.key) else {
      // Nothing was to be changed.
      if !couldBe(machine, asked, { $0 == .accepted(outcome) }) {
        find("\(asked.request.command) was answered with \(outcome), which is in no record")
      }
      return
    }
    guard case .ticket(let code) = outcome else { return audit.told(asked.request.key, outcome, number: nil) }
    let ticket = machines[machine].loop?.durable.tickets[code]
    if ticket == nil { find("an answer names a ticket that is not there") }
    if let number = ticket?.number, told.updateValue(code, forKey: number) ?? code != code {
      find("two residents were told \(number)")
    }
    audit.told(asked.request.key, outcome, number: ticket?.number)
  }

  /// Whether one machine alone could have answered so at some moment between question and answer.
  private func couldBe(_ machine: Int, _ asked: Asked, _ fits: (Oracle.Prediction) -> Bool) -> Bool {
    let plain = Envelope(
      asked.envelope.command, by: asked.envelope.actor, at: asked.envelope.clock, entropy: asked.envelope.entropy)
    let end = machines[machine].loop?.moment(civil: clock(of: machine), monotonic: now) ?? asked.at
    return (asked.head...max(asked.head, server.records.count)).reversed().contains { sequence in
      guard let then = history[sequence]?.oracle else { return false }
      return [asked.at, end].contains { at in
        var copy = then
        return fits(copy.ask(plain, at: max(at, then.lastAt)).prediction)
      }
    }
  }

  // MARK: The journal, event by event

  /// Each command in the order of the journal is one that the oracle foresees there.
  mutating func see(_ record: RecordedEvent, by machine: Int) {
    counts.events += 1
    audit.see(record)
    if case .window(.ticketMissed(let missed)) = record.event { missedCodes.append(missed.code) }
    group.append(record)
    guard let answer = record.answer else { return }
    group = []
    counts.written[machine] += 1
    if !answered.insert(answer.key).inserted { find("\(answer.key.key) is in the journal twice") }
    // It may have been sent to several machines, each with random bits of its own.
    for envelope in envelopes[answer.key] ?? [] {
      var next = oracle
      guard case (.accepted(answer.outcome), true) = next.ask(envelope, at: record.at),
        next.sequence == record.sequence
      else { continue }
      oracle = next
      history[Int(record.sequence)] = Past(oracle: oracle, audit: audit, answered: answered)
      return
    }
    find("record \(record.sequence), \(record.event.name): one machine would not have \(answer.outcome) there")
  }

  // MARK: What people do next

  private mutating func goOn(_ request: Request, _ answer: CommitLoop.Answer) {
    switch request.then {
    case .nothing: break
    case .resident: arrive(at: setting.isStorm ? request.machine : nil)
    case .clerk(let window):
      guard arrivalsLeft > 0 else { return }
      let pause: ClosedRange<Int64> = setting.isStorm ? 20...40 : 20...400
      nextKey += 1
      openRequests += 1
      let command = press(window)
      after(
        pause,
        .ask(
          Request(
            command: command, actor: Self.clerk(window),
            key: IdempotencyKey(scope: "AJ00\(window)", key: "key-\(nextKey)"),
            machine: Int.random(in: machines.indices, using: &random), then: .clerk(window))))
    }
  }

  private mutating func press(_ window: Int) -> Command {
    if chance(8), let code = missedCodes.randomElement(using: &random) { return .queue(.checkIn(code)) }
    let verbs: [WindowCommand] = [.call(nil), .call(nil), .serve, .finish, .finish, .recall, .miss, .finishAndCall]
    return .window(window, verbs.randomElement(using: &random) ?? .call(nil))
  }
}
