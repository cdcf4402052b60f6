import Hall
import Hummingbird

/// Adds the kiosks whose page secret came with the request to its context.
struct PageMiddleware: RouterMiddleware {
  typealias Context = HallContext

  let parts: ServerDependencies

  func handle(
    _ request: Request, context: HallContext, next: (Request, HallContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    let cookies = request.cookies
    for kiosk in parts.feed.rules.kiosks {
      guard let cookie = cookies[PageClaims.cookiePrefix + kiosk.id]?.value,
        let page = parts.kioskPages.page(kiosk.id, cookie: cookie)
      else { continue }
      context.pages.append((kiosk: kiosk.id, page: page))
    }
    return try await next(request, context)
  }
}

extension HallContext {
  /// The page of a kiosk, or the request's only page when no kiosk is named.
  ///
  /// - Throws: 401 when the request has no page secret of that kiosk; 422 for an unknown kiosk.
  func requirePage(_ kiosk: String?, _ rules: HallRules) throws(Problem) -> (kiosk: String, page: PageClaims.PageID) {
    if let kiosk, rules.kiosk(kiosk) == nil { throw Problem(Refusal.request(.unknownKiosk(kiosk)), zone: rules.zone) }
    let mine = kiosk == nil ? pages.first : pages.first { $0.kiosk == kiosk }
    guard let mine else { throw .pageNeeded }
    return mine
  }
}

extension Problem {
  static let pageNeeded = Problem(
    .unauthorized, "page_needed", Words("请在取号机的页面上操作", "Use the kiosk's own page"),
    Words("请等页面重新打开；仍然不行请找工作人员。", "Wait until the page has opened again, then ask the staff."))
}
