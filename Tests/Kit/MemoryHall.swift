import Groundwork
package import Hall
package import Logging
package import Ports
package import Registrar

/// A hall in memory: the shipped registrar on a journal and a clock of the test's.
package struct MemoryHall: Sendable {
  package let clock: ManualClock
  package let journal: MemoryJournal
  package let registrar: Registrar

  /// - Parameters:
  ///   - state: what the hall knows at its start; `journal` then goes on from it.
  ///   - journal: nil for one that nobody else has.
  ///   - takesIn: false for a hall that looks up the slips of the run before first.
  ///   - onUntrusted: told when the journal cannot be trusted any more.
  package init(
    rules: HallRules, state: HallState = HallState(), clock: ManualClock = ManualClock(),
    journal: MemoryJournal? = nil, entropy: any Entropy = SeededEntropy(), takesIn: Bool = true,
    logger: Logger = .quiet, onUntrusted: @escaping @Sendable (JournalFault) -> Void
  ) {
    self.clock = clock
    self.journal = journal ?? MemoryJournal(after: state.sequence)
    registrar = Registrar(
      state: state, rules: rules, journal: self.journal, clock: clock, entropy: entropy, takesIn: takesIn,
      logger: logger, onFatal: onUntrusted)
  }

  /// Opens today's business day.
  package func openDay() async throws {
    let date = await registrar.read { _, rules in rules.zone.civil(clock.now()).date }
    try await registrar.submit(.day(.openDay(OpenDay(date: date))), by: .system) { _, _ in }
  }
}
