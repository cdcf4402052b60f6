import FoundationEssentials
import Hall
import NIOCore

/// The fields of a request body: one type per route, which names every field, so that an unknown one is refused.
protocol RequestForm: Decodable, Sendable {
  static var fields: Set<String> { get }
  /// The kiosk that the form names, if it can.
  var kiosk: String? { get }
}

extension RequestForm {
  var kiosk: String? { nil }
}

struct TicketForm: RequestForm {
  static let fields: Set<String> = [
    "items", "lane", "priority", "kiosk", "large_type", "language", "card", "by_proxy", "reason", "insist",
    "notice", "case", "batch",
  ]
  var items: [String]?
  var lane: String?
  var priority: Bool?
  var kiosk: String?
  var largeType: Bool?
  var language: SlipLanguage?
  var insist: Bool?
  /// The token of the card that was read at this kiosk.
  var card: String?
  var byProxy: Bool?
  var reason: String?
  /// The codes of slips that were brought: a one-time notice, a case, an agent's trip.
  var notice: String?
  var caseCode: String?
  var batch: String?

  private enum CodingKeys: String, CodingKey {
    case items, lane, priority, kiosk, language, card, reason, insist, notice, batch
    case caseCode = "case"
    case largeType = "large_type"
    case byProxy = "by_proxy"
  }
}

/// The codes of slips that the holder of a ticket showed.
struct LinkForm: RequestForm {
  static let fields: Set<String> = ["notice", "case", "batch"]
  var notice: String?
  var caseCode: String?
  var batch: String?

  private enum CodingKeys: String, CodingKey {
    case notice, batch
    case caseCode = "case"
  }
}

struct NoticeForm: RequestForm {
  static let fields: Set<String> = ["item", "situations", "ticket", "kiosk", "large_type", "have", "missing"]
  var item: String
  var situations: [String]?
  var ticket: String?
  var kiosk: String?
  var largeType: Bool?
  /// Names of the materials that the resident has, and of those that are missing, as the list for these situations has them
  /// under `bring`.
  var have: [String]?
  var missing: [String]?

  private enum CodingKeys: String, CodingKey {
    case item, situations, ticket, kiosk, have, missing
    case largeType = "large_type"
  }
}

struct KioskForm: RequestForm {
  static let fields: Set<String> = ["kiosk"]
  var kiosk: String?
}

struct PauseForm: RequestForm {
  static let fields: Set<String> = ["code", "reason"]
  /// A word of `PauseReason.Code`; without it the reason says everything.
  var code: String?
  var reason: String?

  func pause() throws(Problem) -> PauseReason {
    guard let code else { return PauseReason(.other, reason) }
    guard let code = PauseReason.Code(rawValue: code) else {
      let words = PauseReason.Code.allCases.map(\.rawValue).joined(separator: ", ")
      throw .badRequest("bad_field", "code 应为：\(words)。", "code is one of \(words).")
    }
    return PauseReason(code, reason)
  }
}

struct ReasonForm: RequestForm {
  static let fields: Set<String> = ["reason"]
  var reason: String
}

struct CallForm: RequestForm {
  static let fields: Set<String> = ["ticket", "reason"]
  var ticket: String?
  /// Why a named ticket is called before others that came earlier.
  var reason: String?
}

struct TransferForm: RequestForm {
  static let fields: Set<String> = ["lane", "window", "reason", "items", "insist"]
  var lane: String?
  var window: Int?
  /// A word of `TransferReason.Code`, else 1...60 characters in the clerk's own words.
  var reason: String
  var items: [String]?
  var insist: Bool?
}

struct ItemsForm: RequestForm {
  static let fields: Set<String> = ["items"]
  var items: [String]
}

struct PriorityForm: RequestForm {
  static let fields: Set<String> = ["priority", "reason"]
  var priority: Bool
  /// A word of `PriorityReason`.
  var reason: String?
}

struct OrderForm: RequestForm {
  static let fields: Set<String> = ["before", "after", "printer", "language"]
  var before: String
  var after: String
  /// The kiosk whose printer prints it.
  var printer: String
  var language: SlipLanguage?
}

struct OpenDayForm: RequestForm {
  static let fields: Set<String> = ["confirm", "close_other"]
  var confirm: Bool?
  var closeOther: Bool?

  enum CodingKeys: String, CodingKey {
    case confirm
    case closeOther = "close_other"
  }
}

struct CloseDayForm: RequestForm {
  static let fields: Set<String> = ["force"]
  var force: Bool?
}

struct EmptyForm: RequestForm {
  static let fields: Set<String> = []
}

enum RequestParser {
  /// Reads a body as JSON with no field but the form's own. An empty body counts as `{}`.
  static func read<Form: RequestForm>(_ form: Form.Type, _ bytes: [UInt8]) throws(Problem) -> Form {
    let data = bytes.isEmpty ? Data("{}".utf8) : Data(bytes)
    guard isUTF8(bytes) else {
      throw .badRequest("bad_encoding", "JSON 应为 UTF-8 编码。", "The JSON is sent in UTF-8.")
    }
    guard nestingIsBounded(bytes) else {
      throw .badRequest("bad_json", "JSON 层次太深。", "The JSON is nested too deeply.")
    }
    if let key = DuplicateKey.first(in: bytes) {
      let name = shown(key)
      throw .badRequest(
        "duplicate_field", "字段“\(name)”出现了两次，只能写一次。", "The field “\(name)” occurs twice: send it once.")
    }
    do {
      return try JSONDecoder().decode(Strict<Form>.self, from: data).form
    } catch let problem as Problem {
      throw problem
    } catch DecodingError.dataCorrupted, DecodingError.typeMismatch(is [String: Any].Type, _) {
      throw .badRequest("bad_json", "内容不是 JSON 对象。", "The body is not a JSON object.")
    } catch {
      let fields = Form.fields.sorted().joined(separator: ", ")
      throw .badRequest(
        "bad_field", "字段缺失或类型不对，应为：\(fields)。", "A field is missing or of another type; fields: \(fields).")
    }
  }

  /// False for other encodings that the decoder would accept.
  ///
  /// UTF-16 and UTF-32 without a byte order mark have a zero among the first two bytes or in the third (RFC 4627 §3); with
  /// one they are not valid UTF-8.
  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    let hasZero = bytes.count > 1 && bytes.prefix(4).contains(0)
    return !hasZero && String(validating: bytes, as: UTF8.self) != nil
  }

  /// A client's field name as a message may show it.
  fileprivate static func shown(_ name: String) -> String {
    let plain = name.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(40)
    return String(plain.map(Character.init))
  }

  /// No form nests deeper than two levels. The limit keeps a client from exhausting the decoder's stack.
  private static func nestingIsBounded(_ bytes: [UInt8]) -> Bool {
    var depth = 0
    for byte in bytes {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
      if depth > 64 { return false }
    }
    return true
  }

  /// A form without unknown fields.
  private struct Strict<Form: RequestForm>: Decodable {
    let form: Form

    init(from decoder: any Decoder) throws {
      let names = try decoder.container(keyedBy: Name.self).allKeys.map(\.stringValue)
      if let unknown = names.filter({ !Form.fields.contains($0) }).min() {
        let name = shown(unknown)
        throw Problem.badRequest("unknown_field", "没有“\(name)”这个字段。", "There is no field “\(name)”.")
      }
      form = try Form(from: decoder)
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
