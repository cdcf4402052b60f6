package import Groundwork
package import Hall

/// The content of a reservation slip (预约单): when to come, for what, with what, and the code that makes a number.
///
/// It has neither name nor phone. What to bring is listed without answers to questions: conditions stand beside it.
package struct ReservationSlip: Hashable, Sendable {
  package let slip: SlipID
  package let hallName: String
  package let address: String
  package let consultPhone: String
  package let code: PublicCode
  package let from: Timestamp
  package let to: Timestamp
  package let laneName: String
  package let items: [Item]
  package let madeAt: Timestamp
  package let zone: ZoneOffset
  /// 1 for the first copy.
  package let copy: Int
  package let largeType: Bool
  package let language: SlipLanguage

  package init(
    slip: SlipID, hallName: String, address: String, consultPhone: String, code: PublicCode, from: Timestamp,
    to: Timestamp, laneName: String, items: [Item], madeAt: Timestamp, zone: ZoneOffset = .beijing, copy: Int = 1,
    largeType: Bool = false, language: SlipLanguage = .chinese
  ) {
    self.slip = slip
    self.hallName = hallName
    self.address = address
    self.consultPhone = consultPhone
    self.code = code
    self.from = from
    self.to = to
    self.laneName = laneName
    self.items = items
    self.madeAt = madeAt
    self.zone = zone
    self.copy = copy
    self.largeType = largeType
    self.language = language
  }

  package func document() -> SlipDocument {
    SlipDocument(kind: .reservation, slip: slip, largeType: largeType, blocks: head() + list() + foot())
  }

  private var isEnglish: Bool { language == .english }
  private func time(_ moment: Timestamp) -> CivilTime { zone.civil(moment).time }

  private func head() -> [SlipBlock] {
    let date = zone.civil(from).date
    let start = time(Timestamp(milliseconds: from.milliseconds - ReservationRule.early))
    let end = time(Timestamp(milliseconds: from.milliseconds + ReservationRule.late))
    let words = Wording.English.self
    let lines: [SlipBlock] =
      isEnglish
      ? [
        .title(text: words.reservationTitle), .paragraph(text: Wording.reservationTitle, style: .bodyCentred),
        .paragraph(text: words.day(date), style: .leadCentred),
        .bigNumber(text: time(from).description),
        .paragraph(text: words.slot(to: time(to), lane: laneName), style: .leadCentred), .rule,
        .paragraph(text: words.comeAt(from: start, until: end), style: .lead),
        .paragraph(text: words.comeLater(end), style: .body),
      ]
      : [
        .title(text: Wording.reservationTitle), .paragraph(text: Wording.day(date), style: .leadCentred),
        .bigNumber(text: time(from).description),
        .paragraph(text: Wording.slot(to: time(to), lane: laneName), style: .leadCentred), .rule,
        .paragraph(text: Wording.comeAt(from: start, until: end), style: .lead),
        .paragraph(text: Wording.comeLater(end), style: .body),
      ]
    let again = isEnglish ? Wording.English.copy(copy) : Wording.copy(copy)
    return [.heading(text: hallName)] + lines.prefix(1)
      + (copy >= 2 ? [.paragraph(text: again, style: .leadCentred)] : []) + lines.dropFirst()
  }

  private func list() -> [SlipBlock] {
    guard !items.isEmpty else { return [] }
    var running = 0
    var blocks: [SlipBlock] = [
      .section(title: isEnglish ? Wording.English.items : Wording.reservationItems, advice: nil)
    ]
    for item in items {
      let toBring = item.checklist([]).toBring
      blocks.append(.paragraph(text: item.name, style: .lead))
      if toBring.isEmpty { blocks.append(.paragraph(text: Wording.noMaterials, style: .body)) }
      for entry in toBring {
        running += 1
        blocks.append(NoticeEntry(entry, item, inStation: false).block(number: running))
      }
    }
    return blocks
  }

  private func foot() -> [SlipBlock] {
    let moment = Wording.moment(from, zone: zone)
    let beside = [
      SlipLine(isEnglish ? Wording.English.scanInHall : Wording.scanInHall),
      SlipLine(Wording.moment(madeAt, zone: zone)),
    ]
    let cancel = isEnglish ? Wording.English.cannotCome(consultPhone) : Wording.cannotCome(consultPhone)
    return [
      .rule, .paragraph(text: cancel, style: .body),
      .code(payload: CodePayload.reservation(moment, code: code), beside: beside, caption: ""),
      .paragraph(text: Wording.reservationCode(code), style: .fine),
      .paragraph(text: address.isEmpty ? hallName : "\(hallName)　\(address)", style: .fine),
      .paragraph(text: Wording.reservationPrivacy, style: .fine),
    ]
  }
}
