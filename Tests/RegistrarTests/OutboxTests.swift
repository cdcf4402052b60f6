import Groundwork
import Hall
import Ports
import Synchronization
import Testing
import TestKit

@testable import Registrar

/// Goal: a kiosk whose machine is cut off goes on giving numbers, and afterwards the journal has each of them once.
///
/// Method: two machines on one journal in memory, with an outbox that the test can make fail. The audit at the end of each
/// test compares what was shown with what is in the journal.
@Suite("Numbers while cut off")
struct OutboxTests {
  private let memory = SharedMemory()
  private let clock = ManualClock()
  private let outbox = MemoryOutbox()
  private let shown = Numbers()
  private let printed = Numbers()

  private struct Machines {
    let kiosk: Registrar
    let other: Registrar
  }

  private static func rules() -> HallRules {
    var rules = smallRules()
    rules.leasesNumbers = true
    return rules
  }

  private func registrar(_ machine: Int, _ state: HallState = HallState()) async -> Registrar {
    let registrar = Registrar(
      state: state, rules: Self.rules(), journal: memory.journal(of: machine), clock: clock,
      entropy: SeededEntropy(seed: UInt64(machine)), logger: .quiet, onFatal: { _ in Issue.record("fatal") })
    Task { await registrar.follow() }
    return registrar
  }

  private func equip(_ registrar: Registrar, table: LeaseTable = LeaseTable(), prints: Bool = true) async {
    await registrar.equip(
      OutboxEquipment(outbox: outbox, machine: "kiosk", kiosks: ["kiosk-1"]), table: table
    ) { [printed] ticket in
      printed.add(ticket.number.description)
      guard prints else { return }
      Task { await registrar.note(.printed(.echo), ofLeased: ticket.code) }
    }
  }

  private func open() async throws -> Machines {
    let machines = Machines(kiosk: await registrar(1), other: await registrar(2))
    try await machines.other.submit(.day(.openDay(OpenDay(date: today))), by: .system) { _, _ in }
    await equip(machines.kiosk)
    _ = try await take(machines.kiosk, "first")
    await machines.kiosk.leaseNumbers()
    return machines
  }

  private func take(_ registrar: Registrar, _ text: String) async throws -> String {
    let number = try await registrar.submit(
      .queue(.takeTicket(TakeTicket(kiosk: "kiosk-1"))), by: .kiosk("kiosk-1"), key: key(text), bodyDigest: [1]
    ) { outcome, state in
      guard case .ticket(let code) = outcome else { return "?" }
      return state.tickets[code]?.number.description ?? "?"
    }
    shown.add(number)
    return number
  }

  /// Waits for a number that is given while the clock goes on.
  private func takeWaiting(_ registrar: Registrar, _ text: String) async throws -> String {
    let answer = Task { try await take(registrar, text) }
    let over = Numbers()
    Task {
      _ = await answer.result
      over.add(text)
    }
    try await eventually("a number for \(text)", passing: clock) { !over.all.isEmpty }
    return try await answer.value
  }

  private func merge(_ registrar: Registrar) async throws {
    await memory.join(1)
    try await eventually("the link is back", passing: clock) { await registrar.fault == nil }
    try await eventually("all are in the journal", passing: clock) {
      await registrar.mergeOutbox()
      return await registrar.leaseTable.pending.isEmpty
    }
  }

  /// Every number that was shown stands in the journal once, and nobody else has it.
  private func audit(_ registrar: Registrar, without withdrawn: Set<String> = []) async throws {
    var state = HallState()
    for event in await memory.records { state.evolve(event) }
    let there = state.tickets.values.map(\.number.description)
    #expect(Set(there).count == there.count)
    #expect(Set(shown.all) == Set(there).subtracting(withdrawn))
    #expect(state.violations() == [])
    #expect(await registrar.state == state)
  }

  private func line(_ registrar: Registrar) async throws -> [String] {
    let lane = try #require(LaneLetter("A"))
    return await registrar.read { state, _ in
      (state.queue.waiting[lane]?.byRank ?? []).compactMap { state.tickets[$0.code]?.number.description }
    }
  }

  @Test("gives from its lease, prints, and is adopted: no number twice, and whoever came first is first")
  func gives() async throws {
    let machines = try await open()
    await memory.part(1)
    clock.advance(1_000)
    #expect(try await takeWaiting(machines.kiosk, "a") == "A9001")
    #expect(try await takeWaiting(machines.kiosk, "b") == "A9002")
    // The page's retry gets the same number.
    #expect(try await take(machines.kiosk, "b") == "A9002")
    clock.advance(1_000)
    #expect(try await take(machines.other, "c") == "A002")
    #expect(printed.all == ["A9001", "A9002"])
    try await merge(machines.kiosk)
    #expect(try await line(machines.kiosk) == ["A001", "A9001", "A9002", "A002"])
    #expect(await outbox.tickets.isEmpty)
    #expect(try await take(machines.kiosk, "b") == "A9002")
    #expect(try await take(machines.kiosk, "d") == "A003")
    try await audit(machines.kiosk)
  }

