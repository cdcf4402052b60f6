/// Why a material is on a correction notice.
package enum CorrectionReason: String, Hashable, Sendable, CaseIterable {
  case missing
  case tooFew = "too_few"
  case expired
  case mismatch
  case unsigned
  case illegible
  case notOriginal = "not_original"
  case wrongForm = "wrong_form"
  case incomplete
  /// The only reason for which shared data may be asked; it counts against the hall.
  case sharedFailed = "shared_failed"
  case other

  package var chinese: String {
    switch self {
    case .missing: "缺少"
    case .tooFew: "份数不足"
    case .expired: "已过有效期"
    case .mismatch: "与其他材料不一致"
    case .unsigned: "未签字或未盖章"
    case .illegible: "看不清"
    case .notOriginal: "需原件"
    case .wrongForm: "表格版本不对"
    case .incomplete: "填写不全"
    case .sharedFailed: "系统查不到，需您提供"
    case .other: "其他"
    }
  }

  /// Whether the clerk first asks if it can be put right on the spot (行政许可法 第三十二条第一款第三项).
  package var isForTheSpot: Bool { self == .incomplete || self == .unsigned || self == .wrongForm }
}

/// A line of a correction notice (材料补正一次性告知书).
package struct CorrectionLine: Hashable, Sendable {
  /// A material of the case's checklist; nil for a line that the list does not have.
  package let material: String?
  /// At least one.
  package let reasons: [CorrectionReason]
  /// What exactly to bring, and the words of `other`, sealed; nil where the list's own words say it.
  package let text: SealedCaseText?
  /// The article that allows to ask for it; only on a line that the list does not have.
  package let basis: String?
  /// Who agreed to a line that the list does not have.
  package let second: String?

  package init(
    material: String?, reasons: [CorrectionReason], text: SealedCaseText? = nil, basis: String? = nil,
    second: String? = nil
  ) {
    self.material = material
    self.reasons = reasons
    self.text = text
    self.basis = basis
    self.second = second
  }
}

/// The limit to tell what is missing, by law or by promise, as it was at the case's opening.
package struct CaseTelling: Hashable, Sendable {
  package let by: TellBy
  /// The length of the limit, counted from the day of receipt: 1...60 of a counted unit.
  package let count: Int
  package let unit: LimitUnit
  /// The law's article; nil: 本大厅承诺.
  package let basis: String?
  /// 视为受理: the law takes the application as accepted when nothing is told in time. Only with a basis.
  package let isDeemed: Bool
  /// Until when the resident has to come back by law; nil where no law says so, which is nearly always.
  package let returnWithin: ItemCorrection.ReturnWithin?

  package init(
    by: TellBy, count: Int, unit: LimitUnit, basis: String?, isDeemed: Bool,
    returnWithin: ItemCorrection.ReturnWithin? = nil
  ) {
    self.by = by
    self.count = count
    self.unit = unit
    self.basis = basis
    self.isDeemed = isDeemed && basis != nil
    self.returnWithin = returnWithin
  }
}

/// How a notice reached the applicant.
package enum ServingWay: String, Hashable, Sendable, CaseIterable {
  case signed
  /// Handed over all the same, before two of the staff.
  case refusedToSign = "refused_to_sign"
  case agentSigned = "agent_signed"
  case posted
  case electronic
}
