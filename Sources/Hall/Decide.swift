import Groundwork

/// What a command leads to: events in order, and the references its answer is made of.
package struct Decision: Sendable {
  package let events: [Event]
  package let outcome: Outcome

  init(_ events: [Event], _ outcome: Outcome) {
    self.events = events
    self.outcome = outcome
  }
}

/// What the hall makes of a command: events, or a refusal. Pure.
///
/// - Throws: `Refusal` when the hall says no; then nothing has happened.
package func decide(_ state: HallState, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
  if !state.isAccepted {
    guard case .acceptJournal(let accept) = envelope.command else { throw .journalNotAccepted }
    return try state.decideAcceptJournal(accept, envelope)
  }
  switch envelope.command {
  case .openDay(let open): return try state.decideOpenDay(open, rules, envelope)
  case .closeDay(let close): return try state.decideCloseDay(close, envelope)
  case .takeTicket(let take): return try state.decideTake(take, rules, envelope)
  case .checkIn(let code): return try state.decideCheckIn(code, rules)
  case .abandonTicket(let code): return try state.decideAbandon(code)
  case .atWindow(let number, let verb): return try state.decideAtWindow(number, verb, rules, envelope)
  case .issueNotice(let issue): return try state.decideNotice(issue, rules, envelope)
  case .askForHelp(let kiosk): return try state.decideHelp(kiosk, rules, envelope)
  case .hearHelp(let id): return try state.decideHearHelp(id, envelope)
  case .escalateHelp(let id): return try state.decideEscalateHelp(id, envelope)
  case .answerHelp(let id): return try state.decideAnswerHelp(id, envelope)
  case .print(let print): return try state.decidePrint(print, rules, envelope)
  case .changeRoll(let kiosk): return try state.decideChangeRoll(kiosk, rules, envelope)
  case .answerAwareness(let answer): return try state.decideAwareness(answer, rules)
  case .acceptJournal(let accept): return try state.decideAcceptJournal(accept, envelope)
  case .publishCatalogue(let publish): return try state.decidePublish(publish, envelope)
  }
}