  @Test("a request that went through, and whose answer was lost: the number on paper takes its place")
  func doubtful() async throws {
    let machines = try await open()
    await memory.part(1, afterWrite: true)
    #expect(try await takeWaiting(machines.kiosk, "a") == "A9001")
    #expect(try await take(machines.other, "b") == "A003")
    try await merge(machines.kiosk)
    #expect(try await line(machines.kiosk) == ["A001", "A9001", "A003"])
    try await audit(machines.kiosk)
  }

  @Test("the same, and its number was called meanwhile, or is served", arguments: [false, true])
  func called(_ isServed: Bool) async throws {
    let machines = try await open()
    await memory.part(1, afterWrite: true)
    #expect(try await takeWaiting(machines.kiosk, "a") == "A9001")
    func window(_ command: WindowCommand) async throws {
      try await machines.other.submit(.window(1, command), by: clerk) { _, _ in }
    }
    try await window(.open)
    try await window(.call(nil))
    try await window(.serve)
    try await window(.finishAndCall)
    if isServed { try await window(.serve) }
    try await merge(machines.kiosk)
    if isServed {
      let adopted = await machines.kiosk.state.leases.adopted.values.map(\.ended)
      #expect(adopted == [.twice])
      try await audit(machines.kiosk, without: ["A002"])
    } else {
      #expect(try await line(machines.kiosk) == ["A9001"])
      try await audit(machines.kiosk)
    }
  }

  @Test("a number that cannot be stored is not shown, and is not given again")
  func unstored() async throws {
    let machines = try await open()
    await memory.part(1)
    await outbox.refuse(.full)
    await #expect(throws: RegistrarFailure.self) { try await takeWaiting(machines.kiosk, "a") }
    await outbox.refuse(nil)
    #expect(try await takeWaiting(machines.kiosk, "a") == "A9002")
    try await merge(machines.kiosk)
    try await audit(machines.kiosk)
  }

  @Test("a machine that is started again while cut off goes on with its lease, and answers the same request alike")
  func restarted() async throws {
    let machines = try await open()
    await memory.part(1)
    #expect(try await takeWaiting(machines.kiosk, "a") == "A9001")
    let again = await registrar(3, await machines.kiosk.state)
    await memory.part(3)
    await again.begin(under: .cutOff)
    await again.hold(back: .cutOff)
    await equip(again, table: await outbox.table)
    #expect(try await takeWaiting(again, "a") == "A9001")
    #expect(try await takeWaiting(again, "b") == "A9002")
    await again.hold(back: nil)
    await memory.join(3)
    try await eventually("the link is back", passing: clock) { await again.fault == nil }
    await again.mergeOutbox()
    try await audit(again)
  }

  @Test("killed after the journal has it and before the outbox knows: it is adopted once")
  func mergedTwice() async throws {
    let machines = try await open()
    await memory.part(1)
    #expect(try await takeWaiting(machines.kiosk, "a") == "A9001")
    let table = await outbox.table
    try await merge(machines.kiosk)
    let count = await memory.records.count
    let again = await registrar(3, await machines.kiosk.state)
    await equip(again, table: table)
    await again.mergeOutbox()
    #expect(await again.leaseTable.pending.isEmpty)
    #expect(await memory.records.count == count)
    try await audit(again)
  }

  @Test("cut off overnight it shows the new day by its hours, gives numbers, and they wait until the day is opened")
  func overnight() async throws {
    let machines = try await open()
    try await machines.other.submit(.day(.closeDay(CloseDay(force: true))), by: .system) { _, _ in }
    try await eventually("the kiosk follows", passing: clock) { await machines.kiosk.state.day == nil }
    await memory.part(1)
    clock.set(nine.adding(seconds: 86_400))
    #expect(try await takeWaiting(machines.kiosk, "a") == "A9001")
    let next = today.adding(days: 1)
    let shownDay = await machines.kiosk.readShown { state, _ in state.day?.date }
    #expect(shownDay == next)
    #expect(await machines.kiosk.shown.sequence == machines.kiosk.state.sequence)
    await memory.join(1)
    try await eventually("the link is back", passing: clock) { await machines.kiosk.fault == nil }
    await machines.kiosk.mergeOutbox()
    #expect(await machines.kiosk.leaseTable.pending.count == 1)
    try await machines.other.submit(.day(.openDay(OpenDay(date: next))), by: .system) { _, _ in }
    try await merge(machines.kiosk)
    #expect(try await line(machines.kiosk) == ["A9001"])
  }

