import HTTPTypes
import Hummingbird
import Logging

/// The first middleware of both listeners: it checks requests and completes responses.
///
/// Host and Origin must be this listener's own, against DNS rebinding and cross-site requests. Errors of any kind
/// become problem details. Every response carries the security headers (OWASP ASVS 5.0, 3.4, 3.5).
struct RequestGuard: RouterMiddleware {
  typealias Context = HallContext

  /// The port that the listener is bound to; 0 until it is.
  let port: ListeningPort
  let book: RouteTable
  let listener: CommandEndpoint.Listener
  let security: SecurityLog

  /// `127.0.0.1:7310`, `localhost:7310`, `[::1]:7310`, and the configured address.
  private func isOwn(_ host: String) -> Bool {
    let configured = port.host.contains(":") ? "[\(port.host)]" : port.host
    return ["127.0.0.1", "localhost", "[::1]", configured].contains { "\($0):\(port.number)" == host.lowercased() }
  }

  func handle(
    _ request: Request, context: HallContext, next: (Request, HallContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      try check(request)
      response = try await next(request, context)
    } catch {
      let problem = problem(error, context)
      security.note(
        problem, listener: listener.rawValue, source: context.source, method: request.method.rawValue,
        path: request.uri.path)
      response = answer(problem, request)
    }
    response.headers[.contentSecurityPolicy] =
      "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
      + "form-action 'self'; frame-ancestors 'none'"
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "no-referrer"
    response.headers[.crossOriginOpenerPolicy] = "same-origin"
    response.headers[.crossOriginResourcePolicy] = "same-origin"
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }

  private func check(_ request: Request) throws(Problem) {
    guard let host = request.head.authority, isOwn(host) else {
      throw Problem(
        .misdirectedRequest, "wrong_host", Problem.Words("地址不对", "Wrong address"),
        Problem.Words("请用本机地址打开页面。", "Open the page by this machine's own address."))
    }
    guard request.method != .get, request.method != .head else { return }
    if let origin = request.headers[.origin], !(origin.hasPrefix("http://") && isOwn(String(origin.dropFirst(7)))) {
      throw Self.crossSite
    }
    if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { throw Self.crossSite }
    if let type = request.headers[.contentType], !type.lowercased().hasPrefix("application/json") {
      throw Problem(
        .unsupportedMediaType, "not_json", Problem.Words("请用 JSON", "JSON is needed"),
        Problem.Words("Content-Type 应为 application/json。", "Content-Type is application/json."))
    }
  }

  private static let crossSite = Problem(
    .forbidden, "cross_site", Problem.Words("不接受其他网站的请求", "Requests of other sites are not taken"),
    Problem.Words("请在本系统页面上操作。", "Use this system's own pages."))

  /// The problem in the requested language; a path that exists for other methods becomes 405 with those.
  private func answer(_ problem: Problem, _ request: Request) -> Response {
    let methods = problem.code == Problem.notFound.code ? book.methods(of: request.uri.path) : []
    let isKnown = !methods.isEmpty && !methods.contains(request.method.rawValue)
    var response = (isKnown ? Problem.methodNotAllowed : problem)
      .response(acceptLanguage: request.headers[.acceptLanguage])
    if isKnown { response.headers[.allow] = methods.joined(separator: ", ") }
    return response
  }

  private func problem(_ error: any Error, _ context: HallContext) -> Problem {
    if let problem = error as? Problem { return problem }
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
  static let secFetchSite = constant("Sec-Fetch-Site")
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
