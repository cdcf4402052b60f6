import Groundwork

/// The subject of a slip. Everything that depends on its kind is here and in `SlipKind`.
package enum SlipSubject: Hashable, Sendable {
  case ticket(PublicCode)
  case notice(PublicCode)
  /// 日结单, by `ClosingHead.code`.
  case closing(PublicCode)
  /// 预约单.
  case reservation(PublicCode)
  /// 收件凭证, and 材料补正一次性告知书, of a case.
  case receipt(PublicCode)
  case correction(PublicCode)
  /// Any other paper of a case, by its number.
  case casePaper(PublicCode, CaseNumber)
  /// 代办委托单, 代办终止单 and 代办续办单 of an agency case, and 代办批次单 of a trip.
  case agency(PublicCode)
  case agencyEnd(PublicCode)
  case agencyRenewal(PublicCode)
  case agencyBatch(PublicCode)
  /// 交接清单, by its own code.
  case handoverList(PublicCode)

  package var kind: SlipKind {
    switch self {
    case .ticket: .ticket
    case .notice: .notice
    case .closing: .closing
    case .reservation: .reservation
    case .receipt: .receipt
    case .correction: .correction
    case .casePaper: .casePaper
    case .agency: .agency
    case .agencyEnd: .agencyEnd
    case .agencyRenewal: .agencyRenewal
    case .agencyBatch: .agencyBatch
    case .handoverList: .handoverList
    }
  }

  /// The outcome of a command about it.
  var outcome: Outcome {
    switch self {
    case .ticket(let code): .ticket(code)
    case .notice(let code): .notice(code)
    case .closing: .done
    case .reservation(let code): .reservation(code)
    case .receipt(let code), .correction(let code), .casePaper(let code, _): .openedCase(code)
    case .agency(let code), .agencyEnd(let code), .agencyRenewal(let code): .agency(code)
    case .agencyBatch(let code): .agencyBatch(code)
    case .handoverList(let code): .handoverList(code)
    }
  }
}

/// The kind of a slip (小票).
package enum SlipKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// 排队小票.
  case ticket
  /// 一次性告知单 (Form A).
  case notice
  /// 日结单.
  case closing
  /// 预约单.
  case reservation
  /// 收件凭证.
  case receipt
  /// 材料补正一次性告知书 (Form B).
  case correction
  /// 受理通知, 不予受理告知, 物料流转单 and the other papers of a case.
  case casePaper = "case_paper"
  /// 代办委托单.
  case agency
  /// 代办终止单.
  case agencyEnd = "agency_end"
  /// 代办续办单.
  case agencyRenewal = "agency_renewal"
  /// 代办批次单.
  case agencyBatch = "agency_batch"
  /// 交接清单.
  case handoverList = "handover_list"

  /// Milliseconds after which a slip that was not started is not printed any more, because its resident has left.
  ///
  /// Closing slips and papers of cases get more time: staff can put in paper, and a resident waits for what a case needs.
  package var expiryMilliseconds: Int64 {
    switch self {
    case .ticket: 15_000
    case .notice, .reservation: 60_000
    case .closing, .receipt, .correction, .casePaper, .agency, .agencyEnd, .agencyRenewal, .agencyBatch,
      .handoverList:
      600_000
    }
  }

  /// Whether slips of this kind are printed at a kiosk: an office printer prints notices, and tickets only if
  /// configured.
  package func isPrinted(at kiosk: KioskRule) -> Bool {
    switch self {
    case .ticket, .reservation: kiosk.printsTickets
    case .notice, .closing, .receipt, .correction, .casePaper, .agency, .agencyEnd, .agencyRenewal, .agencyBatch,
      .handoverList:
      kiosk.prints
    }
  }
}

