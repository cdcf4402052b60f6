import Hall

/// A step that gives a paper, which may be printed.
protocol PrintedForm: RequestForm {
  var kiosk: String? { get }
  var largeType: Bool? { get }
}

extension PrintedForm {
  var paper: PaperWish? { kiosk.map { PaperWish(kiosk: $0, largeType: largeType ?? false) } }
}

/// Not accepting it; its paper says why.
struct RefuseForm: PrintedForm {
  static let fields: Set<String> = ["originals_returned", "kiosk", "large_type"]
  var originalsReturned: Bool?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case kiosk
    case originalsReturned = "originals_returned"
    case largeType = "large_type"
  }
}

/// Another copy of a paper; without a number the newest one that is the applicant's.
struct PrintCaseForm: RequestForm {
  static let fields: Set<String> = ["number", "kiosk", "large_type"]
  var number: String?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case number, kiosk
    case largeType = "large_type"
  }
}

struct ToldForm: RequestForm {
  static let fields: Set<String> = ["number"]
  var number: String
}

struct ReassignForm: RequestForm {
  static let fields: Set<String> = ["to", "reason"]
  var to: String
  var reason: String
}

struct CorrectEntryForm: RequestForm {
  static let fields: Set<String> = ["field", "material", "value", "applicant", "reason", "second"]
  var field: String
  var material: String?
  var value: String?
  var applicant: ApplicantForm?
  var reason: String
  var second: String
}

struct ExplainForm: PrintedForm {
  static let fields: Set<String> = ["text", "expected", "tells_remedy", "kiosk", "large_type"]
  var text: String
  var expected: String?
  var tellsRemedy: Bool?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case text, expected, kiosk
    case tellsRemedy = "tells_remedy"
    case largeType = "large_type"
  }
}

/// Lines as a correction notice has them.
struct FurtherForm: PrintedForm {
  static let fields: Set<String> = ["lines", "kiosk", "large_type"]
  var lines: [CorrectionLineForm]
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case lines, kiosk
    case largeType = "large_type"
  }
}

struct DeliveredForm: RequestForm {
  static let fields: Set<String> = ["on"]
  var on: String?
}
