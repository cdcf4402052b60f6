/// The parameters of one simulated day; equal settings give equal days.
package struct Setting: Sendable {
  package let seed: UInt64
  /// Residents who come.
  package let tickets: Int
  package let hours: SyntheticHall.Hours
  package let rates: Rates
  package let planted: Planted?
  /// Keep a line of trace for everything that happens.
  package let traces: Bool

  package init(
    seed: UInt64, tickets: Int, hours: SyntheticHall.Hours, rates: Rates, planted: Planted? = nil, traces: Bool = false
  ) {
    self.seed = seed
    self.tickets = tickets
    self.hours = hours
    self.rates = rates
    self.planted = planted
    self.traces = traces
  }

  /// A whole day of 400 tickets: even seeds keep office hours, odd ones are always open and may run past midnight.
  package static func wholeDay(_ seed: UInt64, planted: Planted? = nil, traces: Bool = false) -> Setting {
    Setting(
      seed: seed, tickets: 400, hours: seed % 2 == 0 ? .office : .always, rates: Rates(), planted: planted,
      traces: traces)
  }

  /// A small day with many faults.
  ///
  /// - Parameter tickets: residents who come; more of them arrive closer together.
  package static func smallDay(
    _ seed: UInt64, tickets: Int = 12, planted: Planted? = nil, traces: Bool = false
  ) -> Setting {
    Setting(
      seed: seed, tickets: tickets, hours: seed % 3 == 0 ? .office : .always,
      rates: Rates(
        crash: 60, fullDisk: 90, brokenDisk: 120, clockStep: 90, doubleTap: 8, lostAnswer: 10, oddVerb: 8, reusedKey: 40
      ),
      planted: planted, traces: traces)
  }

  /// The day of a seed: seeds below 1000 are whole days, the others small ones.
  package static func day(_ seed: UInt64, planted: Planted? = nil, traces: Bool = false) -> Setting {
    seed < 1000 ? wholeDay(seed, planted: planted, traces: traces) : smallDay(seed, planted: planted, traces: traces)
  }
}

/// How often something fails: once in so many opportunities.
package struct Rates: Sendable {
  /// Opportunities are writes for crash and disk, agenda entries for the clock, requests for the rest.
  package var crash = 700
  package var fullDisk = 900
  package var brokenDisk = 1500
  package var clockStep = 1200
  package var doubleTap = 15
  package var lostAnswer = 30
  package var oddVerb = 25
  package var reusedKey = 200

  package init() {}

  init(
    crash: Int, fullDisk: Int, brokenDisk: Int, clockStep: Int, doubleTap: Int, lostAnswer: Int, oddVerb: Int,
    reusedKey: Int
  ) {
    self.crash = crash
    self.fullDisk = fullDisk
    self.brokenDisk = brokenDisk
    self.clockStep = clockStep
    self.doubleTap = doubleTap
    self.lostAnswer = lostAnswer
    self.oddVerb = oddVerb
    self.reusedKey = reusedKey
  }
}

/// Mistakes made on purpose, to prove that the oracle and the audit find them.
package enum Planted: String, CaseIterable, Sendable {
  /// Callers are answered before their write is durable.
  case answersBeforeWriting
  /// The journal loses a batch that it had acknowledged.
  case losesAcknowledgedBatch
  /// Replay drops the idempotency records, so a late retry takes a second number.
  case forgetsAnswers
  /// Replay drops which numbers were issued.
  case forgetsNumbers
  /// A torn tail is accepted as whole.
  case believesTornTail
  /// Residents who check in again stand elsewhere than the rules say.
  case otherCheckInPlace
  /// Priority tickets overtake more often than the rules say.
  case moreOvertaking
  /// Tickets that wait for a paused window move to a lane earlier than the rules say.
  case earlierLapse
  /// Undo is allowed for longer than the rules say.
  case longerUndo
  /// One record's bytes are changed to another valid number.
  case editedRecord
  /// A full disk is never probed again.
  case neverProbes
}
