import Groundwork
import Hall
import Logging
import Ports
import Registrar
import Synchronization
import Testing
import TestKit

@testable import Simulation

/// Goal: the real actor, with concurrent callers, keeps the same invariants as the simulated shell. Method: clients
/// that retry until they are answered, a journal that fills up and fails, and a process that restarts from what was
/// written; the audit checks the journal and every answer. The order of events is the scheduler's, so there is no
/// oracle here.
@Suite("The registrar under fire")
struct RegistrarUnderFireTests {
  /// A journal with seeded faults. After a failed write the batch is there or not, and nothing more is accepted until
  /// the journal is opened again.
  private actor RoughJournal: JournalPort {
    private var random: SeededRandom
    private(set) var records: [RecordedEvent] = []
    private var isBroken = false
    private var fullFor = 0
    private(set) var faults = 0

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
      Array(records.dropFirst(Int(sequence)))
    }

    func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) -> Appending {
      for _ in 0..<Int.random(in: 0...5, using: &random) { await Task.yield() }
      if isBroken { throw .broken(detail: "not opened again") }
      if sequence != Int64(records.count) { throw .conflict(expected: sequence, found: Int64(records.count)) }
      if random.oneIn(12) { fullFor = 3 }
      if fullFor > 0 {
        faults += 1
        throw .full
      }
      if random.oneIn(25) {
        faults += 1
        isBroken = true
        if random.oneIn(2) { records += events }
        throw .broken(detail: "fsync: EIO")
      }
      records += events
      return .written
    }

    func probe() async throws(JournalFault) -> JournalRoom {
      fullFor -= 1
      if fullFor > 0 { throw .full }
      return .ample
    }

    func open() -> [RecordedEvent] {
      isBroken = false
      fullFor = 0
      return records
    }
  }

  /// The process: restarts, once for each registrar that asked for its end.
  private actor DaemonProcess {
    let journal: RoughJournal
    private let entropy: SeededEntropy
    private var current: (life: Int, registrar: Registrar)?
    private var dead: Set<Int> = []
    private(set) var lives = 0

    init(seed: UInt64) {
      journal = RoughJournal(seed: seed)
      entropy = SeededEntropy(seed: seed ^ 0xFFFF)
    }

    func die(_ life: Int) { dead.insert(life) }

    func registrar() async -> Registrar {
      if let current, !dead.contains(current.life) { return current.registrar }
      let records = await journal.open()
      // Another caller may have started it meanwhile.
      if let current, !dead.contains(current.life) { return current.registrar }
      var state = HallState()
      for record in records {
        #expect(state.violations(before: record.event, at: record.at) == [])
        state.evolve(record)
      }
      #expect(state.violations() == [])
      lives += 1
      let life = lives
      let registrar = Registrar(
        state: state, rules: SyntheticHall.rules(), journal: journal, clock: ManualClock(sleeping: .atOnce),
        entropy: entropy,
        logger: .quiet,
        onFatal: { [self] _ in Task { await die(life) } })
      current = (life, registrar)
      return registrar
    }

    private(set) var answers: [(key: IdempotencyKey, outcome: Outcome)] = []

    /// Asks until the hall answers, with the same key; nil for a refusal.
    func ask(_ command: Command, by actor: Principal, _ text: String) async -> Outcome? {
      let key = IdempotencyKey(scope: "\(actor)", key: text)
      while true {
        do {
          let registrar = await registrar()
          let outcome = try await registrar.submit(command, by: actor, key: key, bodyDigest: [1]) { outcome, _ in
            outcome
          }
          answers.append((key, outcome))
          return outcome
        } catch RegistrarFailure.refused {
          return nil
        } catch {
          await Task.yield()
        }
      }
    }
  }

  @Test(
    "every answer is kept, no number is given twice, and all are served in the end", arguments: Array(UInt64(1)...20))
  func underFire(seed: UInt64) async {
    let process = DaemonProcess(seed: seed)
    _ = await process.ask(.day(.openDay(OpenDay(date: CivilDate(daysSinceEpoch: 20_780)))), by: .system, "open")
    await withTaskGroup(of: Void.self) { group in
      for kiosk in 0..<8 { group.addTask { await residents(at: kiosk, process) } }
      for window in 1...2 { group.addTask { await clerk(at: window, process) } }
    }
    for turn in 0..<80 {
      guard await process.ask(.window(1, .call(nil)), by: .bench(1), "last-\(turn)") != nil else { break }
      _ = await process.ask(.window(1, .finish), by: .bench(1), "end-\(turn)")
    }
    let registrar = await process.registrar()
    await registrar.drain()
    let records = await process.journal.records
    var audit = Audit()
    var replayed = HallState()
    for record in records {
      audit.see(record)
      replayed.evolve(record)
    }
    for (key, outcome) in await process.answers {
      var number: TicketNumber?
      if case .ticket(let code) = outcome { number = replayed.tickets[code]?.number ?? TicketNumber("A9999") }
      audit.told(key, outcome, number: number)
    }
    audit.reconcile()
    #expect(audit.findings == [], "seed \(seed)")
    #expect(await registrar.state == replayed)
    #expect(replayed.tickets.count == 64)
    #expect(replayed.tickets.values.allSatisfy { $0.state == .finished })
    #expect(await process.journal.faults > 0)
  }

  private func residents(at kiosk: Int, _ process: DaemonProcess) async {
    let who = Principal.kiosk("kiosk-\(kiosk % 3 + 1)")
    let take = Command.queue(.takeTicket(TakeTicket(kiosk: "kiosk-3")))
    for visit in 0..<8 {
      // A double tap: two callers at once with one key.
      async let first = process.ask(take, by: who, "\(kiosk)-\(visit)")
      async let second = process.ask(take, by: who, "\(kiosk)-\(visit)")
      let (one, other) = await (first, second)
      #expect(one != nil)
      #expect(one == other)
    }
  }

  private func clerk(at window: Int, _ process: DaemonProcess) async {
    _ = await process.ask(.window(window, .open), by: .bench(window), "open")
    for turn in 0..<40 {
      _ = await process.ask(.window(window, .call(nil)), by: .bench(window), "call-\(turn)")
      _ = await process.ask(.window(window, .finish), by: .bench(window), "finish-\(turn)")
    }
  }
}

extension Principal {
  fileprivate static func bench(_ window: Int) -> Principal { .staff(badge: "AJ00\(window)", role: .clerk) }
}
