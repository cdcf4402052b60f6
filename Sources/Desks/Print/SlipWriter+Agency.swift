import Groundwork
import Hall
import Ports
import Slips

/// Slips of agency cases. Nil where it is no longer known, its catalogue is not stored, or the key of its half-year is gone.
extension SlipWriter {
  func agency(_ code: PublicCode, of slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> SlipDocument? {
    guard let one = state.agency[code], let principal = principal(one), let head = head(one, of: slip, rules) else {
      return nil
    }
    return AgencySlip(
      head: head, item: one.entrusted.item, name: principal.name, phone: principal.phone,
      agent: agent(one.entrusted.agent),
      until: one.entrusted.until, originals: one.entrusted.originals, copies: one.entrusted.copies, on: one.entrusted.on
    ).document()
  }

  func agencyEnd(_ code: PublicCode, of slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> SlipDocument? {
    guard let one = state.agency[code], let end = one.end, let principal = principal(one),
      let head = head(one, of: slip, rules)
    else { return nil }
    let back = one.originals.filter { $0.holder == .withPrincipal }.map(\.original)
    return AgencyEndSlip(
      head: head, item: one.entrusted.item, name: principal.name, agent: agent(one.agent),
      change: .end(end.by, reason: agencyWords(end.reason) ?? "", returned: back, open: one.open), on: end.on
    ).document()
  }

  func agencyRenewal(_ code: PublicCode, of slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> SlipDocument? {
    guard let one = state.agency[code], let renewal = one.renewal, let principal = principal(one),
      let head = head(one, of: slip, rules)
    else { return nil }
    return AgencyEndSlip(
      head: head, item: one.entrusted.item, name: principal.name, agent: agent(one.agent),
      change: .renewal(until: renewal.until, reason: agencyWords(renewal.reason) ?? ""), on: renewal.on
    ).document()
  }

  func agencyBatch(_ code: PublicCode, of slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> SlipDocument? {
    guard let batch = state.agency.batches[code] else { return nil }
    return AgencyBatchSlip(
      slip: slip.id, hallName: rules.identity.name, number: batch.number.description, agent: agent(batch.agent),
      on: batch.on,
      entries: batch.cases.compactMap { state.agency[$0] }.map { one in
        AgencyBatchSlip.Entry(
          number: one.entrusted.number.description, originals: one.entrusted.originals.map(\.count).reduce(0, +),
          copies: one.entrusted.copies.map(\.count).reduce(0, +))
      }, code: batch.code, copy: slip.attempt
    ).document()
  }

  private func agent(_ badge: String) -> String { Wording.agent(badge, name: names(badge)) }

  private func head(_ one: AgencyCase, of slip: SlipInHand, _ rules: HallRules) -> CaseHead? {
    guard let catalogue = catalogue(one.entrusted.catalogueVersion, rules),
      let item = catalogue.item(one.entrusted.item)
    else { return nil }
    return CaseHead(
      slip: slip.id, hallName: rules.identity.name, consultPhone: item.consultPhone ?? rules.consultPhone,
      supervisePhone: item.supervisePhone ?? rules.supervisePhone, code: one.code,
      number: one.entrusted.number.description, itemName: item.name,
      situations: item.situations.filter { one.entrusted.answers.contains($0.key) }.map(\.label),
      catalogueVersion: catalogue.version, printedAt: slip.requestedAt, zone: rules.zone, copy: slip.attempt,
      largeType: slip.largeType)
  }
}
