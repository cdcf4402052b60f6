/// The parameters of one simulated day of a hall with several machines; equal settings give equal days.
package struct SharedSetting: Sendable {
  package let seed: UInt64
  /// Machines of the hall, 2 to 8.
  package let machines: Int
  /// Residents who come.
  package let tickets: Int
  package let planted: SharedPlanted?
  /// Nothing fails, and every machine always has somebody who waits: for measuring shares. Machine 0 is far away.
  package let isStorm: Bool
  /// Keep a line of trace for everything that happens.
  package let traces: Bool

  package init(
    seed: UInt64, machines: Int? = nil, tickets: Int = 40, planted: SharedPlanted? = nil, isStorm: Bool = false,
    traces: Bool = false
  ) {
    self.seed = seed
    self.machines = machines ?? 2 + Int(seed % 3)
    self.tickets = tickets
    self.planted = planted
    self.isStorm = isStorm
    self.traces = traces
  }
}

/// Mistakes made on purpose, which the oracle and the audit have to find.
package enum SharedPlanted: String, CaseIterable, Sendable {
  /// The server appends events without comparing the sequence that they follow.
  case appendsAnyway
  /// An answer comes at the first result, before the commit, which a stop of the server then loses.
  case answersAtFirstResult
  /// A look brings nothing, so refusals rest on an old state.
  case looksSeeNothing
  /// A turn does not keep other machines from appending.
  case turnsHoldNobody
  /// Numbers of a rescued journal go on where its copy ends.
  case rescuesWithoutFloors
}
