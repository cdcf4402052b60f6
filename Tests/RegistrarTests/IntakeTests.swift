import Groundwork
import Hall
import Registrar
import Testing
import TestKit

/// Goal: while an earlier run's slips are reconciled nothing new is taken in, and everything else goes on. Method: the
/// shipped registrar on a journal that completes every write at once.
@Suite("Intake")
struct IntakeTests {
  private let journal = MemoryJournal()

  private func registrar(_ state: HallState, takesIn: Bool) throws -> Registrar {
    Registrar(
      state: state, rules: smallRules(), journal: journal, clock: ManualClock(sleeping: .atOnce),
      entropy: SeededEntropy(),
      takesIn: takesIn, logger: .quiet, onFatal: { _ in })
  }

  private func take(_ registrar: Registrar, _ name: String) async throws -> String {
    try await registrar.submit(
      .queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), key: key(name), bodyDigest: [1]
    ) {
      outcome, state in
      if case .ticket(let code) = outcome { state.tickets[code].map { "\($0.number)" } ?? "" } else { "" }
    }
  }

  /// An earlier run: its events are in the journal, and "known" has its answer.
  private func earlier() async throws -> HallState {
    let first = try registrar(HallState(), takesIn: true)
    try await first.submit(.day(.openDay(OpenDay(date: today))), by: .system) { _, _ in }
    try await first.submit(.window(1, .open), by: clerk) { _, _ in }
    #expect(try await take(first, "known") == "A001")
    return await first.state
  }

  @Test("numbers, notices and second copies wait; answers that are known are given")
  func closed() async throws {
    let registrar = try registrar(try await earlier(), takesIn: false)
    #expect(await !registrar.isIntakeOpen)
    let count = journal.records.count
    await #expect(throws: RegistrarFailure.reconciling) { try await take(registrar, "new") }
    let code = try #require(await registrar.state.tickets.keys.first)
    for command in [Command.notice(.issueNotice(IssueNotice(item: "x"))), .print(.reprint(code, kiosk: nil))] {
      await #expect(throws: RegistrarFailure.reconciling) {
        try await registrar.submit(command, by: clerk) { _, _ in }
      }
    }
    #expect(try await take(registrar, "known") == "A001")
    #expect(journal.records.count == count)
    await registrar.openIntake()
    #expect(try await take(registrar, "new") == "A002")
  }

  @Test("tickets that are out are called, served and finished meanwhile")
  func calls() async throws {
    let registrar = try registrar(try await earlier(), takesIn: false)
    for verb in [WindowCommand.call(nil), .serve, .finish, .pause(PauseReason(.other, "用餐")), .open] {
      try await registrar.submit(.window(1, verb), by: clerk) { _, _ in }
    }
    try await registrar.submit(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1")) { _, _ in }
    #expect(await registrar.state.tickets.values.map(\.state) == [.finished])
  }
}
