package import Groundwork
package import Hall

/// The content of a one-time notice (一次性告知单, Form A): everything an item needs, in the order in which a resident uses
/// it.
///
/// Sources: the forms of 临沂, 中阳 and Chongqing agree on name, basis, course, conditions, materials, fee, limits,
/// consultation and supervision phones; copies, source and form of each material are Chongqing's published columns.
package struct NoticeSlip: Hashable, Sendable {
  package let slip: SlipID
  package let hall: Contact
  package let item: Item
  /// Keys of the situations chosen; empty prints all materials, each with its situation.
  package let situations: [String]
  /// `GZ-500151105-20261123-0042`.
  package let number: String
  package let code: PublicCode
  /// Eight hexadecimal digits that show that the slip is genuine; nil when the hall has no key.
  package let checkCode: String?
  package let catalogueVersion: String
  /// The place where it is done, as `ItemPlace` decides.
  package let place: ItemPlace
  /// The ticket the notice was printed for.
  package let ticket: TicketNumber?
  package let printedAt: Timestamp
  package let zone: ZoneOffset
  /// 1 for the first copy; from 2 on the slip says 补打.
  package let copy: Int
  package let largeType: Bool
  /// What the resident marked on the list (有／缺).
  package let marks: NoticeMarks

  /// Name, address, hours and phones of the hall.
  package struct Contact: Hashable, Sendable {
    package let name: String
    package let address: String
    package let hours: String
    /// Used where the item has no phone of its own.
    package let consultPhone: String
    package let supervisePhone: String
    /// At a village's station: its address, and who carries matters to the town.
    package let station: Station?

    package init(
      name: String, address: String, hours: String, consultPhone: String, supervisePhone: String,
      station: Station? = nil
    ) {
      self.name = name
      self.address = address
      self.hours = hours
      self.consultPhone = consultPhone
      self.supervisePhone = supervisePhone
      self.station = station
    }
  }

  package init(
    slip: SlipID, hall: Contact, item: Item, situations: [String] = [], number: String, code: PublicCode,
    checkCode: String? = nil, catalogueVersion: String, place: ItemPlace = ItemPlace(.windows([])),
    ticket: TicketNumber? = nil, printedAt: Timestamp, zone: ZoneOffset = .beijing, copy: Int = 1,
    largeType: Bool = false, marks: NoticeMarks = NoticeMarks()
  ) {
    self.slip = slip
    self.hall = hall
    self.item = item
    self.situations = situations
    self.number = number
    self.code = code
    self.checkCode = checkCode
    self.catalogueVersion = catalogueVersion
    self.place = place
    self.ticket = ticket
    self.printedAt = printedAt
    self.zone = zone
    self.copy = copy
    self.largeType = largeType
    self.marks = marks
  }

  package func document() -> SlipDocument {
    let materials = item.checklist(situations)
    return SlipDocument(
      kind: .notice, slip: slip, largeType: largeType,
      blocks: head(materials) + list(materials) + course() + contacts() + law() + foot() + stub())
  }
}

extension NoticeSlip {
  private func head(_ materials: Checklist) -> [SlipBlock] {
    var blocks: [SlipBlock] = [.heading(text: hall.name)]
    if let station = hall.station {
      blocks.append(.paragraph(text: Wording.setUp(in: station.site), style: .bodyCentred))
    }
    blocks.append(.title(text: Wording.noticeTitle))
    if copy >= 2 { blocks.append(.paragraph(text: Wording.copy(copy), style: .leadCentred)) }
    blocks.append(.paragraph(text: item.name, style: .subject))
    let chosen = item.situations.filter { situations.contains($0.key) }.map(\.label)
    if !chosen.isEmpty { blocks.append(.paragraph(text: Wording.chosen(chosen), style: .body)) }
    blocks.append(.paragraph(text: Wording.nextStep(materials, at: place), style: .lead))
    return blocks + otherPlaces()
  }

  /// Every village's place with its known details; the hours only once where all have the same. A single other place is
  /// under 地点和电话 instead.
  private func otherPlaces() -> [SlipBlock] {
    let places = place.places
    guard place.elsewhere?.kind == .village || places.count > 1, !places.isEmpty else { return [] }
    let sameHours = places.count > 1 && Set(places.map(\.hours)).count == 1 ? places[0].hours : nil
    var lines = places.map { one in
      let rest = [one.address, sameHours == nil ? one.hours : "", one.phone].filter { !$0.isEmpty }
      return "\(one.name)　\(rest.joined(separator: "　"))"
    }
    if let sameHours, !sameHours.isEmpty { lines.append("\(Wording.hours)　\(sameHours)") }
    return lines.map { .paragraph(text: $0, style: .body) }
  }

  private func list(_ materials: Checklist) -> [SlipBlock] {
    guard !materials.isEmpty else { return [.section(title: Wording.noMaterials, advice: nil)] }
    let formAdvice = isStation ? Wording.toFillInAtStation : Wording.toFillInAdvice
    let spareAdvice = isStation ? Wording.mayLeaveAdviceAtStation : Wording.mayLeaveAdvice
    let groups =
      marks.groups(of: materials.toBring) + [
        NoticeGroup(Wording.toFillIn, formAdvice, materials.toFillIn),
        NoticeGroup(Wording.mayLeave, spareAdvice, materials.mayLeave),
      ]
    var blocks: [SlipBlock] = []
    var running = 0
    for group in groups where !group.lines.isEmpty {
      blocks.append(.section(title: group.title, advice: group.advice))
      for line in group.lines {
        running += 1
        blocks.append(NoticeEntry(line.entry, item, inStation: isStation).block(number: running, mark: line.mark))
      }
    }
    return blocks
  }

