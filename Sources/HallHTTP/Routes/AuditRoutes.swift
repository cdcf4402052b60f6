import Accounts
import Dispatch
import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import Ports
import SecurityRecords
import Views

/// The security log and the history of settings, read-only.
struct AuditRoutes {
  /// Lines of an answer.
  static let limits = 1...500
  let endpoint: CommandEndpoint
  /// Files are read on a thread of its own, one request after the other.
  private let reading = DispatchQueue(label: "yichuang.audit")

  init(endpoint: CommandEndpoint) { self.endpoint = endpoint }

  func add(to router: Router<HallContext>) {
    router.get("v1/audit") { request, context in try await audit(request, context) }
    router.get("v1/settings/history") { _, context in
      _ = try context.require(.readSettings)
      return try await history()
    }
    router.get("v1/settings/history/:number") { _, context in
      _ = try context.require(.readSettings)
      return try await change(context.parameters.get("number").flatMap { Int($0) } ?? 0)
    }
  }

  private func audit(_ request: Request, _ context: HallContext) async throws -> Response {
    let own = try context.require(.readAudit)
    guard let folder = endpoint.parts.security.folder else { throw Problem.notFound }
    let query = request.uri.queryParameters
    func text(_ name: Substring) -> String? { query.get(String(name)).flatMap { $0.isEmpty ? nil : String($0) } }
    let (since, until) = (try date(text("since"), "since"), try date(text("until"), "until"))
    let limit = text("limit").map { Int($0) ?? 0 } ?? 100
    guard Self.limits.contains(limit) else {
      throw Problem.badRequest("bad_field", "limit 应为 1 到 500。", "`limit` is 1 to 500.")
    }
    var cursor: SecurityFolder.Cursor?
    if let before = text("before") {
      cursor = SecurityFolder.Cursor(before)
      guard cursor != nil else {
        throw Problem.badRequest("bad_field", "before 应照抄上一页的 next。", "`before` is `next` of the page before.")
      }
    }
    let (event, badge) = (text("event"), text("badge"))
    // Reading the log is itself logged, once and not for each further page.
    if cursor == nil {
      endpoint.parts.security.note(
        .auditRead, [.badge: own.badge, .source: context.source, .request: request.uri.query.map { String($0) }])
    }
    let page = await read { [cursor] in
      folder.page(before: cursor, since: since, until: until, limit: limit) { line in
        (event == nil || line.event == event)
          && (badge == nil || line.values["badge"] == badge || line.values["by"] == badge)
      }
    }
    let english = request.headers[.acceptLanguage]?.lowercased().hasPrefix("en") ?? false
    var json = JSONText()
    json.object { json in
      json.array("lines", page.lines) { json, line in
        json.object { json in
          json.field("at", line.at)
          json.field("event", line.event)
          json.field("words", line.words(inChinese: !english, withTime: false))
        }
      }
      json.field("next", page.next?.description)
      json.array("events", SecurityRecord.Event.allCases) { json, event in
        json.object { json in
          json.field("code", event.rawValue)
          json.field("words", english ? event.english : event.chinese)
        }
      }
    }
    return Response.json(json.bytes)
  }

  private func date(_ text: String?, _ name: String) throws(Problem) -> CivilDate? {
    guard let text else { return nil }
    guard let date = CivilDate(text) else {
      throw .badRequest("bad_field", "\(name) 写成 2026-11-01。", "`\(name)` is a date such as 2026-11-01.")
    }
    return date
  }

  private func history() async throws -> Response {
    guard let history = endpoint.parts.settingsHistory else { throw Problem.notFound }
    let entries = await read { history.numbers().suffix(200).reversed().compactMap { history.entry($0) } }
    var json = JSONText()
    json.object { json in
      json.array("entries", entries) { json, entry in json.object { Self.write(entry, into: &$0) } }
    }
    return Response.json(json.bytes)
  }

  private func change(_ number: Int) async throws -> Response {
    guard let history = endpoint.parts.settingsHistory else { throw Problem.notFound }
    let found = await read { () -> (SettingsHistory.Entry, [String])? in
      guard let entry = history.entry(number) else { return nil }
      let earlier = history.numbers().last { $0 < number }.flatMap { history.entry($0) }
      return (entry, SettingsHistory.difference(from: earlier, to: entry))
    }
    guard let (entry, lines) = found else { throw Problem.notFound }
    var json = JSONText()
    json.object { json in
      Self.write(entry, into: &json)
      json.strings("difference", lines)
    }
    return Response.json(json.bytes)
  }

  private static func write(_ entry: SettingsHistory.Entry, into json: inout JSONText) {
    json.field("number", entry.number)
    json.field("at", entry.at)
    json.field("by", entry.by)
    json.strings("sections", entry.sections)
  }

  private func read<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in reading.async { continuation.resume(returning: body()) } }
  }
}
