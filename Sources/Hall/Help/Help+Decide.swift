import Groundwork

extension HallState {
  /// 请人帮忙: one ring a kiosk at a time; pressing again rings no second time.
  func decideHelp(_ kiosk: String, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard rules.kiosk(kiosk) != nil else { throw .unknownKiosk(kiosk) }
    if let ring = help.first(where: { $0.kiosk == kiosk }) { return Decision([], .help(ring.id)) }
    guard help.count < rules.limits.openHelpRings else { throw .helpBusy }
    let id = PublicCode(entropy: envelope.entropy).description
    return Decision([.helpRequested(HelpRequested(id: id, kiosk: kiosk))], .help(id))
  }

  func decideAnswerHelp(_ id: String, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let badge = envelope.actor.badge else { throw .staffOnly }
    guard help.contains(where: { $0.id == id }) else { throw .unknownHelp }
    return Decision([.helpAnswered(HelpAnswered(id: id, badge: badge))], .help(id))
  }

  /// A console shows the ring. The first one is noted; the others change nothing.
  func decideHearHelp(_ id: String, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let badge = envelope.actor.badge else { throw .staffOnly }
    guard let ring = help.first(where: { $0.id == id }) else { throw .unknownHelp }
    return Decision(ring.heardBy == nil ? [.helpHeard(HelpHeard(id: id, badge: badge))] : [], .help(id))
  }

  /// The hall itself finds that a ring has waited too long (`QueueLimits`); it does so once a ring.
  func decideEscalateHelp(_ id: String, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard case .system = envelope.actor else { throw .staffOnly }
    guard let ring = help.first(where: { $0.id == id }) else { throw .unknownHelp }
    return Decision(ring.isEscalated ? [] : [.helpEscalated(HelpEscalated(id: id))], .help(id))
  }

  mutating func evolveHelpHeard(_ e: HelpHeard) {
    guard let place = help.firstIndex(where: { $0.id == e.id }) else { return }
    help[place].heardBy = e.badge
  }

  mutating func evolveHelpEscalated(_ e: HelpEscalated) {
    guard let place = help.firstIndex(where: { $0.id == e.id }) else { return }
    help[place].isEscalated = true
  }
}