  private var isStation: Bool { hall.station != nil }

  private var told: ItemTold { ItemTold(item, at: place, inStation: isStation) }

  private func course() -> [SlipBlock] {
    var blocks: [SlipBlock] = []
    if !item.steps.isEmpty {
      blocks.append(.section(title: Wording.steps, advice: nil))
      blocks += item.steps.enumerated().map { .step(number: $0.offset + 1, text: $0.element) }
    }
    return blocks + [
      .section(title: Wording.limitsAndFee, advice: nil),
      .keyValue(key: Wording.legalLimit, value: told.legal),
      .keyValue(key: Wording.promisedLimit, value: told.promised),
      .keyValue(key: Wording.fee, value: told.cost),
    ] + (item.feeBasis.map { [.keyValue(key: Wording.feeBasis, value: $0)] } ?? [])
  }

  private func contacts() -> [SlipBlock] {
    let other = place.elsewhere.flatMap { _ in place.places.count == 1 ? place.places.first : nil }
    let otherPhone = other.flatMap { $0.phone.isEmpty ? nil : $0.phone }
    let consult = otherPhone ?? item.consultPhone ?? hall.consultPhone
    let supervise = item.supervisePhone ?? hall.supervisePhone
    let hotline = [consult, supervise].contains(Wording.hotline) ? [] : [Wording.hotline]
    return [.section(title: Wording.whereAndWhen, advice: nil)] + whereabouts(other) + [
      .code(
        payload: CodePayload.notice(hall: hall.name, number: number, item: item.code, code: code),
        beside: [
          SlipLine(consult, key: Wording.consult, strong: true),
          SlipLine(([supervise] + hotline).joined(separator: "、"), key: Wording.supervise, strong: true),
        ],
        caption: Wording.scanInHall)
    ]
  }

  private func whereabouts(_ other: ServicePlace?) -> [SlipBlock] {
    func lines(_ place: String, _ address: String, _ hours: String) -> [SlipBlock] {
      [.keyValue(key: Wording.place, value: address.isEmpty ? place : "\(place)，\(address)")]
        + (hours.isEmpty ? [] : [.keyValue(key: Wording.hours, value: hours)])
    }
    let online = item.online.map { [SlipBlock.keyValue(key: Wording.online, value: $0)] } ?? []
    switch place.way {
    case .windows, .policeWindows, .windowsOrAgent:
      return lines(told.place, hall.address, hall.hours) + online
    case .station, .agent:
      let agents = (hall.station?.agents ?? []).map { agent in
        SlipBlock.keyValue(key: Wording.agent, value: "\(agent.name)　\(agent.phone)")
      }
      let town = place.places.map { SlipBlock.keyValue(key: Wording.orYourself, value: $0.words) }
      return lines(hall.name, hall.address, hall.hours) + agents + town + online
    case .elsewhere:
      // Where there are several places, they are listed at the top.
      return lines(told.place, other?.address ?? "", other?.hours ?? "") + online
    }
  }

  private func law() -> [SlipBlock] {
    var blocks: [SlipBlock] = []
    let facts: [(String, String?)] = [
      (Wording.itemCode, item.code), (Wording.basicCode, item.nationalBasicCode),
      (Wording.implementationCode, item.implementationCode), (Wording.kindOfMatter, Wording.kind(item)),
      (Wording.audience, Wording.audience(item)), (Wording.range, item.cityWide ? Wording.wholeCity : nil),
      (Wording.result, item.result), (Wording.actingBody, item.actingBody),
      (Wording.visits, item.visits.map(Wording.visits)),
    ]
    if !item.conditions.isEmpty {
      blocks.append(.keyValue(key: Wording.conditions, value: item.conditions.joined(separator: "；")))
    }
    if !item.basis.isEmpty {
      blocks.append(.keyValue(key: Wording.basis, value: item.basis.joined(separator: "；")))
    }
    if let note = item.note { blocks.append(.keyValue(key: Wording.remark, value: note)) }
    blocks += facts.compactMap { key, value in value.map { .keyValue(key: key, value: $0) } }
    return [.section(title: Wording.lawAndConditions, advice: nil)] + blocks
  }

  private func foot() -> [SlipBlock] {
    var lines = [Wording.noticeNumber(number), Wording.codeToType(code), Wording.catalogue(catalogueVersion)]
    if let checkCode { lines.append(Wording.check(checkCode)) }
    lines.append(Wording.printed(Wording.moment(printedAt, zone: zone)))
    lines.append(item.isSensitive ? Wording.privacySensitive : Wording.privacy)
    return [.rule] + lines.map { .paragraph(text: $0, style: .fine) }
  }

  private func stub() -> [SlipBlock] {
    var lines = [Wording.noticeNumber(number)]
    if let ticket { lines.append(Wording.ticket(ticket)) }
    lines.append(Wording.printed(Wording.moment(printedAt, zone: zone)))
    return [
      .cutLine(caption: isStation ? Wording.stubAtStation : Wording.stub), .paragraph(text: item.name, style: .lead),
    ]
      + lines.map { .paragraph(text: $0, style: .body) }
  }
}
