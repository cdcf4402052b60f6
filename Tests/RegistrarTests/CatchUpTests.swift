import Groundwork
import Hall
import Logging
import Ports
import TestKit
import Testing

@testable import Registrar

/// Goal: when somebody else appends first, nothing is lost, nothing is done twice, and nobody is answered from a state that
/// never was.
///
/// Method: the commit loop step by step with events of another writer; then two registrars on one journal, each asked for
/// numbers and calls at the same time, and the journal compared with every answer.
@Suite("Catching up with another writer")
struct CatchUpTests {
  private func take(_ entropy: UInt64, key text: String? = nil) -> Envelope {
    Envelope(
      .queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), at: nine, entropy: entropy, key: text.map { key($0) },
      bodyDigest: [1])
  }

  /// What another writer would append after `state` for the same command.
  private func foreign(_ envelope: Envelope, after state: HallState) throws -> [RecordedEvent] {
    var other = CommitLoop(state: state, rules: smallRules())
    for case .append(let events, _) in other.submit(envelope, from: 0) { return events }
    throw NotAppended()
  }

  /// The other writer did not append.
  private struct NotAppended: Error {}

  /// The sequences of appends, looks and turns, and who is answered what.
  private func words(_ actions: [CommitLoop.Action]) -> [String] {
    actions.map { action in
      switch action {
      case .append(let events, let after): "append \(events.count) after \(after)"
      case .takeTurn(let after): "take turn after \(after)"
      case .look(let after): "look after \(after)"
      case .answer(let waiter, .accepted): "\(waiter) accepted"
      case .answer(let waiter, .refused(let refusal)): "\(waiter) refused \(refusal.code)"
      case .answer(let waiter, .fault(let fault)): "\(waiter) fault \(fault)"
      case .answer(let waiter, let answer): "\(waiter) \(answer)"
      case .probe: "probe"
      case .stop: "stop"
      case .report: "report"
      }
    }
  }

  private func sharedLoop() throws -> CommitLoop {
    CommitLoop(state: try openState(), rules: smallRules(), isShared: true)
  }

  private func call(_ entropy: UInt64, key text: String? = nil) -> Envelope {
    Envelope(
      .window(1, .call(nil)), by: clerk, at: nine, entropy: entropy, key: text.map { key($0) }, bodyDigest: [1])
  }

  private func overtaken(_ loop: inout CommitLoop, by newer: [RecordedEvent]) -> [String] {
    words(loop.appended(.success(.overtaken(newer))) { _, _ in })
  }

  @Test("who is overtaken evolves what is newer, takes its turn, and decides everything again in order")
  func again() throws {
    var loop = try sharedLoop()
    let theirs = try foreign(take(7, key: "theirs"), after: loop.durable)
    #expect(words(loop.submit(take(1, key: "a"), from: 1)) == ["append 1 after 2"])
    #expect(words(loop.submit(take(2), from: 2)) == [])
    var seen: [Int64] = []
    let lost = loop.appended(.success(.overtaken(theirs))) { event, state in
      seen.append(event.sequence)
      #expect(state.sequence == event.sequence)
    }
    #expect(words(lost) == ["take turn after 3"])
    #expect(seen == [3])
    #expect(!loop.isIdle && !loop.isStalled)
    #expect(words(loop.submit(take(3), from: 3)) == [], "it waits as well")
    #expect(words(loop.turnTaken(.success([])) { _, _ in }) == ["append 3 after 3"])
    let done = words(loop.appended(.success(.written)) { _, _ in })
    #expect(done == ["1 accepted", "2 accepted", "3 accepted"])
    let numbers = loop.durable.tickets.mapValues(\.number.description)
    #expect(numbers[PublicCode(entropy: 7)] == "A001")
    // The same entropy, so the same codes, in the order in which they came in.
    #expect([1, 2, 3].map { numbers[PublicCode(entropy: $0)] } == ["A002", "A003", "A004"])
    #expect(loop.isIdle)
  }

  @Test("turns go on as long as they bring news")
  func sticky() throws {
    var loop = try sharedLoop()
    _ = loop.submit(take(1), from: 1)
    _ = overtaken(&loop, by: try foreign(take(7), after: loop.durable))
    let second = try foreign(take(8), after: loop.durable)
    #expect(words(loop.turnTaken(.success(second)) { _, _ in }) == ["append 1 after 4"])
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == ["1 accepted"])
    #expect(words(loop.submit(take(2), from: 2)) == ["take turn after 5"])
    #expect(words(loop.turnTaken(.success([])) { _, _ in }) == ["append 1 after 5"])
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == ["2 accepted"])
    #expect(words(loop.submit(take(3), from: 3)) == ["append 1 after 6"])
  }

  @Test("a turn in which nothing is left to write is ended")
  func emptyTurn() throws {
    var loop = try sharedLoop()
    let theirs = try foreign(take(7, key: "same"), after: loop.durable)
    _ = loop.submit(take(1, key: "same"), from: 1)
    #expect(overtaken(&loop, by: theirs) == ["take turn after 3"])
    #expect(words(loop.turnTaken(.success([])) { _, _ in }) == ["1 accepted", "append 0 after 3"])
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == [])
    #expect(loop.durable.tickets.count == 1 && loop.isIdle, "a key that the other one answered gets that answer")
  }

  @Test("a refusal is confirmed by a look, and decided again where there is news")
  func confirmed() throws {
    var loop = try sharedLoop()
    #expect(words(loop.submit(call(3), from: 1)) == ["look after 2"])
    #expect(words(loop.looked(.success([])) { _, _ in }) == ["1 refused nobody_waiting"])
    #expect(words(loop.submit(call(4), from: 2)) == ["look after 2"])
    #expect(words(loop.submit(call(5), from: 3)) == [], "what comes meanwhile is confirmed by what comes after")
    let theirs = try foreign(take(7), after: loop.durable)
    #expect(words(loop.looked(.success(theirs)) { _, _ in }) == ["append 1 after 3"])
    let done = words(loop.appended(.success(.written)) { _, _ in })
    #expect(done == ["2 accepted", "3 refused window_busy"])
    #expect(loop.isIdle)
  }

  @Test("a refusal behind something that is written is confirmed by that write")
  func confirmedByWrite() throws {
    var loop = try sharedLoop()
    _ = loop.submit(take(1), from: 1)
    _ = loop.submit(take(2), from: 2)
    _ = loop.submit(Envelope(.window(1, .recall), by: clerk, at: nine, entropy: 2), from: 3)
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == ["1 accepted", "append 1 after 3"])
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == ["2 accepted", "3 refused window_empty"])
  }

  @Test("a record that not every machine reads is refused until the format is raised, but for a hall on one machine")
  func formats() throws {
    let newer = RecordFormats(newest: 2) { if case .window(.windowOpened) = $0 { 2 } else { 1 } }
    let open = Envelope(.window(2, .open), by: .staff(badge: "AJ002", role: .clerk), at: nine, entropy: 4)
    var loop = CommitLoop(state: try openState(), rules: smallRules(), isShared: true, formats: newer)
    #expect(words(loop.submit(open, from: 1)) == ["look after 2"])
    #expect(words(loop.looked(.success([])) { _, _ in }) == ["1 refused format_not_raised"])
    // Everything else goes on, and another machine may be the one that raises it.
    #expect(words(loop.submit(take(1), from: 2)) == ["append 1 after 2"])
    let raised = RecordedEvent(
      sequence: 3, at: nine, actor: .system, event: .day(.formatRaised(FormatRaised(format: 2))), answer: nil)
    #expect(overtaken(&loop, by: [raised]) == ["take turn after 3"])
    #expect(words(loop.turnTaken(.success([])) { _, _ in }) == ["append 1 after 3"])
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == ["2 accepted"])
    #expect(words(loop.submit(open, from: 3)).first?.hasPrefix("append") == true)

    var alone = CommitLoop(state: try openState(), rules: smallRules(), formats: newer)
    #expect(words(alone.submit(open, from: 1)).first?.hasPrefix("append") == true)
  }

  @Test("only the system raises the format, and only once")
  func raises() throws {
    var loop = try sharedLoop()
    func raise(_ actor: Principal) -> Envelope { Envelope(.day(.raiseFormat(2)), by: actor, at: nine, entropy: 1) }
    #expect(words(loop.submit(raise(clerk), from: 1)) == ["look after 2"])
    #expect(words(loop.looked(.success([])) { _, _ in }) == ["1 refused coordinator_only"])
    #expect(words(loop.submit(raise(.system), from: 2)) == ["append 1 after 2"])
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == ["2 accepted"])
    #expect(words(loop.submit(raise(.system), from: 3)) == ["look after 3"], "nothing is left to raise")
    #expect(loop.durable.days.format == 2)
  }

  @Test("while the journal cannot be reached, commands hear why, also when that changes")
  func reason() throws {
    var loop = try sharedLoop()
    #expect(words(loop.heard(.cutOff)) == ["probe"])
    #expect(words(loop.submit(take(1), from: 1)) == ["1 fault cutOff"])
    loop.stands(under: .behind(server: "10.0.0.1:5432", problem: "old"))
    #expect(words(loop.submit(take(2), from: 2)).first?.hasPrefix("2 fault behind") == true)
  }

  @Test("what is heard of is looked at while nothing else is under way, once for each hint")
  func news() throws {
    var loop = try sharedLoop()
    #expect(words(loop.heard(.grew(to: 2))) == [], "known already")
    let theirs = try foreign(take(7), after: loop.durable)
    #expect(words(loop.heard(.grew(to: 3))) == ["look after 2"])
    #expect(words(loop.heard(.grew(to: 4))) == [])
    #expect(words(loop.looked(.success(theirs)) { _, _ in }) == ["look after 3"])
    #expect(words(loop.looked(.success([])) { _, _ in }) == [], "a hint that was wrong is forgotten")
    #expect(loop.isIdle)
    // What is known to be behind looks before it writes, and loses no race.
    _ = loop.submit(take(1), from: 1)
    _ = loop.submit(take(2), from: 2)
    _ = loop.heard(.grew(to: 9))
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == ["1 accepted", "look after 4"])
  }

  @Test("the time goes on from what others wrote, while one's own clock is behind")
  func anchor() throws {
    var loop = try sharedLoop()
    let ahead = Timestamp(milliseconds: nine.milliseconds + 600_000)
    let theirs = try foreign(
      Envelope(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), at: ahead, entropy: 7), after: loop.durable)
    _ = loop.heard(.grew(to: 3))
    _ = loop.looked(.success(theirs), monotonic: 5_000) { _, _ in }
    #expect(loop.moment(civil: nine, monotonic: 65_000) == Timestamp(milliseconds: ahead.milliseconds + 60_000))
  }

  @Test(
    "a write whose connection broke is looked for: it is there and answered, or decided again",
    arguments: [true, false])
  func unknown(landed: Bool) throws {
    var loop = try sharedLoop()
    let actions = loop.submit(take(1), from: 1)
    guard case .append(let mine, _) = actions.first else { throw NotAppended() }
    _ = loop.submit(take(2), from: 2)
    #expect(words(loop.appended(.failure(.cutOff)) { _, _ in }) == ["probe"])
    #expect(words(loop.submit(take(3), from: 3)) == ["3 fault cutOff"], "no use in waiting")
    #expect(words(loop.probed()) == ["look after 2"])
    if landed {
      let actions = words(loop.looked(.success(mine)) { _, _ in })
      #expect(actions == ["1 accepted", "append 1 after 3"])
    } else {
      let theirs = try foreign(take(7), after: loop.durable)
      #expect(words(loop.looked(.success(theirs)) { _, _ in }) == ["append 2 after 3"])
    }
    _ = loop.appended(.success(.written)) { _, _ in }
    #expect(loop.durable.tickets.count == (landed ? 2 : 3))
    #expect(loop.durable.tickets[PublicCode(entropy: 1)]?.number.description == (landed ? "A001" : "A002"))
    #expect(loop.isIdle)
  }

  @Test("who waits for a journal that is cut off is told after a while, and the write is not forgotten")
  func impatient() throws {
    var loop = try sharedLoop()
    let actions = loop.submit(take(1, key: "a"), from: 1)
    guard case .append(let mine, _) = actions.first else { throw NotAppended() }
    _ = loop.submit(take(2), from: 2)
    _ = loop.appended(.failure(.cutOff)) { _, _ in }
    #expect(words(loop.delayed()) == ["1 fault cutOff", "2 fault cutOff"])
    _ = loop.probed()
    #expect(words(loop.looked(.success(mine)) { _, _ in }) == [])
    #expect(words(loop.submit(take(9, key: "a"), from: 3)) == ["3 accepted"])
    #expect(loop.durable.tickets.count == 1)
  }

  @Test("a machine that is cut off while it takes its turn, or while nothing happens, goes on afterwards")
  func cutOffOtherwise() throws {
    var loop = try sharedLoop()
    _ = loop.submit(take(1), from: 1)
    _ = overtaken(&loop, by: try foreign(take(7), after: loop.durable))
    #expect(words(loop.turnTaken(.failure(.cutOff)) { _, _ in }) == ["probe"])
    #expect(words(loop.probed()) == ["look after 3"])
    #expect(words(loop.looked(.failure(.behind(server: "b", problem: "older"))) { _, _ in }) == ["probe"])
    #expect(words(loop.probed()) == ["look after 3"])
    #expect(words(loop.looked(.success([])) { _, _ in }) == ["take turn after 3"])
    #expect(words(loop.turnTaken(.success([])) { _, _ in }) == ["append 1 after 3"])
    #expect(words(loop.appended(.success(.written)) { _, _ in }) == ["1 accepted"])
    #expect(words(loop.heard(.cutOff)) == ["probe"])
    #expect(loop.isStalled)
    #expect(words(loop.probed()) == ["look after 4"])
    #expect(words(loop.looked(.success([])) { _, _ in }) == [])
    #expect(loop.isIdle)
  }

  @Test(
    "a journal that went back, or cannot be read, ends the process",
    arguments: [
      JournalFault.rolledBack(to: 1), .broken(detail: "gone"), .conflict(expected: 1, found: 2),
    ])
  func fatal(fault: JournalFault) throws {
    var loop = try sharedLoop()
    _ = loop.submit(call(1), from: 1)
    #expect(words(loop.looked(.failure(fault)) { _, _ in }) == ["1 fault \(fault)", "stop"])
  }

  private actor Ledger {
    private(set) var answers: [String: [PublicCode]] = [:]
    private(set) var called: [PublicCode] = []
    func note(_ key: String, _ code: PublicCode) { answers[key, default: []].append(code) }
    func call(_ code: PublicCode) { called.append(code) }
  }

  @Test(
    "two registrars on one journal: nothing lost, doubled or answered from a state that never was", arguments: 1...6)
  func twoWriters(seed: UInt64) async throws {
    let memory = SharedMemory()
    let ledger = Ledger()
    let rules = smallRules()
    let registrars = (0..<2).map { index in
      Registrar(
        state: HallState(), rules: rules, journal: memory.journal(of: index), clock: ManualClock(sleeping: .atOnce),
        entropy: SeededEntropy(seed: seed * 2 + UInt64(index)), limitsKiosks: false, logger: .quiet,
        onFatal: { Issue.record("\($0)") })
    }
    try await registrars[0].submit(.day(.openDay(OpenDay(date: today))), by: .system) { _, _ in }
    try await registrars[1].submit(.window(1, .open), by: clerk) { _, _ in }
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<60 {
        // Every key is asked for twice, at both registrars: a retry that reached the other machine.
        for registrar in registrars {
          group.addTask {
            let name = "take-\(index)"
            let code = try? await registrar.submit(
              .queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), key: key(name), bodyDigest: [1]
            ) { outcome, state -> PublicCode? in
              guard case .ticket(let code) = outcome, state.tickets[code] != nil else { return nil }
              return code
            }
            if let code = code ?? nil { await ledger.note(name, code) } else { Issue.record("\(name) got no ticket") }
          }
        }
      }
      for index in 0..<20 {
        group.addTask {
          let called = try? await registrars[index % 2].submit(.window(1, .call(nil)), by: clerk) { outcome, state in
            if case .ticket(let code) = outcome, state.tickets[code]?.state == .called { code } else { nil }
          }
          guard let code = called ?? nil else { return }
          await ledger.call(code)
          try? await registrars[index % 2].submit(.window(1, .finish), by: clerk) { _, _ in }
        }
      }
    }
    for registrar in registrars { await registrar.drain() }

    let records = await memory.records
    #expect(Set(records.map(\.actor)).count > 1)
    var replayed = HallState()
    for record in records {
      #expect(replayed.violations(before: record.event, at: record.at) == [])
      replayed.evolve(record)
    }
    #expect(records.map(\.sequence) == Array(1...Int64(records.count)))
    #expect(replayed.violations() == [])
    #expect(replayed.tickets.count == 60, "one ticket for each key")
    for (name, codes) in await ledger.answers {
      #expect(codes.count == 2 && Set(codes).count == 1, "\(name)")
      #expect(replayed.tickets[codes[0]] != nil, "\(name) was acknowledged")
    }
    for code in await ledger.called { #expect(replayed.tickets[code]?.state == .finished) }
    // A registrar knows what the journal had when it last looked.
    for registrar in registrars {
      let state = await registrar.state
      var upTo = HallState()
      for record in records.prefix(Int(state.sequence)) { upTo.evolve(record) }
      #expect(state == upTo)
    }
  }
}
