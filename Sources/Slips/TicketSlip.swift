package import Groundwork
package import Hall

/// The content of a ticket slip (排队小票).
///
/// It has no name, no item and no reason for priority: a slip that is left behind tells nothing about its holder.
package struct TicketSlip: Hashable, Sendable {
  package struct Stop: Hashable, Sendable {
    package let lane: LaneLetter
    package let windows: [Int]

    package init(lane: LaneLetter, windows: [Int]) {
      self.lane = lane
      self.windows = windows
    }
  }

  package let slip: SlipID
  package let hallName: String
  package let number: TicketNumber
  package let code: PublicCode
  /// Tickets that will be called before this one, counted when it was issued; at least 0.
  package let ahead: Int
  /// The wait that was told, in minutes; `WaitOutlook.noWait` for a free window, nil when nothing was told.
  package let estimateMinutes: ClosedRange<Int>?
  /// The break between sessions that falls into the wait; nil for none.
  package let rest: DayTerms.Stretch?
  /// The longest wait that the hall promises, in minutes; nil without a promise.
  package let promisedMinutes: Int?
  /// The windows that serve the lane; empty when they are not known.
  package let windows: [Int]
  /// The lanes that the number visits afterwards, with their windows (一号办多事).
  package let stops: [Stop]
  /// What to do after missing the call (过号).
  package let missedRule: String
  package let issuedAt: Timestamp
  package let zone: ZoneOffset
  /// 1 for the first copy; from 2 on the slip says 补打.
  package let copy: Int
  package let largeType: Bool
  package let language: SlipLanguage
  /// 约: what the slip says of the reservation; nil for any other ticket.
  package let reserved: Reserved?
  /// 应急号: given while its kiosk was cut off. How many stand in front is not known then.
  package let isLeased: Bool

  package struct Reserved: Hashable, Sendable {
    /// The slot's start.
    package let from: Timestamp
    /// Its holder came too late: the ticket is like any other.
    package let isLate: Bool

    package init(from: Timestamp, isLate: Bool) {
      self.from = from
      self.isLate = isLate
    }
  }

  package init(
    slip: SlipID, hallName: String, number: TicketNumber, code: PublicCode, ahead: Int,
    estimateMinutes: ClosedRange<Int>? = nil, rest: DayTerms.Stretch? = nil, promisedMinutes: Int? = nil,
    windows: [Int],
    stops: [Stop] = [], missedRule: String = Wording.missed,
    issuedAt: Timestamp, zone: ZoneOffset = .beijing, copy: Int = 1, largeType: Bool = false,
    language: SlipLanguage = .chinese, reserved: Reserved? = nil, isLeased: Bool = false
  ) {
    self.slip = slip
    self.hallName = hallName
    self.number = number
    self.code = code
    self.ahead = ahead
    self.estimateMinutes = estimateMinutes
    self.rest = rest
    self.promisedMinutes = promisedMinutes
    self.windows = windows
    self.stops = stops
    self.missedRule = missedRule
    self.issuedAt = issuedAt
    self.zone = zone
    self.copy = copy
    self.largeType = largeType
    self.language = language
    self.reserved = reserved
    self.isLeased = isLeased
  }

  package func document() -> SlipDocument { language == .english ? english() : chinese() }

  /// For a resident who reads no Chinese, with one line in Chinese for a clerk or neighbour.
  private func english() -> SlipDocument {
    let words = Wording.English.self
    var beside = [SlipLine(words.scanInHall), SlipLine(Wording.moment(issuedAt, zone: zone))]
    if copy >= 2 { beside.append(SlipLine(words.copy(copy), strong: true)) }
    return SlipDocument(
      kind: .ticket, slip: slip, largeType: largeType,
      blocks: [
        .heading(text: hallName),
        .bigNumber(text: number.description),
        .paragraph(
          text: isLeased ? words.leased : words.ahead(ahead, minutes: estimateMinutes), style: .leadCentred),
        .paragraph(text: words.goTo(windows: windows), style: .leadCentred),
      ] + order(words.stops) + [.rule]
        + self.beside(rest: { words.rest(from: $0, to: $1) }, promise: { words.promise(minutes: $0) }) + [
          .paragraph(text: words.whatToDo, style: .body),
          .paragraph(text: words.forStaff(number, windows: windows), style: .body),
          .code(payload: CodePayload.ticket(number: number, code: code), beside: beside, caption: ""),
        ])
  }

  /// Where to go afterwards, with the same number; nothing for a number of one lane.
  private func order(_ words: ([Stop]) -> String) -> [SlipBlock] {
    stops.isEmpty ? [] : [.paragraph(text: words(stops), style: .body)]
  }

  private func reservedWords(_ reserved: Reserved) -> String {
    let time = zone.civil(reserved.from).time
    return language == .english
      ? Wording.English.reserved(time, isLate: reserved.isLate) : Wording.reserved(time, isLate: reserved.isLate)
  }

  /// What stands beside the estimate, each on its own line.
  private func beside(rest words: (CivilTime, CivilTime) -> String, promise: (Int) -> String) -> [SlipBlock] {
    let told = [
      isLeased ? (language == .english ? Wording.English.leasedRule : Wording.leasedRule) : nil,
      reserved.map { reservedWords($0) },
      rest.map { words(zone.civil($0.from).time, zone.civil($0.to).time) }, promisedMinutes.map { promise($0) },
    ]
    return told.compactMap { $0.map { .paragraph(text: $0, style: .body) } }
  }

  private func chinese() -> SlipDocument {
    var beside = [
      SlipLine(Wording.scanInHall), SlipLine(Wording.moment(issuedAt, zone: zone)),
    ]
    if copy >= 2 { beside.append(SlipLine(Wording.copy(copy), strong: true)) }
    return SlipDocument(
      kind: .ticket, slip: slip, largeType: largeType,
      blocks: [
        .heading(text: hallName),
        .bigNumber(text: number.description),
        .paragraph(
          text: isLeased ? Wording.leased : Wording.ahead(ahead, minutes: estimateMinutes), style: .leadCentred),
        .paragraph(text: Wording.goTo(windows: windows), style: .leadCentred),
      ] + order(Wording.stops) + [.rule]
        + self.beside(rest: { Wording.rest(from: $0, to: $1) }, promise: { Wording.promise(minutes: $0) }) + [
          .paragraph(text: missedRule, style: .body),
          .code(payload: CodePayload.ticket(number: number, code: code), beside: beside, caption: ""),
        ])
  }
}
