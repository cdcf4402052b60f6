import Hall

struct OpenCaseForm: RequestForm {
  static let fields: Set<String> = [
    "item", "situations", "ticket", "applicant", "by", "papers", "received_on", "kiosk", "large_type",
    "agency",
  ]
  var item: String
  var situations: [String]?
  var ticket: String?
  /// Left out only where an agency case names the principal.
  var applicant: ApplicantForm?
  var by: String?
  var papers: [PaperForm]?
  var receivedOn: String?
  var kiosk: String?
  var largeType: Bool?
  var agency: String?

  private enum CodingKeys: String, CodingKey {
    case item, situations, ticket, applicant, by, papers, kiosk, agency
    case receivedOn = "received_on"
    case largeType = "large_type"
  }
}

struct OnSpotForm: RequestForm {
  static let fields: Set<String> = ["material", "what"]
  var material: String
  var what: String
}

struct CorrectionForm: RequestForm {
  static let fields: Set<String> = ["lines", "electronic", "second_reason", "kiosk", "large_type"]
  var lines: [CorrectionLineForm]
  var electronic: Bool?
  var secondReason: String?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case lines, electronic, kiosk
    case secondReason = "second_reason"
    case largeType = "large_type"
  }
}

struct ServedForm: RequestForm {
  static let fields: Set<String> = ["how", "witnesses", "by_hand"]
  var how: String
  var witnesses: [String]?
  var byHand: Bool?

  private enum CodingKeys: String, CodingKey {
    case how, witnesses
    case byHand = "by_hand"
  }
}

struct PapersForm: PrintedForm {
  static let fields: Set<String> = ["papers", "complete", "kiosk", "large_type"]
  var papers: [PaperForm]
  var complete: Bool
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case papers, complete, kiosk
    case largeType = "large_type"
  }
}

struct AcceptForm: PrintedForm {
  static let fields: Set<String> = ["immediate", "owed_by", "kiosk", "large_type"]
  var immediate: Bool?
  var owedBy: String?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case immediate, kiosk
    case owedBy = "owed_by"
    case largeType = "large_type"
  }
}

struct ProposeForm: RequestForm {
  static let fields: Set<String> = ["ground", "article", "text", "told"]
  var ground: String
  var article: String
  var text: String
  var told: String?
}

struct EndForm: RequestForm {
  static let fields: Set<String> = ["originals_returned"]
  var originalsReturned: Bool?

  private enum CodingKeys: String, CodingKey {
    case originalsReturned = "originals_returned"
  }
}

struct RedirectForm: RequestForm {
  static let fields: Set<String> = ["organ", "address", "phone", "originals_returned"]
  var organ: String
  var address: String
  var phone: String
  var originalsReturned: Bool?

  private enum CodingKeys: String, CodingKey {
    case organ, address, phone
    case originalsReturned = "originals_returned"
  }
}

/// 交接清单: what goes to a department together.
struct HandoverForm: RequestForm {
  static let fields: Set<String> = ["department", "kiosk"]
  var department: String
  var kiosk: String?
}

struct ForwardForm: PrintedForm {
  static let fields: Set<String> = ["department", "materials", "kept", "kiosk", "large_type"]
  var department: String
  var materials: [String]?
  var kept: [OriginalsForm]?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case department, materials, kept, kiosk
    case largeType = "large_type"
  }
}

struct ConfirmForm: RequestForm {
  static let fields: Set<String> = ["differs"]
  var differs: [String]?
}

struct PauseClockForm: PrintedForm {
  static let fields: Set<String> = ["stage", "from", "expected_days", "told", "reason", "kiosk", "large_type"]
  var stage: String
  var from: String?
  var expectedDays: Int
  var told: Bool?
  var reason: String?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case stage, from, told, reason, kiosk
    case expectedDays = "expected_days"
    case largeType = "large_type"
  }
}

struct ResumeForm: RequestForm {
  static let fields: Set<String> = ["to"]
  var to: String?
}

struct ExtendForm: PrintedForm {
  static let fields: Set<String> = ["count", "unit", "head", "reason", "article", "told", "kiosk", "large_type"]
  var count: Int
  var unit: String
  var head: String
  var reason: String
  var article: String
  var told: Bool?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case count, unit, head, reason, article, told, kiosk
    case largeType = "large_type"
  }
}

struct DecideForm: RequestForm {
  static let fields: Set<String> = ["outcome", "results"]
  var outcome: String
  var results: [ResultForm]?
}

struct ReadyForm: RequestForm {
  static let fields: Set<String> = ["place"]
  var place: String
}

struct CollectForm: PrintedForm {
  static let fields: Set<String> = ["by", "shown", "signed", "originals_returned", "kiosk", "large_type"]
  var by: String
  var shown: String
  var signed: Bool?
  var originalsReturned: Bool?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case by, shown, signed, kiosk
    case originalsReturned = "originals_returned"
    case largeType = "large_type"
  }
}

struct SendForm: RequestForm {
  static let fields: Set<String> = ["how", "reference", "originals_returned"]
  var how: String
  var reference: String?
  var originalsReturned: Bool?

  private enum CodingKeys: String, CodingKey {
    case how, reference
    case originalsReturned = "originals_returned"
  }
}

/// The applicant, and the name of the person who came.
struct ApplicantForm: Decodable, Sendable {
  var name: String
  var number: String?
  var phone: String?
  var bearer: String?
}

/// What was handed in of one material.
struct PaperForm: Decodable, Sendable {
  var material: String
  var originals: Int?
  var copies: Int?
  var seen: Bool?
  var electronic: Bool?

  var paper: CasePaper {
    CasePaper(
      material: material, originals: originals ?? 0, copies: copies ?? 0, isSeen: seen ?? false,
      isElectronic: electronic ?? false)
  }
}

/// A line of a correction notice: a material of the list, or `name`, `ask`, `basis` and a second badge.
struct CorrectionLineForm: Decodable, Sendable {
  var material: String?
  var reasons: [String]
  var name: String?
  var ask: String?
  var words: String?
  var basis: String?
  var second: String?
}

/// Originals of one material.
struct OriginalsForm: Decodable, Sendable {
  var material: String
  var count: Int
}

/// A document that the applicant gets.
struct ResultForm: Decodable, Sendable {
  var name: String
  var copies: Int?
  var electronic: Bool?
}
