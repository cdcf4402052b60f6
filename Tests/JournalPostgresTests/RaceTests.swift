import Groundwork
import Hall
import JournalCodec
import Logging
import Ports
import Registrar
import TestKit
import Testing

@testable import JournalPostgres

/// Goal: several machines on one PostgreSQL give no number twice, call nobody twice, and lose no answer, also while
/// connections break. Method: four shipped registrars, each with a connection of its own, clients at all of them, and a
/// ledger of what they were told, compared with what is stored.
@Suite struct RaceTests {
  private actor Ledger {
    private(set) var tickets: [String: Set<PublicCode>] = [:]
    private(set) var numbers: [String] = []
    private(set) var called: [PublicCode] = []
    func took(_ key: String, _ code: PublicCode) { tickets[key, default: []].insert(code) }
    func called(_ code: PublicCode) { called.append(code) }
  }

  @Test("four machines, with connections that break: the ledger of the clients is what is stored")
  func race() async throws {
    let cluster = try PrivateCluster()
    let rules = HallRules.test(lanes: "A", windows: ["A", "A", "A", "A"], printing: [])
    var registrars: [Registrar] = []
    var services: [Task<Void, Never>] = []
    for machine in 1...4 {
      let journal = cluster.journal(of: machine)
      let registrar = Registrar(
        state: HallState(), rules: rules, journal: journal, clock: ManualClock(sleeping: .atOnce),
        entropy: SeededEntropy(seed: UInt64(machine)),
        limitsKiosks: false, logger: .quiet, onFatal: { Issue.record("machine \(machine): \($0)") })
      await registrar.begin(under: .cutOff)
      services.append(Task { await registrar.follow() })
      registrars.append(registrar)
    }
    defer { for service in services { service.cancel() } }
    let ledger = Ledger()
    let all = registrars
    let day = CivilDate(daysSinceEpoch: 20_780)
    try await insist { try await all[0].submit(.day(.openDay(OpenDay(date: day))), by: .system) { _, _ in } }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in 0..<16 {
        group.addTask {
          for turn in 0..<8 {
            let key = IdempotencyKey(scope: "kiosk-1", key: "\(client)-\(turn)")
            // A retry goes to the next machine, with the same key.
            var machine = client
            let code = try await insist {
              machine += 1
              return try await all[machine % 4].submit(
                .queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), key: key, bodyDigest: [1]
              ) { outcome, _ -> PublicCode? in if case .ticket(let code) = outcome { code } else { nil } }
            }
            if let code { await ledger.took(key.key, code) }
          }
        }
      }
      for window in 1...4 {
        group.addTask {
          let clerk = Principal.staff(badge: "AJ00\(window)", role: .clerk)
          @Sendable func press(_ verb: WindowCommand, _ text: String) async throws -> PublicCode? {
            let key = IdempotencyKey(scope: "AJ00\(window)", key: text)
            var machine = window
            return try await insist {
              machine += 1
              return try await all[machine % 4].submit(.window(window, verb), by: clerk, key: key, bodyDigest: [1]) {
                outcome, _ -> PublicCode? in if case .ticket(let code) = outcome { code } else { nil }
              }
            }
          }
          _ = try await press(.open, "open")
          var calls = 0
          while calls < 20 {
            do throws(any Error) {
              guard let code = try await press(.call(nil), "call-\(calls)") else { break }
              await ledger.called(code)
              _ = try await press(.finish, "finish-\(calls)")
              calls += 1
            } catch RegistrarFailure.refused(.window(.nobodyWaiting)) {
              try await Task.sleep(for: .milliseconds(20))
            }
          }
        }
      }
      group.addTask {
        for machine in [1, 2, 3, 4, 2] {
          try await Task.sleep(for: .milliseconds(250))
          try cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'machine\(machine)'")
        }
      }
      try await group.waitForAll()
    }
    let stored = try await everything(of: cluster)
    var replayed = HallState()
    for record in stored {
      #expect(replayed.violations(before: record.event, at: record.at) == [])
      replayed.evolve(record)
    }
    #expect(stored.map(\.sequence) == Array(1...Int64(stored.count)))
    #expect(replayed.violations() == [])
    #expect(replayed.tickets.count == 16 * 8, "one ticket for each key")
    #expect(Set(replayed.tickets.values.map(\.number)).count == 16 * 8, "no number twice")
    let tickets = await ledger.tickets
    #expect(tickets.count == 16 * 8)
    for (key, codes) in tickets {
      #expect(codes.count == 1 && codes.allSatisfy { replayed.tickets[$0] != nil }, "\(key)")
    }
    let called = await ledger.called
    #expect(called.count == 80 && Set(called).count == 80, "nobody is called twice")
    for code in called { #expect(replayed.tickets[code]?.state == .finished) }
    // Machines that only follow come to the same state.
    for registrar in all {
      try await eventually("every machine knows everything", within: .seconds(30)) {
        await registrar.state.sequence == replayed.sequence
      }
      #expect(await registrar.state == replayed)
    }
    let writers = try cluster.sql("SELECT count(DISTINCT writer) FROM yc.records")
    #expect(writers == "4\n")
  }

  /// Repeats what met a journal that was cut off.
  private func insist<T: Sendable>(_ attempt: () async throws -> T) async throws -> T {
    while true {
      do { return try await attempt() } catch RegistrarFailure.fault {
        try await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  private func everything(of cluster: PrivateCluster) async throws -> [RecordedEvent] {
    try await cluster.connected(8).events(after: 0)
  }
}
