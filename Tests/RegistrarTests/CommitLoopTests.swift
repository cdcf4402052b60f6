import Groundwork
import Hall
import Ports
import Registrar
import Testing
import TestKit

/// Goal: persist before answering, in every order in which callers and writes can meet. Method: the loop without its
/// shell, step by step; the test decides when a write ends.
@Suite("The run loop")
struct CommitLoopTests {
  private var loop: CommitLoop

  init() throws { loop = CommitLoop(state: try openState(), rules: smallRules()) }

  private func take(_ text: String? = nil, digest: [UInt8] = [1], entropy: UInt64 = 7) -> Envelope {
    Envelope(
      .queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), at: nine, entropy: entropy, key: text.map { key($0) },
      bodyDigest: digest)
  }

  private func at(_ verb: WindowCommand) -> Envelope {
    Envelope(.window(1, verb), by: clerk, at: nine, entropy: 9)
  }

  /// Actions as a line of words, for comparison.
  private func words(_ actions: [CommitLoop.Action]) -> [String] {
    actions.map { action in
      switch action {
      case .append(let events, let after):
        "append \(events.map { $0.event.name }.joined(separator: "+")) after \(after)"
      case .answer(let waiter, .accepted): "\(waiter) accepted"
      case .answer(let waiter, .refused(let refusal)): "\(waiter) refused \(refusal.code)"
      case .answer(let waiter, .keyReused): "\(waiter) keyReused"
      case .answer(let waiter, .fault(let fault)): "\(waiter) fault \(fault)"
      case .answer(let waiter, .bug): "\(waiter) bug"
      case .answer(let waiter, .overloaded): "\(waiter) overloaded"
      case .answer(let waiter, .reconciling): "\(waiter) reconciling"
      case .answer(let waiter, .tooFast(let wait)): "\(waiter) too fast for \(wait)"
      case .probe: "probe"
      case .takeTurn(let after): "take turn after \(after)"
      case .look(let after): "look after \(after)"
      case .stop(let fault): "stop \(fault)"
      case .report: "report"
      }
    }
  }

  private func durably(
    _ loop: inout CommitLoop, _ result: Result<Appending, JournalFault> = .success(.written)
  ) -> [String] {
    words(loop.appended(result) { _, _ in })
  }

  @Test("nothing is answered, shown or observed before its write is durable")
  func persistFirst() {
    var loop = loop
    #expect(words(loop.submit(take(entropy: 1), from: 1)) == ["append ticketIssued after 2"])
    #expect(loop.durable.tickets.isEmpty)
    var observed: [Int] = []
    let actions = loop.appended(.success(.written)) { event, state in
      #expect(state.sequence == event.sequence)
      observed.append(state.tickets.count)
    }
    #expect(words(actions) == ["1 accepted"])
    #expect(observed == [1])
    #expect(loop.durable.tickets.count == 1)
  }

  @Test("while a write is in flight the next batch grows, and goes out in one piece")
  func groupCommit() {
    var loop = loop
    #expect(words(loop.submit(take(entropy: 1), from: 1)).count == 1)
    for waiter in 2...4 { #expect(words(loop.submit(take(entropy: UInt64(waiter)), from: waiter)) == []) }
    #expect(durably(&loop) == ["1 accepted", "append ticketIssued+ticketIssued+ticketIssued after 3"])
    #expect(loop.durable.tickets.count == 1)
    #expect(durably(&loop) == ["2 accepted", "3 accepted", "4 accepted"])
    #expect(loop.durable.tickets.values.map(\.number.description).sorted() == ["A001", "A002", "A003", "A004"])
    #expect(loop.isIdle)
  }

  @Test("a write that does not end keeps nobody waiting, and gives each key one number when it ends")
  func delayed() {
    var loop = loop
    _ = loop.submit(take("held", entropy: 1), from: 1)
    _ = loop.submit(take("held", entropy: 2), from: 2)
    _ = loop.submit(take("behind", entropy: 3), from: 3)
    #expect(words(loop.delayed()) == ["1 fault delayed", "2 fault delayed", "3 fault delayed"])
    #expect(words(loop.delayed()) == [])
    #expect(words(loop.submit(take("held", entropy: 4), from: 4)) == ["4 fault delayed"])
    #expect(loop.durable.tickets.isEmpty)
    var published = 0
    #expect(words(loop.appended(.success(.written)) { _, _ in published += 1 }) == [])
    #expect(published == 1)
    // The same key gets the number that became durable late; what waited behind it never happened.
    #expect(words(loop.submit(take("held", entropy: 5), from: 5)) == ["5 accepted"])
    #expect(words(loop.submit(take("behind", entropy: 6), from: 6)) == ["append ticketIssued after 3"])
    #expect(durably(&loop) == ["6 accepted"])
    #expect(loop.durable.tickets.values.map(\.number.description).sorted() == ["A001", "A002"])
  }

  @Test("in the reserve of a full disk only what finishes something is taken, until there is room")
  func reserve() {
    var loop = loop
    _ = loop.submit(take("before", entropy: 1), from: 1)
    #expect(durably(&loop) == ["1 accepted"])
    _ = loop.submit(take(entropy: 2), from: 2)
    #expect(durably(&loop, .failure(.full)) == ["2 fault full", "probe"])
    loop.probed(.reserve)
    #expect(words(loop.submit(take(entropy: 3), from: 3)) == ["3 fault full"])
    // A number that was given is given again under its key, and is served.
    #expect(words(loop.submit(take("before", entropy: 4), from: 4)) == ["4 accepted"])
    for (waiter, verb) in [(5, WindowCommand.call(nil)), (6, .serve), (7, .finish)] {
      #expect(words(loop.submit(at(verb), from: waiter)).count == 1)
      #expect(durably(&loop) == ["\(waiter) accepted"])
    }
    let close = Envelope(.day(.closeDay(CloseDay())), by: .system, at: nine, entropy: 1)
    #expect(words(loop.submit(close, from: 8)) == ["append dayClosed after 6"])
    #expect(durably(&loop) == ["8 accepted"])
    loop.probed()
    #expect(!loop.isShort)
  }

  @Test("a delayed write that fails leaves nothing, and its key is free", arguments: [JournalFault.full, .readOnly])
  func delayedAndRefused(_ fault: JournalFault) {
    var loop = loop
    _ = loop.submit(take("held", entropy: 1), from: 1)
    _ = loop.delayed()
    #expect(durably(&loop, .failure(fault)) == ["probe"])
    #expect(words(loop.submit(take("held", entropy: 2), from: 2)) == ["2 fault \(fault)"])
    loop.probed()
    #expect(words(loop.submit(take("held", entropy: 3), from: 3)) == ["append ticketIssued after 2"])
    #expect(durably(&loop) == ["3 accepted"])
    #expect(loop.durable.tickets.count == 1)
  }

  @Test("the next command is decided on what is still being written")
  func newestScratch() {
    var loop = loop
    _ = loop.submit(take(entropy: 1), from: 1)
    _ = loop.submit(at(.call(nil)), from: 2)
    #expect(words(loop.submit(at(.call(nil)), from: 3)) == [])
    #expect(durably(&loop) == ["1 accepted", "append ticketCalled after 3"])
    #expect(durably(&loop) == ["2 accepted", "3 refused window_busy"])
  }

  @Test("a refusal waits for the newest write that it saw: in flight, or not begun yet")
  func refusalsWait() {
    var loop = loop
    #expect(words(loop.submit(at(.call(nil)), from: 1)) == ["1 refused nobody_waiting"])
    _ = loop.submit(take(entropy: 1), from: 2)
    #expect(words(loop.submit(at(.recall), from: 3)) == [])
    _ = loop.submit(take(entropy: 2), from: 4)
    #expect(words(loop.submit(at(.recall), from: 5)) == [])
    #expect(durably(&loop) == ["2 accepted", "3 refused window_empty", "append ticketIssued after 3"])
    #expect(durably(&loop) == ["4 accepted", "5 refused window_empty"])
  }

  @Test("a key in flight is joined: one ticket, one answer to both, after the write")
  func joins() {
    var loop = loop
    _ = loop.submit(take("k", entropy: 1), from: 1)
    #expect(words(loop.submit(take("k", entropy: 2), from: 2)) == [])
    #expect(durably(&loop) == ["1 accepted", "2 accepted"])
    #expect(loop.durable.tickets.count == 1)
    #expect(words(loop.submit(take("k", entropy: 3), from: 3)) == ["3 accepted"])
  }

  @Test("a stored answer waits for the newest write that it saw, also when its own is long durable")
  func storedAnswersWait() {
    var loop = loop
    _ = loop.submit(take("k", entropy: 1), from: 1)
    _ = durably(&loop)
    _ = loop.submit(take(entropy: 2), from: 2)
    #expect(words(loop.submit(take("k", entropy: 3), from: 3)) == [])
    #expect(durably(&loop) == ["2 accepted", "3 accepted"])
  }

  @Test("the same key with another body is refused as reused, in flight and afterwards")
  func keyReused() {
    var loop = loop
    _ = loop.submit(take("k", entropy: 1), from: 1)
    #expect(words(loop.submit(take("k", digest: [2], entropy: 2), from: 2)) == [])
    #expect(durably(&loop) == ["1 accepted", "2 keyReused"])
    #expect(words(loop.submit(take("k", digest: [2], entropy: 3), from: 3)) == ["3 keyReused"])
    #expect(loop.durable.tickets.count == 1)
  }

  @Test("the same key of another scope is another key")
  func scope() {
    var loop = loop
    _ = loop.submit(take("k", entropy: 1), from: 1)
    var other = take(entropy: 2)
    other = Envelope(
      other.command, by: other.actor, at: nine, entropy: 2, key: IdempotencyKey(scope: "kiosk-2 tickets", key: "k"),
      bodyDigest: [1])
    _ = loop.submit(other, from: 2)
    _ = durably(&loop)
    _ = durably(&loop)
    #expect(loop.durable.tickets.count == 2)
  }

  @Test("a refusal is not stored: the same key may be accepted later")
  func refusalsAreNotStored() {
    var loop = loop
    func call() -> Envelope {
      Envelope(.window(1, .call(nil)), by: clerk, at: nine, entropy: 4, key: key("c"), bodyDigest: [1])
    }
    #expect(words(loop.submit(call(), from: 1)) == ["1 refused nobody_waiting"])
    _ = loop.submit(take(entropy: 1), from: 2)
    _ = loop.submit(call(), from: 3)
    _ = durably(&loop)
    #expect(durably(&loop) == ["3 accepted"])
  }

  @Test("a full disk discards the later batches and tells each caller; after a probe the hall goes on where it was")
  func full() {
    var loop = loop
    _ = loop.submit(take("k", entropy: 1), from: 1)
    _ = loop.submit(take(entropy: 2), from: 2)
    _ = loop.submit(at(.recall), from: 3)
    #expect(durably(&loop, .failure(.full)) == ["1 fault full", "2 fault full", "3 fault full", "probe"])
    #expect(loop.isStalled)
    #expect(loop.durable.tickets.isEmpty)
    #expect(words(loop.submit(take(entropy: 3), from: 4)) == ["4 fault full"])
    loop.probed()
    // The failed key was never stored, so its retry takes the first number.
    #expect(words(loop.submit(take("k", entropy: 4), from: 5)) == ["append ticketIssued after 2"])
    _ = durably(&loop)
    #expect(loop.durable.tickets.values.map(\.number.description) == ["A001"])
  }

  @Test(
    "a disk that can only be read is like a full one; a broken one ends the process",
    arguments: [
      (JournalFault.readOnly, "probe"), (.broken(detail: "EIO"), "stop broken(detail: \"EIO\")"),
    ])
  func faults(fault: JournalFault, last: String) {
    var loop = loop
    _ = loop.submit(take(entropy: 1), from: 1)
    #expect(durably(&loop, .failure(fault)).last == last)
    #expect(loop.isStalled)
  }

  @Test("too many callers are turned away at once, and come in again when there is room")
  func overloaded() throws {
    var loop = CommitLoop(state: try openState(), rules: smallRules(), capacity: 2)
    _ = loop.submit(take(entropy: 1), from: 1)
    _ = loop.submit(take(entropy: 2), from: 2)
    #expect(words(loop.submit(take(entropy: 3), from: 3)) == ["3 overloaded"])
    _ = durably(&loop)
    _ = loop.submit(take(entropy: 4), from: 4)
    _ = durably(&loop)
    _ = durably(&loop)
    #expect(loop.durable.tickets.count == 3)
  }

  @Test("a command whose events would break an invariant is reported, answered as a bug and never appended")
  func bug() throws {
    // A state that no events produce: window 2 holds a ticket that does not exist, so closing the day breaks an
    // invariant.
    var broken = try openState()
    broken.windows.states[2, default: WindowState()].ticket = PublicCode(entropy: 99)
    var loop = CommitLoop(state: broken, rules: smallRules())
    let close = Envelope(.day(.closeDay(CloseDay(force: true))), by: .system, at: nine, entropy: 1)
    #expect(words(loop.submit(close, from: 1)) == ["report", "1 bug"])
    // The scratch state is restored: the hall goes on.
    #expect(words(loop.submit(take(entropy: 2), from: 2)) == ["append ticketIssued after 2"])
    #expect(words(loop.submit(close, from: 3)) == ["report"])
    #expect(durably(&loop) == ["2 accepted", "3 bug"])
    #expect(loop.durable.day != nil)
    #expect(loop.durable.tickets.count == 1)
  }

  @Test("what changes nothing needs no write")
  func nothingToWrite() {
    var loop = loop
    #expect(words(loop.submit(at(.open), from: 1)) == ["1 accepted"])
    #expect(loop.isIdle)
  }

  @Test("new rules count for the next command")
  func rules() throws {
    var loop = loop
    let old = smallRules()
    loop.rules = HallRules(
      identity: old.identity, address: "", hoursText: "", consultPhone: "", supervisePhone: "", mode: .undifferentiated,
      lanes: [Lane(letter: old.lanes[0].letter, name: "综合", start: 501, comprehensive: true)], windows: old.windows,
      calendar: old.calendar, hours: old.hours, catalogue: old.catalogue, kiosks: old.kiosks)
    _ = loop.submit(take(entropy: 1), from: 1)
    _ = durably(&loop)
    #expect(loop.durable.tickets.values.map(\.number.description) == ["A501"])
  }

  @Test("events never go back in time, and go on with the monotonic clock while the civil one is behind")
  func time() {
    var loop = loop
    func take(_ milliseconds: Int64, _ entropy: UInt64) -> Envelope {
      Envelope(
        .queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"),
        at: Timestamp(milliseconds: nine.milliseconds + milliseconds),
        entropy: entropy)
    }
    var times: [Int64] = []
    let steps: [(civil: Int64, monotonic: Int64, expected: Int64)] = [
      (10_000, 100_000, 10_000), (20_000, 110_000, 20_000),
      // The civil clock is set back by an hour, and runs on.
      (-3_580_000, 115_000, 25_000), (-3_570_000, 125_000, 35_000),
      // It is corrected, then jumps ahead.
      (40_000, 130_000, 40_000), (7_200_000, 131_000, 7_200_000), (42_000, 132_000, 7_201_000),
    ]
    for (index, step) in steps.enumerated() {
      _ = loop.submit(take(step.civil, UInt64(index + 1)), from: index, monotonic: step.monotonic)
      _ = loop.appended(.success(.written)) { event, _ in times.append(event.at.since(nine)) }
    }
    #expect(times == steps.map(\.expected))
  }
}
