import Groundwork

@testable import Hall

/// One of each event of an agency case, and a state with all of its members.
enum AgencySamples {
  /// One of each, with and without what may be missing.
  static func events(
    _ sealed: SealedCaseText, _ code: PublicCode, _ other: PublicCode, _ day: CivilDate, _ words: String
  )
    -> [AgencyEvent]
  {
    let number = CaseNumber(kind: .agency, division: "500151105", date: day, ordinal: 1)
    func entrusted(_ code: PublicCode, _ number: CaseNumber, isFull: Bool) -> AgencyEvent {
      .agencyEntrusted(
        AgencyEntrusted(
          code: code, number: number, item: "SB-001", catalogueVersion: "c0ffee", answers: isFull ? ["self"] : [],
          principal: sealed, holder: isFull ? HolderPseudonym(digest: Array(0..<32)) : nil, agent: "DB001", on: day,
          until: day.adding(days: 90),
          originals: isFull
            ? [
              AgencyOriginal(name: "身份证", count: 1, mark: "1234"), AgencyOriginal(name: words, count: 2),
              AgencyOriginal(name: "旧社保卡", count: 1),
            ] : [],
          copies: isFull ? [AgencyCopies(name: "照片", count: 2)] : [], isFromStation: isFull))
    }
    return [
      entrusted(code, number, isFull: true),
      entrusted(
        other, CaseNumber(kind: .agency, division: "500151105213", date: day, ordinal: 7), isFull: false),
      .agencyTaken(AgencyTaken(code: other, on: day, missing: ["户口簿", words])),
      .agencyTaken(AgencyTaken(code: code, on: day, missing: [])),
      .agencyCarried(
        AgencyCarried(
          code: code, batch: PublicCode(entropy: 99),
          number: CaseNumber(kind: .batch, division: "500151105", date: day, ordinal: 1), on: day)),
      .agencyHandedIn(
        AgencyHandedIn(
          code: code, on: day, townCase: nil, townNumber: nil, originals: [1], kept: [], proof: .signature)),
      .agencyHandedIn(
        AgencyHandedIn(
          code: code, on: day, townCase: PublicCode(entropy: 98), townNumber: "SJ-500151105-20261123-0001",
          originals: [0, 2], kept: [2], proof: .badge("AJ001"))),
      .agencyFetched(
        AgencyFetched(code: code, on: day, originals: [0], isFinished: false, proof: .badge("AJ004"))),
      .agencyReturned(AgencyReturned(code: code, on: day, originals: [0])),
      .agencyReassigned(
        AgencyReassigned(code: code, on: day, from: "DB001", to: "DB002", reason: sealed, isAgreed: true)),
      .agencyRenewed(AgencyRenewed(code: code, on: day, until: day.adding(days: 200), reason: sealed)),
      .agencyFetched(AgencyFetched(code: code, on: day, originals: [1], isFinished: true, proof: .signature)),
      .agencyDelivered(
        AgencyDelivered(code: code, on: day, fee: AgencyFee(fen: 2_000, receipt: words))),
      .agencyFiled(AgencyFiled(code: code, on: day, sheets: 6)),
      .agencyAsked(AgencyAsked(code: code, on: day, answer: .notReached, way: .phone)),
      .agencyAsked(AgencyAsked(code: code, on: day, answer: .verySatisfied, way: .visit)),
      .agencyEnded(AgencyEnded(code: other, on: day, by: .principal, reason: sealed, returned: [])),
      .agencyReported(AgencyReported(month: day.firstOfMonth, counts: counts)),
    ]
  }

  static let counts: AgencyCounts = {
    var counts = AgencyCounts()
    (counts.entrusted, counts.taken, counts.declined, counts.handedIn, counts.delivered) = (9, 8, 1, 7, 6)
    (counts.filed, counts.ended, counts.asked, counts.satisfied, counts.late) = (5, 2, 4, 3, 1)
    return counts
  }()

  static let code = Samples.code
  static let other = PublicCode(entropy: 97)

  static let all: [AgencyEvent] = CaseSamples.sealed.flatMap { sealed -> [AgencyEvent] in
    events(sealed, code, other, Samples.day, Samples.awkward) + [
      .agencyDeclined(
        AgencyDeclined(code: other, on: Samples.day, ground: .inPerson, reason: sealed)),
      .agencyDelivered(AgencyDelivered(code: code, on: Samples.day, fee: nil)),
      .agencyEnded(AgencyEnded(code: code, on: Samples.day, by: .impossible, reason: sealed, returned: [0, 10])),
    ]
  }

  static let samples: [Event] =
    all.map { .agency($0) }
    + [SlipSubject.agency(code), .agencyEnd(code), .agencyRenewal(code), .agencyBatch(code)].map { subject in
      .print(.slipRequested(SlipRequested(slip: Samples.slip, subject: subject, kiosk: "kiosk-1", attempt: 1)))
    }

  static let state: AgencyState = {
    var state = AgencyState()
    for event in all { state.evolve(event) }
    let batch = PublicCode(entropy: 99)
    state.batches[batch]?.slip = Samples.slip
    state.known[code]?.townCase = other
    state.known[code]?.slip = Samples.slip
    state.known[code]?.endSlip = Samples.slip
    state.known[code]?.renewalSlip = Samples.slip
    return state
  }()
}
