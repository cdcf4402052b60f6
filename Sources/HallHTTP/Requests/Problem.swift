import HTTPTypes
package import Hummingbird
import NIOCore
import Views

/// An error of the API: RFC 9457 problem details with a stable code and texts for people.
package struct Problem: Error, Sendable {
  package let status: HTTPResponse.Status
  /// Stable, for programs (docs/API.md, Problem codes).
  package let code: String
  /// What is wrong, for people: Chinese and English.
  package let title: Words
  /// What to do.
  package let detail: Words
  /// Seconds after which a retry makes sense.
  package var retryAfter: Int?
  /// Additional members, such as the next opening.
  package var more: [(String, String)] = []
  /// The badge of a failed sign-in or of whoever is signed in, for the security log only; never in a response.
  var badge: String?

  package struct Words: Sendable {
    package let chinese: String
    package let english: String

    package init(_ chinese: String, _ english: String) {
      self.chinese = chinese
      self.english = english
    }
  }

  package init(
    _ status: HTTPResponse.Status, _ code: String, _ title: Words, _ detail: Words, retryAfter: Int? = nil
  ) {
    self.status = status
    self.code = code
    self.title = title
    self.detail = detail
    self.retryAfter = retryAfter
  }

  /// - Parameter acceptLanguage: the request's header; Chinese unless English is asked for first.
  package func response(acceptLanguage: String?) -> Response {
    let (head, body) = parts(acceptLanguage: acceptLanguage)
    return Response(
      status: head.status, headers: head.headerFields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }

  /// Head and body, for a connection without a request.
  func parts(acceptLanguage: String?) -> (head: HTTPResponse, body: [UInt8]) {
    let english = acceptLanguage?.lowercased().hasPrefix("en") ?? false
    var json = JSONText()
    json.object { json in
      json.field("type", "about:blank")
      json.field("status", status.code)
      json.field("code", code)
      json.field("title", english ? title.english : title.chinese)
      json.field("detail", english ? detail.english : detail.chinese)
      for (name, value) in more { json.field(name, value) }
    }
    var headers: HTTPFields = [
      .contentType: "application/problem+json", .contentLanguage: english ? "en" : "zh-Hans", .cacheControl: "no-store",
    ]
    if let retryAfter { headers[.retryAfter] = String(retryAfter) }
    return (HTTPResponse(status: status, headerFields: headers), json.bytes)
  }
}

extension Problem {
  static let notFound = Problem(
    .notFound, "not_found", Words("没有这个地址", "There is nothing here"),
    Words("请检查地址。", "Check the address."))

  static let methodNotAllowed = Problem(
    .methodNotAllowed, "method_not_allowed", Words("不支持这个操作", "The method is not allowed here"),
    Words("请查看接口说明。", "See the API's description."))

  static func badRequest(_ code: String, _ chinese: String, _ english: String) -> Problem {
    Problem(
      .badRequest, code, Words("请求有误", "The request is wrong"), Words(chinese, english))
  }

  static let tooLarge = Problem(
    .contentTooLarge, "body_too_large", Words("内容太大", "The body is too large"),
    Words("一次最多 64 KiB。", "At most 64 KiB at a time."))

  static let unauthorized = Problem(
    .unauthorized, "sign_in_first", Words("请先登录", "Sign in first"),
    Words("请用工号和口令登录窗口。", "Sign in at the window with badge and secret."))

  static let changeSecretFirst = Problem(
    .forbidden, "change_secret_first", Words("请先改口令", "Change your secret first"),
    Words("这个口令是别人发的，改成只有自己知道的再办事。", "Somebody else knows this secret. Change it, then go on."))

  static let roleNeeded = Problem(
    .forbidden, "role_needed", Words("您的角色不能办这一步", "Your role does not do this"),
    Words("请由有这项权限的人员登录办理（见 docs/API.md 的角色表）。", "Somebody with this right signs in and does it (docs/API.md, Roles)."))

  static let forbidden = Problem(
    .forbidden, "not_allowed", Words("没有权限", "Not allowed"),
    Words("这一步由统筹人员办理。", "A coordinator does this."))

  static let stale = Problem(
    .serviceUnavailable, "stopping", Words("系统正在重启", "The service is restarting"),
    Words("请几秒钟后再试。", "Try again in a few seconds."), retryAfter: 3)
}
