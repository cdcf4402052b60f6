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

  private struct NotAppended: Error {}

  @Test("the commands of a refused write are decided again on what the other writer wrote")
  func again() throws {
    var loop = CommitLoop(state: try openState(), rules: smallRules())
    let theirs = try foreign(take(7, key: "theirs"), after: loop.durable)
    _ = loop.submit(take(1, key: "a"), from: 1)
    _ = loop.submit(take(2), from: 2)
    let refused = loop.appended(.failure(.conflict(expected: 2, found: 3))) { _, _ in Issue.record("not durable") }
    guard case .catchUp(after: 2) = refused.last, refused.count == 1 else {
      Issue.record("\(refused)")
      return
    }
    #expect(!loop.isIdle && !loop.isStalled)
    #expect(loop.submit(take(3), from: 3).isEmpty, "it waits as well")
    var seen: [Int64] = []
    let actions = loop.caughtUp(.success(theirs)) { event, state in
      seen.append(event.sequence)
      #expect(state.sequence == event.sequence)
    }
    #expect(seen == [3])
    guard case .append(let first, after: 3) = actions.last, actions.count == 1 else {
      Issue.record("\(actions)")
      return
    }
    #expect(first.map(\.sequence) == [4])
    var answered: [CommitLoop.Waiter] = []
    for _ in 0..<2 {
      for case .answer(let waiter, .accepted) in loop.appended(.success(()), observe: { _, _ in }) {
        answered.append(waiter)
      }
    }
    #expect(answered == [1, 2, 3])
    #expect(loop.durable.tickets.values.map(\.number.description).sorted() == ["A001", "A002", "A003", "A004"])
  }

  @Test("a key that the other writer answered gets that answer, and no second ticket")
  func sameKey() throws {
    var loop = CommitLoop(state: try openState(), rules: smallRules())
    let theirs = try foreign(take(7, key: "same"), after: loop.durable)
    _ = loop.submit(take(1, key: "same"), from: 1)
    _ = loop.appended(.failure(.conflict(expected: 2, found: 3))) { _, _ in }
    let actions = loop.caughtUp(.success(theirs)) { _, _ in }
    guard case .answer(1, .accepted(.ticket(PublicCode(entropy: 7)))) = actions.first, actions.count == 1 else {
      Issue.record("\(actions)")
      return
    }
    #expect(loop.durable.tickets.count == 1 && loop.isIdle)
  }

  @Test("a refusal that rested on the refused write is decided again as well")
  func refusals() throws {
    var loop = CommitLoop(state: try openState(), rules: smallRules())
    // The first calls what it has taken itself; after the conflict somebody else's number is the one that waits.
    let theirs = try foreign(take(7), after: loop.durable)
    _ = loop.submit(Envelope(.window(1, .call(nil)), by: clerk, at: nine, entropy: 1), from: 1)
    _ = loop.submit(take(1), from: 2)
    _ = loop.submit(Envelope(.window(1, .recall), by: clerk, at: nine, entropy: 2), from: 3)
    _ = loop.submit(Envelope(.window(1, .call(nil)), by: clerk, at: nine, entropy: 3), from: 4)
    _ = loop.appended(.failure(.conflict(expected: 2, found: 3))) { _, _ in }
    _ = loop.caughtUp(.success(theirs)) { _, _ in }
    var called: PublicCode?
    for _ in 0..<3 {
      for case .answer(4, .accepted(.ticket(let code))) in loop.appended(.success(()), observe: { _, _ in }) {
        called = code
      }
    }
    #expect(called == PublicCode(entropy: 7))
  }

  @Test("a journal that cannot be read while catching up is a fault for everybody who waits")
  func unreadable() throws {
    var loop = CommitLoop(state: try openState(), rules: smallRules())
    _ = loop.submit(take(1), from: 1)
    _ = loop.appended(.failure(.conflict(expected: 2, found: 3))) { _, _ in }
    _ = loop.submit(take(2), from: 2)
    let actions = loop.caughtUp(.failure(.broken(detail: "gone"))) { _, _ in Issue.record("nothing was read") }
    guard case .answer(1, .fault) = actions[0], case .answer(2, .fault) = actions[1], case .stop = actions.last else {
      Issue.record("\(actions)")
      return
    }
  }

  /// One journal for several writers; each append may find that another was quicker.
  private actor SharedJournal: JournalPort {
    private(set) var records: [RecordedEvent] = []
    private(set) var conflicts = 0
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) {
      for _ in 0..<Int.random(in: 0...4, using: &random) { await Task.yield() }
      guard sequence == Int64(records.count) else {
        conflicts += 1
        throw .conflict(expected: sequence, found: Int64(records.count))
      }
      records += events
    }

    func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
      Array(records.dropFirst(Int(sequence)))
    }

    func probe() async throws(JournalFault) -> JournalRoom { .ample }
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
    let journal = SharedJournal(seed: seed)
    let ledger = Ledger()
    let rules = smallRules()
    let registrars = (0..<2).map { index in
      Registrar(
        state: HallState(), rules: rules, journal: journal, clock: ManualClock(sleeping: .atOnce),
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

    let records = await journal.records
    #expect(await journal.conflicts > 0, "the writers met")
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
