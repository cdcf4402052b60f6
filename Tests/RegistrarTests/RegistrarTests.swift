import Groundwork
import Hall
import Ports
import Registrar
import Synchronization
import Testing
import TestKit

/// Goal: the registrar performs the loop's actions, with callers that really wait. Method: a journal whose writes the test
/// completes; what must not have happened yet is checked while a write is pending.
@Suite("The registrar")
struct RegistrarTests {
  private let journal = HandJournal()

  private func registrar(_ clock: ManualClock = ManualClock(sleeping: .atOnce)) async throws -> Registrar {
    // The journal of the test numbers from 1, so the day is opened through it.
    let registrar = Registrar(
      state: HallState(), rules: smallRules(), journal: journal, clock: clock, entropy: SeededEntropy(), logger: .quiet,
      onFatal: { _ in })
    async let opened: Void = registrar.submit(.day(.openDay(OpenDay(date: today))), by: .system) { _, _ in }
    await journal.appended(1)
    await journal.complete()
    try await opened
    return registrar
  }

  private func take(_ registrar: Registrar, _ text: String? = nil, digest: [UInt8] = [1]) async throws -> String {
    try await registrar.submit(
      .queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), key: text.map { key($0) }, bodyDigest: digest
    ) { outcome, state in
      guard case .ticket(let code) = outcome else { return "?" }
      return state.tickets[code]?.number.description ?? "?"
    }
  }

  @Test("a caller hears, and a reader sees, only what is durable")
  func durable() async throws {
    let registrar = try await registrar()
    let answered = Mutex(false)
    async let number: String = {
      let number = try await take(registrar)
      answered.withLock { $0 = true }
      return number
    }()
    await journal.appended(2)
    #expect(await registrar.state.tickets.isEmpty)
    #expect(await registrar.read { state, _ in state.tickets.count } == 0)
    #expect(answered.withLock { $0 } == false)
    await journal.complete()
    #expect(try await number == "A001")
    #expect(await registrar.state.tickets.count == 1)
  }

  @Test("observers are told each durable event in order, from the state they were shown")
  func observers() async throws {
    let registrar = try await registrar()
    let told = Mutex<[Int64]>([])
    let seen = await registrar.observe(from: { state, _ in state.sequence }) { event, state in
      #expect(state.sequence == event.sequence)
      told.withLock { $0.append(event.sequence) }
    }
    #expect(seen == 1)
    async let first = take(registrar)
    await journal.appended(2)
    async let second = take(registrar)
    async let third = take(registrar)
    #expect(told.withLock { $0 } == [])
    await journal.complete()
    _ = try await first
    await journal.appended(3)
    await journal.complete()
    // The two callers may be one batch or two.
    if await journal.records.count < 4 {
      await journal.appended(4)
      await journal.complete()
    }
    _ = try await (second, third)
    #expect(told.withLock { $0 } == [2, 3, 4])
  }

  @Test("a double tap joins the command in flight and gets the same ticket; another body under the key is reused")
  func doubleTap() async throws {
    let registrar = try await registrar()
    async let first = take(registrar, "k")
    await journal.appended(2)
    async let second = take(registrar, "k")
    async let other: Result<String, any Error> = {
      do { return .success(try await take(registrar, "k", digest: [2])) } catch { return .failure(error) }
    }()
    await journal.complete()
    #expect(try await [first, second] == ["A001", "A001"])
    #expect(await (try? other.get()) == nil)
    #expect(await journal.records.count == 2)
    #expect(try await take(registrar, "k") == "A001")
    await #expect(throws: RegistrarFailure.keyReused) { try await take(registrar, "k", digest: [2]) }
  }

  @Test("a retry after a crash gets the same ticket from the replayed journal")
  func afterCrash() async throws {
    let quick = MemoryJournal()
    func start(_ state: HallState) throws -> Registrar {
      Registrar(
        state: state, rules: smallRules(), journal: quick, clock: ManualClock(sleeping: .atOnce),
        entropy: SeededEntropy(),
        logger: .quiet,
        onFatal: { _ in })
    }
    let before = try start(HallState())
    try await before.submit(.day(.openDay(OpenDay(date: today))), by: .system) { _, _ in }
    #expect(try await take(before, "k") == "A001")
    var state = HallState()
    for record in quick.records { state.evolve(record) }
    #expect(await before.state == state)
    let after = try start(state)
    #expect(try await take(after, "k") == "A001")
    #expect(try await take(after, "l") == "A002")
  }

  @Test("a full disk gives every caller the fault, and the hall resumes by itself when a probe succeeds")
  func resumes() async throws {
    let registrar = try await registrar()
    async let first: Result<String, any Error> = {
      do { return .success(try await take(registrar)) } catch { return .failure(error) }
    }()
    await journal.appended(2)
    await journal.complete(.failure(.full))
    switch await first {
    case .success: Issue.record("a ticket without a journal")
    case .failure(let error): #expect(error as? RegistrarFailure == .fault(.full))
    }
    await journal.probed(1)
    #expect(await registrar.fault == .full)
    await #expect(throws: RegistrarFailure.fault(.full)) { try await take(registrar) }
    await journal.completeProbe(.failure(.full))
    await journal.probed(2)
    #expect(await registrar.fault == .full)
    await journal.completeProbe()
    // The second success of a probe needs no caller: the registrar resumes by itself.
    while await registrar.fault != nil { await Task.yield() }
    async let again = take(registrar)
    await journal.appended(3)
    await journal.complete()
    #expect(try await again == "A001")
  }

  @Test("a write that does not end is noticed in time, and its end by itself")
  func delayed() async throws {
    let clock = ManualClock(sleeping: .whenCancelled)
    let registrar = try await registrar(clock)
    async let first: Result<String, any Error> = {
      do { return .success(try await take(registrar, "held")) } catch { return .failure(error) }
    }()
    await journal.appended(2)
    clock.advance(Registrar.patience - 1)
    await registrar.noticeDelay()
    #expect(await registrar.fault == nil)
    clock.advance(1)
    await registrar.noticeDelay()
    #expect(await registrar.fault == .delayed)
    #expect(await registrar.delayedFor == Registrar.patience)
    switch await first {
    case .success: Issue.record("a number that is not durable")
    case .failure(let error): #expect(error as? RegistrarFailure == .fault(.delayed))
    }
    await #expect(throws: RegistrarFailure.fault(.delayed)) { try await take(registrar, "held") }
    #expect(await registrar.state.tickets.isEmpty)
    await journal.complete()
    try await eventually("the write has ended") { await registrar.fault == nil }
    #expect(try await take(registrar, "held") == "A001")
    #expect(await journal.appendCount == 2)
  }

  @Test("writes go on in the reserve while room is looked for, and numbers when there is some")
  func reserve() async throws {
    let registrar = try await registrar()
    async let refused: String? = try? take(registrar)
    await journal.appended(2)
    await journal.complete(.failure(.full))
    #expect(await refused == nil)
    await journal.probed(1)
    await journal.completeProbe(.success(.reserve))
    // The next look has begun, and does not keep the write waiting.
    await journal.probed(2)
    #expect(await registrar.fault == .full)
    await #expect(throws: RegistrarFailure.fault(.full)) { try await take(registrar) }
    async let closed: Void = registrar.submit(.day(.closeDay(CloseDay())), by: .system) { _, _ in }
    await journal.appended(3)
    await journal.complete()
    try await closed
    #expect(await registrar.fault == .full)
    await journal.completeProbe()
    try await eventually("there is room again") { await registrar.fault == nil }
  }

  @Test("a broken journal ends the process, by a write or by a probe", arguments: [false, true])
  func fatalFault(byProbe: Bool) async throws {
    let (faults, report) = AsyncStream.makeStream(of: JournalFault.self)
    let registrar = Registrar(
      state: HallState(), rules: smallRules(), journal: journal, clock: ManualClock(sleeping: .atOnce),
      entropy: SeededEntropy(),
      logger: .quiet, onFatal: { report.yield($0) })
    let broken = JournalFault.broken(detail: "fsync: EIO")
    async let opened: Void? = try? registrar.submit(.day(.openDay(OpenDay(date: today))), by: .system) { _, _ in }
    await journal.appended(1)
    await journal.complete(.failure(byProbe ? .full : broken))
    #expect(await opened == nil)
    if byProbe {
      await journal.probed(1)
      await journal.completeProbe(.failure(broken))
    }
    var iterator = faults.makeAsyncIterator()
    #expect(await iterator.next() == broken)
    await #expect(throws: RegistrarFailure.self) { try await take(registrar) }
    #expect(await journal.records.isEmpty)
  }

  @Test("draining writes and answers what was taken, and takes no more")
  func drain() async throws {
    let registrar = try await registrar()
    async let first = take(registrar)
    await journal.appended(2)
    async let second = take(registrar)
    async let third = take(registrar)
    // Both have arrived when `waitingCount` says so.
    while await registrar.waitingCount < 3 { await Task.yield() }
    let draining = Task { await registrar.drain() }
    while await !registrar.isDraining { await Task.yield() }
    await #expect(throws: RegistrarFailure.stopping) { try await take(registrar) }
    await journal.complete()
    await journal.appended(3)
    await journal.complete()
    #expect(try await Set([first, second, third]) == ["A001", "A002", "A003"])
    await draining.value
    #expect(await journal.records.count == 4)
  }

  @Test("a refusal is thrown as the hall said it")
  func refusal() async throws {
    let registrar = try await registrar()
    await #expect(throws: RegistrarFailure.refused(.window(.windowNotOpen(1)))) {
      try await registrar.submit(.window(1, .call(nil)), by: clerk) { _, _ in }
    }
  }

  @Test("the watchdog's figure is zero while nothing waits")
  func stalled() async throws {
    let registrar = try await registrar()
    #expect(await registrar.stalledFor() == 0)
  }
}
