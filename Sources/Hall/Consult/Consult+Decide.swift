import Groundwork

extension HallState {
  func decide(_ command: ConsultCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor.isStaff, let badge = envelope.actor.badge else { throw .request(.staffOnly) }
    let today = rules.zone.civil(envelope.at).date
    switch command {
    case .note(let note): return try decideNote(note, rules, envelope, badge, today)
    case .close(let code, let result):
      let task = try ownTask(code, envelope.actor)
      try checkConsult(result, atMost: 100)
      let closed = TaskClosed(
        code: code, result: result, on: today,
        isLate: rules.calendar.workingDays(after: task.noted.on, through: today) > 1)
      return Decision([.consult(.taskClosed(closed))], .consult(code))
    case .reassign(let code, let to, let reason):
      guard envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
      guard let task = consults.tasks[code] else { throw .consult(.unknownTask) }
      try checkConsult(to, atMost: 40)
      try checkConsult(reason, atMost: 60)
      guard task.responsible != to else { return Decision([], .consult(code)) }
      return Decision(
        [.consult(.taskReassigned(TaskReassigned(code: code, to: to, reason: reason)))], .consult(code))
    }
  }

  private func decideNote(
    _ note: NoteConsult, _ rules: HallRules, _ envelope: Envelope, _ badge: String, _ today: CivilDate
  ) throws(Refusal) -> Decision {
    if let item = note.item, rules.catalogue.item(item) == nil { throw .request(.unknownItem(item)) }
    guard note.item != nil || note.topic != nil else { throw .consult(.badConsultText) }
    if let topic = note.topic { try checkConsult(topic, atMost: 60) }
    if let to = note.to { try checkConsult(to, atMost: 40) }
    // Whoever passes a question on says to whom.
    guard note.answer.isTask == (note.to != nil) else { throw .consult(.badConsultText) }
    let due = note.answer.isTask ? note.due ?? today : nil
    if let due { guard due >= today, due <= today.adding(days: 60) else { throw .consult(.badTaskDate) } }
    guard !note.answer.isTask || consults.tasks.count < ConsultState.mostTasks else {
      throw .consult(.tooManyTasks(limit: ConsultState.mostTasks))
    }
    let noted = ConsultNoted(
      code: freshCode(envelope.entropy), item: note.item, topic: note.topic, answer: note.answer, to: note.to,
      firstAsked: badge, on: today, due: due)
    return Decision([.consult(.consultNoted(noted))], .consult(noted.code))
  }

  private func ownTask(_ code: PublicCode, _ actor: Principal) throws(Refusal) -> ConsultTask {
    guard let task = consults.tasks[code] else { throw .consult(.unknownTask) }
    guard actor.isCoordinator || task.responsible == actor.badge else { throw .consult(.notYourTask) }
    return task
  }

  /// A text that can be read and has no row of digits as long as a phone's or a card's number: these entries are kept in the
  /// clear.
  private func checkConsult(_ text: String, atMost longest: Int) throws(Refusal) {
    guard Self.isReadable(text, atMost: longest) else { throw .consult(.badConsultText) }
    var digits = 0
    for scalar in text.unicodeScalars {
      digits = ("0"..."9").contains(scalar) ? digits + 1 : 0
      if digits >= 7 { throw .consult(.badConsultText) }
    }
  }
}
