import Groundwork

/// The result of deciding a command: events in order, and the references of its answer.
package struct Decision: Sendable {
  package let events: [Event]
  package let outcome: Outcome
  /// The answer of an earlier request, stored instead of the answer to the command itself.
  package let answer: IdempotencyRecord?

  init(_ events: [Event], _ outcome: Outcome, answer: IdempotencyRecord? = nil) {
    self.events = events
    self.outcome = outcome
    self.answer = answer
  }
}

/// Decides a command: events, or a refusal. Pure.
///
/// - Throws: `Refusal` when the hall rejects the command; then nothing has happened.
package func decide(_ state: HallState, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
  if !state.isAccepted {
    guard case .day(.acceptJournal) = envelope.command else { throw .day(.journalNotAccepted) }
  }
  let state = state.withSlotsBegun(at: envelope.at)
  switch envelope.command {
  case .day(let command): return try state.decide(command, rules, envelope)
  case .queue(let command): return try state.decide(command, rules, envelope)
  case .window(let number, let command): return try state.decide(number, command, rules, envelope)
  case .notice(let command): return try state.decide(command, rules, envelope)
  case .help(let command): return try state.decide(command, rules, envelope)
  case .print(let command): return try state.decide(command, rules, envelope)
  case .catalogue(let command): return try state.decide(command, envelope)
  case .awareness(let command): return try state.decide(command, rules)
  case .staff(let command): return try state.decide(command, rules, envelope)
  case .arrangement(let command): return try state.decide(command, rules, envelope)
  case .emergency(let command): return try state.decide(command, envelope)
  case .reservation(let command): return try state.decide(command, rules, envelope)
  case .cases(let command): return try state.decide(command, rules, envelope)
  case .consult(let command): return try state.decide(command, rules, envelope)
  case .agency(let command): return try state.decide(command, rules, envelope)
  case .lease(let command): return try state.decide(command, rules, envelope)
  }
}
