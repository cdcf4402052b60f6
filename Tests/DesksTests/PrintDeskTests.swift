import Desks
import Groundwork
import Hall
import Ports
import Registrar
import ServiceLifecycle
import Slips
import Testing
import TestKit

/// Goal: the print desk prints each slip at most once per request, records the true outcome, and never blocks the hall.
/// Method: the shipped desk and registrar, a printer whose answers the test decides, and a clock it moves.
@Suite("print desk", .timeLimit(.minutes(10)))
struct PrintDeskTests {
  let hall: TestHall
  let printer = ManualPrinter()
  let drawing = DocumentRecorder()

  init() async throws {
    hall = TestHall()
    try await hall.openDay()
  }

  func desk(_ hall: TestHall? = nil, kiosk: String = "kiosk-1", patience: PrintPatience = PrintPatience()) -> PrintDesk
  {
    let hall = hall ?? self.hall
    return PrintDesk(
      kiosk: kiosk, printer: printer, drawing: drawing, writer: SlipWriter(), registrar: hall.registrar,
      health: hall.health, clock: hall.clock, patience: patience, logger: hall.logger)
  }

  /// Runs a desk while `body` looks at it.
  func with(_ desk: PrintDesk, _ body: () async throws -> Void) async throws {
    try await withThrowingTaskGroup { group in
      group.addTask { try await desk.run() }
      defer { group.cancelAll() }
      try await body()
      await printer.thaw()
    }
  }