  @Test("with no number left it says so, and goes on once there are others")
  func exhausted() async throws {
    let machines = try await open()
    await memory.part(1)
    for number in 0..<50 { #expect(try await takeWaiting(machines.kiosk, "k\(number)") == "A\(9_001 + number)") }
    let lane = try #require(LaneLetter("A"))
    let failure = await #expect(throws: RegistrarFailure.self) { try await takeWaiting(machines.kiosk, "more") }
    if case .refused(.lease(.noNumbersLeft(lane))) = failure {} else { Issue.record("\(String(describing: failure))") }
    try await merge(machines.kiosk)
    await machines.kiosk.leaseNumbers()
    await memory.part(1)
    #expect(try await takeWaiting(machines.kiosk, "after") == "A9051")
    try await merge(machines.kiosk)
    try await audit(machines.kiosk)
  }

  @Test("a lease that the journal does not know of any more is given up")
  func lostLease() async throws {
    let machines = try await open()
    let day = try #require(await machines.kiosk.state.day?.date)
    let lane = try #require(LaneLetter("A"))
    let lost = NumbersLeased(
      kiosk: "kiosk-1", machine: "kiosk", holder: "o1", lane: lane, day: day, from: 9_401, through: 9_450)
    let again = await registrar(3, await machines.kiosk.state)
    await equip(again, table: LeaseTable(blocks: [LeaseTable.Block(lease: lost, next: 9_410)]))
    await again.leaseNumbers()
    #expect(await again.leaseTable.blocks.map(\.lease.from) == [9_001])
  }

  @Test("only this machine's own kiosks, and only with a lease: whoever else asks hears that the hall is cut off")
  func others() async throws {
    let machines = try await open()
    await memory.part(1)
    let foreign = Task {
      try await machines.kiosk.submit(
        .queue(.takeTicket(TakeTicket(kiosk: "kiosk-2"))), by: .kiosk("kiosk-2"), key: key("x"), bodyDigest: [1]
      ) { _, _ in }
    }
    let over = Numbers()
    Task {
      _ = await foreign.result
      over.add("x")
    }
    try await eventually("the cut is noticed", passing: clock) {
      await machines.kiosk.noticeDelay()
      return !over.all.isEmpty
    }
    await #expect(throws: RegistrarFailure.self) { try await foreign.value }
    #expect(await outbox.tickets.isEmpty)
  }

  @Test("a hall on one machine writes nothing of this")
  func alone() async throws {
    let hall = MemoryHall(rules: smallRules()) { _ in Issue.record("fatal") }
    try await hall.openDay()
    await hall.registrar.leaseNumbers()
    await hall.registrar.mergeOutbox()
    #expect(hall.journal.events.allSatisfy { if case .lease = $0 { false } else { true } })
  }
}

private final class Numbers: Sendable {
  private let list = Mutex<[String]>([])

  var all: [String] { list.withLock { $0 } }
  func add(_ number: String) { list.withLock { $0.append(number) } }
}

/// An outbox that lasts as long as the test, and can be told to refuse.
private actor MemoryOutbox: OutboxPort {
  let holder = "o1"
  private(set) var table = LeaseTable()
  private var fault: JournalFault?
  private var next: [NumbersLeased: Int] = [:]
  private(set) var tickets: [LeasedTicket] = []

  func refuse(_ fault: JournalFault?) { self.fault = fault }

  private func check() throws(JournalFault) { if let fault { throw fault } }

  private func renew() {
    table = LeaseTable(blocks: next.map { LeaseTable.Block(lease: $0.key, next: $0.value) }, pending: tickets)
  }

  func keep(_ lease: NumbersLeased) throws(JournalFault) {
    try check()
    next[lease] = lease.from
    renew()
  }

  func giveUp(_ lease: NumbersLeased) throws(JournalFault) {
    try check()
    next[lease] = nil
    renew()
  }

  func keep(_ ticket: LeasedTicket) throws(JournalFault) {
    try check()
    for lease in next.keys where lease.contains(ticket.number) { next[lease] = ticket.number.ordinal + 1 }
    tickets.append(ticket)
    renew()
  }

  func note(_ slip: AttemptOutcome, of code: PublicCode) throws(JournalFault) { try check() }

  func settle(_ code: PublicCode) throws(JournalFault) {
    try check()
    tickets.removeAll { $0.code == code }
    renew()
  }
}