extension HallState {
  /// The subject with this code; nil when it is unknown, or was dropped.
  func slipSubject(_ code: PublicCode) -> SlipSubject? {
    if queue.tickets[code] != nil { return .ticket(code) }
    if days.closed?.kept?.code == code { return .closing(code) }
    if reservations[code] != nil { return .reservation(code) }
    if let one = cases[code] { return one.stage == .correcting ? .correction(code) : .receipt(code) }
    if let one = agency[code] { return one.end == nil ? .agency(code) : .agencyEnd(code) }
    if agency.batches[code] != nil { return .agencyBatch(code) }
    if cases.lists[code] != nil { return .handoverList(code) }
    return notices[code] != nil ? .notice(code) : nil
  }

  /// The slip of a subject; nil while none was requested.
  func slip(of subject: SlipSubject) -> SlipInHand? {
    let id =
      switch subject {
      case .ticket(let code): queue.tickets[code]?.slip
      case .notice(let code): notices[code]?.slip
      case .closing: days.closed?.kept?.slip
      case .reservation(let code): reservations[code]?.slip
      case .receipt(let code): cases[code]?.receiptSlip
      case .correction(let code): cases[code]?.correctionSlip
      case .casePaper(let code, let number): cases[code]?.slip(of: number)
      case .agency(let code): agency[code]?.slip
      case .agencyEnd(let code): agency[code]?.endSlip
      case .agencyRenewal(let code): agency[code]?.renewalSlip
      case .agencyBatch(let code): agency.batches[code]?.slip
      case .handoverList(let code): cases.lists[code]?.slip
      }
    return id.flatMap { print.slips[$0] }
  }

  /// The kiosk at which a subject was made; nil for one made at a window.
  func kiosk(of subject: SlipSubject) -> String? {
    switch subject {
    case .ticket(let code): queue.tickets[code]?.kiosk
    case .notice(let code): notices[code]?.kiosk
    case .closing: nil
    case .reservation(let code): reservations[code]?.kiosk
    case .receipt, .correction, .casePaper, .agency, .agencyEnd, .agencyRenewal, .agencyBatch, .handoverList: nil
    }
  }

  mutating func attach(_ slip: SlipID, to subject: SlipSubject) {
    switch subject {
    case .ticket(let code): queue.tickets[code]?.slip = slip
    case .notice(let code): notices.recent[code]?.slip = slip
    case .closing(let code): if days.closed?.kept?.code == code { days.closed?.kept?.slip = slip }
    case .reservation(let code): reservations.known[code]?.slip = slip
    case .receipt(let code): cases.known[code]?.receiptSlip = slip
    case .correction(let code): cases.known[code]?.correctionSlip = slip
    case .casePaper(let code, let number): cases.known[code]?.attach(slip, to: number)
    case .agency(let code): agency.known[code]?.slip = slip
    case .agencyEnd(let code): agency.known[code]?.endSlip = slip
    case .agencyRenewal(let code): agency.known[code]?.renewalSlip = slip
    case .agencyBatch(let code): agency.batches[code]?.slip = slip
    case .handoverList(let code): cases.lists[code]?.slip = slip
    }
  }

  /// The request for a subject's first slip; nil where its kind is not printed.
  func firstSlip(
    _ subject: SlipSubject, at kiosk: KioskRule?, _ entropy: UInt64, largeType: Bool, language: SlipLanguage = .chinese
  ) -> SlipRequested? {
    guard let kiosk, subject.kind.isPrinted(at: kiosk) else { return nil }
    return SlipRequested(
      slip: freshSlipID(entropy), subject: subject, kiosk: kiosk.id, attempt: 1, largeType: largeType,
      language: language)
  }

  /// A slip's id: sixteen hexadecimal digits from other random bits than the code's, so that neither reveals the other.
  private func freshSlipID(_ entropy: UInt64) -> SlipID {
    var mixer = SeededRandom(seed: entropy)
    var id = SlipID("")
    repeat {
      id = SlipID(mixer.next().hexadecimal)
    } while print.slips[id] != nil
    return id
  }
}
