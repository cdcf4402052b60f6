import Groundwork

extension HallState {
  func decide(_ command: HelpCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    switch command {
    case .askForHelp(let kiosk): try decideAskForHelp(kiosk, rules, envelope)
    case .hearHelp(let id): try decideHearHelp(id, envelope)
    case .escalateHelp(let id): try decideEscalateHelp(id, envelope)
    case .answerHelp(let id): try decideAnswerHelp(id, envelope)
    }
  }

  /// 请人帮忙: one open ring per kiosk; pressing again makes no second one.
  private func decideAskForHelp(_ kiosk: String, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard rules.kiosk(kiosk) != nil else { throw .request(.unknownKiosk(kiosk)) }
    if let ring = help.rings.first(where: { $0.kiosk == kiosk }) { return Decision([], .help(ring.id)) }
    guard help.rings.count < rules.limits.openHelpRings else { throw .help(.helpBusy) }
    let id = PublicCode(entropy: envelope.entropy).description
    return Decision([.help(.helpRequested(HelpRequested(id: id, kiosk: kiosk)))], .help(id))
  }

  private func decideAnswerHelp(_ id: String, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let badge = envelope.actor.badge else { throw .request(.staffOnly) }
    guard help.ring(id) != nil else { throw .help(.unknownHelp) }
    return Decision([.help(.helpAnswered(HelpAnswered(id: id, badge: badge)))], .help(id))
  }

  /// A console shows the ring. The first one is recorded; later ones change nothing.
  private func decideHearHelp(_ id: String, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let badge = envelope.actor.badge else { throw .request(.staffOnly) }
    guard let ring = help.ring(id) else { throw .help(.unknownHelp) }
    return Decision(ring.heardBy == nil ? [.help(.helpHeard(HelpHeard(id: id, badge: badge)))] : [], .help(id))
  }

  /// The hall's own finding that a ring has waited too long (`QueueLimits`); once per ring.
  private func decideEscalateHelp(_ id: String, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard case .system = envelope.actor else { throw .request(.staffOnly) }
    guard let ring = help.ring(id) else { throw .help(.unknownHelp) }
    return Decision(ring.isEscalated ? [] : [.help(.helpEscalated(HelpEscalated(id: id)))], .help(id))
  }
}
