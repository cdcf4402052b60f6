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
}
