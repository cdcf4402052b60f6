import Hall

struct EntrustForm: RequestForm {
  static let fields: Set<String> = [
    "item", "situations", "principal", "originals", "copies", "until", "paper", "kiosk", "large_type",
  ]
  var item: String
  var situations: [String]?
  var principal: ApplicantForm
  var originals: [OriginalForm]?
  var copies: [AgencyCopiesForm]?
  var until: String?
  var paper: StationPaperForm?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case item, situations, principal, originals, copies, until, paper, kiosk
    case largeType = "large_type"
  }
}

struct OriginalForm: Decodable, Sendable {
  var name: String
  var count: Int?
  var mark: String?
}

struct AgencyCopiesForm: Decodable, Sendable {
  var name: String
  var count: Int
}

/// Number and code of the paper that a station without network has printed.
struct StationPaperForm: Decodable, Sendable {
  var number: String
  var code: String
}

struct TakeAgencyForm: RequestForm {
  static let fields: Set<String> = ["missing"]
  var missing: [String]?
}

struct DeclineForm: RequestForm {
  static let fields: Set<String> = ["ground", "reason", "originals_returned"]
  var ground: String
  var reason: String
  var originalsReturned: Bool?

  private enum CodingKeys: String, CodingKey {
    case ground, reason
    case originalsReturned = "originals_returned"
  }
}

struct HandInForm: RequestForm {
  static let fields: Set<String> = ["originals", "kept", "town_case", "town_number", "badge", "signed"]
  var originals: [Int]?
  var kept: [Int]?
  var townCase: String?
  var townNumber: String?
  var badge: String?
  var signed: Bool?

  private enum CodingKeys: String, CodingKey {
    case originals, kept, badge, signed
    case townCase = "town_case"
    case townNumber = "town_number"
  }
}

struct FetchForm: RequestForm {
  static let fields: Set<String> = ["originals", "finished", "badge", "signed"]
  var originals: [Int]?
  var finished: Bool?
  var badge: String?
  var signed: Bool?
}

struct GiveBackForm: RequestForm {
  static let fields: Set<String> = ["originals", "signed"]
  var originals: [Int]
  var signed: Bool?
}

struct DeliverForm: RequestForm {
  static let fields: Set<String> = ["signed", "fee"]
  var signed: Bool?
  var fee: FeeForm?
}

/// A fee of law that the agent carried.
struct FeeForm: Decodable, Sendable {
  var fen: Int
  var receipt: String
}

struct FileForm: RequestForm {
  static let fields: Set<String> = ["sheets"]
  var sheets: Int
}

struct AskForm: RequestForm {
  static let fields: Set<String> = ["answer", "by"]
  var answer: String
  var by: String
}

struct EndAgencyForm: RequestForm {
  static let fields: Set<String> = ["by", "reason", "originals_returned", "kiosk", "large_type"]
  var by: String
  var reason: String
  var originalsReturned: Bool?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case by, reason, kiosk
    case originalsReturned = "originals_returned"
    case largeType = "large_type"
  }
}

struct RenewForm: RequestForm {
  static let fields: Set<String> = ["until", "reason", "signed", "kiosk", "large_type"]
  var until: String
  var reason: String
  var signed: Bool?
  var kiosk: String?
  var largeType: Bool?

  private enum CodingKeys: String, CodingKey {
    case until, reason, signed, kiosk
    case largeType = "large_type"
  }
}

struct ReassignAgencyForm: RequestForm {
  static let fields: Set<String> = ["to", "reason", "agreed"]
  var to: String
  var reason: String
  var agreed: Bool?
}

struct BatchForm: RequestForm {
  static let fields: Set<String> = ["agency", "kiosk"]
  var agency: [String]
  var kiosk: String?
}
