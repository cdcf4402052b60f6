import Groundwork
import Hall
import Ports
import Slips

/// Slips of cases. Nil where the case is no longer known, its catalogue is not stored, or the key of its half-year is gone.
extension SlipWriter {
  func receipt(_ code: PublicCode, of slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> SlipDocument? {
    guard let one = state.cases[code], let applicant = applicant(one),
      let head = head(one, number: one.opened.number, at: one.opened.receivedAt, of: slip, rules)
    else { return nil }
    var papers: [PaperAccount] = []
    for paper in one.opened.papers {
      var account = PaperAccount(material: paper.material)
      account.originals = paper.originals
      account.copies = paper.copies
      account.isSeen = paper.isSeen
      account.isElectronic = paper.isElectronic
      papers.append(account)
    }
    return ReceiptSlip(
      head: head, name: applicant.name, papers: papers, receivedAt: one.opened.receivedAt,
      clerk: clerk(one.opened.responsible), telling: one.opened.telling
    ).document()
  }

  /// The newest notice of the case.
  func correction(_ code: PublicCode, of slip: SlipInHand, _ state: HallState, _ rules: HallRules) -> SlipDocument? {
    guard let one = state.cases[code], let issued = one.corrections.last else { return nil }
    return correction(one, issued, of: slip, rules)
  }

  func correction(_ one: Case, _ issued: CorrectionIssued, of slip: SlipInHand, _ rules: HallRules) -> SlipDocument? {
    guard let applicant = applicant(one),
      let item = catalogue(one.opened.catalogueVersion, rules)?.item(one.opened.item),
      let head = head(one, number: issued.number, at: slip.requestedAt, of: slip, rules)
    else { return nil }
    let named = Set(issued.lines.compactMap(\.material))
    let lane = rules.lane(for: item)
    return CorrectionSlip(
      head: head, name: applicant.name, maskedNumber: applicant.maskedNumber, receivedOn: one.opened.receivedOn,
      lines: issued.lines.map { line($0, item) },
      received: one.papers.filter { $0.isHandedIn && !named.contains($0.material) }.map(\.material),
      windows: lane.map(rules.windows(serving:)) ?? [], telling: one.opened.telling,
      clerk: clerk(one.responsible)
    ).document()
  }

  func line(_ line: CorrectionLine, _ item: Item) -> CorrectionSlip.Line {
    let material = line.material.flatMap { name in item.materials.first { $0.name == name } }
    let words = CorrectionWords(words(line.text) ?? "")
    let reasons = line.reasons.map { $0 == .other ? words.reason : $0.chinese }
    let ask = words.ask.isEmpty ? material.map(Wording.ask) ?? "" : words.ask
    return CorrectionSlip.Line(
      name: line.material ?? words.name, reasons: reasons.filter { !$0.isEmpty }, ask: ask, basis: line.basis)
  }

  func head(
    _ one: Case, number: CaseNumber, at moment: Timestamp, of slip: SlipInHand, _ rules: HallRules
  ) -> CaseHead? {
    guard let catalogue = catalogue(one.opened.catalogueVersion, rules), let item = catalogue.item(one.opened.item)
    else { return nil }
    return CaseHead(
      slip: slip.id, hallName: rules.identity.name, consultPhone: item.consultPhone ?? rules.consultPhone,
      supervisePhone: item.supervisePhone ?? rules.supervisePhone, code: one.code, number: number.description,
      itemName: item.name, situations: item.situations.filter { one.opened.answers.contains($0.key) }.map(\.label),
      catalogueVersion: catalogue.version, printedAt: moment, zone: rules.zone, copy: slip.attempt,
      largeType: slip.largeType)
  }
}