  @Test("slips come out in the order in which they were asked for")
  func order() async throws {
    try await with(desk()) {
      await printer.freeze()
      var tickets: [PublicCode] = []
      for _ in 0..<3 {
        tickets.append(try await hall.takeTicket())
        hall.clock.advance(1)
      }
      await printer.thaw()
      for ticket in tickets {
        try await eventually("the slip is printed") { await hall.slipState(of: ticket) == .printed(attempt: 1, .echo) }
      }
      var slips: [SlipID] = []
      for ticket in tickets { slips.append(try #require(await hall.slip(of: ticket)).id) }
      #expect(await printer.commits == slips.map { Attempt(slip: $0, number: 1) })
      #expect(await drawing.documents.map(\.slip) == slips)
    }
  }

  @Test("an attempt is in the journal before the printer hears of it, and its name before any byte is sent")
  func writtenFirst() async throws {
    let journal = hall.journal
    await printer.watch { attempt in
      let started = journal.events.contains {
        if case .print(.attemptStarted(let e)) = $0 { e.slip == attempt.slip } else { false }
      }
      #expect(started)
    } commit: { attempt in
      let known = journal.events.contains {
        if case .print(.attemptPrepared(let e)) = $0 { e.slip == attempt.slip } else { false }
      }
      #expect(known)
    }
    try await with(desk()) {
      let ticket = try await hall.takeTicket()
      try await eventually("the slip is printed") { await hall.slipState(of: ticket) == .printed(attempt: 1, .echo) }
    }
    #expect(await printer.calls.count == 2)
  }

  @Test("a desk prints the slips of its own kiosk only")
  func ownKiosk() async throws {
    try await with(desk()) {
      let other = try await hall.takeTicket(at: "kiosk-2")
      let own = try await hall.takeTicket(at: "kiosk-1")
      try await eventually("the own slip is printed") { await hall.slipState(of: own) == .printed(attempt: 1, .echo) }
      #expect(await hall.slipState(of: other) == .queued)
    }
  }

  @Test("a frozen printer delays no number, and what waits behind it expires and never comes out")
  func frozen() async throws {
    try await with(desk()) {
      await printer.freeze()
      let first = try await hall.takeTicket()
      try await eventually("the first slip is on its way") { await printer.commits.count == 1 }
      var waiting: [PublicCode] = []
      for _ in 0..<5 { waiting.append(try await hall.takeTicket()) }
      for ticket in waiting {
        try await eventually("a waiting slip expires", passing: hall.clock) {
          await hall.slipState(of: ticket) == .expired
        }
      }
      #expect(await hall.slipState(of: first) == .printing(attempt: 1))
      await printer.thaw()
      try await eventually("the first slip's outcome is known") {
        await hall.slipState(of: first) == .printed(attempt: 1, .echo)
      }
      let last = try await hall.takeTicket()
      try await eventually("the printer goes on") { await hall.slipState(of: last) == .printed(attempt: 1, .echo) }
      #expect(await printer.commits.count == 2)
    }
  }

  @Test("what was not sent is tried again until it comes out")
  func retry() async throws {
    await printer.answer(
      commits: [.notSent(reason: "the cable")], refusals: [PrinterFault(conditions: [], detail: "not ready")])
    try await with(desk()) {
      let ticket = try await hall.takeTicket()
      try await eventually("the slip is printed", passing: hall.clock) {
        await hall.slipState(of: ticket) == .printed(attempt: 1, .echo)
      }
      #expect(await printer.commits.count == 2)
    }
  }

  @Test("what was not sent is tried a bounded number of times")
  func boundedRetry() async throws {
    await printer.answer(commits: Array(repeating: .notSent(reason: "the cable"), count: 20))
    var patience = PrintPatience()
    patience.tries = 3
    try await with(desk(patience: patience)) {
      let ticket = try await hall.takeTicket()
      try await eventually("three tries were made", passing: hall.clock) { await printer.commits.count == 3 }
      let next = try await hall.takeTicket()
      try await eventually("the next slip has its turn", passing: hall.clock) { await printer.commits.count == 6 }
      #expect(await hall.slipState(of: ticket) == .notSent(attempt: 1, reason: "the cable"))
      #expect(await printer.commits.filter { $0.number == 1 }.count == 6)
      _ = next
    }
  }

  @Test("an unknown outcome is never tried again")
  func unknownStays() async throws {
    await printer.answer(commits: [.unknown(reason: "silence")])
    try await with(desk()) {
      let first = try await hall.takeTicket()
      try await eventually("the outcome is unknown") {
        await hall.slipState(of: first) == .unknown(attempt: 1, reason: "silence")
      }
      let second = try await hall.takeTicket()
      try await eventually("the next slip is printed", passing: hall.clock) {
        await hall.slipState(of: second) == .printed(attempt: 1, .echo)
      }
      #expect(await printer.commits.count == 2)
      #expect(await hall.slipState(of: first) == .unknown(attempt: 1, reason: "silence"))
    }
  }

  @Test("a slip asked for in large type is drawn in large type, its copy too, and the next resident's is not")
  func largeType() async throws {
    try await with(desk()) {
      let ticket = try await hall.takeTicket(largeType: true)
      try await eventually("the slip is printed") { await hall.slipState(of: ticket) == .printed(attempt: 1, .echo) }
      try await hall.registrar.submit(.print(.reprint(ticket, kiosk: nil)), by: .kiosk("kiosk-1")) { _, _ in }
      try await eventually("the copy is printed") { await hall.slipState(of: ticket) == .printed(attempt: 2, .echo) }
      let next = try await hall.takeTicket()
      try await eventually("the next is printed") { await hall.slipState(of: next) == .printed(attempt: 1, .echo) }
      #expect(await drawing.documents.map(\.largeType) == [true, true, false])
    }
  }

  @Test("a copy that a person asks for is attempt 2, keeps the number and says 补打")
  func reprint() async throws {
    await printer.answer(commits: [.unknown(reason: "silence")])
    try await with(desk()) {
      let ticket = try await hall.takeTicket()
      try await eventually("the outcome is unknown") {
        await hall.slipState(of: ticket) == .unknown(attempt: 1, reason: "silence")
      }
      try await hall.registrar.submit(.print(.reprint(ticket, kiosk: nil)), by: .kiosk("kiosk-1")) { _, _ in }
      try await eventually("the copy is printed") { await hall.slipState(of: ticket) == .printed(attempt: 2, .echo) }
      let documents = await drawing.documents
      #expect(documents.count == 2)
      #expect(!"\(documents[0])".contains("补打"))
      #expect("\(documents[1])".contains("补打"))
    }
  }

  @Test("a slip whose time ends between announcing and sending is withdrawn")
  func expiresBetween() async throws {
    await printer.watch { [clock = hall.clock] _ in
      clock.advance(16_000)
    } commit: { _ in
    }
    try await with(desk()) {
      let ticket = try await hall.takeTicket()
      try await eventually("it was not sent") {
        await hall.slipState(of: ticket) == .notSent(attempt: 1, reason: "expired")
      }
      let slip = try #require(await hall.slip(of: ticket)).id
      #expect(await printer.calls.last == .withdraw(Attempt(slip: slip, number: 1)))
      #expect(await printer.commits.isEmpty)
    }
  }

  @Test("a civil clock that is set back gives a slip no more time")
  func clockBack() async throws {
    try await with(desk()) {
      await printer.freeze()
      _ = try await hall.takeTicket()
      try await eventually("the first slip is on its way") { await printer.commits.count == 1 }
      let second = try await hall.takeTicket()
      hall.clock.set(Timestamp(milliseconds: TestHall.opening.milliseconds - 3_600_000))
      try await eventually("the second slip expires all the same", passing: hall.clock) {
        await hall.slipState(of: second) == .expired
      }
    }
  }

  @Test("a printer that says it has no paper is sent nothing, and what it says is shown")
  func paperOut() async throws {
    await printer.report(.paperOut)
    let board = hall.health
    try await with(desk()) {
      try await eventually("the fault is shown", passing: hall.clock) {
        await board.faults.contains { $0.code == .paperOut && $0.kiosk == "kiosk-1" }
      }
      let ticket = try await hall.takeTicket()
      try await eventually("the slip was not sent") {
        await hall.slipState(of: ticket) == .notSent(attempt: 1, reason: "paper_out")
      }
      #expect(await printer.calls.isEmpty)
      await printer.report([])
      try await eventually("paper is in, and the slip comes out", passing: hall.clock, by: 20) {
        await hall.slipState(of: ticket) == .printed(attempt: 1, .echo)
      }
      #expect(await board.faults.isEmpty)
    }
  }

  @Test("a slip that cannot be drawn is not sent, and the next one has its turn")
  func cannotDraw() async throws {
    await drawing.fail()
    try await with(desk()) {
      let ticket = try await hall.takeTicket()
      try await eventually("it was not sent") {
        await hall.slipState(of: ticket) == .notSent(attempt: 1, reason: "the slip cannot be drawn")
      }
      #expect(await printer.calls.isEmpty)
    }
  }

  @Test("an outcome is written down once the full disk has room again, and nothing is printed twice")
  func fullDisk() async throws {
    let journal = hall.journal
    await printer.watch { _ in
    } commit: { _ in
      journal.refuse(.full)
    }
    try await with(desk()) {
      let ticket = try await hall.takeTicket()
      try await eventually("the slip was sent") { await printer.commits.count == 1 }
      try await eventually("the hall has noticed", passing: hall.clock) { await hall.registrar.fault == .full }
      #expect(await hall.slipState(of: ticket) == .printing(attempt: 1))
      journal.refuse(nil)
      try await eventually("the outcome is known", passing: hall.clock) {
        await hall.slipState(of: ticket) == .printed(attempt: 1, .echo)
      }
      #expect(await printer.commits.count == 1)
    }
  }

  @Test(
    "attempts that a crash left open are looked up, never printed again",
    arguments: [
      (AttemptOutcome.printed(.ippCompleted), SlipState.printed(attempt: 1, .ippCompleted)),
      (.notSent(reason: "no document"), .notSent(attempt: 1, reason: "no document")),
      (.unknown(reason: "the job is gone"), .unknown(attempt: 1, reason: "the job is gone")),
    ])
  func reconcile(outcome: AttemptOutcome, becomes: SlipState) async throws {
    // An earlier run: the slip was prepared and the process died.
    let ticket = try await hall.takeTicket()
    let slip = try #require(await hall.slip(of: ticket))
    try await hall.registrar.submit(.print(.start(slip.id, attempt: 1)), by: .system) { _, _ in }
    try await hall.registrar.submit(.print(.prepared(slip.id, attempt: 1, jobUUID: "urn:uuid:7")), by: .system) {
      _, _ in
    }
    let again = TestHall(state: await hall.registrar.state)
    await printer.answer(reconciled: [outcome])
    try await with(desk(again)) {
      try await eventually("the attempt is looked up") { await again.slipState(of: ticket) == becomes }
      let attempt = Attempt(slip: slip.id, number: 1)
      #expect(await printer.calls == [.reconcile(attempt, jobUUID: "urn:uuid:7")])
    }
  }

  @Test(
    "a slip that waited through a restart is printed while its time lasts, and expires afterwards",
    arguments: [false, true])
  func restart(late: Bool) async throws {
    let ticket = try await hall.takeTicket()
    let again = TestHall(
      state: await hall.registrar.state, at: TestHall.opening.adding(seconds: late ? 16 : 5))
    try await with(desk(again)) {
      let expected: SlipState = late ? .expired : .printed(attempt: 1, .echo)
      try await eventually("it comes to its end") { await again.slipState(of: ticket) == expected }
      #expect(await printer.commits.count == (late ? 0 : 1))
    }
  }

  @Test("going down does not wait for a printer that does not answer")
  func goesDown() async throws {
    await printer.freeze()
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: [desk()], logger: hall.logger))
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await group.run() }
      let ticket = try await hall.takeTicket()
      try await eventually("the slip is on its way") { await printer.commits.count == 1 }
      await group.triggerGracefulShutdown()
      tasks.addTask { [clock = hall.clock] in
        while !Task.isCancelled {
          clock.advance(500)
          try? await Task.sleep(for: .milliseconds(2))
        }
      }
      try await tasks.next()
      tasks.cancelAll()
      #expect(await hall.slipState(of: ticket) == .printing(attempt: 1))
    }
    await printer.thaw()
  }
}
