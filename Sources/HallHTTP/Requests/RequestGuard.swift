import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1
import SecurityRecords

/// The first middleware of both listeners: it checks requests and completes responses.
///
/// Host and Origin must be those of the entrance, against DNS rebinding and cross-site requests. Errors of any kind
/// become problem details. Every response carries the security headers (OWASP ASVS 5.0, 3.4, 3.5).
struct RequestGuard: RouterMiddleware {
  typealias Context = HallContext

  let entrance: Entrance
  let routes: RouteTable
  /// The listener's name in the security log.
  let listener: String
  let security: SecurityLog
  let table: ConnectionTable
  var isTraining = false
  /// The addresses of the hall's other machines, which pages of this one may ask whether they are ready.
  var elsewhere: [String] = []

  func handle(
    _ request: Request, context: HallContext, next: (Request, HallContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    var response: Response
    do {
      context.comesByDoor = entrance.isDoor
      context.isTraining = isTraining
      if let client = try entrance.client(of: request) {
        context.source = client
        table.note(context.connection, source: client)
      }
      try check(request)
      response = try await next(request, context)
    } catch {
      let problem = problem(error, context)
      security.note(
        problem, listener: listener, source: context.source, badge: problem.badge,
        method: request.method.rawValue, path: request.uri.path)
      response = answer(problem, request)
    }
    Self.secure(&response.headers, connecting: elsewhere)
    if entrance.isDoor { response.headers[.strictTransportSecurity] = Self.oneYear }
    return response
  }

  /// Browsers apply it to host names, not to IP addresses (RFC 6797 §8.1.1).
  private static let oneYear = "max-age=31536000"

  /// Adds the security headers to a response.
  ///
  /// - Parameter elsewhere: origins to which pages may connect beside their own.
  static func secure(_ headers: inout HTTPFields, connecting elsewhere: [String] = []) {
    let connecting = elsewhere.isEmpty ? "" : "connect-src 'self' \(elsewhere.joined(separator: " ")); "
    headers[.contentSecurityPolicy] =
      "default-src 'self'; " + connecting
      + "img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
      + "form-action 'self'; frame-ancestors 'none'"
    headers[.xContentTypeOptions] = "nosniff"
    headers[.referrerPolicy] = "no-referrer"
    headers[.crossOriginOpenerPolicy] = "same-origin"
    headers[.crossOriginResourcePolicy] = "same-origin"
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
  }

  private func check(_ request: Request) throws(Problem) {
    // `authority` is the first Host field; any other is still among the fields (RFC 9112 §3.2).
    guard let host = request.head.authority, request.headers[.furtherHost] == nil else { throw Self.hostUnclear }
    guard entrance.isHost(host) else {
      throw Problem(
        .misdirectedRequest, "wrong_host", Problem.Words("地址不对", "Wrong address"),
        Problem.Words("请用本机地址打开页面。", "Open the page by this machine's own address."))
    }
    guard request.method != .get, request.method != .head else { return }
    if let origin = request.headers[.origin], !entrance.isOrigin(origin, of: host) { throw Self.crossSite }
    if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { throw Self.crossSite }
    if let type = request.headers[.contentType], !Self.isJSON(type) { throw Self.notJSON }
    if request.headers[.contentEncoding] != nil { throw Self.notJSON }
  }

  /// `application/json`, with no parameter but `charset=utf-8`.
  private static func isJSON(_ type: String) -> Bool {
    let parts = type.lowercased().split(separator: ";", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
    return parts[0] == "application/json"
      && (parts.count == 1 || parts.count == 2 && ["charset=utf-8", "charset=\"utf-8\""].contains(parts[1]))
  }

  private static let notJSON = Problem(
    .unsupportedMediaType, "not_json", Problem.Words("请用 JSON", "JSON is needed"),
    Problem.Words(
      "Content-Type 应为 application/json（UTF-8），不压缩。",
      "Content-Type is application/json, in UTF-8; a body is not compressed."))

  private static let hostUnclear = Problem(
    .badRequest, "host_unclear", Problem.Words("请求的主机不明确", "The request's host is not clear"),
    Problem.Words(
      "请求头 Host 要写且只写一个；请求行里的地址须与它一致。",
      "Send one Host header; an address in the request line names the same host."))

  private static let crossSite = Problem(
    .forbidden, "cross_site", Problem.Words("不接受其他网站的请求", "Requests of other sites are not taken"),
    Problem.Words("请在本系统页面上操作。", "Use this system's own pages."))

  /// The problem in the requested language; a path that exists for other methods becomes 405 with those.
  private func answer(_ problem: Problem, _ request: Request) -> Response {
    let methods = problem.code == Problem.notFound.code ? routes.methods(of: request.uri.path) : []
    let isKnown = !methods.isEmpty && !methods.contains(request.method.rawValue)
    var response = (isKnown ? Problem.methodNotAllowed : problem)
      .response(acceptLanguage: request.headers[.acceptLanguage])
    if isKnown { response.headers[.allow] = methods.joined(separator: ", ") }
    return response
  }

  private func problem(_ error: any Error, _ context: HallContext) -> Problem {
    if let problem = error as? Problem { return problem }
    if let fault = error as? HTTPParserError { return .malformed(fault) }
    guard let http = error as? any HTTPResponseError else {
      context.logger.error("a request failed", metadata: ["kind": "\(type(of: error))"])
      return Problem(
        .serviceUnavailable, "internal_fault",
        Problem.Words("系统出错，操作没有生效", "Something went wrong; nothing has happened"),
        Problem.Words("请再试一次；仍然不行请找工作人员。", "Try again, then ask the staff."), retryAfter: 2)
    }
    switch http.status {
    case .notFound: return .notFound
    case .contentTooLarge: return .tooLarge
    default: return .badRequest("bad_request", "请求格式不对。", "The request cannot be read.")
    }
  }
}

extension HTTPField.Name {
  static let contentSecurityPolicy = constant("Content-Security-Policy")
  static let xContentTypeOptions = constant("X-Content-Type-Options")
  static let referrerPolicy = constant("Referrer-Policy")
  static let crossOriginOpenerPolicy = constant("Cross-Origin-Opener-Policy")
  static let crossOriginResourcePolicy = constant("Cross-Origin-Resource-Policy")
  static let strictTransportSecurity = constant("Strict-Transport-Security")
  static let secFetchSite = constant("Sec-Fetch-Site")
  /// Any Host after the first, which is the request's authority.
  static let furtherHost = constant("Host")
  static let forwarded = constant("Forwarded")
  static let xForwardedFor = constant("X-Forwarded-For")
  static let idempotencyKey = constant("Idempotency-Key")
  /// The volume at which a board plays the sound, 0 to 100.
  static let speechVolume = constant("Speech-Volume")
  static let lastEventID = constant("Last-Event-ID")

  /// A field name that is a literal of this file and therefore valid.
  private static func constant(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is a field name") }
    return field
  }
}
