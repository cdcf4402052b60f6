import Accounts
import Groundwork
import Hall
import Hummingbird
import Ports
import Registrar
import SecurityRecords
package import Slips
package import Views

/// The meaning of a code that a scanner typed into a page. The page has no rules of its own and shows nothing of a
/// foreign code.
///
/// Nothing here makes an event or is stored. The text is in no log, no answer and no error.
struct CodeRoutes {
  let endpoint: CommandEndpoint

  /// For the hall listener.
  func add(to router: Router<HallContext>, admission: Admission) {
    router.post("v1/codes") { request, context in
      let text = try await text(request, context)
      // Without a session only a badge is recognised, and the answer does not tell which badges exist.
      guard let session = try? context.requireStaff() else { return Response.json(Self.unsigned(text)) }
      if let badge = badge(text, admission) { return Response.json(badge) }
      return await look(text, at: session.role == .agent ? nil : session.window, offers: session.role != .agent)
    }
  }

  /// For the kiosk listener. A badge is only recognised here. To use it, an agent scans it with the kiosk's own scanner.
  func add(toKiosk router: Router<HallContext>) {
    router.post("v1/codes") { request, context in
      let text = try await text(request, context)
      if let word = ScannedWords(text).only,
        BadgeCode(word) != nil || endpoint.parts.admission.member(reading: word) != nil
      {
        var json = JSONText()
        json.object { json in json.field("is", "badge") }
        return Response.json(json.bytes)
      }
      return await look(text, at: nil, offers: false)
    }
  }

  /// A badge of the staff, by its code or its number.
  private func badge(_ text: String, _ admission: Admission) -> [UInt8]? {
    guard let word = ScannedWords(text).only else { return nil }
    guard let code = BadgeCode(word) else { return admission.member(reading: word).map { Self.badge($0.badge) } }
    switch admission.verdict(on: code) {
    case .valid(let member): return Self.badge(member.badge)
    case .unknown: return nil
    case .revoked(let badge):
      endpoint.parts.security.note(.badgeRevoked, [.badge: badge])
      var json = JSONText()
      json.object { json in json.field("is", "badge_revoked") }
      return json.bytes
    }
  }

  private func look(_ text: String, at window: Int?, offers: Bool) async -> Response {
    await endpoint.lookShown { state, rules in
      var json = JSONText()
      json.object { json in
        CodeView(CodeMeaning(text, state, rules), state, rules).write(at: window, offers: offers, into: &json)
      }
      return json.bytes
    }
  }

  private func text(_ request: Request, _ context: HallContext) async throws -> String {
    let form = try RequestParser.read(CodeForm.self, try await endpoint.body(request, context))
    guard (1...CodeForm.mostBytes).contains(form.text.utf8.count) else {
      throw Problem.badRequest("bad_field", "扫到的内容为空或太长。", "The code is empty or too long.")
    }
    return form.text
  }

  /// Before sign-in, any word of the form of a badge or its code counts as one.
  private static func unsigned(_ text: String) -> [UInt8] {
    if let code = ScannedWords(text).only.flatMap(BadgeCode.init) { return badge(code.badge) }
    guard let word = ScannedWords(text).only, word.utf8.count <= StaffMember.longestBadge, PublicCode(word) == nil,
      word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    else {
      var json = JSONText()
      json.object { json in CodeView.write(ForeignCode(text), into: &json) }
      return json.bytes
    }
    return badge(word)
  }

  private static func badge(_ badge: String) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.field("is", "badge")
      json.field("badge", badge)
    }
    return json.bytes
  }
}

/// The text that a scanner typed.
struct CodeForm: RequestForm {
  static let fields: Set<String> = ["text"]
  /// Bytes; the largest QR symbol holds 2,953.
  static let mostBytes = 4096
  var text: String
}

/// The meaning of a code for a console, and the verb that it offers there.
package struct CodeView {
  let meaning: CodeMeaning
  let state: HallState
  let rules: HallRules

  init(_ meaning: CodeMeaning, _ state: HallState, _ rules: HallRules) {
    (self.meaning, self.state, self.rules) = (meaning, state, rules)
  }

  /// - Parameters:
  ///   - window: the clerk's window; nil for none.
  ///   - offers: whether the client may use verbs.
  func write(at window: Int?, offers: Bool, into json: inout JSONText) {
    switch meaning {
    case .ticket(let code):
      json.field("is", "ticket")
      json.field("id", code.description)
      json.field("offers", offers ? offer(code, at: window) : nil)
      HallViews(state, rules).ticket(code, key: "ticket", into: &json)
    case .reservation(let code):
      json.field("is", "reservation")
      json.field("id", code.description)
      HallViews(state, rules).reservation(code, key: "reservation", into: &json)
    case .ofCase(let code):
      json.field("is", "case")
      json.field("id", code.description)
    case .ofAgency(let code, let item, _):
      json.field("is", "agency")
      json.field("id", code.description)
      json.field("item", item)
      json.field("item_name", rules.catalogue.item(item)?.name)
    case .trip(let code):
      json.field("is", "trip")
      json.field("id", code.description)
    case .notice(let code, let item, let situations):
      json.field("is", "notice")
      json.field("id", code.description)
      json.field("item", item)
      json.field("item_name", rules.catalogue.item(item)?.name)
      json.strings("situations", situations)
    case .item(let item):
      json.field("is", "item")
      json.field("item", item)
      json.field("item_name", rules.catalogue.item(item)?.name)
    case .oldSlip: json.field("is", "old_slip")
    case .foreign(let code): Self.write(code, into: &json)
    }
  }

  package static func write(_ code: ForeignCode, into json: inout JSONText) {
    json.field("is", "unknown")
    json.field("kind", code.kind.rawValue)
    json.field("length", code.length)
  }

  /// The verb that a scanned ticket allows now at this window, as in the path; nil for none. A scan alone does nothing:
  /// the clerk presses the verb.
  private func offer(_ code: PublicCode, at number: Int?) -> String? {
    guard let ticket = state.tickets[code] else { return nil }
    if ticket.state == .missed { return "check-in" }
    guard let number, let window = state.windows[number], window.duty == .open else { return nil }
    switch ticket.state {
    case .waiting: return window.isFree ? "calls" : nil
    case .suspended: return window.isFree ? "resume" : nil
    case .called: return window.ticket == code ? "recall" : nil
    case .missed, .serving, .finished, .abandoned, .closed: return nil
    }
  }
}
